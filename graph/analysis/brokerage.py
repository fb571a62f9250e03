"""Brokerage roles: between which groups a node stands (Gould & Fernandez 1989)."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.analysis.parallel import balanced_parts, run_parts
from graph.kernels import roles, triangles
from graph.network import NO_GROUP, FloatArray, IntArray, Network, PointerArray

CountTable = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Roles:
    """How many pairs a broker b mediates in each role; a gives to c through b.

    coordinator : a, b, c in one group.
    itinerant : a and c in one group, b in another.
    representative : a and b in one group, c in another.
    gatekeeper : b and c in one group, a in another.
    liaison : three groups.
    """

    coordinator: int = 0
    itinerant: int = 0
    representative: int = 0
    gatekeeper: int = 0
    liaison: int = 0


ROLE_NAMES: tuple[str, ...] = tuple(f.name for f in fields(Roles))


@dataclass(frozen=True, slots=True, eq=False)
class Brokerage:
    """The roles of each node and what chance would give, one row for each node, in order.

    counts : int64, n × 5: pairs mediated in each role, in the order of `ROLE_NAMES`.
    total : int64, n: all pairs mediated, each once.
    expected : float64, n × 6: the expectation of the five and of the total.
    z : float64, n × 6: (count - expected) / standard deviation; NaN where the latter is 0, which
        is where there is nothing to mediate or nothing that could vary.
    """

    counts: CountTable
    total: PointerArray
    expected: FloatArray
    z: FloatArray

    def of(self, i: int) -> Roles:
        """Return the roles of one node."""
        return Roles(*self.counts[i].tolist())


def brokerage(network: Network, groups: ArrayLike | None = None) -> Brokerage:
    """Count the pairs that each node mediates, by role, beside what is expected by chance.

    In a directed network b mediates the ordered pair (a, c), a ≠ c, if there are arcs a → b and
    b → c and none a → c (Gould & Fernandez 1989, Sociol. Methodol. 19:89).

    In an undirected one b mediates the unordered pair {a, c} of partners without a tie, once. A
    pair of which one end shares b's group can be read from either end: b is the gatekeeper from
    one side and the representative from the other. It counts once under each of the two names, and
    once in the total. Coordinator, itinerant, liaison and total are half of what the directed
    count gives on the same network with every tie both ways; the other two are equal to it.

    Expectation and standard deviation are those of a network in which each arc (tie) is there by
    itself with probability d, the density found, the sizes of the groups being given, as in Gould &
    Fernandez. With p = d²(1 - d), P the number of pairs that could be mediated in the role and S
    the number of ordered couples of such pairs that have one end in common, they are p·P and
    √(P·p·(1 - p) + S·d³·(1 - d)³). In a network of N nodes, K of them in a group, the broker's of
    size s, and R = K - s, with sums over the sizes n_g of the other groups, undirected:

    =================  ======================  ===========================================
    role               P                       S
    =================  ======================  ===========================================
    coordinator        (s-1)(s-2)/2            (s-1)(s-2)(s-3)
    itinerant          Σ n_g(n_g-1)/2          Σ n_g(n_g-1)(n_g-2)
    representative     (s-1)R                  (s-1)R(R-1) + R(s-1)(s-2)
    gatekeeper         (s-1)R                  (s-1)R(R-1) + R(s-1)(s-2)
    liaison            (R² - Σ n_g²)/2         Σ n_g(R-n_g)(R-n_g-1)
    total              (N-1)(N-2)/2            (N-1)(N-2)(N-3)
    =================  ======================  ===========================================

    Directed, P and S are twice these for all but representative and gatekeeper.

    Parameters
    ----------
    groups : the group of each node as a whole number, -1 for none; those of the network by
        default. A pair is in no role if an end or the broker has no group; it is in the total.

    Weights are not used; parallel ties are one; self-ties are left out. Isolates mediate nothing.

    Time O(n + m·√m) at worst, over each triangle once, and not the square of a degree; memory
    O(n + m).

    Differences from peers
    ----------------------
    R sna 2.7 : ``brokerage(g, cl)`` has ``raw.nli``, ``exp.nli`` and ``z.nli`` equal to these for
        a directed network (its columns w_I, w_O, b_IO, b_OI, b_O, t are in the same order). An
        undirected one it takes as a digraph whose arcs there and back come independently: its
        counts and expectations are twice these but for representative and gatekeeper, as above,
        and where they are twice, its z is √2 times this one, which is too large. Its self-ties
        count in the density.

    >>> groups = {"a": "x", "b": "x", "c": "y"}
    >>> brokerage(Network.from_edges(["ab", "bc"], is_directed=True, groups=groups)).of(1)
    Roles(coordinator=0, itinerant=0, representative=1, gatekeeper=0, liaison=0)
    """
    codes, n_groups = _codes(network, groups)
    found = (_ordered if network.is_directed else _unordered)(network, codes, n_groups)
    expected, deviation = _by_chance(network, codes, n_groups)
    z = (found - expected) / deviation
    return Brokerage(found[:, :5], found[:, 5], expected, z)


def _ordered(network: Network, codes: IntArray, n_groups: int) -> CountTable:
    indptr, indices, arcs = roles.both_ways(
        network.indptr, network.indices, network.in_indptr, network.in_indices
    )
    # Compiled code tells read-only arrays, which those of a network are, from others.
    indptr.flags.writeable = indices.flags.writeable = False
    found: CountTable = roles.two_paths(indptr, indices, arcs, codes, n_groups)
    roles.take_off_closed(*triangles.upward(indptr, indices), arcs, codes, found)
    return found


def _unordered(network: Network, codes: IntArray, n_groups: int) -> CountTable:
    up_indptr, up_indices, _, order = triangles.upward(network.indptr, network.indices)

    def count(part: tuple[int, int] | None) -> CountTable:
        if part is None:
            return roles.two_paths_both_ways(network.indptr, network.indices, codes, n_groups)
        return roles.closed_both_ways(up_indptr, up_indices, order, codes, *part)

    # Small networks are counted in one part, before a thread would have started.
    size = np.diff(up_indptr).astype(np.float64)
    parts = balanced_parts(size**2, 2, min_cost=100_000)
    found, *closed = run_parts(count, [None, *parts], None if len(parts) > 1 else 1)
    for table in closed:
        roles.take_off_closed_both_ways(order, table, found)
    return found


def _codes(network: Network, groups: ArrayLike | None) -> tuple[IntArray, int]:
    if groups is None:
        return network.groups, len(network.group_names)
    codes = np.array(groups, np.int32)
    if codes.shape != (len(network),) or codes.min(initial=0) < NO_GROUP:
        raise ValueError("groups are one whole number for each node, -1 for none")
    codes.flags.writeable = False
    return codes, int(codes.max(initial=-1)) + 1


def _by_chance(network: Network, codes: IntArray, n_groups: int) -> tuple[FloatArray, FloatArray]:
    """Return expectation and standard deviation of each node's six counts; NaN for the latter 0."""
    n = len(network)
    n_places = n * (n - 1) if network.is_directed else n * (n - 1) // 2
    d = network.n_ties / n_places if n_places else 0.0
    both = 2 if network.is_directed else 1
    # Groups of one size have the same chances; there are few sizes, and third powers of them are
    # exact in Python's whole numbers. The last row is of the nodes without a group.
    size_of_group = np.bincount(codes[codes >= 0], minlength=n_groups)
    sizes, row, n_of_size = np.unique(size_of_group, return_inverse=True, return_counts=True)
    n_groups_of = dict(zip(sizes.tolist(), n_of_size.tolist(), strict=True))
    table = [_places(n, size, n_groups_of, both) for size in [*sizes.tolist(), 0]]
    pairs = np.array([t[0] for t in table], np.float64)
    couples = np.array([t[1] for t in table], np.float64)
    p = d**2 * (1 - d)
    deviation = np.sqrt(pairs * p * (1 - p) + couples * (d * (1 - d)) ** 3)
    deviation[deviation == 0] = np.nan
    row_of_node = np.append(row, len(sizes))[codes]
    return (p * pairs).take(row_of_node, axis=0), deviation.take(row_of_node, axis=0)


