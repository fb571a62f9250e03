"""Networks made from others, under which a measure must stay the same or change in a known way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.network import Network


def relabelled(network: Network, order: Sequence[int]) -> Network:
    """Return the same network with its nodes in another order: node k is what was ``order[k]``."""
    place = np.argsort(order)
    sources, targets, weights = network.arrays()
    return Network(
        [network.ids[i] for i in order],
        place[sources],
        place[targets],
        weights,
        is_directed=network.is_directed,
        groups=network.groups[list(order)],
        group_names=network.group_names,
    )


def side_by_side(network: Network) -> Network:
    """Return two copies of a network that have no tie between them, the second after the first."""
    n = len(network)
    sources, targets, weights = network.arrays()
    return Network(
        range(2 * n),
        np.concatenate([sources, sources + n]),
        np.concatenate([targets, targets + n]),
        np.concatenate([weights, weights]),
        is_directed=network.is_directed,
        groups=np.concatenate([network.groups, network.groups]),
        group_names=network.group_names,
    )


def both_ways(network: Network) -> Network:
    """Return the directed network with an arc either way, of full weight, for each tie."""
    sources, targets, weights = network.arrays()
    return Network(
        network.ids,
        np.concatenate([sources, targets]),
        np.concatenate([targets, sources]),
        np.concatenate([weights, weights]),
        is_directed=True,
        groups=network.groups,
        group_names=network.group_names,
    )
