"""Where an actor stands in the network: its ranks, and each measure among those of its sector."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np

from graph import documents
from graph.analysis.coverage import Coverage
from graph.documents import Document
from graph.errors import NotFound
from graph.explorer import Explorer
from graph.findings.peers import PeerValues, Standing, peer_values, standing
from graph.model import SECTOR_BY_SLUG
from graph.projection import DEFAULT, Projection
from graph.questions.ground import ground_of
from graph.records import Node
from graph.results import RankInterval
from graph.sentences import standing as say


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank of an actor; ``interval`` is None where that would take long to compute."""

    ranking: str
    rank: int
    interval: RankInterval | None


@dataclass(frozen=True, slots=True)
class ActorStanding:
    """An actor's ranks, and its measures among its peers: the actors of its sector.

    ``measures`` holds those that are defined for the actor; ``peers`` the values of all peers;
    ``coverage`` the five 社 around a community, None for who is none.
    """

    actor: Node
    n_actors: int
    ranks: tuple[Rank, ...]
    measures: dict[str, Standing]
    peers: dict[str, PeerValues]
    coverage: Coverage | None


def actor_standing(
    explorer: Explorer, actor_id: str, projection: Projection = DEFAULT
) -> ActorStanding:
    """Return where an actor stands; raises `NotFound`, also for what is no actor of the network.

    The peers of a sector are put in order once for the data: O(measures · n log n).
    """
    node = explorer.node(actor_id)
    measured = explorer.measured_on(projection)
    i = measured.network.index.get(actor_id)
    if i is None:
        raise NotFound(actor_id)
    peers = explorer.cached(
        ("peers", node.sector, projection), lambda: _peers(explorer, node.sector, projection)
    )
    rankings = (
        ("broker", explorer.brokers(projection, intervals=None)),
        ("hub", explorer.hubs(projection=projection, intervals=None)),
    )
    lines = [(name, ranking.line_of(i)) for name, ranking in rankings]
    return ActorStanding(
        node,
        len(measured.network),
        tuple(Rank(name, line.rank, line.interval) for name, line in lines if line is not None),
        {
            slug: standing(peers[slug], value)
            for slug, value in measured.values(i).items()
            if not math.isnan(value)
        },
        peers,
        _coverage(explorer, actor_id, projection) if node.kind == "Community" else None,
    )


def prepare_actors(explorer: Explorer) -> None:
    """Make what the first page of an actor rests on, so that nobody waits for it.

    Of a city that is about a second; everything is kept until the stored data change.
    """
    explorer.coverage()
    ground_of(explorer)
    explorer.ties_of("")
    explorer.needs_of("")


def _coverage(explorer: Explorer, actor_id: str, projection: Projection) -> Coverage | None:
    rows = explorer.coverage(projection)
    return next((row for row in rows if row.community.id == actor_id), None)


def _peers(explorer: Explorer, sector: str | None, projection: Projection) -> dict[str, PeerValues]:
    measured = explorer.measured_on(projection)
    is_peer = np.array([a.sector == sector for a in measured.network.actors], np.bool_)
    return {
        slug: peer_values(np.asarray(values, np.float64)[is_peer])
        for slug, values in measured.columns.items()
    }


def as_document(found: ActorStanding) -> Document:
    """Return the standing as the API and the pages give it."""
    sector = SECTOR_BY_SLUG[str(found.actor.sector)]
    return {
        "actor": documents.actor(found.actor),
        "n_actors": found.n_actors,
        "ranks": [
            {
                "ranking": rank.ranking,
                "rank": rank.rank,
                "interval": asdict(rank.interval) if rank.interval else None,
                "sentence": say.rank_sentence(
                    rank.ranking,
                    rank.rank,
                    found.n_actors,
                    (rank.interval.low, rank.interval.high) if rank.interval else None,
                ).as_dict(),
            }
            for rank in found.ranks
        ],
        "sector": sector.slug,
        "measures": {
            slug: {
                **asdict(one),
                "bins": list(found.peers[slug].bins),
                "sentence": say.standing_sentence(one, sector.label).as_dict(),
            }
            for slug, one in found.measures.items()
        },
        "coverage": found.coverage.cells if found.coverage else None,
    }
