"""How complete the data are, what lacks what, and from which sources they come."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from graph import documents
from graph.documents import Document
from graph.errors import InvalidArgument, NotFound, WusheError
from graph.explorer import Explorer
from graph.findings.areas import AreaCount
from graph.findings.completeness import FACT_BY_SLUG, Item, Known
from graph.questions.areas import completeness_of, count_document, known_area, tree_of
from graph.questions.changes import tie_document
from graph.records import Area, Need, Node, Tie
from graph.sentences.data import completeness_sentence, sources_sentence
from graph.stored import need_id
from graph.text import Text


@dataclass(frozen=True, slots=True)
class AreaCompleteness:
    """What is known in an area by fact, and the same for each area right below it."""

    area: str
    facts: dict[str, Known]
    children: tuple[tuple[AreaCount, dict[str, Known]], ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class Missing:
    """The records of an area that lack a fact, in the order of the records."""

    area: str
    fact: str
    known: Known
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A source, and how many actors, affiliations and ties name it; None: those without one."""

    name: str | None
    n_actors: int
    n_affiliations: int
    n_ties: int


@dataclass(frozen=True, slots=True)
class FromSource:
    """What names a source: actors and affiliations in order of name, then ties."""

    source: Source
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


class NoSource(NotFound):
    """Nothing on record names this source."""

    def __init__(self, name: str | None) -> None:
        WusheError.__init__(
            self,
            Text(
                f"没有资料注明来源“{name}”。" if name else "每条资料都注明了来源。",
                f"Nothing on record names the source “{name}”."
                if name
                else "Everything on record names a source.",
            ),
        )


def completeness(explorer: Explorer, area: str | None = None) -> AreaCompleteness:
    """Return what is known in an area; raises `InvalidArgument` for one that is not on record."""
    path = known_area(explorer, area)
    tree, found = tree_of(explorer), completeness_of(explorer)
    facts = found.of(path)
    return AreaCompleteness(
        path,
        facts,
        tuple((child, found.of(child.path)) for child in tree.children(path)),
        completeness_sentence(facts),
    )


def missing(explorer: Explorer, fact: str, area: str | None = None) -> Missing:
    """Return what in an area lacks a fact; raises `InvalidArgument`. Time O(n + m), once."""
    path = known_area(explorer, area)
    if fact not in FACT_BY_SLUG:
        known = ", ".join(FACT_BY_SLUG)
        raise InvalidArgument(
            "fact",
            Text(
                f"没有“{fact}”这一项；可用：{known}。", f"There is no fact “{fact}”; use {known}."
            ),
        )

    def find() -> Missing:
        found = completeness_of(explorer)
        items = tuple(found.missing(fact, path))
        return Missing(path, fact, found.of(path).get(fact, Known(0, 0)), items)

    return explorer.cached(("missing", fact, path), find)


def sources(explorer: Explorer) -> tuple[Source, ...]:
    """Return every source, the most used first, and at last how much names none.

    What names several sources, separated by semicolons, counts for each.
    """

    def count() -> tuple[Source, ...]:
        records = explorer.records()
        n: dict[str | None, Counter[str]] = defaultdict(Counter)
        for node in records.nodes:
            for name in named_in(node.source):
                n[name]["actors" if node.is_actor else "affiliations"] += 1
        for tie in records.ties:
            for name in named_in(tie.source):
                n[name]["ties"] += 1
        found = [Source(s, c["actors"], c["affiliations"], c["ties"]) for s, c in n.items()]
        return tuple(
            sorted(found, key=lambda s: (s.name is None, -sum(n[s.name].values()), s.name or ""))
        )

    return explorer.cached(("sources",), count)


def named_in(source: str | None) -> tuple[str | None, ...]:
    """Return the sources that a cell names, or None alone where it is empty."""
    parts = (part.strip() for part in re.split("[;；]", source or ""))
    return tuple(dict.fromkeys(p for p in parts if p)) or (None,)


