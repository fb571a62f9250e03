"""How complete the data are: what could be known of each record, and what was not entered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.analysis.coverage import Coverage
from graph.findings.areas import AreaTree, with_ancestors
from graph.records import Area, Need, Node, Records, Tie
from graph.text import Text

Subject = Literal["tie", "actor", "community", "need", "area"]
Item = Tie | Node | Need | Area


@dataclass(frozen=True, slots=True)
class Fact:
    """A kind of fact that each record of a sort should have.

    ``subject`` is what it is a fact of, ``mend`` where and how to enter it. ``is_of_whole``: it
    can be counted for everything only, since what lacks it lies in no area.
    """

    slug: str
    subject: Subject
    label: Text
    mend: Text
    is_of_whole: bool = False


FACTS: tuple[Fact, ...] = (
    Fact(
        "tie_source",
        "tie",
        Text("关系没有注明来源", "Ties that name no source"),
        Text("在“关系”表的“来源”列补上。", "Fill in the column “Source” of the sheet “Ties”."),
    ),
    Fact(
        "tie_date",
        "tie",
        Text("关系没有起止时间", "Ties with neither start nor end"),
        Text(
            "在“关系”表的“起始”或“终止”列补上。",
            "Fill in the column “Since” or “Until” of the sheet “Ties”.",
        ),
    ),
    Fact(
        "community_ties",
        "community",
        Text("社区没有录入任何往来", "Communities about which nothing is entered"),
        Text(
            "在“关系”表里写上这些社区与谁有往来。",
            "Enter in the sheet “Ties” whom these communities work with.",
        ),
    ),
    Fact(
        "actor_source",
        "actor",
        Text("主体和项目没有注明来源", "Actors and projects that name no source"),
        Text("在“主体”表的“来源”列补上。", "Fill in the column “Source” of the sheet “Actors”."),
    ),
    Fact(
        "actor_area",
        "actor",
        Text("主体和项目没有写区域", "Actors and projects without an area"),
        Text("在“主体”表的“区域”列补上。", "Fill in the column “Area” of the sheet “Actors”."),
        is_of_whole=True,
    ),
    Fact(
        "team_registration",
        "actor",
        Text("志愿队伍没有填写登记备案情况", "Teams whose registration is not entered"),
        Text(
            "在“主体”表的“登记备案”列补上。",
            "Fill in the column “Registration” of the sheet “Actors”.",
        ),
    ),
    Fact(
        "platform_online",
        "actor",
        Text("平台没有说明是不是线上的", "Platforms of which nothing says whether online"),
        Text("在“主体”表的“线上”列补上。", "Fill in the column “Online” of the sheet “Actors”."),
    ),
    Fact(
        "need_quantity",
        "need",
        Text("需求和供给没有数量", "Needs and offers without a quantity"),
        Text(
            "在“需求”或“供给”表的“数量”列补上。",
            "Fill in the column “Quantity” of the sheet “Needs” or “Offers”.",
        ),
    ),
    Fact(
        "need_period",
        "need",
        Text("需求和供给没有起止时间", "Needs and offers without a period"),
        Text(
            "在“需求”或“供给”表的“起始”或“终止”列补上。",
            "Fill in the column “Since” or “Until” of the sheet “Needs” or “Offers”.",
        ),
    ),
    Fact(
        "area_population",
        "area",
        Text("区域没有录入人口", "Areas whose population is not entered"),
        Text("在“区域”表的“人口”列补上。", "Fill in the column “Population” of the sheet “Areas”."),
    ),
)
FACT_BY_SLUG = {fact.slug: fact for fact in FACTS}


@dataclass(frozen=True, slots=True)
class Known:
    """Of how many records a fact could be known, and for how many it was not entered."""

    n: int
    n_missing: int

    @property
    def share_missing(self) -> float | None:
        """The part that is missing; None where there is nothing it could be a fact of."""
        return self.n_missing / self.n if self.n else None


class Completeness:
    """What is not entered, counted for every area at once.

    A tie counts for every area that one of its ends lies in, once; a need for the area of its
    actor. Making takes O(n + m), an area then O(1).
    """

    def __init__(self, records: Records, tree: AreaTree, rows: Sequence[Coverage]) -> None:
        """Take the records, their areas, and the coverage of their communities."""
        self._records, self._tree = records, tree
        self._nodes = records.by_id()
        self._unknown = {row.community.id for row in rows if not row.is_known}
        self._known_communities = {row.community.id: row.community for row in rows}
        self._n: dict[str, Counter[str]] = defaultdict(Counter)
        self._n_missing: dict[str, Counter[str]] = defaultdict(Counter)
        for fact in FACTS:
            n: Counter[frozenset[str]] = Counter()
            missing: Counter[frozenset[str]] = Counter()
            for item, is_missing in self._judged(fact):
                where = self._exact_areas(item)
                n[where] += 1
                missing[where] += is_missing
            for where, count in n.items():
                for area in {outer for path in where for outer in with_ancestors(path)}:
                    self._n[fact.slug][area] += count
                    self._n_missing[fact.slug][area] += missing[where]

    def of(self, area: str) -> dict[str, Known]:
        """Return what is known in an area by fact; '' is everything."""
        return {
            fact.slug: Known(self._n[fact.slug][area], self._n_missing[fact.slug][area])
            for fact in FACTS
            if not (area and fact.is_of_whole)
        }

    def missing(self, fact: str, area: str) -> list[Item]:
        """Return what in an area lacks a fact, in the order of the records. Time O(n + m)."""
        inside = set(self._tree.below(area)) if area else None
        return [
            item
            for item, is_missing in self._judged(FACT_BY_SLUG[fact])
            if is_missing and (inside is None or not inside.isdisjoint(self._exact_areas(item)))
        ]

    def _judged(self, fact: Fact) -> Iterator[tuple[Item, bool]]:
        """Yield every record that the fact is one of, and whether it is missing there."""
        records = self._records
        match fact.slug:
            case "tie_source":
                yield from ((t, t.source is None) for t in records.ties)
            case "tie_date":
                yield from ((t, t.since is None and t.until is None) for t in records.ties)
            case "community_ties":
                for node in self._known_communities.values():
                    yield node, node.id in self._unknown
            case "actor_source":
                yield from ((n, n.source is None) for n in records.nodes)
            case "actor_area":
                yield from ((n, n.area is None) for n in records.nodes)
            case "team_registration":
                for node in records.nodes:
                    if node.kind == "VolunteerTeam":
                        yield node, node.registration is None
            case "platform_online":
                for node in records.nodes:
                    if node.kind == "Platform":
                        yield node, node.is_online is None
            case "need_quantity":
                yield from ((n, n.quantity is None) for n in records.needs)
            case "need_period":
                yield from ((n, n.since is None and n.until is None) for n in records.needs)
            case "area_population":
                yield from ((a, a.population is None) for a in self._tree.records_of.values())

    def _exact_areas(self, item: Item) -> frozenset[str]:
        if isinstance(item, Tie):
            return frozenset((self._area_of(item.start), self._area_of(item.end)))
        if isinstance(item, Need):
            return frozenset((self._area_of(item.actor),))
        return frozenset(((item.path if isinstance(item, Area) else item.area) or "",))

    def _area_of(self, node_id: str) -> str:
        node = self._nodes.get(node_id)
        return (node.area if node else None) or ""
