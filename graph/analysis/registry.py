"""Every measure that has a value for each node, listed once.

Columns of ``wushe measure``, fields of the API, help texts and the handbook derive from `MEASURES`.
A new measure is one module in this folder and one entry here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graph.analysis.betweenness import SampledBetweenness, betweenness, sampled_betweenness
from graph.analysis.bridging import (
    BridgingProfile,
    bridging_profile,
    everett_valente_brokerage,
)
from graph.analysis.brokerage import ROLE_NAMES, Brokerage, brokerage
from graph.analysis.communities import communities
from graph.analysis.components import components
from graph.analysis.cores import cores
from graph.analysis.cuts import Cuts, cuts
from graph.analysis.ei_index import EIIndex, ei_index
from graph.analysis.hubs import FEATURES, HubProfiles, hub_profiles, hub_scores
from graph.analysis.participation import participation
from graph.analysis.reduction import reduced
from graph.analysis.structural_holes import StructuralHoles, structural_holes
from graph.network import FloatArray, Network
from graph.text import Text

Values = NDArray[Any]
Progress = Callable[[float], None]

# Exact betweenness above so many visits of ties takes more than some minutes on two processors.
MAX_EXACT_VISITS = 2e11
DEFAULT_SAMPLES = 1_000


@dataclass(frozen=True)
class Measuring:
    """One network being measured; what several measures share is computed once.

    Attributes
    ----------
    network : what is measured.
    is_community : which nodes are communities, where that is known; part of the hub score.
    n_samples : estimate betweenness from so many starts; None computes it exactly, but above
        `MAX_EXACT_VISITS` from `DEFAULT_SAMPLES`, unless ``is_exact``.
    """

    network: Network
    is_community: NDArray[np.bool_] | None = None
    n_samples: int | None = None
    is_exact: bool = False
    seed: int = 0
    n_threads: int | None = None
    progress: Progress | None = None
    is_cancelled: Callable[[], bool] | None = None

    @cached_property
    def sampled(self) -> SampledBetweenness | None:
        """The estimate of betweenness, None where it is computed exactly."""
        n_samples = self.n_samples
        if n_samples is None and not self.is_exact and self.n_visits > MAX_EXACT_VISITS:
            n_samples = DEFAULT_SAMPLES
        if n_samples is None:
            return None
        return sampled_betweenness(
            self.network,
            n_samples,
            seed=self.seed,
            n_threads=self.n_threads,
            progress=self.progress,
            is_cancelled=self.is_cancelled,
        )

    @cached_property
    def n_visits(self) -> float:
        """How often exact betweenness would visit a tie."""
        reduction = reduced(self.network)
        sizes = np.diff(reduction.start).astype(np.float64)
        return float((sizes * np.diff(reduction.indptr[reduction.start])).sum())

    @cached_property
    def betweenness(self) -> FloatArray:
        """See `graph.analysis.betweenness`."""
        if self.sampled is not None:
            return self.sampled.values
        return betweenness(
            self.network,
            n_threads=self.n_threads,
            progress=self.progress,
            is_cancelled=self.is_cancelled,
        )

    @cached_property
    def structural_holes(self) -> StructuralHoles:
        """See `graph.analysis.structural_holes`."""
        return structural_holes(self.network, n_threads=self.n_threads)

    @cached_property
    def brokerage(self) -> Brokerage:
        """See `graph.analysis.brokerage`."""
        return brokerage(self.network)

    @cached_property
    def profile(self) -> BridgingProfile:
        """See `graph.analysis.bridging`."""
        return bridging_profile(self.network, n_threads=self.n_threads)

    @cached_property
    def hubs(self) -> HubProfiles:
        """See `graph.analysis.hubs`."""
        return hub_profiles(self.network, self.profile, self.is_community)

    @cached_property
    def hub_scores(self) -> FloatArray:
        """The hub score of each node; without communities where none are known."""
        known = [f for f in FEATURES if f != "communities_reached" or self.is_community is not None]
        return hub_scores(self.hubs, known)

    @cached_property
    def cuts(self) -> Cuts:
        """See `graph.analysis.cuts`."""
        return cuts(self.network)

    @cached_property
    def ei_index(self) -> EIIndex:
        """See `graph.analysis.ei_index`."""
        return ei_index(self.network)


@dataclass(frozen=True, slots=True)
class Column:
    """One value for each node: its slug, what a page calls it and says about it."""

    slug: str
    label: Text
    help: Text


@dataclass(frozen=True, slots=True)
class Measure:
    """What one question of the analysis answers for each node.

    Attributes
    ----------
    slug : the name that ``--measures`` takes; its columns may have others beside it.
    cost : ``linear`` in nodes and ties, or ``paths``: what grows with their product.
    needs_groups : without groups its columns are empty.
    source : where the definition stands.
    compute : returns the values of the columns, in their order.
    """

    slug: str
    columns: tuple[Column, ...]
    source: str
    compute: Callable[[Measuring], Sequence[Values]]
    cost: Literal["linear", "paths"] = "linear"
    needs_groups: bool = False


def _one(slug: str, label: Text, help_: Text) -> tuple[Column, ...]:
    return (Column(slug, label, help_),)


def _degree(m: Measuring) -> tuple[Values]:
    return (m.network.undirected.degrees,)


def _strength(m: Measuring) -> tuple[Values]:
    return (m.network.undirected.strengths,)


def _holes(name: str) -> Callable[[Measuring], Sequence[Values]]:
    return lambda m: (getattr(m.structural_holes, name),)


_ROLE_TEXTS: dict[str, tuple[Text, Text]] = {
    "coordinator": (
        Text("协调者", "Coordinator"),
        Text(
            "在同一类的两个伙伴之间牵线，自己也属于这一类的次数。",
            "How often it stands between two of its own group.",
        ),
    ),
    "itinerant": (
        Text("顾问", "Itinerant broker"),
        Text(
            "在另一类的两个伙伴之间牵线的次数。",
            "How often it stands between two of one other group.",
        ),
    ),
    "representative": (
        Text("代表", "Representative"),
        Text(
            "替本类伙伴联系外类伙伴的次数。",
            "How often it leads from its own group to another.",
        ),
    ),
    "gatekeeper": (
        Text("守门人", "Gatekeeper"),
        Text(
            "外类伙伴经由它进入本类的次数。",
            "How often it lets another group in to its own.",
        ),
    ),
    "liaison": (
        Text("联络人", "Liaison"),
        Text(
            "在两个不同的外类之间牵线的次数。",
            "How often it joins two groups, both other than its own.",
        ),
    ),
    "brokerage": (
        Text("中介总数", "Brokerage"),
        Text(
            "经由它相遇、彼此没有直接联系的伙伴对数。",
            "How many pairs of its partners, not tied themselves, meet through it.",
        ),
    ),
}


def _known(m: Measuring, table: Values) -> list[Values]:
    """Return the columns of a table, masked for the nodes whose group is not known."""
    is_unknown = m.network.groups < 0
    return [np.ma.array(column, mask=is_unknown) for column in table.T]


def _chance(m: Measuring) -> list[Values]:
    expected, z = (_known(m, table[:, :-1]) for table in (m.brokerage.expected, m.brokerage.z))
    return [column for pair in zip(expected, z, strict=True) for column in pair]


def _chance_columns(*slugs: str) -> tuple[Column, ...]:
    columns: list[Column] = []
    for slug in slugs:
        label = _ROLE_TEXTS[slug][0]
        columns += (
            Column(
                f"{slug}_expected",
                Text(f"{label.zh}（期望）", f"{label.en}, expected"),
                Text(
                    "若关系随机分布，平均会有多少。",
                    "What it would be on average if ties fell at random.",
                ),
            ),
            Column(
                f"{slug}_z",
                Text(f"{label.zh}（z 值）", f"{label.en}, z"),
                Text(
                    "比随机多几个标准差；超过 2 就少见于偶然。",
                    "How many standard deviations above chance; beyond 2 is rarely chance.",
                ),
            ),
        )
    return tuple(columns)


MEASURES: tuple[Measure, ...] = (
    Measure(
        "degree",
        _one(
            "degree",
            Text("直接伙伴", "Direct partners"),
            Text("与它直接有关系的主体数。", "How many others it is tied to, whichever way."),
        ),
        "Freeman 1979, Soc. Netw. 1:215",
        _degree,
    ),
    Measure(
        "strength",
        _one(
            "strength",
            Text("关系强度", "Tie strength"),
            Text("它全部关系的强度之和。", "The strengths of all its ties added up."),
        ),
        "Barrat et al. 2004, PNAS 101:3747",
        _strength,
    ),
    Measure(
        "betweenness",
        _one(
            "betweenness",
            Text("关键桥梁", "Key bridge"),
            Text(
                "有多少对主体之间的最短路径经过它；有别的同样短的路时按比例分摊。",
                "Between how many pairs the shortest way runs through it, shared with other ways.",
            ),
        ),
        "Freeman 1977, Sociometry 40:35; Brandes 2001, J. Math. Sociol. 25:163",
        lambda m: (m.betweenness,),
        cost="paths",
    ),
    Measure(
        "constraint",
        _one(
            "constraint",
            Text("封闭程度", "Closed in"),
            Text(
                "伙伴之间彼此相熟的程度；低则身处结构洞，高则被圈住。",
                "How far its partners know one another: low spans holes, high is closed in.",
            ),
        ),
        "Burt 1992, Structural Holes, eq. 2.4",
        _holes("constraint"),
    ),
    Measure(
        "effective_size",
        _one(
            "effective_size",
            Text("有效规模", "Effective size"),
            Text(
                "去掉重复之后，相当于有几个互不相识的伙伴。",
                "How many partners it has once those that repeat one another are taken off.",
            ),
        ),
        "Burt 1992, Structural Holes, eq. 2.2",
        _holes("effective_size"),
    ),
    Measure(
        "efficiency",
        _one(
            "efficiency",
            Text("效率", "Efficiency"),
            Text("有效规模占伙伴数的份额。", "Effective size as a share of its partners."),
        ),
        "Burt 1992, Structural Holes, p. 53",
        _holes("efficiency"),
    ),
    Measure(
        "hierarchy",
        _one(
            "hierarchy",
            Text("集中程度", "Hierarchy"),
            Text(
                "约束是否集中在一个伙伴身上：0 为均匀，1 为集中于一个。",
                "Whether one partner closes it in (1) or all alike (0).",
            ),
        ),
        "Burt 1992, Structural Holes, eq. 2.9",
        _holes("hierarchy"),
    ),
    Measure(
        "roles",
        tuple(Column(slug, *_ROLE_TEXTS[slug]) for slug in ROLE_NAMES),
        "Gould & Fernandez 1989, Sociol. Methodol. 19:89",
        lambda m: _known(m, m.brokerage.counts),
        needs_groups=True,
    ),
    Measure(
        "brokerage",
        _one("brokerage", *_ROLE_TEXTS["brokerage"]),
        "Gould & Fernandez 1989, Sociol. Methodol. 19:89",
        lambda m: (m.brokerage.total,),
    ),
    Measure(
        "roles_by_chance",
        _chance_columns(*ROLE_NAMES),
        "Gould & Fernandez 1989, Sociol. Methodol. 19:89",
        _chance,
        needs_groups=True,
    ),
    Measure(
        "brokerage_by_chance",
        _chance_columns("brokerage"),
        "Gould & Fernandez 1989, Sociol. Methodol. 19:89",
        lambda m: (m.brokerage.expected[:, -1], m.brokerage.z[:, -1]),
    ),
    Measure(
        "sole_pairs",
        _one(
            "sole_pairs",
            Text("唯一中介对数", "Sole-broker pairs"),
            Text(
                "只有通过它才能相遇的伙伴对数。",
                "How many pairs of its partners have no other partner in common.",
            ),
        ),
        "Burt 1992, Structural Holes, ch. 1",
        lambda m: (m.profile.total(m.profile.n_sole),),
    ),
    Measure(
        "bridging_brokerage",
        _one(
            "bridging_brokerage",
            Text("每条关系的桥接", "Bridging per tie"),
            Text(
                "平均每个伙伴带来多少桥接作用。",
                "How much bridging each of its partners brings on average.",
            ),
        ),
        "Everett & Valente 2016, Soc. Netw. 44:202",
        lambda m: (everett_valente_brokerage(m.network, m.betweenness),),
        cost="paths",
    ),
    Measure(
        "core",
        _one(
            "core",
            Text("核心层级", "Core"),
            Text(
                "它所在的、每个成员至少有这么多伙伴的最密群体。",
                "The largest k such that it is in a group whose members all have k partners in it.",
            ),
        ),
        "Seidman 1983, Soc. Netw. 5:269",
        lambda m: (cores(m.network.undirected),),
    ),
    Measure(
        "component",
        _one(
            "component",
            Text("连通部分", "Component"),
            Text(
                "编号相同的主体之间有路可通。", "Those with the same number can reach one another."
            ),
        ),
        "Harary 1969, Graph Theory, ch. 2",
        lambda m: (components(m.network).labels,),
    ),
    Measure(
        "is_articulation",
        (
            Column(
                "is_articulation",
                Text("割点", "Cut point"),
                Text(
                    "没有它，网络就会断开（1 为是）。",
                    "1 where the network falls apart without it.",
                ),
            ),
            Column(
                "cut_off",
                Text("切断多少", "Cut off"),
                Text(
                    "没有它，会有多少主体与其余断开。",
                    "How many would be cut off from the rest without it.",
                ),
            ),
        ),
        "Hopcroft & Tarjan 1973, Commun. ACM 16:372",
        lambda m: (m.cuts.is_articulation.astype(np.int8), m.cuts.n_cut_off),
    ),
    Measure(
        "community",
        _one(
            "community",
            Text("社群", "Community"),
            Text(
                "联系紧密的一群，由 Leiden 方法划分。",
                "The closely tied group it falls into, by the Leiden method.",
            ),
        ),
        "Traag, Waltman & van Eck 2019, Sci. Rep. 9:5233",
        lambda m: (communities(m.network, seed=m.seed, n_threads=m.n_threads).labels,),
    ),
    Measure(
        "ei_index",
        _one(
            "ei_index",
            Text("E–I 指数", "E–I index"),
            Text(
                "对外与对内关系之差的份额：1 全对外，-1 全对内。",
                "Ties out of its group less ties within: 1 all out, -1 all within.",
            ),
        ),
        "Krackhardt & Stern 1988, Soc. Psychol. Q. 51:123",
        lambda m: (m.ei_index.nodes,),
        needs_groups=True,
    ),
    Measure(
        "participation",
        _one(
            "participation",
            Text("跨界参与", "Participation"),
            Text(
                "关系在各类之间分布得多均匀：0 只在一类。",
                "How evenly its ties spread over the groups: 0 where all go to one.",
            ),
        ),
        "Guimerà & Amaral 2005, Nature 433:895",
        lambda m: (participation(m.network),),
        needs_groups=True,
    ),
    Measure(
        "hub_score",
        _one(
            "hub_score",
            Text("枢纽得分", "Hub score"),
            Text(
                "它把不同类的主体连在一起的程度，从 0 到 1。",
                "How far it brings different groups together, from 0 to 1.",
            ),
        ),
        "Mean of its log-scaled hub features; see hubs.py",
        lambda m: (m.hub_scores,),
        needs_groups=True,
    ),
)

MEASURE_BY_SLUG: dict[str, Measure] = {m.slug: m for m in MEASURES}
COLUMN_BY_SLUG: dict[str, Column] = {c.slug: c for m in MEASURES for c in m.columns}


def measures_named(names: Sequence[str]) -> tuple[Measure, ...]:
    """Return the measures of these slugs or columns, in the order of the registry.

    ``all`` and ``linear`` (all that are linear in the size of the network) are names too. Raises
    KeyError with the first name that is none.
    """
    wanted: set[str] = set()
    for name in names:
        if name == "all":
            wanted |= set(MEASURE_BY_SLUG)
        elif name == "linear":
            wanted |= {m.slug for m in MEASURES if m.cost == "linear"}
        elif name in MEASURE_BY_SLUG:
            wanted.add(name)
        elif name in COLUMN_BY_SLUG:
            wanted |= {m.slug for m in MEASURES if COLUMN_BY_SLUG[name] in m.columns}
        else:
            raise KeyError(name)
    return tuple(m for m in MEASURES if m.slug in wanted)


def measured(measuring: Measuring, measures: Sequence[Measure]) -> dict[str, Values]:
    """Return one array for each column of ``measures``, in order; see `Measure`."""
    return {
        column.slug: values
        for measure in measures
        for column, values in zip(measure.columns, measure.compute(measuring), strict=True)
    }
