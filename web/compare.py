"""The page that sets two areas, or two days of one area, side by side."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from api.resources import compare as resource
from api.resources.compare import Comparison
from api.schemas import Snapshot
from api.state import state_of
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.questions.areas import tree_of
from web.paired_bars import Pair, paired_bars
from web.render import View, render

N_AREAS = 1000
N_YEARS_BACK = 5

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/compare")
def compare(
    request: Request,
    a: str | None = None,
    b: str | None = None,
    area: str = "",
    start: Annotated[str, Query(alias="from")] = "",
    end: Annotated[str, Query(alias="to")] = "",
) -> Response:
    """Compare what was asked for; where too little was, ask for the rest."""
    explorer = state_of(request).explorer
    snapshot = Snapshot(**asdict(explorer.snapshot()))
    if not snapshot.n_actors and not snapshot.n_affiliations:
        return render(request, "empty", snapshot=snapshot)
    view = View(request)
    tree = tree_of(explorer)
    error, found = None, None
    try:
        found = _found(explorer, a, b, area, start, end)
    except InvalidArgument as problem:
        error = view.of(problem.message)
    today = date.today()  # noqa: DTZ011
    return render(
        request,
        "compare",
        status=400 if error else 200,
        snapshot=snapshot,
        found=found,
        picture=_picture(view, found) if found else "",
        error=error,
        a=a or "",
        b=b or "",
        area=area,
        start=start or today.replace(year=today.year - N_YEARS_BACK, day=1).isoformat(),
        end=end or today.isoformat(),
        areas=tree.paths()[:N_AREAS],
        examples=_examples(explorer, a or ""),
    )


def _found(
    explorer: Explorer, a: str | None, b: str | None, area: str, start: str, end: str
) -> Comparison | None:
    if start and end:
        return resource.compare(explorer, area=area or a or "", start=start, end=end)
    if a is not None and b:
        return resource.compare(explorer, a, b)
    return None


def _examples(explorer: Explorer, a: str) -> list[tuple[str, str]]:
    """Return pairs of areas of one level worth comparing: those with most communities."""
    tree = tree_of(explorer)
    if a in tree and a:
        others = sorted(tree.siblings(a), key=lambda o: (-o.n_communities, -o.n_actors, o.path))
        return [(a, other.path) for other in others[:3]]
    top = tree.children("")
    while len(top) == 1 and tree.children(top[0].path):
        top = tree.children(top[0].path)
    most = sorted(top, key=lambda o: (-o.n_communities, -o.n_actors, o.path))[:3]
    return [(one.path, other.path) for one, other in pairwise(most)]


def _picture(view: View, found: Comparison) -> Markup:
    """Draw the shares that can be told of at least one side."""
    pairs = [
        Pair(view.of(f.label), f.a, f.b, view.of(f.a_text), view.of(f.b_text))
        for f in found.figures
        if f.unit == "share" and (f.a is not None or f.b is not None)
    ]
    names = (view.of(found.a.name), view.of(found.b.name))
    said = view.t("list_separator").join(
        view.t("compare.pair", label=p.label, a=p.one_text, b=p.other_text) for p in pairs
    )
    title = view.t("compare.picture_alt", a=names[0], b=names[1], parts=said)
    return paired_bars(pairs, names, title)
