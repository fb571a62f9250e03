"""What the API promises and the pages show, as typed answers to one call each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api import schemas
from graph import documents
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.export.formats import FORMAT_BY_SLUG, Format
from graph.ingest.importer import import_files
from graph.ingest.importer import undo_import as take_back
from graph.ingest.sample import load_sample as import_sample
from graph.ingest.template import template_workbook as workbook
from graph.projection import DEFAULT, Projection
from graph.questions.search import actors_named
from graph.records import Node
from graph.stored import read_stored
from graph.text import Language, Text


def measures(
    explorer: Explorer,
    names: Sequence[str] | None = None,
    limit: int = 50,
    offset: int = 0,
    projection: Projection = DEFAULT,
) -> schemas.MeasuresPage:
    """Answer ``GET measures``: every actor's measures, and what they mean."""
    document = documents.measures(explorer, names, limit, offset, projection)
    return schemas.MeasuresPage(**document)


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
        nodes = [h.actor for h in actors_named(explorer, q, limit=500) if h.actor.id in kept]
    items = [documents.actor(n) for n in nodes[offset : offset + limit]]
    return schemas.Page[schemas.Actor](**documents.page(explorer, items, len(nodes), limit, offset))


def actor(
    explorer: Explorer, actor_id: str, projection: Projection = DEFAULT
) -> schemas.ActorDetail:
    """Answer ``GET actors/{id}``."""
    document: dict[str, Any] = documents.detail(explorer.actor(actor_id, projection))
    return schemas.ActorDetail(**document, **documents.basis(explorer, projection))


def evidence(
    explorer: Explorer, actor_id: str, projection: Projection = DEFAULT
) -> schemas.Evidence:
    """Answer ``GET actors/{id}/evidence``."""
    document = documents.evidence(explorer.evidence(actor_id, projection))
    return schemas.Evidence(**document, **documents.basis(explorer, projection))


def network(explorer: Explorer, projection: Projection = DEFAULT) -> schemas.Network:
    """Answer ``GET network``: the projected network, whole."""
    return schemas.Network(**documents.network(explorer, projection))


def search(explorer: Explorer, q: str, limit: int = 20) -> list[schemas.Hit]:
    """Answer ``GET search``."""
    return [schemas.Hit(**documents.hit(h)) for h in actors_named(explorer, q, limit)]


def check_import(explorer: Explorer, files: Sequence[tuple[str, bytes]]) -> schemas.ImportReport:
    """Say what an import of ``files`` would do; nothing is stored."""
    report = import_files(explorer.database, files, dry_run=True)
    return schemas.ImportReport(**documents.import_report(report))


def apply_import(explorer: Explorer, files: Sequence[tuple[str, bytes]]) -> schemas.ImportReport:
    """Import ``files``, whole or not at all."""
    return schemas.ImportReport(**documents.import_report(import_files(explorer.database, files)))


def load_sample(explorer: Explorer) -> schemas.ImportReport:
    """Import the sample data set."""
    return schemas.ImportReport(**documents.import_report(import_sample(explorer.database)))


def undo_import(explorer: Explorer, import_id: str) -> schemas.ImportRecord:
    """Take back the newest import; returns its record as it is then."""
    take_back(explorer.database, import_id)
    return next(r for r in imports(explorer) if r.id == import_id)


def imports(explorer: Explorer) -> list[schemas.ImportRecord]:
    """Answer ``GET imports``: the history, newest first."""
    return [schemas.ImportRecord(**documents.import_record(r)) for r in explorer.imports()]


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
