"""The areas on record, what lies in them, and what was not entered about them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graph.documents import Document
from graph.errors import NoArea
from graph.explorer import Explorer
from graph.findings.areas import AreaCount, AreaTree
from graph.findings.completeness import Completeness
from graph.projection import DEFAULT, Projection
from graph.sentences.areas import EVERYWHERE
from graph.text import Text


def tree_of(explorer: Explorer) -> AreaTree:
    """Return the areas on record as a tree, made once for a state of the data."""
    return explorer.cached(("area tree",), lambda: AreaTree(explorer.records()))


def known_area(explorer: Explorer, area: str | None) -> str:
    """Return the path of an area, '' for everything; raises `InvalidArgument` for an unknown."""
    path = (area or "").strip("/")
    if path not in tree_of(explorer):
        raise NoArea(path)
    return path


def around_area(
    explorer: Explorer, area: str, projection: Projection = DEFAULT
) -> NDArray[np.bool_]:
    """Return which actors of the network lie in an area or are tied to one of its communities.

    One truth value for each actor, in order; '' is everything. Raises `InvalidArgument`.
    """
    path = known_area(explorer, area)
    network = explorer.network(projection)
    is_around = np.full(len(network), not path, np.bool_)
    for node in tree_of(explorer).within(path) if path else ():
        i = network.index.get(node.id)
        if i is not None:
            is_around[i] = True
            if node.kind == "Community" and not node.is_group:
                is_around[network.network.neighbours(i)] = True
    return is_around


def completeness_of(explorer: Explorer) -> Completeness:
    """Return what is not entered, counted for every area, made once for a state of the data."""
    return explorer.cached(
        ("completeness",),
        lambda: Completeness(explorer.records(), tree_of(explorer), explorer.coverage()),
    )


def name_of(area: str) -> Text:
    """Return what an area is called: the last part of its path."""
    last = area.rpartition("/")[2]
    return Text(last, last) if last else EVERYWHERE


def count_document(found: AreaCount) -> Document:
    """Return an area with how much lies in it."""
    return {
        "path": found.path,
        "name": found.name,
        "level": found.level,
        "n_communities": found.n_communities,
        "n_actors": found.n_actors,
    }
