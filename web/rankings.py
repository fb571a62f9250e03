"""The pages of brokers and of hubs: who connects whom, why, and where each number stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from api import answers
from api.resources import rankings as resource
from api.resources.rankings import BridgedSectors, Compared, RankedLine, RankingPage
from api.schemas import Actor, Snapshot
from api.state import state_of
from graph import documents
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.questions.areas import tree_of
from graph.questions.rankings import LIKENESS, ORDERS, ROLES, SMALL_FIRST, WHO, Choice, RankingSlug
from web import pictures
from web.chords import Chord, chords
from web.render import View, address, render

N_LINES = 20
N_ROWS = 50
N_AREAS = 300
N_HUBS = 1000
N_CHOICES = 8
N_SECTOR_PAIRS = 3
BROKER_MEASURES = ("betweenness", "sole_pairs", "liaison", "gatekeeper", "constraint", "degree")
HUB_MEASURES = ("communities_reached", "sector_pairs", "liaison", "sole_pairs", "participation")
LIKENESS_FEATURES = (*HUB_MEASURES, "sectors")
MEASURES: dict[RankingSlug, tuple[str, ...]] = {"brokers": BROKER_MEASURES, "hubs": HUB_MEASURES}
# Where the page of an actor has what stands behind a measure; the others are among its measures.
SECTIONS = {
    "degree": "ties",
    **dict.fromkeys(("communities_reached", "sector_pairs", "sole_pairs", "liaison"), "together"),
}

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class Reference:
    """Whom a ranking is to be like: the words given, and the actor that they stand for.

    ``choices`` are whom they may mean where that is not clear.
    """

    words: str
    actor: Actor | None = None
    choices: Sequence[Actor] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for beside whom to compare with."""

    choice: Choice
    is_table: bool
    offset: int

    @property
    def is_cut(self) -> bool:
        """Whether anybody may be left out."""
        asked = self.choice
        return bool(asked.area or asked.sector or asked.role or asked.who)

    @property
    def limit(self) -> int:
        """How many are shown at once."""
        return N_ROWS if self.is_table else N_LINES


@dataclass(frozen=True, slots=True)
class Place:
    """A measure of an actor; ``href`` is what stands behind it. Without a value it has no rank."""

    name: str
    value: float | None
    rank: int | None
    href: str
    picture: Markup


