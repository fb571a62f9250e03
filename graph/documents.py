"""Answers as plain documents: the one JSON shape of the command line, the API and the pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from graph.analysis.registry import COLUMN_BY_SLUG
from graph.explorer import Explorer
from graph.findings.gaps import Gap
from graph.findings.marks import Mark
from graph.findings.network_gaps import RULES_ON_PAIRS
from graph.ingest.errors import Problem
from graph.ingest.importer import ImportRecord, ImportReport
from graph.projection import DEFAULT, Projection
from graph.records import Need, Node
from graph.results import ActorDetail, Evidence, Hit, Ranked, TieView
from graph.sentences.gaps import mark_sentence
from graph.stored import need_id

Document = dict[str, Any]
N_SHOWN_PROBLEMS = 500


def actor(node: Node) -> Document:
    """Return the shape that an actor or affiliation has everywhere."""
    return {
        "id": node.id,
        "name": node.name,
        "name_en": node.name_en,
        "kind": node.kind,
        "sector": node.sector,
        "area": node.area,
        "is_group": node.is_group,
    }


def headcount(node: Node) -> Document | None:
    """Return the number of members and whether it is a lower bound; None if not known."""
    if node.n_members is None:
        return None
    return {"value": node.n_members, "at_least": node.n_members_at_least}


def projection(chosen: Projection) -> Document:
    """Return which actors and ties an answer was computed on."""
    return {
        "as_of": chosen.as_of,
        "area": chosen.area,
        "sectors": None if chosen.sectors is None else sorted(chosen.sectors),
        "relations": None if chosen.relations is None else sorted(chosen.relations),
        "fold_persons": chosen.fold_persons,
        "max_working_body": chosen.max_working_body,
        "weight": "strength",
    }


def basis(explorer: Explorer, chosen: Projection = DEFAULT) -> Document:
    """Return what every answer says of itself: its projection and its snapshot."""
    return {"projection": projection(chosen), "snapshot": asdict(explorer.snapshot())}


def page(
    explorer: Explorer,
    items: Sequence[Document],
    total: int,
    limit: int,
    offset: int,
    chosen: Projection = DEFAULT,
) -> Document:
    """Return one page of a list."""
    return {
        "items": list(items),
        "total": total,
        "limit": limit,
        "offset": offset,
        **basis(explorer, chosen),
    }


def ranked(found: Ranked) -> Document:
    """Return one line of a ranking."""
    return {
        "rank": found.rank,
        "actor": actor(found.actor),
        "score": found.score,
        "reason": found.reason.as_dict(),
        "measures": finite(found.measures),
        "interval": asdict(found.interval) if found.interval else None,
    }


def finite(measures: dict[str, float]) -> dict[str, float | None]:
    """Return measures with None, which JSON can say, where one is undefined."""
    return {k: None if math.isnan(v) else v for k, v in measures.items()}


def gap(found: Gap) -> Document:
    """Return one finding of a gap rule."""
    return {
        "id": found.id,
        "rule": found.rule,
        "title": found.title.as_dict(),
        "severity": found.severity,
        "section": found.section,
        "actors": [actor(n) for n in found.actors],
        "n_subjects": found.n_subjects,
        "area": found.area,
        "reason": found.reason.as_dict(),
        "evidence": list(found.evidence),
        "missing": [m.as_dict() for m in found.missing],
        "step": found.step.as_dict(),
        "suggested_tie": _suggested_tie(found),
        "status": found.status,
        "state": found.state,
        "mark": gap_mark(found.mark, is_found=True) if found.mark else None,
    }


def _suggested_tie(found: Gap) -> Document | None:
    """Return the tie that would close a gap of two actors; None where it is no matter of a tie."""
    if found.rule not in RULES_ON_PAIRS:
        return None
    one, other = found.actors[:2]
    return {"from": one.id, "relation": "PARTNERS_WITH", "to": other.id}


def gap_mark(mark: Mark, *, is_found: bool) -> Document:
    """Return what was decided about a gap, and what the data say of it now."""
    return {
        **asdict(mark),
        "is_found": is_found,
        "sentence": mark_sentence(mark, is_found=is_found).as_dict(),
    }


def detail(found: ActorDetail) -> Document:
    """Return everything about one actor, without its basis."""
    node = found.actor
    return {
        "actor": actor(node),
        "aliases": list(node.aliases),
        "column": found.column,
        "n_members": headcount(node),
        "registration": node.registration,
        "is_online": node.is_online,
        "since": node.since,
        "until": node.until,
        "source": node.source,
        "note": node.note,
        "role": found.role.as_dict(),
        "ties": [_tie(t) for t in found.ties],
        "measures": finite(found.measures),
        "ranks": found.ranks,
        "n_ranked": found.n_ranked,
        "needs": [_need(n) for n in found.needs],
        "offers": [_need(n) for n in found.offers],
        "gaps": [gap(g) for g in found.gaps],
    }


def evidence(found: Evidence) -> Document:
    """Return what stands behind an actor's brokerage, without its basis."""
    return {
        "actor": actor(found.actor),
        "sentence": found.sentence.as_dict(),
        "sector_pairs": [
            {
                "sectors": b.sectors,
                "n_pairs": b.n_pairs,
                "n_sole": b.n_sole,
                "sole_pairs": [{"a": actor(p.a), "b": actor(p.b)} for p in b.sole_pairs],
            }
            for b in found.sector_pairs
        ],
        "communities": [actor(n) for n in found.communities],
        "enterprises": [actor(n) for n in found.enterprises],
        "n_pairs": found.n_pairs,
        "n_sole": found.n_sole,
    }


