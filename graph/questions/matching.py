"""The needs of an area matched with offers, and why a need stays unmet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.documents import Document
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.findings.matching import WHYS, Matching, NeedMatch, Status, match_area
from graph.projection import DEFAULT, Projection
from graph.questions.ground import ground_of, want_document
from graph.sentences import matching as say
from graph.text import Text

STATUSES: tuple[Status, ...] = ("met", "partly", "unmet")
N_SHOWN_INSTEAD = 5


@dataclass(frozen=True, slots=True)
class MatchingAnswer:
    """The matching of an area, and those of its needs that were asked for, in its order."""

    found: Matching
    needs: Sequence[NeedMatch]
    sentence: Text


def matching(
    explorer: Explorer,
    area: str | None = None,
    projection: Projection = DEFAULT,
    *,
    status: str | None = None,
) -> MatchingAnswer:
    """Return what the needs of an area, a path, get; see `graph.findings.matching`.

    ``status`` keeps the needs that are met, partly met or unmet. Raises `InvalidArgument` for
    another one.
    """
    if status is not None and status not in STATUSES:
        known = ", ".join(STATUSES)
        raise InvalidArgument(
            "status",
            Text(
                f"没有“{status}”这种状态；可用：{known}。",
                f"There is no status “{status}”; use one of: {known}.",
            ),
        )
    path = (area or "").strip("/ ") or None
    found = explorer.cached(
        ("matching", path, projection), lambda: match_area(ground_of(explorer, projection), path)
    )
    needs = [n for n in found.needs if status is None or n.status == status]
    return MatchingAnswer(found, needs, say.matching_sentence(found))


def as_document(answer: MatchingAnswer) -> Document:
    """Return what the matching comes to, without the page of needs."""
    found = answer.found
    status = Counter(n.status for n in found.needs)
    whys = Counter(n.why for n in found.needs)
    return {
        "area": found.area,
        "sentence": answer.sentence.as_dict(),
        "n_needs": len(found.needs),
        "n_offers": found.n_offers,
        "n_met": status["met"],
        "n_partly": status["partly"],
        "n_unmet": status["unmet"],
        "why": [
            {"why": why, "label": say.WHY_LABELS[why].as_dict(), "n": whys[why]} for why in WHYS
        ],
        "value": found.value,
    }


def need_document(found: NeedMatch) -> Document:
    """Return what one need gets as the API and the command line give it."""
    return {
        "need": want_document(found.need, found.actor),
        "status": found.status,
        "share": found.share,
        "offers": [
            {
                "offer": want_document(match.offer, match.giver),
                "share": match.share,
                "quantity": match.quantity,
                "value": match.value,
                "parts": {
                    "domain": match.domain,
                    "resource": match.resource,
                    "area": match.area,
                    "is_same_time": match.is_same_time,
                },
                "reason": say.match_reason(found, match).as_dict(),
            }
            for match in found.matches
        ],
        "unmet": None
        if found.why is None
        else {
            "why": found.why,
            "reason": say.unmet_reason(found).as_dict(),
            "instead": [
                {
                    "domain": offer.domain,
                    "resource": offer.resource,
                    "actor_id": offer.actor,
                    "since": offer.since,
                    "until": offer.until,
                }
                for offer in found.instead[:N_SHOWN_INSTEAD]
            ],
            "n_instead": len(found.instead),
        },
    }
