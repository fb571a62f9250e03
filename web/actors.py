"""The page of one actor, affiliation or person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api import answers
from api.resources import partners as partners_resource
from api.resources.platform_card import platform_card
from api.resources.similar import similar
from api.resources.standing import standing
from api.schemas import Actor, Tie
from api.state import state_of
from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.findings.places import PLACE_KINDS
from web import pictures
from web.pictures import Neighbour
from web.render import View, address, render
from web.strips import coverage_strip

N_AROUND = 40
N_SIMILAR = 5
N_PARTNERS = 3
N_TIES = 60
N_TIES_OF_A_GROUP = 10
N_TIES_OF_A_PAGE = 100
MEASURES = (
    "degree",
    "betweenness",
    "constraint",
    "effective_size",
    "liaison",
    "gatekeeper",
    "representative",
    "coordinator",
    "itinerant",
    "sector_pairs",
    "communities_reached",
    "sole_pairs",
    "participation",
)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class TieGroup:
    """The ties of one kind as they read from the actor, and those of them that are shown."""

    slug: str
    label: str
    n: int
    shown: Sequence[Tie]


@router.get("/actors/{actor_id:path}")
def actor(
    request: Request,
    actor_id: str,
    ties: str = "",
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Show one actor: its role, its ties, and what they amount to."""
    explorer = state_of(request).explorer
    data = answers.actor(explorer, actor_id)
    view = View(request)
    try:
        where = standing(explorer, actor_id)
    except NotFound:
        where = None
    evidence = answers.evidence(explorer, actor_id) if where else None
    is_bridging = evidence is not None and evidence.n_pairs > 0
    is_place = data.actor.sector is None or data.actor.kind in PLACE_KINDS
    around = _around(data.ties)
    return render(
        request,
        "actor",
        snapshot=data.snapshot,
        data=data,
        where=where,
        evidence=evidence,
        card=platform_card(explorer, actor_id) if is_bridging else None,
        alike=similar(explorer, actor_id, N_SIMILAR) if is_bridging and not is_place else None,
        suggested=_suggested(explorer, actor_id),
        is_place=is_place,
        strip=coverage_strip(view, where.coverage) if where and where.coverage else None,
        groups=_groups(view, data.ties, ties, offset),
        group=ties,
        limit=N_TIES_OF_A_PAGE,
        offset=offset,
        picture=_ego(view, data.actor, around),
        n_around=min(len(around), N_AROUND),
        n_partners=len(around),
        n_most_pairs=max((p.n_pairs for p in evidence.sector_pairs), default=0) if evidence else 0,
        measures=[name for name in MEASURES if name in data.measures],
    )


def _suggested(explorer: Explorer, actor_id: str) -> partners_resource.PartnersPage | None:
    """Return the first possible partners; None for who is not in the network."""
    try:
        return partners_resource.partners(explorer, actor_id, limit=N_PARTNERS)
    except InvalidArgument:
        return None


def _groups(view: View, ties: Sequence[Tie], asked: str, offset: int) -> list[TieGroup]:
    """Return the ties by what they are, most frequent first; one page of a group asked for.

    Of many ties the first of each group are shown.
    """
    found: dict[str, list[Tie]] = {}
    for tie in ties:
        found.setdefault(f"{tie.relation}.{tie.direction}", []).append(tie)
    if asked in found:
        page = found[asked][offset : offset + N_TIES_OF_A_PAGE]
        return [TieGroup(asked, view.of(found[asked][0].label), len(found[asked]), page)]
    n_shown = None if len(ties) <= N_TIES else N_TIES_OF_A_GROUP
    groups = [
        TieGroup(slug, view.of(of_group[0].label), len(of_group), of_group[:n_shown])
        for slug, of_group in found.items()
    ]
    return sorted(groups, key=lambda group: -group.n)


def _around(ties: Sequence[Tie]) -> list[Actor]:
    """Return everyone at the other end of a tie, once, the most tied first."""
    count = Counter(tie.other.id for tie in ties)
    by_id = {tie.other.id: tie.other for tie in ties}
    return [by_id[actor_id] for actor_id, _n in count.most_common()]


def _ego(view: View, centre: Actor, partners: Sequence[Actor]) -> str:
    def neighbour(of: Actor) -> Neighbour:
        return Neighbour(of.sector, view.plain(of), address(of))

    around = [neighbour(partner) for partner in partners[:N_AROUND]]
    title = view.t("actor.picture_alt", name=view.plain(centre), n=len(around))
    return pictures.ego(neighbour(centre), around, title) if around else ""
