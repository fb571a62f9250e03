"""The gaps that a scenario opens and closes, found by the rules themselves in a trial of it.

The rules are Cypher, so the changes are made in the store, in a transaction that cannot be
committed, and the rules run inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph.findings.gaps import Gap
from graph.model import AFFILIATION_KIND_BY_SLUG, KIND_BY_SLUG, RELATIONS
from graph.records import Node, Tie
from graph.scenario.draft import Draft, Edits
from graph.store.database import Database, Row

Read = Callable[..., list[Row]]
Find = Callable[[Read, Mapping[str, Node]], Sequence[Gap]]
_PROPERTIES = (
    "id", "name", "aliases", "aliases_text", "pinyin", "area", "strength", "until", "n_imports",
    "note", "changes", "created", "changed", "n_saves", "n_tries",
)  # fmt: skip
_LABELS = (
    "Scenario",
    "Stakeholder",
    "Affiliation",
    "Area",
    "Meta",
    *KIND_BY_SLUG,
    *AFFILIATION_KIND_BY_SLUG,
)
_RELATIONS = (*(r.slug for r in RELATIONS), "LOCATED_IN", "PART_OF")
TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class GapChanges:
    """What becomes of the gaps.

    opened, closed : found only after, or only before, by id and state.
    n_unchanged : found before and after.
    n_gone : found before, of or about what is removed, and hence not closed.
    """

    opened: tuple[Gap, ...]
    closed: tuple[Gap, ...]
    n_unchanged: int
    n_gone: int


def gap_changes(before: Iterable[Gap], after: Iterable[Gap], gone: Iterable[str]) -> GapChanges:
    """Compare the findings before and after; ``gone`` are ids of what was removed."""
    old, new = ({(g.id, g.state): g for g in found} for found in (before, after))
    removed = set(gone)
    lost = [g for key, g in old.items() if key not in new]
    # That a place depends on one funder is no better for the funder's being gone.
    closed = tuple(g for g in lost if not any(a.id in removed for a in g.actors))
    opened = tuple(g for key, g in new.items() if key not in old)
    return GapChanges(opened, closed, len(old.keys() & new.keys()), len(lost) - len(closed))


def gaps_in_trial(database: Database, draft: Draft, find: Find) -> tuple[Gap, ...]:
    """Return what ``find`` finds where the changes of ``draft`` are made; nothing is stored.

    ``find`` gets a reader of statements by name, and the nodes as they are then. Imports wait
    meanwhile, `TIMEOUT_S` at most. Raises `StoreError`.
    """
    prepare(database)
    with database.rolled_back(TIMEOUT_S) as trial:
        # Imports take the same lock first, so that none of them and a trial wait for one another.
        trial.run("load.lock")
        make(trial.run, draft.edits())
        return tuple(find(trial.run, draft.nodes_by_id()))


def make(run: Read, edits: Edits) -> None:
    """Make ``edits`` in an open transaction, through ``run``, which runs statements by name."""
    _run(run, "load.ties_removed", (_tie_row(t) for t in edits.gone_ties))
    if edits.gone:
        run("load.scenario_removed", ids=list(edits.gone))
    if edits.nodes:
        areas = {a for n in edits.nodes if n.area for a in _with_ancestors(n.area)}
        _run(run, "load.scenario_areas", (_area_row(a) for a in sorted(areas)))
        for name, is_actor in (("load.actors", True), ("load.affiliations", False)):
            _run(run, name, (_node_row(n) for n in edits.nodes if n.is_actor == is_actor))
        run("load.area_links", ids=[n.id for n in edits.nodes])
    _run(run, "load.ties", (_tie_row(t) for t in edits.ties))
    _run(run, "load.scenario_ended", ({"id": n.id, "until": n.until} for n in edits.ended))
    _run(run, "load.ties_changed", (_tie_row(t) for t in edits.ended_ties))


def prepare(database: Database) -> None:
    """Let the store know all words that a scenario may use.

    A name that Neo4j has not met is stored at once, even where the transaction is rolled back
    later, and would then look like a change of the data. Hence it is done before, once.
    """
    known = database.read("read.scenario_words")[0]
    words = {
        "labels": [w for w in _LABELS if w not in known["labels"]],
        "relations": [w for w in _RELATIONS if w not in known["relations"]],
        "properties": [w for w in _PROPERTIES if w not in known["properties"]],
    }
    if any(words.values()):
        database.write("load.scenario_words", **words)


def _run(run: Read, name: str, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        run(name, rows=listed)


def _tie_row(tie: Tie) -> dict[str, Any]:
    properties = asdict(tie)
    ends = {key: properties.pop(key) for key in ("start", "relation", "end")}
    return {**ends, "since": tie.since, "properties": properties}


def _node_row(node: Node) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "id": node.id,
        "name": node.name,
        "aliases": [],
        "aliases_text": "",
        "pinyin": "",
        "area": node.area,
        "until": node.until,
    }
    return {"id": node.id, "kind": node.kind, "old_kind": None, "properties": properties}


def _area_row(path: str) -> dict[str, Any]:
    parent, _, name = path.rpartition("/")
    return {"id": path, "parent": parent or None, "name": name}


def _with_ancestors(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition("/")[0]