@dataclass(frozen=True, slots=True)
class Feature:
    """How alike two actors are in a feature, 0 to 1, and what each has of it where it is one
    number.
    """

    name: str
    share: float
    own: float | None
    other: float | None
    picture: Markup


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a ranking as it is shown; ``rank`` is that in the order asked for.

    A ranking by likeness shows features, any other places.
    """

    item: RankedLine
    rank: int
    chords: Markup
    places: Sequence[Place]
    features: Sequence[Feature]


def asked(
    area: str = "",
    sector: str = "",
    role: str = "",
    who: str = "",
    order: str = "",
    shape: Annotated[str, Query(alias="as")] = "",
    offset: int = 0,
) -> Asked:
    """Return what the address of a ranking asks for; what is empty asks for nothing."""
    choice = Choice(area.strip(), sector or None, role or None, who or None, order or None)
    return Asked(choice, shape == "table", max(offset, 0))


AskedDependency = Annotated[Asked, Depends(asked)]


@router.get("/brokers")
def brokers(request: Request, what: AskedDependency) -> Response:
    """Rank those who connect the unconnected."""
    return _page(request, "brokers", what, Reference(""))


@router.get("/hubs")
def hubs(request: Request, what: AskedDependency, like: str = "") -> Response:
    """Rank those who bring sectors and communities together, or those like one of them."""
    return _page(request, "hubs", what, _reference(state_of(request).explorer, like.strip()))


def _page(request: Request, slug: RankingSlug, what: Asked, reference: Reference) -> Response:
    explorer = state_of(request).explorer
    snapshot = Snapshot(**asdict(explorer.snapshot()))
    if not snapshot.n_actors:
        return render(request, "empty", snapshot=snapshot)
    view, status = View(request), 200
    page: RankingPage | None = None
    error: str | None = None
    is_clear = not reference.words or reference.actor is not None
    try:
        if is_clear:
            page = _answer(explorer, slug, what, reference, what.limit, what.offset)
    except InvalidArgument as problem:
        error, status = view.of(problem.message), 400
    first = page.items[0] if page and page.items else None
    if page and page.total and what.offset:
        first = _answer(explorer, slug, what, reference, 1, 0).items[0]
    if not is_clear and not reference.choices:
        status = 404
    query = _query(what, reference)
    return render(
        request,
        slug,
        status=status,
        snapshot=snapshot,
        page=page,
        first=first,
        lines=_shown(view, slug, page) if page and not what.is_table else [],
        like_chords=_chords(view, page.like, _n_most(page)) if page and page.like else "",
        error=error,
        asked=what,
        choice=what.choice,
        reference=reference,
        hubs=resource.first_hubs(explorer, N_HUBS) if slug == "hubs" else [],
        areas=tree_of(explorer).paths()[:N_AREAS],
        roles=ROLES,
        kinds_of_actor=WHO,
        orders=ORDERS[slug],
        small_first=SMALL_FIRST,
        likeness=LIKENESS,
        n_sector_pairs=N_SECTOR_PAIRS,
        csv=f"/api/v1/{slug}.csv?{urlencode({**query, 'lang': view.language})}",
        api=f"/api/v1/{slug}?{urlencode({**query, 'limit': what.limit, 'offset': what.offset})}",
    )


def _answer(
    explorer: Explorer,
    slug: RankingSlug,
    what: Asked,
    reference: Reference,
    limit: int,
    offset: int,
) -> RankingPage:
    if slug == "brokers":
        return resource.brokers(explorer, what.choice, limit, offset)
    like = reference.actor.id if reference.actor else None
    return resource.hubs(explorer, what.choice, like, limit, offset)


def _query(what: Asked, reference: Reference) -> dict[str, str]:
    """Return what of the address the API takes, under its names."""
    choice = what.choice
    query = {
        "like": reference.actor.id if reference.actor else "",
        "within": choice.area,
        "sector": choice.sector or "",
        "role": choice.role or "",
        "who": choice.who or "",
        "order": choice.order or "",
    }
    return {name: value for name, value in query.items() if value}


def _reference(explorer: Explorer, words: str) -> Reference:
    """Return who is meant by an id or a name; choices where that is not one actor."""
    if not words:
        return Reference("")
    network = explorer.network()
    if words in network.index:
        return Reference(words, Actor(**documents.actor(explorer.node(words))))
    found = [hit.actor for hit in answers.search(explorer, words, 5 * N_CHOICES)]
    ranked = [actor for actor in found if actor.id in network.index]
    exact = [actor for actor in ranked if words in (actor.name, actor.name_en)]
    if len(exact) == 1:
        return Reference(words, exact[0])
    return Reference(words, None, (exact or ranked)[:N_CHOICES])


def _shown(view: View, slug: RankingSlug, page: RankingPage) -> list[Shown]:
    own_order = LIKENESS if page.like else ORDERS[slug][0]
    n_most = _n_most(page)
    return [
        Shown(
            item,
            item.rank if page.order == own_order else item.ranks.get(page.order, item.rank),
            _chords(view, item, n_most),
            [] if page.like else [_place(page, item, name) for name in MEASURES[slug]],
            [_feature(page, item, name) for name in LIKENESS_FEATURES] if page.like else [],
        )
        for item in page.items
    ]


def _place(page: RankingPage, item: RankedLine, name: str) -> Place:
    value, spread = item.measures[name], page.spreads[name]
    href = f"{address(item.actor)}#{SECTIONS.get(name, 'measures')}"
    picture = (
        Markup("") if value is None else pictures.among(value, spread.quartiles, spread.largest)
    )
    return Place(name, value, item.ranks.get(name), href, picture)


def _feature(page: RankingPage, item: RankedLine, name: str) -> Feature:
    share = item.measures[f"similarity_{name}"] or 0.0
    other = page.like.measures.get(name) if page.like else None
    return Feature(name, share, item.measures.get(name), other, pictures.portion(share))


def _chords(view: View, of: RankedLine | Compared, n_most: int) -> Markup:
    name = view.plain(of.actor)
    if not of.sector_pairs:
        return chords(of.actor.sector, (), n_most, view.t("rankings.no_chords", name=name))
    parts = view.t("list_separator").join(_said(view, pair) for pair in of.sector_pairs)
    title = view.t("rankings.chords", name=name, parts=parts)
    pairs = [Chord(pair.sectors, pair.n_pairs, pair.n_sole) for pair in of.sector_pairs]
    return chords(of.actor.sector, pairs, n_most, title)


def _n_most(page: RankingPage) -> int:
    """Return how many pairs of two sectors meet at most through one actor of the page."""
    shown = [*page.items, *([page.like] if page.like else ())]
    return max((pair.n_pairs for of in shown for pair in of.sector_pairs), default=0)


def _said(view: View, pair: BridgedSectors) -> Markup:
    a, b = (view.sector(sector) for sector in pair.sectors)
    return view.t("rankings.chord", a=a, b=b, n=pair.n_pairs, sole=pair.n_sole)
