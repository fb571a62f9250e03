"""Which organisations are like an actor in how they bring others together, and in what."""

from __future__ import annotations

from dataclasses import dataclass

from graph import documents
from graph.documents import Document
from graph.explorer import Explorer
from graph.projection import DEFAULT, Projection
from graph.results import Ranked
from graph.sentences.likeness import FEATURES, alike_sentence
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Similar:
    """One of the organisations like an actor, and in what they are alike."""

    line: Ranked
    alike: Text


@dataclass(frozen=True, slots=True)
class SimilarAnswer:
    """The most alike of all ``total`` organisations that could be like an actor."""

    items: tuple[Similar, ...]
    total: int


def similar(
    explorer: Explorer,
    actor_id: str,
    projection: Projection = DEFAULT,
    *,
    limit: int = 5,
    offset: int = 0,
) -> SimilarAnswer:
    """Return the organisations most like an actor; see `graph.analysis.hubs.hub_likeness`.

    Raises `NotFound`, also for what is no actor of the network.
    """
    found = explorer.hubs(actor_id, projection)
    lines = found[offset : offset + limit]
    return SimilarAnswer(tuple(Similar(line, _alike(line)) for line in lines), len(found))


def _alike(line: Ranked) -> Text:
    features = {slug: line.measures[f"similarity_{slug}"] for slug in FEATURES}
    return alike_sentence(line.score, features)


def similar_document(found: Similar) -> Document:
    """Return one of them as the API and the pages give it."""
    return {**documents.ranked(found.line), "alike": found.alike.as_dict()}
