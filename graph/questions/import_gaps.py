"""What became of the gaps with the last import: the rules run on the data as they were before it.

That state is made in the store, in a transaction that cannot be committed, by taking the import
back there; nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from graph import documents
from graph.documents import Document
from graph.explorer import Explorer
from graph.findings.gaps import Gap
from graph.findings.parameters import EVERYWHERE
from graph.ingest.importer import ImportRecord, NoImport, take_back
from graph.ingest.inverse import Inverse, read_inverse, stored_id
from graph.projection import DEFAULT, is_within, project
from graph.questions.areas import known_area, name_of
from graph.questions.scenario_gaps import (
    MAX_NODES_FOR_ALL_GAPS,
    STREET_DEPTH,
    State,
    all_gaps,
    first_streets,
)
from graph.records import Node
from graph.redacted import RedactedExplorer
from graph.scenario.trial import TIMEOUT_S, GapChanges, gap_changes
from graph.sentences.changes import gap_changes_sentence, not_compared_sentence
from graph.sentences.gaps import NETWORK_RULE_BY_SLUG
from graph.sentences.scenarios import gaps_looked_at
from graph.text import Text

# More than so many records are not taken back for a look.
MAX_CHANGES = 5_000
NotCompared = Literal["undone", "older", "only", "large", "shared"]


@dataclass(frozen=True, slots=True)
class ImportGaps:
    """What became of the gaps of an area (a path; '' is everywhere) with an import.

    ``changes`` is None where that was not looked at, and ``not_compared`` says why: the import was
    ``undone``; it is ``older`` than the newest that stands; it is the ``only`` one, so that all
    gaps are new; it is too ``large``; what is ``shared`` is only a part of the data. ``areas`` is
    where gaps were looked for, None everywhere, and ``n_more_areas`` how many were left out.
    """

    record: ImportRecord
    area: str
    changes: GapChanges | None
    not_compared: NotCompared | None
    areas: tuple[str, ...] | None
    n_more_areas: int
    sentence: Text
    looked_at: Text | None


def is_quick(explorer: Explorer) -> bool:
    """Return whether the data are few enough to look at all gaps twice while somebody waits."""
    return len(explorer.records().nodes) <= MAX_NODES_FOR_ALL_GAPS


def import_gaps(explorer: Explorer, import_id: str, area: str | None = None) -> ImportGaps:
    """Return which gaps are new or gone with the newest import that stands.

    All gaps are compared up to `MAX_NODES_FOR_ALL_GAPS` actors and affiliations, else those that
    rules find in the streets that the import touched, or in the street that is asked for. Raises
    `NotFound`, and `InvalidArgument` for an area that is not on record. Time that of all rules,
    once for a state of the data.
    """
    path = known_area(explorer, area)
    return explorer.cached(
        ("import gaps", import_id, path), lambda: _compare(explorer, import_id, path)
    )


def known_import_gaps(explorer: Explorer, import_id: str, area: str) -> ImportGaps | None:
    """Return the same where it takes no time, or None: for a page that is about something else."""
    if explorer.known(_before_key(import_id, None)) is None:
        return None
    return import_gaps(explorer, import_id, area)


def prepare_import_gaps(explorer: Explorer) -> None:
    """Have what became of the gaps with the last import ready, where the data are few enough."""
    standing = explorer.standing_imports()
    if len(standing) > 1 and is_quick(explorer):
        import_gaps(explorer, standing[0].id)


def _before_key(import_id: str, areas: tuple[str, ...] | None) -> tuple[object, ...]:
    return "gaps before import", import_id, areas


def _compare(explorer: Explorer, import_id: str, area: str) -> ImportGaps:
    record = next((r for r in explorer.imports() if r.id == import_id), None)
    if record is None:
        raise NoImport(import_id)
    inverse = read_inverse(explorer.database.read, import_id)
    not_compared = _why_not(explorer, record, inverse)
    if not_compared or inverse is None:
        said = not_compared_sentence(not_compared or "undone")
        return ImportGaps(record, area, None, not_compared or "undone", None, 0, said, None)
    areas, n_more = _where(explorer, inverse, area)
    found = GapChanges((), (), 0, 0)
    if areas is None or areas:
        before = explorer.cached(
            _before_key(import_id, areas), lambda: _before(explorer, inverse, areas)
        )
        found = gap_changes(_within(before, area), _within(_now(explorer, areas), area), ())
    name = name_of(area) if area else None
    return ImportGaps(
        record,
        area,
        found,
        None,
        areas,
        n_more,
        gap_changes_sentence(record.at[:10], name, found.opened, found.closed),
        gaps_looked_at(areas, n_more, areas is None),
    )


def _why_not(
    explorer: Explorer, record: ImportRecord, inverse: Inverse | None
) -> NotCompared | None:
    standing = explorer.standing_imports()
    if record.is_undone or inverse is None:
        return "undone"
    if isinstance(explorer, RedactedExplorer):
        return "shared"
    if len(standing) == 1:
        return "only"
    if standing[0].id != record.id:
        return "older"
    return "large" if inverse.n_changes > MAX_CHANGES else None


def _where(explorer: Explorer, inverse: Inverse, area: str) -> tuple[tuple[str, ...] | None, int]:
    if is_quick(explorer):
        return None, 0
    if area.count("/") >= STREET_DEPTH - 1:
        return (area,), 0
    touched = _touched(explorer, inverse)
    return first_streets(n for n in touched if not area or is_within(n.area, area))


def _touched(explorer: Explorer, inverse: Inverse) -> list[Node]:
    """Return what the import brought or changed, and who has such ties and needs, as it is now."""
    ties = (*inverse.new_ties, *inverse.old_ties)
    brought = set(inverse.new_needs)
    ids = {*inverse.new_nodes, *(n.id for n in inverse.old_nodes)}
    ids |= {n.actor for n in inverse.old_needs}
    if brought:
        ids |= {n.actor for n in explorer.records().needs if stored_id(n) in brought}
    ids |= {t.start for t in ties} | {t.end for t in ties}
    nodes = explorer.nodes_by_id()
    return [nodes[i] for i in sorted(ids) if i in nodes]


def _before(explorer: Explorer, inverse: Inverse, areas: tuple[str, ...] | None) -> tuple[Gap, ...]:
    was = inverse.without(explorer.records())
    network = project(was, DEFAULT) if areas is None else None
    with explorer.database.rolled_back(TIMEOUT_S) as trial:
        trial.run("load.lock")
        take_back(trial.run, inverse, explorer.nodes_by_id())
        return all_gaps(trial.run, was.by_id(), areas, _today(), State(network, was))


def _now(explorer: Explorer, areas: tuple[str, ...] | None) -> Iterable[Gap]:
    if areas is None:
        return explorer.gap_report().gaps
    found = (gap for area in areas for gap in explorer.gap_report(area).gaps)
    return [gap for gap in found if gap.rule not in NETWORK_RULE_BY_SLUG]


def _within(gaps: Iterable[Gap], area: str) -> list[Gap]:
    if area == EVERYWHERE:
        return list(gaps)
    return [gap for gap in gaps if any(is_within(n.area, area) for n in gap.subjects)]


def _today() -> str:
    return datetime.now().astimezone().date().isoformat()


def as_document(explorer: Explorer, found: ImportGaps) -> Document:
    """Return what became of the gaps, as the API gives it."""
    changes = found.changes
    return {
        "import": documents.import_record(found.record),
        "area": found.area,
        "sentence": found.sentence.as_dict(),
        "not_compared": found.not_compared,
        "opened": [documents.gap(g) for g in changes.opened] if changes else [],
        "closed": [documents.gap(g) for g in changes.closed] if changes else [],
        "n_unchanged": changes.n_unchanged if changes else None,
        "areas": None if found.areas is None else list(found.areas),
        "n_more_areas": found.n_more_areas,
        "looked_at": found.looked_at.as_dict() if found.looked_at else None,
        **documents.basis(explorer),
    }