def network(explorer: Explorer, chosen: Projection = DEFAULT) -> Document:
    """Return the projected network, whole."""
    found = explorer.network(chosen)
    degrees, betweenness = explorer.degrees_and_betweenness(chosen)
    via = {v for _, _, tie in found.ties() for v in tie.via}
    return {
        "actors": [
            {
                **actor(node),
                "n_members": headcount(node),
                "degree": degrees[i],
                "betweenness": betweenness[i],
            }
            for i, node in enumerate(found.actors)
        ],
        "ties": [
            {
                "source": found.actors[i].id,
                "target": found.actors[j].id,
                "weight": tie.weight,
                "relations": sorted(tie.relations),
                "via": list(tie.via),
            }
            for i, j, tie in found.ties()
        ],
        "affiliations": [actor(n) for n in explorer.records().nodes if n.id in via],
        "total": explorer.snapshot().n_actors,
        **basis(explorer, chosen),
    }


def measures(
    explorer: Explorer,
    names: Sequence[str] | None,
    limit: int,
    offset: int,
    chosen: Projection = DEFAULT,
) -> Document:
    """Return the measures of each actor of the network, in order of id, and what they mean."""
    columns = explorer.measures(names, chosen)
    actors = explorer.network(chosen).actors
    items = [
        {
            "actor": actor(node),
            "measures": finite({slug: values[i] for slug, values in columns.items()}),
        }
        for i, node in enumerate(actors[offset : offset + limit], offset)
    ]
    return {
        "columns": [
            {
                "slug": slug,
                "label": COLUMN_BY_SLUG[slug].label.as_dict(),
                "term": COLUMN_BY_SLUG[slug].term.as_dict(),
                "help": COLUMN_BY_SLUG[slug].help.as_dict(),
            }
            for slug in columns
        ],
        **page(explorer, items, len(actors), limit, offset, chosen),
    }


def hit(found: Hit) -> Document:
    """Return one answer to a search."""
    return {"actor": actor(found.actor), "matched": found.matched}


def import_report(report: ImportReport) -> Document:
    """Return what an import did or would do, with the first `N_SHOWN_PROBLEMS` problems."""
    return {
        "id": report.id,
        "accepted": report.is_accepted,
        "dry_run": report.is_dry_run,
        "actors": asdict(report.actors),
        "ties": asdict(report.ties),
        "needs": asdict(report.needs),
        "areas": asdict(report.areas),
        "problems": [_problem(p) for p in report.problems[:N_SHOWN_PROBLEMS]],
        "n_problems": len(report.problems),
    }


def import_record(record: ImportRecord) -> Document:
    """Return one line of the history of imports."""
    return {
        "id": record.id,
        "number": record.number,
        "at": record.at,
        "files": list(record.files),
        "summary": record.summary,
        "is_undone": record.is_undone,
    }


def _problem(problem: Problem) -> Document:
    return asdict(problem) | {
        "message": problem.message.as_dict(),
        "mend": problem.mend.as_dict(),
    }


def _tie(tie: TieView) -> Document:
    return {
        "relation": tie.relation,
        "label": tie.label.as_dict(),
        "direction": tie.direction,
        "other": actor(tie.other),
        "strength": tie.strength,
        "amount": tie.amount,
        "since": tie.since,
        "until": tie.until,
        "source": tie.source,
        "note": tie.note,
    }


def _need(need: Need) -> Document:
    document = asdict(need)
    del document["actor"], document["sort"]
    return {"id": need_id(need), **document}
