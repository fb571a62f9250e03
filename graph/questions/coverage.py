"""Which of the five 社 the communities of an area have partners of, and who these are."""

from __future__ import annotations

from dataclasses import dataclass

from graph import documents
from graph.actor_network import ActorNetwork
from graph.analysis.coverage import COVERAGE_COLUMNS, Coverage, surroundings
from graph.documents import Document
from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.model import RELATION_BY_SLUG
from graph.projection import DEFAULT, Projection, is_within
from graph.questions.areas import known_area
from graph.records import Node
from graph.sentences import coverage as say
from graph.text import Text


@dataclass(frozen=True, slots=True)
class CoverageList:
    """The communities of an area that were asked for, in order.

    ``n_communities`` are all of the area; ``having`` says by column how many of those about which
    anything is on record, ``n_known``, have at least one.
    """

    area: str
    rows: tuple[Coverage, ...]
    n_communities: int
    n_known: int
    having: dict[str, int]


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """Whom a cell counts, each with how it comes to count; in order of name.

    ``n`` is None where nothing at all is on record about the community.
    """

    community: Node
    column: str
    n: int | None
    behind: tuple[tuple[Node, Text], ...]
    sentence: Text


def coverage_list(
    explorer: Explorer,
    area: str | None = None,
    lacking: str | None = None,
    order: str = "area",
    projection: Projection = DEFAULT,
) -> CoverageList:
    """Return the coverage of the communities in an area.

    ``lacking`` keeps those that have nobody under one of `COVERAGE_COLUMNS`; what is not known is
    not lacking. ``order`` is ``area``, or a column, fewest first, or ``-column``, most first;
    unknown ones come last. Raises `InvalidArgument`.
    """
    path = known_area(explorer, area)
    for name, column in (("lacking", lacking), ("order", order.removeprefix("-"))):
        if column not in (None, *COVERAGE_COLUMNS) and (name, column) != ("order", "area"):
            raise InvalidArgument(name, _no_column(str(column)))
    inside = rows_in(explorer, path, projection)
    rows = [r for r in inside if lacking is None or r.cell(lacking) == 0]
    if order.removeprefix("-") != "area":
        sign = -1 if order.startswith("-") else 1
        column = order.removeprefix("-")
        rows.sort(key=lambda r: _last_if_unknown(r.cell(column), sign))
    return CoverageList(path, tuple(rows), len(inside), *having_of(inside))


def rows_in(
    explorer: Explorer, area: str, projection: Projection = DEFAULT
) -> tuple[Coverage, ...]:
    """Return the coverage of the communities in an area, in order of area and name."""
    rows = explorer.coverage(projection)
    return tuple(r for r in rows if not area or is_within(r.community.area, area))


def having_of(rows: tuple[Coverage, ...]) -> tuple[int, dict[str, int]]:
    """Return how many communities are known, and by column how many of them have at least one."""
    known = [row for row in rows if row.is_known]
    return len(known), {c: sum(bool(row.cell(c)) for row in known) for c in COVERAGE_COLUMNS}


def coverage_cell(
    explorer: Explorer, community: str, column: str, projection: Projection = DEFAULT
) -> CoverageCell:
    """Return who stands behind a cell of the coverage.

    Raises `NotFound` for who is no community on record, `InvalidArgument` for another column.
    """
    if column not in COVERAGE_COLUMNS:
        raise InvalidArgument("column", _no_column(column))
    node = explorer.node(community)
    if node.kind != "Community" or node.is_group:
        raise NotFound(community)
    return explorer.cached(
        ("coverage cell", community, column, projection),
        lambda: _cell(explorer, node, column, projection),
    )


def _cell(explorer: Explorer, node: Node, column: str, projection: Projection) -> CoverageCell:
    network, nodes = explorer.network(projection), explorer.nodes_by_id()
    around = next(surroundings(explorer.records(), network, lambda n: n.id == node.id), None)
    if around is None:
        raise NotFound(node.id)
    behind = around.behind(column, nodes)
    return CoverageCell(
        node,
        column,
        len(behind) if around.is_known else None,
        tuple((found, _how(explorer, network, node, found)) for found in behind),
        say.cell_sentence(node, column, len(behind), is_known=around.is_known),
    )


def _how(explorer: Explorer, network: ActorNetwork, community: Node, other: Node) -> Text:
    """Say how an actor or affiliation comes to count for a community."""
    if other.id == community.id:
        return say.IS_ITSELF
    nodes = explorer.nodes_by_id()
    if not other.is_actor:
        stored = [
            t.relation for t in explorer.ties_of(community.id) if other.id in (t.start, t.end)
        ]
        relations = [RELATION_BY_SLUG[r].label for r in dict.fromkeys(stored)]
        return say.through(relations, []) if relations else say.LIES_IN_IT
    i, j = network.index.get(community.id), network.index.get(other.id)
    tie = network.tie(i, j) if i is not None and j is not None else None
    if tie is None:
        return say.LIES_IN_IT
    met_in = [nodes[v].label() for v in tie.via]
    direct = {t.relation for t in explorer.ties_of(community.id) if other.id in (t.start, t.end)}
    return say.through([RELATION_BY_SLUG[r].label for r in sorted(direct)], met_in)


def _last_if_unknown(n: int | None, sign: int) -> tuple[bool, int]:
    return n is None, sign * (n or 0)


def _no_column(column: str) -> Text:
    known = ", ".join(COVERAGE_COLUMNS)
    return Text(f"没有“{column}”一栏；可用：{known}。", f"No column “{column}”; use {known}.")


def row_document(row: Coverage) -> Document:
    """Return the coverage of one community."""
    return {
        "community": documents.actor(row.community),
        "cells": row.cells,
        "n_mechanisms": row.n_mechanisms,
        "n_spaces": row.n_spaces,
        "n_funds": row.n_funds,
    }


def as_document(
    explorer: Explorer,
    found: CoverageList,
    limit: int,
    offset: int = 0,
    projection: Projection = DEFAULT,
) -> Document:
    """Return one page of communities with their coverage."""
    items = [row_document(row) for row in found.rows[offset : offset + limit]]
    return {
        **documents.page(explorer, items, len(found.rows), limit, offset, projection),
        "area": found.area,
        "n_communities": found.n_communities,
        "n_known": found.n_known,
        "having": found.having,
    }


def cell_document(
    explorer: Explorer,
    found: CoverageCell,
    limit: int,
    offset: int = 0,
    projection: Projection = DEFAULT,
) -> Document:
    """Return one page of who stands behind a cell."""
    items = [
        {"actor": documents.actor(node), "reason": how.as_dict()}
        for node, how in found.behind[offset : offset + limit]
    ]
    return {
        **documents.page(explorer, items, len(found.behind), limit, offset, projection),
        "community": documents.actor(found.community),
        "column": found.column,
        "n": found.n,
        "sentence": found.sentence.as_dict(),
    }