def _places(n: int, size: int, n_of_size: dict[int, int], both: int) -> tuple[list[int], list[int]]:
    """Return P and S of each role and of the total for a broker in a group of ``size``, or in none.

    ``n_of_size`` has the number of groups of each size. All are doubled at first, since directed
    pairs are the simpler ones to write down.
    """
    others = {s: k - (s == size) for s, k in n_of_size.items()} if size else {}
    known = sum(s * k for s, k in n_of_size.items())
    rest = known - size
    pairs = [
        (size - 1) * (size - 2),
        sum(k * s * (s - 1) for s, k in others.items()),
        2 * (size - 1) * rest,
        2 * (size - 1) * rest,
        rest**2 - sum(k * s**2 for s, k in others.items()),
        (n - 1) * (n - 2),
    ]
    couples = [
        2 * (size - 1) * (size - 2) * (size - 3),
        sum(2 * k * s * (s - 1) * (s - 2) for s, k in others.items()),
        2 * (size - 1) * rest * (rest - 1 + size - 2),
        2 * (size - 1) * rest * (rest - 1 + size - 2),
        sum(2 * k * s * (rest - s) * (rest - s - 1) for s, k in others.items()),
        2 * (n - 1) * (n - 2) * (n - 3),
    ]
    if not size:
        pairs[:5] = couples[:5] = [0] * 5
    factors = (both, both, 1, 1, both, both)
    return (
        [x * f // 2 for x, f in zip(pairs, factors, strict=True)],
        [x * f // 2 for x, f in zip(couples, factors, strict=True)],
    )
