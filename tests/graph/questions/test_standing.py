"""Where the actors of the sample stand, and who is like them."""

from __future__ import annotations

import pytest

from graph.errors import NotFound
from graph.explorer import Explorer
from graph.model import SECTORS
from graph.questions.similar import similar
from graph.questions.standing import actor_standing, as_document
from graph.store.database import Database


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


def test_a_standing_counts_the_sector(explorer: Explorer) -> None:
    measured = explorer.measured_on()
    actors = measured.network.actors
    for sector in SECTORS:
        members = [i for i, actor in enumerate(actors) if actor.sector == sector.slug]
        first = max(members, key=lambda i: measured.columns["degree"][i])
        found = actor_standing(explorer, actors[first].id)
        assert found.measures["degree"].n == len(members)
        assert found.measures["degree"].n_above == 0
        assert found.measures["degree"].largest == measured.columns["degree"][first]


def test_the_hub_is_first_and_its_interval_holds_its_rank(explorer: Explorer) -> None:
    document = as_document(actor_standing(explorer, "hezhongzeyi"))
    ranks = {rank["ranking"]: rank for rank in document["ranks"]}
    assert ranks["hub"]["rank"] == 1
    assert ranks["hub"]["interval"]["low"] <= 1 <= ranks["hub"]["interval"]["high"]
    assert (
        ranks["hub"]["interval"]
        == as_document(actor_standing(explorer, "hezhongzeyi"))["ranks"][-1]["interval"]
    )


def test_who_is_like_is_as_the_ranking_of_hubs_says(explorer: Explorer) -> None:
    found = similar(explorer, "hezhongzeyi", limit=5)
    ranking = explorer.hubs("hezhongzeyi")
    assert [one.line.actor for one in found.items] == [line.actor for line in ranking[:5]]
    assert found.total == len(ranking)
    assert all(f"{round(100 * one.line.score)}%" in one.alike.zh for one in found.items)


def test_what_is_no_actor_has_no_standing(explorer: Explorer) -> None:
    affiliation = next(n.id for n in explorer.records().nodes if not n.is_actor)
    for unknown in (affiliation, "nobody"):
        with pytest.raises(NotFound):
            actor_standing(explorer, unknown)
        with pytest.raises(NotFound):
            similar(explorer, unknown)


def test_ties_needs_and_gaps_are_those_of_the_records(explorer: Explorer) -> None:
    records = explorer.records()
    for node in records.nodes:
        ties = [t for t in records.ties if node.id in (t.start, t.end)]
        assert list(explorer.ties_of(node.id)) == ties
        assert list(explorer.needs_of(node.id)) == [n for n in records.needs if n.actor == node.id]
        of_it = [g for g in explorer.gaps() if node.id in {a.id for a in g.subjects}]
        assert list(explorer.gaps(actor=node.id)) == of_it
