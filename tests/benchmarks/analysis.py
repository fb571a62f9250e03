"""How long the questions take on synthetic districts of growing size."""

from __future__ import annotations

import random
import resource
import time

from graph.actor_network import ActorNetwork, NetworkTie
from graph.analysis.betweenness import betweenness
from graph.analysis.brokerage import roles_undirected
from graph.analysis.hubs import hub_profiles
from graph.analysis.structural_holes import constraint
from graph.model import KINDS
from graph.records import Node

NAME = "analysis"
HELP = "seconds of each measure on random districts, mean degree 6, and peak memory"
SIZES = (500, 1_000, 2_000)


def run() -> list[tuple[str, float, float]]:
    """Return rows of (what, seconds, actors per second)."""
    rows = []
    for n in SIZES:
        network = district(n, seed=n)
        for name, measure in (
            ("betweenness", lambda g: betweenness(g)),
            ("roles", lambda g: roles_undirected(g.neighbours, g.sectors)),
            ("constraint", lambda g: constraint(g)),
            ("hub profiles", lambda g: hub_profiles(g)),
        ):
            start = time.perf_counter()
            measure(network)
            took = time.perf_counter() - start
            rows.append((f"{name}, {n:,} actors, {network.n_ties:,} ties", took, n / took))
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(("peak memory of this process, MB", memory_mb, memory_mb))
    return rows


def district(n: int, seed: int) -> ActorNetwork:
    """Return a random network with a few hubs, every actor's partners drawn by preference."""
    chance = random.Random(seed)
    kinds = [k.slug for k in KINDS if not k.is_person]
    actors = [Node(f"a{i}", f"a{i}", chance.choice(kinds)) for i in range(n)]
    ends = [0, 1]
    ties = {("a0", "a1"): NetworkTie(1.0)}
    for i in range(2, n):
        for j in {chance.choice(ends) for _ in range(3)} - {i}:
            ties[min(f"a{i}", f"a{j}"), max(f"a{i}", f"a{j}")] = NetworkTie(1.0)
            ends += [i, j]
    return ActorNetwork(actors, ties)
