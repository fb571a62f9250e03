"""Turns what the explorer finds into the shapes that the API promises and the pages show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from api import schemas
from graph.errors import InvalidArgument
from graph.explorer import Explorer, Hit, Ranked, TieView
from graph.explorer import Snapshot as GraphSnapshot
from graph.export.formats import FORMAT_BY_SLUG, Format
from graph.gaps import Gap
from graph.ingest.errors import Problem
from graph.ingest.importer import ImportRecord, ImportReport, import_files, read_stored
from graph.ingest.importer import undo_import as take_back
from graph.ingest.sample import load_sample as import_sample
from graph.ingest.template import template_workbook as workbook
from graph.projection import DEFAULT, Projection
from graph.records import Need, Node
from graph.text import Language, Text

Item = TypeVar("Item")
N_SHOWN_PROBLEMS = 500


def overview(explorer: Explorer, projection: Projection = DEFAULT) -> schemas.Overview:
    """Answer ``GET overview``."""
    found = explorer.overview(projection)
    return schemas.Overview(
        sentence=_text(found.sentence),
        sectors=[schemas.SectorCount(sector=s, n_actors=n) for s, n in found.sectors],
        n_actors=found.n_actors,
        n_affiliations=found.n_affiliations,
        n_ties=found.n_ties,
        coverage=[
            schemas.CoverageRow(
                community=actor_of(row.community),
                cells=row.cells,
                n_mechanisms=row.n_mechanisms,
                n_spaces=row.n_spaces,
                n_funds=row.n_funds,
            )
            for row in found.coverage
        ],
        brokers=[_ranked(r) for r in found.brokers],
        hubs=[_ranked(r) for r in found.hubs],
        gaps=[_gap(g) for g in found.gaps],
        n_gaps=found.n_gaps,
        without_source=found.without_source,
        without_date=found.without_date,
        last_import=found.last_import,
        projection=_projection(projection),
        snapshot=_snapshot(explorer.snapshot()),
    )


def brokers(
    explorer: Explorer, limit: int = 50, offset: int = 0, projection: Projection = DEFAULT
) -> schemas.Page[schemas.Ranked]:
    """Answer ``GET brokers``."""
    found = explorer.brokers(projection)
    return _page(explorer, [_ranked(r) for r in _cut(found, limit, offset)], len(found), limit,
                 offset, projection)  # fmt: skip


def hubs(
    explorer: Explorer,
    like: str | None = None,
    limit: int = 50,
    offset: int = 0,
    projection: Projection = DEFAULT,
) -> schemas.Page[schemas.Ranked]:
    """Answer ``GET hubs``, by hub score or by likeness to an actor."""
    found = explorer.hubs(like, projection)
    return _page(explorer, [_ranked(r) for r in _cut(found, limit, offset)], len(found), limit,
                 offset, projection)  # fmt: skip


def gaps(
    explorer: Explorer,
    rule: str | None = None,
    severity: str | None = None,
    actor: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> schemas.Page[schemas.Gap]:
    """Answer ``GET gaps``."""
    found = explorer.gaps(rule, severity, actor)
    return _page(explorer, [_gap(g) for g in _cut(found, limit, offset)], len(found), limit,
                 offset, DEFAULT)  # fmt: skip


def actors(
    explorer: Explorer,
    q: str | None = None,
    kind: str | None = None,
    sector: str | None = None,
    area: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> schemas.Page[schemas.Actor]:
    """Answer ``GET actors``: all, or those that a search finds, cut by kind, sector and area."""
    nodes: Sequence[Node] = explorer.nodes(kind, sector, area)
    if q is not None:
        kept = {n.id for n in nodes}
        nodes = [h.actor for h in explorer.search(q, limit=500) if h.actor.id in kept]
    shown = [actor_of(n) for n in _cut(nodes, limit, offset)]
    return _page(explorer, shown, len(nodes), limit, offset, DEFAULT)


def actor(
    explorer: Explorer, actor_id: str, projection: Projection = DEFAULT
) -> schemas.ActorDetail:
    """Answer ``GET actors/{id}``."""
    found = explorer.actor(actor_id, projection)
    node = found.actor
    return schemas.ActorDetail(
        actor=actor_of(node),
        aliases=list(node.aliases),
        column=found.column,
        n_members=_headcount(node),
        since=node.since,
        until=node.until,
        source=node.source,
        note=node.note,
        role=_text(found.role),
        ties=[_tie(t) for t in found.ties],
        measures=_finite(found.measures),
        ranks=found.ranks,
        n_ranked=found.n_ranked,
        needs=[_need(n) for n in found.needs],
        offers=[_need(n) for n in found.offers],
        gaps=[_gap(g) for g in found.gaps],
        projection=_projection(projection),
        snapshot=_snapshot(explorer.snapshot()),
    )


def evidence(
    explorer: Explorer, actor_id: str, projection: Projection = DEFAULT
) -> schemas.Evidence:
    """Answer ``GET actors/{id}/evidence``."""
    found = explorer.evidence(actor_id, projection)
    return schemas.Evidence(
        actor=actor_of(found.actor),
        sentence=_text(found.sentence),
        sector_pairs=[
            schemas.SectorPair(
                sectors=b.sectors,
                n_pairs=b.n_pairs,
                n_sole=b.n_sole,
                sole_pairs=[schemas.Pair(a=actor_of(p.a), b=actor_of(p.b)) for p in b.sole_pairs],
            )
            for b in found.sector_pairs
        ],
        communities=[actor_of(n) for n in found.communities],
        enterprises=[actor_of(n) for n in found.enterprises],
        n_pairs=found.n_pairs,
        n_sole=found.n_sole,
        projection=_projection(projection),
        snapshot=_snapshot(explorer.snapshot()),
    )


def network(explorer: Explorer, projection: Projection = DEFAULT) -> schemas.Network:
    """Answer ``GET network``: the projected network, whole."""
    found = explorer.network(projection)
    degrees, betweenness = explorer.degrees_and_betweenness(projection)
    names = {n.id: n.name for n in explorer.records().nodes}
    return schemas.Network(
        actors=[
            schemas.NetworkActor(
                **actor_of(node).model_dump(),
                n_members=_headcount(node),
                degree=degrees[i],
                betweenness=betweenness[i],
            )
            for i, node in enumerate(found.actors)
        ],
        ties=[
            schemas.NetworkTie(
                source=found.actors[i].id,
                target=found.actors[j].id,
                weight=tie.weight,
                relations=sorted(tie.relations),
                via=[names[v] for v in tie.via],
            )
            for i, j, tie in found.ties()
        ],
        total=explorer.snapshot().n_actors,
        projection=_projection(projection),
        snapshot=_snapshot(explorer.snapshot()),
    )


def search(explorer: Explorer, q: str, limit: int = 20) -> list[schemas.Hit]:
    """Answer ``GET search``."""
    return [_hit(h) for h in explorer.search(q, limit)]


def check_import(explorer: Explorer, files: Sequence[tuple[str, bytes]]) -> schemas.ImportReport:
    """Say what an import of ``files`` would do; nothing is stored."""
    return _report(import_files(explorer.database, files, dry_run=True))


def apply_import(explorer: Explorer, files: Sequence[tuple[str, bytes]]) -> schemas.ImportReport:
    """Import ``files``, whole or not at all."""
    return _report(import_files(explorer.database, files))


def load_sample(explorer: Explorer) -> schemas.ImportReport:
    """Import the sample data set."""
    return _report(import_sample(explorer.database))


def undo_import(explorer: Explorer, import_id: str) -> schemas.ImportRecord:
    """Take back the newest import; returns its record as it is then."""
    take_back(explorer.database, import_id)
    return next(_record(r) for r in explorer.imports() if r.id == import_id)


def imports(explorer: Explorer) -> list[schemas.ImportRecord]:
    """Answer ``GET imports``: the history, newest first."""
    return [_record(r) for r in explorer.imports()]


def template_workbook(language: Language) -> bytes:
    """Return the empty workbook in ``language``, as .xlsx."""
    return workbook(language)


def export_format(slug: str) -> Format:
    """Return an export format by name; raises `InvalidArgument`."""
    found = FORMAT_BY_SLUG.get(slug)
    if found is None:
        known = ", ".join(FORMAT_BY_SLUG)
        raise InvalidArgument(
            "format",
            Text(
                f"没有“{slug}”格式；可用：{known}。", f"There is no format “{slug}”; use {known}."
            ),
        )
    return found


def export(explorer: Explorer, chosen: Format) -> bytes:
    """Return everything stored in one format."""
    return chosen.write(read_stored(explorer.database.read))


def actor_of(node: Node) -> schemas.Actor:
    """Return the shape that an actor or affiliation has everywhere."""
    return schemas.Actor(
        id=node.id,
        name=node.name,
        name_en=node.name_en,
        kind=node.kind,
        sector=node.sector,
        area=node.area,
        is_group=node.is_group,
    )


def _page(
    explorer: Explorer,
    items: list[Item],
    total: int,
    limit: int,
    offset: int,
    projection: Projection,
) -> schemas.Page[Item]:
    return schemas.Page(
        items=items,
        total=total,
        limit=limit,
        offset=offset,
        projection=_projection(projection),
        snapshot=_snapshot(explorer.snapshot()),
    )


def _cut(items: Sequence[Any], limit: int, offset: int) -> Sequence[Any]:
    return items[offset : offset + limit]


def _text(text: Text) -> schemas.Text:
    return schemas.Text(zh=text.zh, en=text.en)


def _projection(projection: Projection) -> schemas.Projection:
    return schemas.Projection(
        as_of=projection.as_of,
        area=projection.area,
        sectors=sorted(projection.sectors) if projection.sectors is not None else None,
        relations=sorted(projection.relations) if projection.relations is not None else None,
        fold_persons=projection.fold_persons,
        max_working_body=projection.max_working_body,
        weight="strength",
    )


def _snapshot(snapshot: GraphSnapshot) -> schemas.Snapshot:
    return schemas.Snapshot(**asdict(snapshot))


def _finite(measures: dict[str, float]) -> dict[str, float | None]:
    return {k: None if math.isnan(v) else v for k, v in measures.items()}


def _ranked(ranked: Ranked) -> schemas.Ranked:
    return schemas.Ranked(
        rank=ranked.rank,
        actor=actor_of(ranked.actor),
        score=ranked.score,
        reason=_text(ranked.reason),
        measures=_finite(ranked.measures),
    )


def _gap(gap: Gap) -> schemas.Gap:
    return schemas.Gap(
        id=gap.id,
        rule=gap.rule,
        title=_text(gap.title),
        severity=gap.severity,
        section=gap.section,
        actors=[actor_of(n) for n in gap.actors],
        reason=_text(gap.reason),
        evidence=list(gap.evidence),
        step=_text(gap.step),
        status=gap.status,
    )


def _headcount(node: Node) -> schemas.Headcount | None:
    if node.n_members is None:
        return None
    return schemas.Headcount(value=node.n_members, at_least=node.n_members_at_least)


def _tie(tie: TieView) -> schemas.Tie:
    return schemas.Tie(
        relation=tie.relation,
        label=_text(tie.label),
        direction=tie.direction,
        other=actor_of(tie.other),
        strength=tie.strength,
        amount=tie.amount,
        since=tie.since,
        until=tie.until,
        source=tie.source,
        note=tie.note,
    )


def _need(need: Need) -> schemas.NeedOrOffer:
    return schemas.NeedOrOffer(
        domain=need.domain,
        resource=need.resource,
        quantity=need.quantity,
        since=need.since,
        until=need.until,
        note=need.note,
    )


def _hit(hit: Hit) -> schemas.Hit:
    return schemas.Hit(actor=actor_of(hit.actor), matched=hit.matched)


def _report(report: ImportReport) -> schemas.ImportReport:
    return schemas.ImportReport(
        id=report.id,
        accepted=report.is_accepted,
        dry_run=report.is_dry_run,
        actors=schemas.Change(**asdict(report.actors)),
        ties=schemas.Change(**asdict(report.ties)),
        needs=schemas.Change(**asdict(report.needs)),
        problems=[_problem(p) for p in report.problems[:N_SHOWN_PROBLEMS]],
        n_problems=len(report.problems),
    )


def _problem(problem: Problem) -> schemas.Problem:
    return schemas.Problem(
        file=problem.file,
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        value=problem.value,
        message=_text(problem.message),
        mend=_text(problem.mend),
    )


def _record(record: ImportRecord) -> schemas.ImportRecord:
    return schemas.ImportRecord(
        id=record.id,
        number=record.number,
        at=record.at,
        files=list(record.files),
        summary={k: schemas.Change(**v) for k, v in record.summary.items()},
        is_undone=record.is_undone,
    )
