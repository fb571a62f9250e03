"""What an analyst has to know to write a query: what is stored, and ids to begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from graph.explorer import Explorer
from graph.model import AFFILIATION_KINDS, KINDS, RELATIONS, Relation
from graph.query.library import LibraryQuery
from graph.records import Node, Records
from graph.text import Text
from graph.workbook import ACTORS, AREAS, NEEDS, TIES, Sheet

_N_IDS = 300


@dataclass(frozen=True, slots=True)
class StoredProperty:
    """A property of nodes or relationships, in plain words."""

    name: str
    words: Text


@dataclass(frozen=True, slots=True)
class StoredSort:
    """A label or a relationship type: in plain words, how many are stored, and what it means.

    ``pattern`` is how a relationship type is written in a query; None for a label.
    """

    name: str
    words: Text
    help: Text
    n: int
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class NodeGroup:
    """Labels whose nodes have the same properties; the first one is the label of all of them."""

    whole: StoredSort
    kinds: tuple[StoredSort, ...]
    properties: tuple[StoredProperty, ...]

    @property
    def sorts(self) -> tuple[StoredSort, ...]:
        """The label of all of them, then the others."""
        return self.whole, *self.kinds


@dataclass(frozen=True, slots=True)
class StoredSchema:
    """The stored graph as a query sees it; ``own`` are records that Wushe keeps for itself."""

    nodes: tuple[NodeGroup, ...]
    relationships: tuple[StoredSort, ...]
    properties: tuple[StoredProperty, ...]
    own: tuple[tuple[str, int], ...]


def stored_schema(explorer: Explorer) -> StoredSchema:
    """Return labels, relationship types and properties with counts, as the data are now."""
    return explorer.cached(("stored schema",), lambda: _schema(explorer))


def _schema(explorer: Explorer) -> StoredSchema:
    rows = explorer.database.read("read.stored_sorts")
    n = {(row["sort"], row["name"]): row["n"] for row in rows}

    def label(name: str, words: Text, help_: Text) -> StoredSort:
        return StoredSort(name, words, help_, n.get(("label", name), 0))

    def relationship(name: str, words: Text, help_: Text, pattern: str) -> StoredSort:
        return StoredSort(name, words, help_, n.get(("type", name), 0), pattern)

    groups = (
        NodeGroup(
            label("Stakeholder", *_ACTOR),
            tuple(label(k.slug, k.label, k.help) for k in KINDS),
            _NODE_PROPERTIES,
        ),
        NodeGroup(
            label("Affiliation", *_AFFILIATION),
            tuple(label(k.slug, k.label, k.help) for k in AFFILIATION_KINDS),
            _NODE_PROPERTIES,
        ),
        NodeGroup(label("Need", *_NEED), (), _NEED_PROPERTIES),
        NodeGroup(label("Offer", *_OFFER), (), _NEED_PROPERTIES),
        NodeGroup(label("Area", *_AREA), (), _AREA_PROPERTIES),
        NodeGroup(label("Source", *_SOURCE), (), (_ID,)),
    )
    relationships = (
        *(relationship(r.slug, r.label, r.help, _pattern(r)) for r in RELATIONS),
        *(relationship(*one) for one in _OTHER_TYPES),
    )
    known = {sort.name for g in groups for sort in (g.whole, *g.kinds)}
    own = sorted(
        (name, count)
        for (sort, name), count in n.items()
        if sort == "label" and name not in known and count
    )
    return StoredSchema(groups, relationships, _TIE_PROPERTIES, tuple(own))


def ids_to_choose(explorer: Explorer, label: str) -> tuple[Node, ...]:
    """Return the nodes of a label that have the most ties, at most 300, the most tied first."""

    def choose() -> tuple[Node, ...]:
        n_ties = explorer.cached(("ties by id",), lambda: _n_ties(explorer.records()))
        fitting = (n for n in explorer.records().nodes if _has(n, label))
        return tuple(nsmallest(_N_IDS, fitting, key=lambda node: (-n_ties[node.id], node.id)))

    return explorer.cached(("ids to choose", label), choose)


def values_to_begin_with(explorer: Explorer, query: LibraryQuery) -> dict[str, Any]:
    """Return the values of a statement's parameters that it is first run with.

    A default that is an id of the sample data gives way, where nobody has it, to whoever has the
    most ties; two parameters of the same label take two different ones.
    """
    nodes = explorer.nodes_by_id()
    values = {p.name: p.default for p in query.parameters}
    for p in query.parameters:
        if p.id_of and values[p.name] not in nodes:
            taken = set(values.values())
            found = (n.id for n in ids_to_choose(explorer, p.id_of) if n.id not in taken)
            values[p.name] = next(found, p.default)
    return values


def _n_ties(records: Records) -> Counter[str]:
    """Return how many ties each id stands at an end of."""
    counts = Counter(tie.start for tie in records.ties)
    counts.update(tie.end for tie in records.ties if tie.end != tie.start)
    return counts


def _has(node: Node, label: str) -> bool:
    return label == node.kind or label == ("Stakeholder" if node.is_actor else "Affiliation")


def _pattern(relation: Relation) -> str:
    start = _ends(relation.from_actor, relation.from_affiliation, _ALSO_FROM.get(relation.slug, ()))
    end = _ends(relation.to_actor, relation.to_affiliation, _ALSO_TO.get(relation.slug, ()))
    return f"(:{start})-[:{relation.slug}]->(:{end})"


def _ends(is_actor: bool, is_affiliation: bool, also: Sequence[str]) -> str:
    labels = [*(["Stakeholder"] if is_actor else []), *(["Affiliation"] if is_affiliation else [])]
    return "|".join((*labels, *also))


def _properties(sheet: Sheet, *without: str) -> tuple[StoredProperty, ...]:
    return tuple(StoredProperty(c.slug, c.label) for c in sheet.columns if c.slug not in without)


# An area is tied to what lies in it, and to what it lies in.
_ALSO_FROM = {"PART_OF": ("Area",)}
_ALSO_TO = {"LOCATED_IN": ("Area",), "PART_OF": ("Area",)}
_ACTOR = (Text("主体", "Actors"), Text("能决定、能行动的。", "Those who can decide and act."))
_AFFILIATION = (
    Text("项目、阵地、平台等", "Projects, spaces, platforms"),
    Text("主体在其中相遇。", "What actors meet in."),
)
_NEED = (Text("需求", "Needs"), Text("谁需要什么。", "Who needs what."))
_OFFER = (Text("供给", "Offers"), Text("谁能提供什么。", "Who can give what."))
_AREA = (
    Text("区域", "Areas"),
    Text("编号是完整路径，如 北京市/朝阳区。", "The id is the whole path, from the largest down."),
)
_SOURCE = (Text("来源", "Sources"), Text("事实出自哪里。", "Where facts come from."))
_OTHER_TYPES = (
    (
        "HAS_NEED",
        Text("有需求", "has the need"),
        Text("谁有这项需求。", "Who has the need."),
        "(:Stakeholder|Affiliation)-[:HAS_NEED]->(:Need)",
    ),
    (
        "MAKES_OFFER",
        Text("有供给", "makes the offer"),
        Text("谁有这项供给。", "Who makes the offer."),
        "(:Stakeholder|Affiliation)-[:MAKES_OFFER]->(:Offer)",
    ),
    (
        "STATED_IN",
        Text("出自", "is stated in"),
        Text("事实的来源。", "The source of what is on record about it."),
        "(:Stakeholder|Affiliation)-[:STATED_IN]->(:Source)",
    ),
)
_ID = StoredProperty("id", Text("编号", "Id"))
_NODE_PROPERTIES = (
    *_properties(ACTORS, "kind"),
    StoredProperty("n_members_at_least", Text("人数是下限", "The members are a lower bound")),
    StoredProperty("pinyin", Text("拼音（供查找）", "Pinyin, for the search")),
    StoredProperty(
        "aliases_text", Text("别名连写（供查找）", "Aliases in one text, for the search")
    ),
)
_NEED_PROPERTIES = (_ID, *_properties(NEEDS, "actor"))
_AREA_PROPERTIES = (_ID, *_properties(AREAS, "parent"))
_TIE_PROPERTIES = _properties(TIES, "start", "relation", "end")
