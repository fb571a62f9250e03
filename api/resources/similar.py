"""``actors/{id}/similar``: organisations like an actor, and in what they are alike."""

from __future__ import annotations

from api.schemas import Page, Ranked, Text
from graph import documents
from graph.explorer import Explorer
from graph.projection import DEFAULT
from graph.projection import Projection as Chosen
from graph.questions import similar as question


class Similar(Ranked):
    """An organisation like the actor; ``score`` is the likeness, 0 to 1, ``alike`` says in what."""

    alike: Text


def similar(
    explorer: Explorer, actor_id: str, limit: int = 5, offset: int = 0, chosen: Chosen = DEFAULT
) -> Page[Similar]:
    """Answer ``GET actors/{id}/similar``."""
    found = question.similar(explorer, actor_id, chosen, limit=limit, offset=offset)
    items = [question.similar_document(one) for one in found.items]
    return Page[Similar](**documents.page(explorer, items, found.total, limit, offset, chosen))
