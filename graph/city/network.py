"""The actor network of a city, as arrays: the rule of `graph.projection`, without its objects."""

from __future__ import annotations

import numpy as np

from graph.city.arrays import City
from graph.city.draw import draw_city
from graph.city.plan import CityPlan
from graph.codes import IS_DIRECT, SECTOR_OF_KIND, SECTOR_SLUGS
from graph.meeting import pairs_of
from graph.network import Network
from graph.projection import DEFAULT


def city_network(city: City) -> Network:
    """Return the actor network, grouped by sector; persons are not folded.

    The ties are those of ``project(city_records(city), Projection(fold_persons=False))``: direct
    ties add their strength, an affiliation of k actors adds 1/(k-1) between each two of its
    leading actors and between each participant and each leading actor, and between all members
    of a mechanism of at most ``Projection.max_working_body``. What has ended counts as well.

    Returns an undirected network whose nodes are the actors in the order of the city, volunteers
    last. Time and memory O(n + m + Σ leading·members) over the affiliations.
    """
    n = city.n_actors
    ties = city.ties
    is_met = (ties.sources >= n) != (ties.targets >= n)
    one, other = ties.sources[is_met], ties.targets[is_met]
    met = pairs_of(
        n,
        city.kinds[n:],
        np.maximum(one, other).astype(np.int64) - n,
        ties.relations[is_met],
        np.minimum(one, other).astype(np.int64),
        DEFAULT.max_working_body,
    )
    is_direct = (ties.sources < n) & (ties.targets < n) & IS_DIRECT[ties.relations]
    return Network(
        city.ids(0, n),
        np.concatenate((ties.sources[is_direct], met.sources)),
        np.concatenate((ties.targets[is_direct], met.targets)),
        np.concatenate((ties.strengths[is_direct], met.weights)),
        groups=SECTOR_OF_KIND[city.kinds[:n]],
        group_names=SECTOR_SLUGS,
    )


def benchmark_network(n: int, *, seed: int = 0, volunteer_share: float = 0.75) -> Network:
    """Return the network of a synthetic city of n actors, with 2n ties within a few."""
    return city_network(draw_city(CityPlan(n, seed, volunteer_share)))
