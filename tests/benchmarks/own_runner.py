"""Times one measure of ours in the way of `peer_runner`, in a process of its own as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from graph.analysis.betweenness import betweenness, sampled_betweenness
from graph.analysis.bridging import bridging_profile
from graph.analysis.brokerage import brokerage
from graph.analysis.communities import communities
from graph.analysis.components import components
from graph.analysis.cores import cores
from graph.analysis.cuts import articulation_points, bridge_ties
from graph.analysis.hubs import hub_profiles, hub_scores
from graph.analysis.structural_holes import structural_holes
from graph.network import Network
from tests.benchmarks.peer_runner import Edges, Finish, Measure, fitted, main, sorted_rows

OWN = "wushe"


def build(edges: Edges, n_threads: int) -> Network:
    """Return the network; where weights are not used they are 1."""
    n_groups = int(edges.groups.max(initial=-1)) + 1
    return Network(
        range(edges.n),
        edges.sources,
        edges.targets,
        edges.weights,
        groups=edges.groups,
        group_names=[str(k) for k in range(n_groups)],
    )


def estimate(network: Network, n_threads: int, size: float) -> Any:
    """Estimate betweenness from ``size`` samples."""
    n_samples = min(round(size), len(network))
    found = sampled_betweenness(network, n_samples, seed=1, n_threads=n_threads)
    return found.values, {"samples": n_samples, "is_all": n_samples == len(network)}


def reference(network: Network, n_threads: int) -> Any:
    """Estimate from far more samples, of another seed, where exact values are not at hand."""
    return sampled_betweenness(network, 20_000, seed=2, n_threads=n_threads).values


def page(network: Network, n_threads: int) -> Any:
    """Compute all that the pages show of the actors, once for a new state of the data."""
    profile = bridging_profile(network, n_threads=n_threads)
    return (
        betweenness(network, n_threads=n_threads),
        structural_holes(network, n_threads=n_threads),
        brokerage(network),
        hub_scores(hub_profiles(network, profile)),
    )


def _bridges(found: Any, edges: Edges) -> Any:
    return sorted_rows(np.column_stack(found))


def plainly(measure: Callable[[Network], Any]) -> Measure:
    """Return a measure that takes no number of threads; it has one."""
    return lambda network, _: measure(network)


def threaded(measure: Callable[..., Any], **given: Any) -> Measure:
    """Return a measure that is told the number of threads."""
    return lambda network, n_threads: measure(network, n_threads=n_threads, **given)


def its(name: str) -> Finish:
    """Return what takes one array out of the result."""
    return lambda found, _: getattr(found, name)


def as_found(found: Any, _: Edges) -> Any:
    """Return a result that is an array already."""
    return found


MEASURES: dict[tuple[str, str], Any] = {
    (OWN, "betweenness"): (threaded(betweenness), as_found),
    (OWN, "sampled_betweenness"): (fitted(estimate, 32), as_found),
    (OWN, "reference"): (reference, as_found),
    (OWN, "constraint"): (threaded(structural_holes), its("constraint")),
    (OWN, "effective_size"): (threaded(structural_holes), its("effective_size")),
    (OWN, "brokerage"): (plainly(brokerage), its("counts")),
    (OWN, "components"): (plainly(components), its("labels")),
    (OWN, "articulation"): (plainly(articulation_points), as_found),
    (OWN, "bridges"): (plainly(bridge_ties), _bridges),
    (OWN, "cores"): (plainly(cores), as_found),
    (OWN, "communities"): (threaded(communities), its("labels")),
    (OWN, "communities_once"): (threaded(communities, n_runs=1), its("labels")),
    (OWN, "page"): (page, lambda found, _: found[0]),
}

if __name__ == "__main__":
    main({OWN: build}, MEASURES)
