"""Brokers and hubs of the sample, cut and put in order; ranks counted by hand beside them."""

from __future__ import annotations

import math

import pytest

from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.model import SECTORS
from graph.questions.rankings import (
    LIKENESS,
    ORDERS,
    ROLES,
    SMALL_FIRST,
    Choice,
    RankingSlug,
    as_document,
    ranking,
)
from graph.store.database import Database

BOTH: tuple[RankingSlug, ...] = ("brokers", "hubs")
HUB = "hezhongzeyi"


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


@pytest.mark.parametrize("slug", BOTH)
def test_without_a_choice_it_is_the_ranking_itself(explorer: Explorer, slug: RankingSlug) -> None:
    found = ranking(explorer, slug)
    whole = explorer.brokers() if slug == "brokers" else explorer.hubs()
    assert [line.ranked for line in found.lines(0, len(found))] == list(whole)
    assert (found.n_ranked, found.n_actors) == (len(whole), len(explorer.network()))
    assert found.lines(len(found), 5) == []


@pytest.mark.parametrize("slug", BOTH)
def test_every_rank_counts_who_comes_before(explorer: Explorer, slug: RankingSlug) -> None:
    found = ranking(explorer, slug)
    hubs = explorer.measured_on().measuring.hubs
    for name in ORDERS[slug]:
        column = explorer.measured_on().columns[name]
        if slug == "hubs" and name != "hub_score":
            column = getattr(hubs, name).tolist()
        for line in found.lines(0, 5):
            own = line.ranked.measures[name]
            if math.isnan(own):
                assert name not in line.ranks
                continue
            sign = -1 if name in SMALL_FIRST else 1
            before = sum(sign * (x - own) > 1e-9 for x in column if not math.isnan(x))
            assert line.ranks[name] == 1 + before


@pytest.mark.parametrize("slug", BOTH)
def test_in_the_order_of_a_measure_its_ranks_never_fall(
    explorer: Explorer, slug: RankingSlug
) -> None:
    n = len(ranking(explorer, slug))
    for name in ORDERS[slug]:
        found = ranking(explorer, slug, Choice(order=name))
        lines = found.lines(0, n)
        ranks = [line.ranks.get(name, math.inf) for line in lines]
        assert ranks == sorted(ranks)
        assert len(lines) == n
        assert found.order == name


def test_a_part_keeps_the_ranks_of_the_whole(explorer: Explorer) -> None:
    rank = {line.actor.id: line.rank for line in explorer.brokers()}
    parts = {s.slug: ranking(explorer, "brokers", Choice(sector=s.slug)) for s in SECTORS}
    for sector, part in parts.items():
        for line in part.lines(0, len(part)):
            assert line.ranked.actor.sector == sector
            assert line.ranked.rank == rank[line.ranked.actor.id]
    assert sum(map(len, parts.values())) == len(rank)


def test_a_role_has_those_who_play_no_other_more_often(explorer: Explorer) -> None:
    for role in ROLES:
        part = ranking(explorer, "brokers", Choice(role=role))
        for line in part.lines(0, len(part)):
            counts = [line.ranked.measures[one] for one in ROLES]
            assert line.ranked.measures[role] == max(counts) > 0
            assert line.ranked.measures[line.role or ""] == max(counts)


def test_an_area_has_those_in_it_and_those_tied_to_its_communities(explorer: Explorer) -> None:
    area = "北京市/朝阳区"
    found = ranking(explorer, "brokers", Choice(area=area))
    network = explorer.network()
    communities = {
        i
        for i, actor in enumerate(network.actors)
        if actor.kind == "Community" and not actor.is_group and (actor.area or "").startswith(area)
    }
    ids = {line.ranked.actor.id for line in found.lines(0, len(found))}
    for line in explorer.brokers():
        i = network.index[line.actor.id]
        is_in = f"{line.actor.area or ''}/".startswith(f"{area}/")
        is_tied = bool(communities & set(network.network.neighbours(i).tolist()))
        assert (line.actor.id in ids) == (is_in or is_tied)
    assert 0 < len(found) < found.n_ranked


def test_persons_and_organisations_are_apart(explorer: Explorer) -> None:
    n = [len(ranking(explorer, "hubs", Choice(who=who))) for who in ("organisations", "persons")]
    assert sum(n) == len(explorer.hubs())
    assert n[0] > 0


def test_by_likeness_it_says_to_whom(explorer: Explorer) -> None:
    found = ranking(explorer, "hubs", like=HUB)
    assert found.order == LIKENESS
    document = as_document(explorer, found, 3, 0)
    assert document["like"]["actor"]["id"] == HUB
    assert document["like"]["measures"]["communities_reached"] > 0
    rows = list(found.rows())
    scores = [line.ranked.score for line in found.lines(0, len(found))]
    assert [row.likeness for row in rows] == pytest.approx(scores)
    assert as_document(explorer, ranking(explorer, "hubs"), 3, 0)["like"] is None


def test_rows_say_what_lines_say(explorer: Explorer) -> None:
    found = ranking(explorer, "brokers", Choice(order="liaison"), intervals=True)
    lines = found.lines(0, len(found))
    for row, line in zip(found.rows(), lines, strict=True):
        assert (row.rank, row.interval, row.actor) == (
            line.ranked.rank, line.ranked.interval, line.ranked.actor,
        )  # fmt: skip
        assert (row.role, row.ranks) == (line.role, line.ranks)
        assert row.interval is not None


def test_the_pairs_of_sectors_add_up(explorer: Explorer) -> None:
    document = as_document(explorer, ranking(explorer, "brokers"), 20, 0)
    for item in document["items"]:
        evidence = explorer.evidence(item["actor"]["id"])
        assert (item["n_pairs"], item["n_sole"]) == (evidence.n_pairs, evidence.n_sole)
        counts = [pair["n_pairs"] for pair in item["sector_pairs"]]
        assert counts == sorted(counts, reverse=True)
        assert sum(counts) == evidence.n_pairs


@pytest.mark.parametrize(
    "choice",
    [
        Choice(area="无此区"), Choice(sector="x"), Choice(role="x"), Choice(who="x"),
        Choice(order="x"), Choice(order="hub_score"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused(explorer: Explorer, choice: Choice) -> None:
    with pytest.raises(InvalidArgument):
        ranking(explorer, "brokers", choice)


def test_nobody_is_like_who_is_not_there(explorer: Explorer) -> None:
    with pytest.raises(NotFound):
        ranking(explorer, "hubs", like="nobody")
