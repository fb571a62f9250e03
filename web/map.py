"""The map: who is tied to whom, as a picture to move in and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.resources.network import summary
from api.state import state_of
from graph import model
from graph.analysis.registry import COLUMN_BY_SLUG
from graph.questions.network import MAP_MEASURES
from web.render import View, render

N_ROWS = 100
# What says more as a group or a number than as a size.
NOT_SIZES = frozenset({"community", "component"})


@dataclass(frozen=True, slots=True)
class Line:
    """Relations that the map draws with one pattern; its label is the text ``map.line_SLUG``.

    dash : lengths of strokes and gaps by turns, in pixels, at most four; none for an unbroken line.
    """

    slug: str
    relations: tuple[str, ...]
    dash: tuple[float, ...] = ()


# The most telling first: a tie of several kinds has the pattern of the first of them.
LINES = (
    Line("authority", ("GOVERNS", "SUPERVISES", "ESTABLISHES", "MEMBER_OF"), (11, 4)),
    Line(
        "means",
        ("FUNDS", "DONATES_TO", "PURCHASES_FROM", "HOSTS", "SUPPLIES_VOLUNTEERS"),
        (8, 3, 1.5, 3),
    ),
    Line("help", ("SERVES", "SUPPORTS", "ADVISES", "INCUBATES", "INTRODUCED"), (4, 3)),
    Line("lead", ("PARTNERS_WITH", "INITIATES", "OPERATES")),
    Line("part", ("PARTICIPATES_IN", "LOCATED_IN", "REDEEMS_AT", "PART_OF"), (1.5, 3)),
)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/map")
def network_map(request: Request) -> Response:
    """Show the picture with its filters, and the actors with most partners as a table."""
    data = summary(state_of(request).explorer, N_ROWS)
    if not data.n_actors:
        return render(request, "empty", snapshot=data.snapshot)
    view = View(request)
    return render(
        request,
        "map",
        snapshot=data.snapshot,
        data=data,
        first=data.main[0],
        sizes=[slug for slug in MAP_MEASURES if slug not in NOT_SIZES],
        words=_words(view),
    )


def _words(view: View) -> dict[str, Any]:
    """Return the vocabulary that the map needs: labels, shapes, colours and order."""
    return {
        "sectors": {sector.slug: view.of(sector.label) for sector in model.SECTORS},
        "sector_order": [sector.slug for sector in model.SECTORS],
        "column_order": [column.slug for column in model.COLUMNS],
        "shapes": {sector.slug: sector.shape for sector in model.SECTORS},
        "colours": {sector.slug: sector.colour for sector in model.SECTORS},
        "kinds": {kind.slug: view.of(kind.label) for kind in model.KINDS},
        "sector_of": {kind.slug: kind.sector for kind in model.KINDS},
        "relations": {relation.slug: view.of(relation.label) for relation in model.RELATIONS},
        "lines": [
            {
                "label": str(view.t(f"map.line_{line.slug}")),
                "relations": line.relations,
                "dash": line.dash,
            }
            for line in LINES
        ],
        "columns": {column.slug: view.of(column.label) for column in model.COLUMNS},
        "column_of": {kind.slug: kind.column for kind in model.KINDS},
        "measures": {slug: view.of(COLUMN_BY_SLUG[slug].label) for slug in MAP_MEASURES},
    }
