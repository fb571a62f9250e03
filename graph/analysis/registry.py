"""Every measure that has a value for each node, listed once.

Columns of ``wushe measure``, fields of the API, help texts and the handbook derive from `MEASURES`.
A new measure is one module in this folder and one entry here. The analyses are imported where they
are called: the texts here are read by pages that compute nothing, and compiled code takes a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from graph.network import FloatArray, Network
from graph.text import Text

if TYPE_CHECKING:
    from graph.analysis.betweenness import SampledBetweenness
    from graph.analysis.bridging import BridgingProfile
    from graph.analysis.brokerage import Brokerage
    from graph.analysis.cuts import Cuts
    from graph.analysis.ei_index import EIIndex
    from graph.analysis.hubs import HubProfiles
    from graph.analysis.reduction import Reduction
    from graph.analysis.structural_holes import StructuralHoles

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
        from graph.analysis.betweenness import sampled_betweenness

        n_samples = self.n_samples
        if n_samples is None and not self.is_exact and self.n_visits > MAX_EXACT_VISITS:
            n_samples = DEFAULT_SAMPLES
        if n_samples is None:
            return None
        return sampled_betweenness(
            self.network,
            n_samples,
            reduction=self.reduction,
            seed=self.seed,
            n_threads=self.n_threads,
            progress=self.progress,
            is_cancelled=self.is_cancelled,
        )

    @cached_property
    def n_visits(self) -> float:
        """How often exact betweenness would visit a tie."""
        sizes = np.diff(self.reduction.start).astype(np.float64)
        return float((sizes * np.diff(self.reduction.indptr[self.reduction.start])).sum())

    @cached_property
    def reduction(self) -> Reduction:
        """See `graph.analysis.reduction`."""
        from graph.analysis.reduction import reduced

        return reduced(self.network)

    @cached_property
    def betweenness(self) -> FloatArray:
        """See `graph.analysis.betweenness`."""
        from graph.analysis.betweenness import betweenness

        if self.sampled is not None:
            return self.sampled.values
        return betweenness(
            self.network,
            reduction=self.reduction,
            n_threads=self.n_threads,
            progress=self.progress,
            is_cancelled=self.is_cancelled,
        )

    @cached_property
    def structural_holes(self) -> StructuralHoles:
        """See `graph.analysis.structural_holes`."""
        from graph.analysis.structural_holes import structural_holes

        return structural_holes(self.network, n_threads=self.n_threads)

    @cached_property
    def brokerage(self) -> Brokerage:
        """See `graph.analysis.brokerage`."""
        from graph.analysis.brokerage import brokerage

        return brokerage(self.network)

    @cached_property
    def profile(self) -> BridgingProfile:
        """See `graph.analysis.bridging`."""
        from graph.analysis.bridging import bridging_profile

        return bridging_profile(self.network, n_threads=self.n_threads)

    @cached_property
    def hubs(self) -> HubProfiles:
        """See `graph.analysis.hubs`."""
        from graph.analysis.hubs import hub_profiles

        return hub_profiles(self.network, self.profile, self.is_community)

    @cached_property
    def hub_scores(self) -> FloatArray:
        """The hub score of each node; without communities where none are known."""
        from graph.analysis.hubs import FEATURES, hub_scores

        known = [f for f in FEATURES if f != "communities_reached" or self.is_community is not None]
        return hub_scores(self.hubs, known)

    @cached_property
    def cuts(self) -> Cuts:
        """See `graph.analysis.cuts`."""
        from graph.analysis.cuts import cuts

        return cuts(self.network)

    @cached_property
    def ei_index(self) -> EIIndex:
        """See `graph.analysis.ei_index`."""
        from graph.analysis.ei_index import ei_index

        return ei_index(self.network)


@dataclass(frozen=True, slots=True)
class Column:
    """One value for each node: its slug, plain name and term, and what a page says about it."""

    slug: str
    label: Text
    term: Text
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


def _one(slug: str, label: Text, term: Text, help_: Text) -> tuple[Column, ...]:
    return (Column(slug, label, term, help_),)


def _degree(m: Measuring) -> tuple[Values]:
    return (m.network.undirected.degrees,)


def _strength(m: Measuring) -> tuple[Values]:
    return (m.network.undirected.strengths,)


def _bridging_brokerage(m: Measuring) -> tuple[Values]:
    from graph.analysis.bridging import everett_valente_brokerage

    return (everett_valente_brokerage(m.network, m.betweenness),)


def _core(m: Measuring) -> tuple[Values]:
    from graph.analysis.cores import cores

    return (cores(m.network.undirected),)


def _component(m: Measuring) -> tuple[Values]:
    from graph.analysis.components import components

    return (components(m.network).labels,)


def _community(m: Measuring) -> tuple[Values]:
    from graph.analysis.communities import communities

    return (communities(m.network, seed=m.seed, n_threads=m.n_threads).labels,)


def _participation(m: Measuring) -> tuple[Values]:
    from graph.analysis.participation import participation

    return (participation(m.network),)


def _hub_features(m: Measuring) -> tuple[Values, ...]:
    nobody_known = m.is_community is None
    reached = np.ma.array(m.hubs.communities_reached, mask=nobody_known)
    return m.hubs.sector_pairs, reached


def _holes(name: str) -> Callable[[Measuring], Sequence[Values]]:
    return lambda m: (getattr(m.structural_holes, name),)


_ROLE_TEXTS: dict[str, tuple[Text, Text, Text]] = {
    "coordinator": (
        Text("协调人", "Coordinator"),
        Text("coordinator", "coordinator"),
        Text(
            "在本部门内部，把互不往来的成员连起来。",
            "Connects members of its own sector who do not meet.",
        ),
    ),
    "itinerant": (
        Text("外来撮合人", "Outside matchmaker"),
        Text("itinerant broker", "itinerant broker"),
        Text(
            "自己在部门之外，把同一个部门里互不往来的成员连起来。",
            "Connects two members of one sector who do not meet, from outside that sector.",
        ),
    ),
    "representative": (
        Text("代表", "Representative"),
        Text("representative", "representative"),
        Text(
            "本部门的成员经过它才到得了外部门：例如一支志愿队经过另一支才认识企业。",
            "A member of its own sector reaches other sectors through it: one volunteer team that "
            "meets an enterprise through another, for example.",
        ),
    ),
    "gatekeeper": (
        Text("守门人", "Gatekeeper"),
        Text("gatekeeper", "gatekeeper"),
        Text(
            "外部门要经过它才到得了本部门的成员：例如企业经过街道办才到得了另一个政府部门。",
            "Other sectors reach a member of its own sector through it: an enterprise that reaches "
            "a department through the street office, for example.",
        ),
    ),
    "liaison": (
        Text("联络人", "Liaison"),
        Text("liaison", "liaison"),
        Text(
            "它连接的两方各属一个部门，自己又属第三个部门：例如社会组织把企业和社区连起来。",
            "The two sides it connects belong to two sectors and itself to a third: a social "
            "organisation that connects an enterprise and a community, for example.",
        ),
    ),
    "brokerage": (
        Text("中介的对数", "Pairs brokered"),
        Text("中介总数 brokerage", "brokerage"),
        Text(
            "有多少对伙伴彼此没有往来，经由它相遇。",
            "How many pairs of its partners do not meet but through a partner such as this one.",
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
        label, term, _ = _ROLE_TEXTS[slug]
        columns += (
            Column(
                f"{slug}_expected",
                Text(f"{label.zh}（随机时）", f"{label.en}, by chance"),
                Text(f"{term.zh} expected", f"{term.en}, expected"),
                Text(
                    "若关系随机分布，平均会有多少。",
                    "What it would be on average if ties fell at random.",
                ),
            ),
            Column(
                f"{slug}_z",
                Text(f"{label.zh}（超出随机）", f"{label.en}, beyond chance"),
                Text(f"{term.zh} z", f"{term.en}, z-score"),
                Text(
                    "比随机多几个标准差；超过 2 就少见于偶然。",
                    "How many standard deviations above chance; beyond 2 is rarely chance.",
                ),
            ),
        )
    return tuple(columns)


_ROLE_NAMES = tuple(slug for slug in _ROLE_TEXTS if slug != "brokerage")

MEASURES: tuple[Measure, ...] = (
    Measure(
        "degree",
        _one(
            "degree",
            Text("直接伙伴", "Direct partners"),
            Text("度 degree", "degree"),
            Text("与它直接往来的主体有几个。", "How many actors it works with directly."),
        ),
        "Freeman 1979, Soc. Netw. 1:215",
        _degree,
    ),
    Measure(
        "strength",
        _one(
            "strength",
            Text("往来的密切程度", "Tie strength"),
            Text("强度 strength", "strength"),
            Text("它全部关系的强度加在一起。", "The strengths of all its ties added up."),
        ),
        "Barrat et al. 2004, PNAS 101:3747",
        _strength,
    ),
    Measure(
        "betweenness",
        _one(
            "betweenness",
            Text("关键桥梁", "Key bridge"),
            Text("中介中心性 betweenness", "betweenness"),
            Text(
                "其他主体两两之间最短的路，有多少要经过它；同样短的路有几条时按份计。",
                "How many of the shortest paths between two others run through it; where several "
                "are equally short, each counts in part.",
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
            Text("约束 constraint", "constraint"),
            Text(
                "它的伙伴彼此有多熟：越小，越能接触到互不相识的人；越大，越困在一个圈子里。",
                "How well its partners know each other: small, it reaches people who do not "
                "meet; large, it is caught in one circle.",
            ),
        ),
        "Burt 1992, Structural Holes, eq. 2.4",
        _holes("constraint"),
    ),
    Measure(
        "effective_size",
        _one(
            "effective_size",
            Text("不重复的伙伴", "Partners without overlap"),
            Text("有效规模 effective size", "effective size"),
            Text(
                "去掉彼此相熟而重复的，还剩几个伙伴。",
                "How many partners are left once those who know each other are counted together.",
            ),
        ),
        "Burt 1992, Structural Holes, eq. 2.2",
        _holes("effective_size"),
    ),
    Measure(
        "efficiency",
        _one(
            "efficiency",
            Text("不重复的份额", "Share without overlap"),
            Text("效率 efficiency", "efficiency"),
            Text(
                "不重复的伙伴占全部伙伴的多少，最多为 1。",
                "Partners without overlap as a share of all, at most 1.",
            ),
        ),
        "Burt 1992, Structural Holes, p. 53",
        _holes("efficiency"),
    ),
    Measure(
        "hierarchy",
        _one(
            "hierarchy",
            Text("困于一人的程度", "Closed in by one"),
            Text("等级度 hierarchy", "hierarchy"),
            Text(
                "把它困住的是不是只有一个伙伴：0 是大家一样，1 是只有一个。",
                "Whether one partner closes it in, 1, or all do alike, 0.",
            ),
        ),
        "Burt 1992, Structural Holes, eq. 2.9",
        _holes("hierarchy"),
    ),
    Measure(
        "roles",
        tuple(Column(slug, *_ROLE_TEXTS[slug]) for slug in _ROLE_NAMES),
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
        _chance_columns(*_ROLE_NAMES),
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
            Text("只经过它的对数", "Pairs only through it"),
            Text("sole-broker pairs", "sole-broker pairs"),
            Text(
                "有多少对主体，除它以外再没有别的共同伙伴。",
                "How many pairs of actors have no common partner but this one.",
            ),
        ),
        "Burt 1992, Structural Holes, ch. 1",
        lambda m: (m.profile.total(m.profile.n_sole),),
    ),
    Measure(
        "hub_features",
        (
            Column(
                "sector_pairs",
                Text("连接的部门对", "Sector pairs connected"),
                Text("sector pairs", "sector pairs"),
                Text(
                    "它把多少对不同的部门连了起来，自己的部门不算。",
                    "How many pairs of different sectors, both other than its own, it connects.",
                ),
            ),
            Column(
                "communities_reached",
                Text("到达的社区", "Communities reached"),
                Text("communities reached", "communities reached"),
                Text(
                    "它直接往来、或经过一个项目等到达的社区有几个。",
                    "How many communities it works with, directly or through a project.",
                ),
            ),
        ),
        "What makes a hub; see hubs.py",
        _hub_features,
        needs_groups=True,
    ),
    Measure(
        "bridging_brokerage",
        _one(
            "bridging_brokerage",
            Text("每个伙伴带来的桥梁作用", "Bridging per partner"),
            Text("Everett–Valente brokerage", "Everett–Valente brokerage"),
            Text(
                "平均每个伙伴给它带来多少桥梁作用。",
                "How much bridging each of its partners brings on average.",
            ),
        ),
        "Everett & Valente 2016, Soc. Netw. 44:202",
        _bridging_brokerage,
        cost="paths",
    ),
    Measure(
        "core",
        _one(
            "core",
            Text("所在的核心层", "Core"),
            Text("k-核 k-core", "k-core"),
            Text(
                "它所在的一群里，每个成员在群内至少有这么多伙伴。",
                "It is in a group whose members all have at least so many partners within the "
                "group.",
            ),
        ),
        "Seidman 1983, Soc. Netw. 5:269",
        _core,
    ),
    Measure(
        "component",
        _one(
            "component",
            Text("所在的连通部分", "Connected part"),
            Text("连通分量 component", "component"),
            Text(
                "编号相同的主体之间有路可通。", "Those with the same number can reach one another."
            ),
        ),
        "Harary 1969, Graph Theory, ch. 2",
        _component,
    ),
    Measure(
        "is_articulation",
        (
            Column(
                "is_articulation",
                Text("割点", "Cut point"),
                Text("割点 articulation point", "articulation point"),
                Text(
                    "没有它，网络就会断开（1 为是，0 为否）。",
                    "Whether the network falls apart without it: 1 yes, 0 no.",
                ),
            ),
            Column(
                "cut_off",
                Text("会断开的主体", "Cut off without it"),
                Text("cut off", "cut off"),
                Text(
                    "没有它，会有多少主体与其余的断开。",
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
            Text("所在的圈子", "Circle"),
            Text("社群 community (Leiden)", "community (Leiden)"),
            Text(
                "往来最密的一圈，编号相同的在同一圈；不是行政上的社区。",
                "The closely tied circle it is in, the same number for the same one; no "
                "residential community.",
            ),
        ),
        "Traag, Waltman & van Eck 2019, Sci. Rep. 9:5233",
        _community,
    ),
    Measure(
        "ei_index",
        _one(
            "ei_index",
            Text("向外还是向内", "Outward or inward"),
            Text("E–I 指数 E–I index", "E–I index"),
            Text(
                "对外与对内的关系之差占全部的多少：1 全对外，-1 全对内。",
                "Ties out of its sector less ties within, as a share of all: 1 is all out, -1 "
                "all within.",
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
            Text("伙伴的分散程度", "Spread over sectors"),
            Text("参与系数 participation", "participation coefficient"),
            Text(
                "它的往来在各部门之间有多均匀：0 是全在一个部门，接近 1 是很均匀。",
                "How evenly its ties are spread over the sectors: 0 is one sector only, close to "
                "1 is very even.",
            ),
        ),
        "Guimerà & Amaral 2005, Nature 433:895",
        _participation,
        needs_groups=True,
    ),
    Measure(
        "hub_score",
        _one(
            "hub_score",
            Text("枢纽得分", "Hub score"),
            Text("hub score", "hub score"),
            Text(
                "它把不同部门连在一起的程度，从 0 到 1。",
                "How far it brings different sectors together, from 0 to 1.",
            ),
        ),
        "Mean of its log-scaled hub features; see hubs.py",
        lambda m: (m.hub_scores,),
        needs_groups=True,
    ),
)

# What pages show; the others are for analysts.
PAGE_MEASURES: tuple[Measure, ...] = tuple(
    m
    for m in MEASURES
    if m.slug not in {"community", "bridging_brokerage"} and not m.slug.endswith("_by_chance")
)
MEASURE_BY_SLUG: dict[str, Measure] = {m.slug: m for m in MEASURES}
COLUMN_BY_SLUG: dict[str, Column] = {c.slug: c for m in MEASURES for c in m.columns}


TIE_COLUMNS: tuple[Column, ...] = (
    Column(
        "betweenness",
        Text("关键桥梁", "Key bridge"),
        Text("边介数 edge betweenness", "edge betweenness"),
        Text(
            "有多少对主体之间最短的路要走这条关系；同样短的路有几条时按份计。",
            "How many of the shortest paths between two actors run over this tie; where several "
            "are equally short, each counts in part.",
        ),
    ),
    Column(
        "constraint_on_source",
        Text("对前者的约束", "Closes in the first"),
        Text("约束分量 local constraint", "local constraint"),
        Text(
            "后者在多大程度上困住前者；前者各条之和是它的封闭程度。",
            "How far the second closes in the first; the first one's add up to its closed-in.",
        ),
    ),
    Column(
        "constraint_on_target",
        Text("对后者的约束", "Closes in the second"),
        Text("约束分量 local constraint", "local constraint"),
        Text(
            "前者在多大程度上困住后者；后者各条之和是它的封闭程度。",
            "How far the first closes in the second; the second one's add up to its closed-in.",
        ),
    ),
    Column(
        "is_bridge",
        Text("唯一通路", "Only link"),
        Text("桥 bridge", "bridge"),
        Text(
            "没有这条关系，两边就断开（1 为是，0 为否）。",
            "Whether two sides fall apart without this tie: 1 yes, 0 no.",
        ),
    ),
    Column(
        "cut_off",
        Text("会断开的主体", "Cut off without it"),
        Text("cut off", "cut off"),
        Text(
            "没有这条关系，较小的一边有多少主体与其余断开；不断开则为 0。",
            "How many actors the smaller side has that would be cut off; 0 where none would.",
        ),
    ),
)


def measured_ties(measuring: Measuring) -> dict[str, Values]:
    """Return one array for each of `TIE_COLUMNS`, in the order of ``network.arrays()``.

    Exact betweenness, with the progress of ``measuring``: time as `tie_betweenness`.
    """
    from graph.analysis.betweenness import tie_betweenness
    from graph.analysis.structural_holes import local_constraint

    network = measuring.network
    carried = tie_betweenness(
        network,
        n_threads=measuring.n_threads,
        progress=measuring.progress,
        is_cancelled=measuring.is_cancelled,
    )
    sources, targets, _ = network.arrays()
    base = network.undirected
    n = len(network)
    # Half-ties by (row, partner) are sorted, so each tie's two halves are found by bisection.
    keys = np.repeat(np.arange(n, dtype=np.int64), base.degrees) * n + base.indices
    there = np.searchsorted(keys, sources.astype(np.int64) * n + targets)
    back = np.searchsorted(keys, targets.astype(np.int64) * n + sources)
    local = local_constraint(network, n_threads=measuring.n_threads)
    bridges = measuring.cuts.bridges
    smaller = np.zeros(len(keys), np.int32)
    for a, b in ((bridges.sources, bridges.targets), (bridges.targets, bridges.sources)):
        at = np.searchsorted(keys, a.astype(np.int64) * n + b)
        smaller[at] = np.minimum(bridges.n_source_side, bridges.n_target_side)
    cut_off = smaller[there]
    if not network.is_directed:
        rows = np.repeat(np.arange(n), network.degrees)
        carried = carried[rows < network.indices]
    columns = (carried, local[there], local[back], (cut_off > 0).astype(np.int8), cut_off)
    return dict(zip((c.slug for c in TIE_COLUMNS), columns, strict=True))


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
