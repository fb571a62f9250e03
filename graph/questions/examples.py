"""The terms of the field, each shown on the stored data: who is the first gatekeeper here?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np

from graph.analysis.registry import COLUMN_BY_SLUG
from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer, Measured
from graph.model import COLUMNS, RELATION_BY_SLUG, SECTOR_BY_SLUG
from graph.questions.diagnosis import diagnosis
from graph.questions.partners import partners
from graph.questions.platform_card import platform_card
from graph.questions.similar import similar
from graph.questions.standing import actor_standing
from graph.records import Node
from graph.sentences import examples as say
from graph.sentences.modes import maturity_sentence, mode_sentence
from graph.sentences.partners import wanted
from graph.sentences.platform_card import without_sentence
from graph.sentences.standing import rank_sentence, standing_sentence
from graph.text import Text

MOST = (
    "degree", "betweenness", "constraint", "effective_size", "sole_pairs", "sector_pairs",
    "communities_reached", "participation", "cut_off",
)  # fmt: skip
ROLES = ("liaison", "gatekeeper", "representative", "coordinator", "itinerant")
_N_TRIED = 200


def examples(explorer: Explorer) -> dict[str, Text]:
    """Return a sentence about the stored data for each term that it has an example of.

    Computed once for a state of the data; nothing for an empty one.
    """
    return explorer.cached(("examples",), lambda: dict(_examples(explorer)))


def _examples(explorer: Explorer) -> Iterator[tuple[str, Text]]:
    measured = explorer.measured_on()
    if not len(measured.network):
        return
    yield from _of_records(explorer, measured)
    for slug in MOST:
        first = _first(measured, slug)
        if first is not None:
            i, value = first
            label = COLUMN_BY_SLUG[slug].label
            actor = measured.network.actors[i]
            yield slug, say.most_example(actor, value, len(measured.network), label)
    for role in ROLES:
        first = _first(measured, role)
        if first is not None and (ends := _ends(measured, first[0], role)):
            actor = measured.network.actors[first[0]]
            yield role, say.role_example(actor, ends, first[1])
    for slug, tell in _ANSWERS.items():
        try:
            said = tell(explorer)
        except (InvalidArgument, NotFound):
            said = None
        if said is not None:
            yield slug, said


def _of_records(explorer: Explorer, measured: Measured) -> Iterator[tuple[str, Text]]:
    nodes, network = explorer.nodes_by_id(), measured.network
    hub = _hub(explorer) or network.actors[0]
    yield "actor", say.actor_example(hub)
    tie = next((t for t in explorer.ties_of(hub.id) if t.start == hub.id), None)
    if tie is not None:
        label = RELATION_BY_SLUG[tie.relation].label
        yield "tie", say.tie_example(tie, nodes[tie.start], nodes[tie.end], label)
    meetings = [n for n in explorer.records().nodes if not n.is_actor]
    if meetings:
        ends = {n.id: _actors_in(explorer, n, nodes) for n in meetings}
        largest = max(meetings, key=lambda n: (len(ends[n.id]), n.id))
        yield "affiliation", say.affiliation_example(largest, len(ends[largest.id]))
    ties = list(network.ties())
    if ties:
        i, j, strongest = max(ties, key=lambda one: (one[2].weight, len(one[2].via)))
        a, b = network.actors[i], network.actors[j]
        yield "weight", say.weight_example(a, b, strongest.weight, len(strongest.via))
    n_stored = explorer.snapshot().n_actors
    yield "projection", say.projection_example(len(network), n_stored, len(ties))


def _actors_in(explorer: Explorer, node: Node, nodes: dict[str, Node]) -> set[str]:
    ends = {end for tie in explorer.ties_of(node.id) for end in (tie.start, tie.end)}
    return {end for end in ends if nodes[end].is_actor}


def _first(measured: Measured, slug: str) -> tuple[int, float] | None:
    """Return who has most of a measure, and how much; None where nobody has any."""
    values = np.array(measured.columns[slug], np.float64)
    values[np.isnan(values)] = -math.inf
    i = int(values.argmax())
    return (i, float(values[i])) if values[i] > 0 else None


def _ends(measured: Measured, i: int, role: str) -> tuple[Node, Node] | None:
    """Return two partners of a broker without a tie of their own that show its role."""
    actors, net = measured.network.actors, measured.network.network.undirected
    own = actors[i].sector
    partners = net.neighbours(i).tolist()
    for a in islice(partners, _N_TRIED):
        known = set(net.neighbours(a).tolist())
        for b in partners:
            sectors = (actors[a].sector, actors[b].sector)
            if a != b and b not in known and _is_role(role, own, sectors):
                return actors[a], actors[b]
    return None


def _is_role(role: str, own: str | None, ends: tuple[str | None, str | None]) -> bool:
    a, b = ends
    match role:
        case "coordinator":
            return a == own == b
        case "itinerant":
            return a == b != own
        case "gatekeeper":
            return a != own == b
        case "representative":
            return a == own != b
        case _:
            return own not in (a, b) and a != b


def _hub(explorer: Explorer) -> Node | None:
    hubs = explorer.hubs()
    return hubs[0].actor if len(hubs) else None


def _community(explorer: Explorer) -> Node | None:
    """Return the community that most is on record about."""
    known = [row for row in explorer.coverage() if None not in row.cells.values()]
    if not known:
        return None
    return max(
        known, key=lambda r: (sum(n or 0 for n in r.cells.values()), r.community.id)
    ).community


def _five(explorer: Explorer) -> Text | None:
    community = _community(explorer)
    row = next((r for r in explorer.coverage() if r.community == community), None)
    if row is None:
        return None
    return say.five_example(row.community, [(c.label, row.cells[c.slug] or 0) for c in COLUMNS])


def _broker(explorer: Explorer) -> Text | None:
    brokers = explorer.brokers()
    return _with_name(brokers[0].actor, brokers[0].reason) if len(brokers) else None


def _hub_example(explorer: Explorer) -> Text | None:
    hubs = explorer.hubs()
    return _with_name(hubs[0].actor, hubs[0].reason) if len(hubs) else None


def _with_name(actor: Node, said: Text) -> Text:
    name = actor.label()
    return Text(f"{name.zh}：{said.zh}", f"{name.en}: {said.en}")


def _interval(explorer: Explorer) -> Text | None:
    brokers = explorer.brokers(intervals=None)
    line = brokers[min(1, len(brokers) - 1)] if len(brokers) else None
    if line is None or line.interval is None:
        return None
    n = len(explorer.network())
    between = (line.interval.low, line.interval.high)
    return _with_name(line.actor, rank_sentence("broker", line.rank, n, between))


def _peers(explorer: Explorer) -> Text | None:
    hub = _hub(explorer)
    if hub is None:
        return None
    found = actor_standing(explorer, hub.id).measures["degree"]
    said = standing_sentence(found, SECTOR_BY_SLUG[str(hub.sector)].label)
    return _with_name(hub, said)


def _likeness(explorer: Explorer) -> Text | None:
    hub = _hub(explorer)
    items = similar(explorer, hub.id, limit=1).items if hub else ()
    if hub is None or not items:
        return None
    a, b = items[0].line.actor.label(), hub.label()
    pair = Text(f"{a.zh}与{b.zh}", f"{a.en} and {b.en}")
    return Text(f"{pair.zh}：{items[0].alike.zh}", f"{pair.en}: {items[0].alike.en}")


def _scenario(explorer: Explorer) -> Text | None:
    hub = _hub(explorer)
    return without_sentence(hub, platform_card(explorer, hub.id).without) if hub else None


def _gap(explorer: Explorer) -> Text | None:
    return next((g.reason for g in explorer.gaps() if g.state == "lacking"), None)


def _unknown(explorer: Explorer) -> Text | None:
    return next((g.reason for g in explorer.gaps() if g.state == "unknown"), None)


def _mode(explorer: Explorer) -> Text | None:
    community = _community(explorer)
    if community is None:
        return None
    return mode_sentence(community.label(), diagnosis(explorer, community.id).diagnosis)


def _five_paths(explorer: Explorer) -> Text | None:
    community = _community(explorer)
    if community is None:
        return None
    return _with_name(community, maturity_sentence(diagnosis(explorer, community.id).findings))


def _score(explorer: Explorer) -> Text | None:
    community = _community(explorer)
    found = partners(explorer, community.id, limit=1).partners if community else ()
    return found[0].reason if found else None


def _introduction(explorer: Explorer) -> Text | None:
    for start in (_community(explorer), _hub(explorer)):
        found = partners(explorer, start.id, limit=10).partners if start else ()
        for one in found:
            if one.introduction is not None:
                return one.introduction.sentence
    return None


def _need(explorer: Explorer) -> Text | None:
    need = next((n for n in explorer.records().needs if n.sort == "need"), None)
    if need is None:
        return None
    return say.need_example(explorer.node(need.actor), wanted(need))


_ANSWERS: dict[str, Callable[[Explorer], Text | None]] = {
    "five": _five,
    "broker": _broker,
    "hub": _hub_example,
    "interval": _interval,
    "peers": _peers,
    "likeness": _likeness,
    "scenario": _scenario,
    "gap": _gap,
    "unknown": _unknown,
    "mode": _mode,
    "five_paths": _five_paths,
    "score": _score,
    "introduction": _introduction,
    "need": _need,
}
