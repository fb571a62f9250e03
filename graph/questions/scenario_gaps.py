"""The gaps before and after a scenario: where they are looked for, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.actor_network import ActorNetwork
from graph.explorer import Explorer
from graph.findings.gaps import Gap, Read, find_gaps, rules
from graph.findings.network_gaps import NETWORK_FINDERS, survey
from graph.findings.parameters import EVERYWHERE, read_settings, values_at
from graph.projection import DEFAULT, Projection
from graph.records import Node, Records
from graph.scenario.draft import Draft
from graph.scenario.places import areas_of
from graph.scenario.trial import GapChanges, gap_changes, gaps_in_trial
from graph.sentences.gaps import NETWORK_RULE_BY_SLUG, network_gaps

# Up to so many actors and affiliations the gaps of all of them are compared.
MAX_NODES_FOR_ALL_GAPS = 5_000
N_GAP_AREAS = 3
STREET_DEPTH = 3


def gap_areas(draft: Draft, communities: Sequence[Node]) -> tuple[tuple[str, ...] | None, int]:
    """Return the areas in which gaps are looked for, None for everywhere, and how many more."""
    if len(draft.base.nodes) <= MAX_NODES_FOR_ALL_GAPS:
        return None, 0
    edits = draft.edits()
    ids = edits.touched()
    touched = [n for i in sorted(ids) for n in (draft.base.nodes.get(i) or draft.node(i),) if n]
    return first_streets((*touched, *communities))


def first_streets(nodes: Iterable[Node]) -> tuple[tuple[str, ...], int]:
    """Return the streets in which most of ``nodes`` lie, and how many more there are."""
    streets = [
        replace(n, area="/".join(n.area.split("/")[:STREET_DEPTH]))
        for n in nodes
        if n.area and n.area.count("/") >= STREET_DEPTH - 1
    ]
    found = areas_of(streets)
    return tuple(found[:N_GAP_AREAS]), len(found) - len(found[:N_GAP_AREAS])


def has_network_rules(areas: tuple[str, ...] | None, projection: Projection) -> bool:
    """Return whether the rules that look at the network as a whole are among those compared."""
    return areas is None and replace(projection, as_of=None) == DEFAULT


@dataclass(frozen=True, slots=True)
class State:
    """One state of the data that gaps are looked for in; without a network only by Cypher."""

    network: ActorNetwork | None
    records: Records


def gaps_before_and_after(
    explorer: Explorer,
    draft: Draft,
    areas: tuple[str, ...] | None,
    projection: Projection,
    after: State,
) -> GapChanges:
    """Return what becomes of the gaps where the changes of ``draft`` are made.

    ``after`` is what the changes make of the data. Rules that look at the network as a whole are
    among them where all gaps are compared on all of it.
    """
    if areas is not None and not areas:
        return GapChanges((), (), 0, 0)
    today = projection.as_of or ""
    is_whole = has_network_rules(areas, projection)

    def found_before() -> tuple[Gap, ...]:
        network = explorer.measured_on(projection).network if is_whole else None
        state = State(network, explorer.records())
        return all_gaps(explorer.database.read, explorer.nodes_by_id(), areas, today, state)

    before = explorer.cached(("gaps for scenarios", areas, today, is_whole), found_before)
    then = replace(after, network=after.network if is_whole else None)
    found = gaps_in_trial(
        explorer.database, draft, lambda read, nodes: all_gaps(read, nodes, areas, today, then)
    )
    return gap_changes(before, found, draft.edits().gone)


def all_gaps(
    read: Read,
    nodes: Mapping[str, Node],
    areas: tuple[str, ...] | None,
    today: str,
    state: State,
) -> tuple[Gap, ...]:
    """Run every rule, everywhere or in some areas."""
    settings = read_settings(read)
    found: dict[tuple[str, str], Gap] = {}
    for area in areas or (EVERYWHERE,):
        for gap in find_gaps(read, nodes, rules(), area=area, today=today, settings=settings):
            found[gap.id, gap.state] = gap
    if state.network is not None:
        levels = {row["path"]: row["level"] for row in read("read.areas")}
        surveyed = survey(state.network, state.records, EVERYWHERE, levels)
        for slug, find in NETWORK_FINDERS:
            rule = NETWORK_RULE_BY_SLUG[slug]
            values = values_at(slug, rule.parameters, settings, EVERYWHERE)
            for gap in network_gaps(rule, find(surveyed, values), nodes, values)[0]:
                found[gap.id, gap.state] = gap
    return tuple(found.values())
