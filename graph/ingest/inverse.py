"""What takes an import back: kept with each import until it was undone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any

from graph.ingest.batch import Batch
from graph.records import Area, Need, Node, Records, Tie
from graph.stored import Stored, need_key, tie_key


@dataclass(frozen=True, slots=True)
class Inverse:
    """The keys of what an import brought, and what it changed as it was before.

    ``new_needs`` are ids as `stored_id` makes them.
    """

    new_nodes: tuple[str, ...]
    old_nodes: tuple[Node, ...]
    new_ties: tuple[Tie, ...]
    old_ties: tuple[Tie, ...]
    new_needs: tuple[str, ...]
    old_needs: tuple[Need, ...]
    new_areas: tuple[str, ...]
    old_areas: tuple[Area, ...]

    @property
    def n_changes(self) -> int:
        """How many records the import brought or changed."""
        return sum(len(getattr(self, f.name)) for f in fields(self))

    def without(self, records: Records) -> Records:
        """Return ``records``, as they are after the import, as they were before it.

        Time O(stored).
        """
        nodes = {n.id: n for n in records.nodes} | {n.id: n for n in self.old_nodes}
        ties = {tie_key(t): t for t in records.ties} | {tie_key(t): t for t in self.old_ties}
        needs = {need_key(n): n for n in records.needs} | {need_key(n): n for n in self.old_needs}
        areas = {a.path: a for a in records.areas} | {a.path: a for a in self.old_areas}
        for node_id in self.new_nodes:
            nodes.pop(node_id, None)
        for tie in self.new_ties:
            ties.pop(tie_key(tie), None)
        for path in self.new_areas:
            areas.pop(path, None)
        brought = set(self.new_needs)
        return Records(
            tuple(nodes.values()),
            tuple(ties.values()),
            records.version,
            tuple(n for n in needs.values() if not brought or stored_id(n) not in brought),
            tuple(areas.values()),
        )

    def as_json(self) -> str:
        """Return it as it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False)


def inverse_of(batch: Batch, stored: Stored) -> Inverse:
    """Return what takes ``batch`` back from a graph that held ``stored``."""

    def before(new: dict[Any, Any], old: dict[Any, Any]) -> tuple[Any, ...]:
        return tuple(old[k] for k, r in new.items() if k in old and old[k] != r)

    return Inverse(
        tuple(k for k in batch.nodes if k not in stored.nodes),
        before(batch.nodes, stored.nodes),
        tuple(t for k, t in batch.ties.items() if k not in stored.ties),
        before(batch.ties, stored.ties),
        tuple(stored_id(n) for k, n in batch.needs.items() if k not in stored.needs),
        before(batch.needs, stored.needs),
        tuple(k for k in batch.areas if k not in stored.areas),
        before(batch.areas, stored.areas),
    )


def read_inverse(read: Callable[..., list[dict[str, Any]]], import_id: str) -> Inverse | None:
    """Return what takes an import back, through ``read``, a reader of statements by name.

    None for an import that was undone, or that is not there.
    """
    rows = read("read.import_inverse", id=import_id)
    if not rows or not rows[0]["inverse"]:
        return None
    kept = json.loads(rows[0]["inverse"])
    return Inverse(
        tuple(kept["new_nodes"]),
        tuple(Node(**{**n, "aliases": tuple(n["aliases"])}) for n in kept["old_nodes"]),
        tuple(Tie(**t) for t in kept["new_ties"]),
        tuple(Tie(**t) for t in kept["old_ties"]),
        tuple(kept["new_needs"]),
        tuple(Need(**n) for n in kept["old_needs"]),
        tuple(kept["new_areas"]),
        tuple(Area(**a) for a in kept["old_areas"]),
    )


def stored_id(need: Need) -> str:
    """Return the id under which a need or an offer is stored."""
    return hashlib.sha256("\n".join(need_key(need)).encode()).hexdigest()[:16]
