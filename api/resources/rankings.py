"""``brokers`` and ``hubs``: the shapes of their answers, and the functions that fill them."""

from __future__ import annotations

import csv
import io

from pydantic import Field

from api.schemas import Actor, Measured, Page, Ranked, Schema
from graph import documents
from graph.analysis.registry import COLUMN_BY_SLUG
from graph.explorer import Explorer
from graph.model import SECTOR_BY_SLUG, label_of
from graph.projection import DEFAULT
from graph.projection import Projection as Chosen
from graph.questions import rankings as question
from graph.questions.rankings import Choice, RankingSlug, Row
from graph.spreadsheet import safe_cell
from graph.text import Language, Text

CSV_TYPE = "text/csv; charset=utf-8"
_HEADERS = (
    Text("名次", "Rank"),
    Text("名次区间从", "Rank from"),
    Text("名次区间到", "Rank to"),
    Text("编号", "Id"),
    Text("名称", "Name"),
    Text("类型", "Kind"),
    Text("部门", "Sector"),
    Text("区域", "Area"),
    Text("主要角色", "Main role"),
)


class BridgedSectors(Schema):
    """How many pairs of two sectors meet through an actor, and how many only through it."""

    sectors: tuple[str, str]
    n_pairs: int = Field(description="Pairs tied to this actor but not to each other")
    n_sole: int = Field(description="Those with no other common partner")


class RankedLine(Ranked):
    """One line of a ranking, with the place in each measure and the sectors that it connects."""

    role: str | None = Field(
        description="The brokerage role that it plays most often; null where it plays none"
    )
    ranks: dict[str, int] = Field(
        description="Its rank in each measure among all actors of the network; equal ones share "
        "one. In `constraint` the smallest comes first"
    )
    n_pairs: int = Field(description="Pairs of its partners without a tie of their own")
    n_sole: int = Field(description="Those of them with no other common partner")
    sector_pairs: list[BridgedSectors] = Field(description="Most pairs first")


class Compared(Measured):
    """Whom a ranking by likeness compares with: its measures, and what it connects."""

    n_pairs: int = Field(description="Pairs of its partners without a tie of their own")
    n_sole: int = Field(description="Those of them with no other common partner")
    sector_pairs: list[BridgedSectors] = Field(description="Most pairs first")


class MeasureSpread(Schema):
    """How a measure is spread over all actors of the network for which it is defined."""

    n: int
    quartiles: tuple[float, float, float]
    largest: float


class RankingPage(Page[RankedLine]):
    """One page of a ranking; ``total`` counts those asked for, ``n_ranked`` the whole ranking."""

    order: str = Field(description="The measure that it is in order of")
    n_ranked: int
    n_actors: int = Field(description="Actors of the network, among whom every rank is")
    like: Compared | None = Field(description="Null for a ranking by score")
    spreads: dict[str, MeasureSpread]


def brokers(
    explorer: Explorer,
    choice: Choice | None = None,
    limit: int = 50,
    offset: int = 0,
    projection: Chosen = DEFAULT,
    intervals: bool | None = None,
) -> RankingPage:
    """Answer ``GET brokers``."""
    found = question.ranking(explorer, "brokers", choice, projection, intervals=intervals)
    return RankingPage(**question.as_document(explorer, found, limit, offset, projection))


def hubs(
    explorer: Explorer,
    choice: Choice | None = None,
    like: str | None = None,
    limit: int = 50,
    offset: int = 0,
    projection: Chosen = DEFAULT,
    intervals: bool | None = None,
) -> RankingPage:
    """Answer ``GET hubs``, by hub score or by likeness to an actor."""
    found = question.ranking(explorer, "hubs", choice, projection, like=like, intervals=intervals)
    return RankingPage(**question.as_document(explorer, found, limit, offset, projection))


def first_hubs(explorer: Explorer, n: int) -> list[Actor]:
    """Return who the first ``n`` hubs are."""

    def first() -> list[Actor]:
        actors = explorer.network().actors
        return [Actor(**documents.actor(actors[i])) for i in explorer.hubs().places[:n]]

    return explorer.cached(("first hubs", n), first)


def table(
    explorer: Explorer,
    slug: RankingSlug,
    language: Language,
    choice: Choice | None = None,
    like: str | None = None,
    projection: Chosen = DEFAULT,
) -> bytes:
    """Return a whole ranking as CSV in UTF-8 with a byte order mark, as Excel wants.

    Each measure is followed by its rank among all actors; an undefined one is empty. Nothing in it
    is read as a formula.
    """
    found = question.ranking(explorer, slug, choice, projection, like=like, intervals=None)
    measures = question.ORDERS[slug]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    headers = [header.get(language) for header in _HEADERS]
    if like:
        headers.append(Text("相似程度", "Likeness").get(language))
    for measure in measures:
        label = COLUMN_BY_SLUG[measure].label
        headers += (
            label.get(language),
            Text("名次：{x}", "Rank: {x}").format(x=label).get(language),
        )
    writer.writerow(headers)
    writer.writerows(_cells(row, measures, language) for row in found.rows())
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _cells(row: Row, measures: tuple[str, ...], language: Language) -> list[object]:
    actor = row.actor
    cells: list[object] = [
        row.rank,
        row.interval.low if row.interval else "",
        row.interval.high if row.interval else "",
        safe_cell(actor.id),
        safe_cell(actor.label().get(language)),
        label_of(actor.kind).get(language),
        SECTOR_BY_SLUG[str(actor.sector)].label.get(language),
        safe_cell(actor.area or ""),
        COLUMN_BY_SLUG[row.role].label.get(language) if row.role else "",
        *(() if row.likeness is None else (row.likeness,)),
    ]
    for measure in measures:
        is_defined = measure in row.ranks
        cells += (row.values[measure] if is_defined else "", row.ranks.get(measure, ""))
    return cells