def from_source(explorer: Explorer, name: str | None) -> FromSource:
    """Return what names a source, None for what names none; raises `NotFound`."""
    none = Source(None, 0, 0, 0)
    source = next((s for s in sources(explorer) if s.name == name), none)
    if source.name != name:
        raise NoSource(name)

    def find() -> FromSource:
        records = explorer.records()
        nodes = [n for n in records.nodes if name in named_in(n.source)]
        ties = tuple(t for t in records.ties if name in named_in(t.source))
        return FromSource(source, tuple(sorted(nodes, key=lambda n: (n.name, n.id))), ties)

    return explorer.cached(("from source", name), find)


def known_document(slug: str, known: Known) -> Document:
    """Return of how many records a fact is known, with how to enter the rest."""
    fact = FACT_BY_SLUG[slug]
    return {
        "fact": slug,
        "subject": fact.subject,
        "label": fact.label.as_dict(),
        "mend": fact.mend.as_dict(),
        "n": known.n,
        "n_known": known.n - known.n_missing,
        "n_missing": known.n_missing,
        "share_missing": known.share_missing,
    }


def completeness_document(explorer: Explorer, found: AreaCompleteness) -> Document:
    """Return what is known in an area and in each right below it."""
    return {
        "area": found.area,
        "sentence": found.sentence.as_dict(),
        "facts": [known_document(slug, known) for slug, known in found.facts.items()],
        "areas": [
            {
                **count_document(child),
                "facts": {
                    slug: {"n": known.n, "n_missing": known.n_missing}
                    for slug, known in facts.items()
                },
            }
            for child, facts in found.children
        ],
        **documents.basis(explorer),
    }


def missing_document(explorer: Explorer, found: Missing, limit: int, offset: int = 0) -> Document:
    """Return one page of what lacks a fact."""
    nodes = explorer.nodes_by_id()
    items = [_item(item, nodes) for item in found.items[offset : offset + limit]]
    return {
        **documents.page(explorer, items, len(found.items), limit, offset),
        "area": found.area,
        "known": known_document(found.fact, found.known),
    }


def _item(item: Item, nodes: dict[str, Node]) -> Document:
    """Return a record as what it is: one of ``actor``, ``tie``, ``need`` and ``area``."""
    shown: Document = {"actor": None, "tie": None, "need": None, "area": None}
    if isinstance(item, Tie):
        return shown | {"tie": tie_document(item, nodes)}
    if isinstance(item, Need):
        actor = nodes.get(item.actor)
        need = {"id": need_id(item), "sort": item.sort}
        need |= {"domain": item.domain, "resource": item.resource}
        return shown | {"actor": documents.actor(actor) if actor else None, "need": need}
    if isinstance(item, Area):
        return shown | {"area": item.path}
    return shown | {"actor": documents.actor(item)}


def sources_document(explorer: Explorer, limit: int, offset: int = 0) -> Document:
    """Return one page of sources."""
    found = sources(explorer)
    items = [source_document(s) for s in found[offset : offset + limit]]
    return {
        **documents.page(explorer, items, len(found), limit, offset),
        "sentence": sources_sentence(sum(s.name is not None for s in found)).as_dict(),
    }


def source_document(source: Source) -> Document:
    """Return a source with how much names it."""
    return {
        "source": source.name,
        "n_actors": source.n_actors,
        "n_affiliations": source.n_affiliations,
        "n_ties": source.n_ties,
    }


def from_source_document(
    explorer: Explorer, found: FromSource, limit: int, offset: int = 0
) -> Document:
    """Return one page of the actors and affiliations, and one of the ties, that name a source."""
    nodes, page = explorer.nodes_by_id(), slice(offset, offset + limit)
    return {
        **source_document(found.source),
        "actors": [documents.actor(n) for n in found.nodes[page]],
        "ties": [tie_document(t, nodes) for t in found.ties[page]],
        "limit": limit,
        "offset": offset,
        **documents.basis(explorer),
    }
