"""The areas on record as a tree, and what lies where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graph.records import Area, Node, Records


@dataclass(frozen=True, slots=True)
class AreaCount:
    """An area by its path, and how much lies in it or below it."""

    path: str
    level: str | None
    n_communities: int
    n_actors: int

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


class AreaTree:
    """The areas of the records, and of the nodes in them; '' is the whole.

    Making takes O(n); what lies in an area then takes the time of what is found.
    """

    def __init__(self, records: Records) -> None:
        self.records_of: dict[str, Area] = {a.path: a for a in records.areas}
        self.nodes_in: dict[str, list[Node]] = defaultdict(list)
        self._n_communities: Counter[str] = Counter()
        self._n_actors: Counter[str] = Counter()
        for node in records.nodes:
            self.nodes_in[node.area or ""].append(node)
        paths = {""}
        for path in (*self.records_of, *self.nodes_in):
            paths.update(with_ancestors(path))
        self._children: dict[str, list[str]] = defaultdict(list)
        for path in sorted(paths - {""}):
            self._children[path.rpartition("/")[0]].append(path)
        self._paths = paths
        for path, nodes in self.nodes_in.items():
            n_communities = sum(n.kind == "Community" and not n.is_group for n in nodes)
            n_actors = sum(n.is_actor for n in nodes)
            for outer in with_ancestors(path):
                self._n_communities[outer] += n_communities
                self._n_actors[outer] += n_actors

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def paths(self) -> list[str]:
        """Return the areas, without the whole, in order."""
        return sorted(self._paths - {""})

    def count(self, path: str) -> AreaCount:
        """Return how much lies in an area."""
        record = self.records_of.get(path)
        return AreaCount(
            path,
            record.level if record else None,
            self._n_communities[path],
            self._n_actors[path],
        )

    def lineage(self, path: str) -> tuple[AreaCount, ...]:
        """Return the areas around an area and itself, the largest first, without the whole."""
        return tuple(self.count(p) for p in sorted(with_ancestors(path)) if p)

    def children(self, path: str) -> tuple[AreaCount, ...]:
        """Return the areas right below, in order."""
        return tuple(self.count(p) for p in self._children[path])

    def siblings(self, path: str) -> tuple[AreaCount, ...]:
        """Return the other areas right below the one around; none of the whole."""
        if not path:
            return ()
        return tuple(a for a in self.children(path.rpartition("/")[0]) if a.path != path)

    def below(self, path: str) -> Iterator[str]:
        """Yield an area and every one in it."""
        stack = [path]
        while stack:
            found = stack.pop()
            yield found
            stack.extend(reversed(self._children.get(found, ())))

    def within(self, path: str) -> list[Node]:
        """Return the actors and affiliations in an area or below it; '' is everything."""
        return [n for area in self.below(path) for n in self.nodes_in.get(area, ())]


def with_ancestors(path: str) -> Iterator[str]:
    """Yield a path and every path that it begins with, '' at last."""
    while path:
        yield path
        path = path.rpartition("/")[0]
    yield ""
