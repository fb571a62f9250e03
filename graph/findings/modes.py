"""Which of the five modes of collaboration a place is in, by who does what there.

A programme casts one vote in each dimension in which somebody acts, split among those who do;
what is done for the place itself casts another. The rules are the same for a community, a street,
an area, a programme and a project, and none looks at a name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.findings.parties import DRIVERS, OUTER_PARTIES, PARTIES, PARTY_BY_SLUG
from graph.findings.places import ARRANGEMENTS, DIMENSIONS, Act, PlaceRecord, Places
from graph.records import Node
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Mode:
    """One of the five modes."""

    slug: str
    label: Text
    help: Text


MODES: tuple[Mode, ...] = (
    Mode(
        "government-driven",
        Text("政府驱动型", "Government-driven"),
        Text(
            "由政府或群团以政策或项目发起。",
            "Launched by government or a mass organisation, by policy or by project.",
        ),
    ),
    Mode(
        "enterprise-driven",
        Text("企业驱动型", "Enterprise-driven"),
        Text(
            "企业主动发起，不依托政府平台。",
            "An enterprise acts of its own accord, without a government platform.",
        ),
    ),
    Mode(
        "organisation-driven",
        Text("社会组织驱动型", "Organisation-driven"),
        Text(
            "社会组织发起或运营，把各方带进社区。",
            "A social organisation starts or runs it and brings the others in.",
        ),
    ),
    Mode(
        "volunteer-led",
        Text("志愿者主导型", "Volunteer-led"),
        Text(
            "居民自己的队伍和组织在做、在管。",
            "Residents' own teams and groups do it and run it.",
        ),
    ),
    Mode(
        "multi-actor",
        Text("多主体共同驱动型", "Multi-actor"),
        Text(
            "各方都在，坐在同一张桌子前，没有谁独大。",
            "All are there, at one table, and none outweighs the rest.",
        ),
    ),
)
MODE_BY_SLUG = {mode.slug: mode for mode in MODES}
MULTI_ACTOR = "multi-actor"


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers that the modes depend on.

    Attributes
    ----------
    weights : of the five dimensions. Who starts a thing drives it, who runs it keeps it going;
        money, hands and a say support it. Only their order matters much: see the tests.
    n_parties, n_at_table, n_arrangements, largest_share : what the multi-actor mode asks for: so
        many of the five outer parties, so many of them at one table, so many kinds of standing
        arrangements, and no party with more than this share of starting and running.
    """

    initiating: float = 3.0
    operating: float = 2.0
    funding: float = 1.0
    volunteers: float = 1.0
    deciding: float = 1.0
    n_parties: int = 4
    n_at_table: int = 3
    n_arrangements: int = 3
    largest_share: float = 0.5

    def weight(self, dimension: str) -> float:
        """Return the weight of a dimension."""
        return float(getattr(self, dimension))


RULES = Rules()


@dataclass(frozen=True, slots=True)
class Dimension:
    """Who acts in one dimension: shares by party that sum to 1, empty where nobody is known to.

    ``n_votes`` is the number of programmes (and of the place itself) that the shares rest on.
    """

    slug: str
    shares: dict[str, float]
    acts: tuple[Act, ...]
    n_votes: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the four conditions of the multi-actor mode; ``value`` is None where not known.

    ``parties`` are those that count, ``absent`` those or that which is missing.
    """

    slug: str
    value: float | None
    needed: float
    is_met: bool
    present: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The mode of a place and all that it rests on.

    Attributes
    ----------
    mode : None where nothing is on record (``why_none`` says ``nothing``), where only the community
        itself starts and runs things (``no_driver``), where the two largest drivers are ``level``,
        or where an area's parts are in different modes (``mixed``).
    scores : of the four drivers' modes, summing to 1 less what institutions do; the community
        itself is left out, since it is there in every mode. Empty where nobody else acts.
    margin : for a driver's mode its score less the next one's; for the multi-actor mode how far
        the largest party is below the bound.
    runner_up : the next mode; None where there is none.
    parts : of an area, its communities and the programmes outside them, each with its mode.
    """

    place: PlaceRecord
    mode: str | None
    why_none: str | None
    scores: dict[str, float]
    margin: float | None
    runner_up: str | None
    dimensions: tuple[Dimension, ...]
    conditions: tuple[Condition, ...]
    parts: tuple[tuple[Node, str | None], ...] = ()

    @property
    def n_acts(self) -> int:
        """How many ties the shares rest on."""
        return sum(len(d.acts) for d in self.dimensions)


def diagnose(places: Places, place: PlaceRecord, rules: Rules = RULES) -> Diagnosis:
    """Return the mode that a place indicates.

    First the multi-actor mode: all four of its conditions (`Rules`). Otherwise the driver with the
    largest score: its shares over the dimensions, weighted, the community left out. Without
    anybody but the community in starting or running, and without all conditions, there is no mode;
    nor where the two largest are level. Time: that of the acts.
    """
    dimensions = tuple(_dimension(slug, place) for slug in DIMENSIONS)
    scores = _scores(dimensions, rules)
    conditions = _conditions(places, place, dimensions, rules)
    if all(c.is_met for c in conditions):
        largest = conditions[-1].value or 0.0
        runner_up = max(scores, key=scores.__getitem__) if scores else None
        return Diagnosis(
            place,
            MULTI_ACTOR,
            None,
            scores,
            rules.largest_share - largest,
            runner_up,
            dimensions,
            conditions,
        )
    mode, runner_up, margin, why = _driver(dimensions, scores)
    return Diagnosis(place, mode, why, scores, margin, runner_up, dimensions, conditions)


def diagnose_area(places: Places, area: str, rules: Rules = RULES) -> Diagnosis:
    """Return the mode of all that lies in an area: that of its parts, where they agree.

    A larger area is no collaboration of its own: each of its communities and programmes has a mode,
    and where these differ the area is in none.
    """
    found = diagnose(places, places.of_area(area), rules)
    parts = tuple(
        (part, diagnose(places, places.of(part), rules).mode) for part in places.parts_of(area)
    )
    modes = {mode for _, mode in parts if mode}
    if len(modes) > 1:
        return replace(found, mode=None, why_none="mixed", margin=None, runner_up=None, parts=parts)
    if modes and len(parts) > 1:
        found = replace(found, mode=modes.pop())
    return replace(found, parts=parts)


def _dimension(slug: str, place: PlaceRecord) -> Dimension:
    votes = [
        acts
        for source in (*(p.acts for p in place.programmes), place.acts)
        if (acts := [a for a in source if a.dimension == slug])
    ]
    shares: dict[str, float] = defaultdict(float)
    for acts in votes:
        who = {a.actor.id: a.party for a in acts}
        for party in who.values():
            shares[party] += 1 / len(who) / len(votes)
    ordered = {p.slug: shares[p.slug] for p in PARTIES if p.slug in shares}
    return Dimension(slug, ordered, tuple(a for acts in votes for a in acts), len(votes))


def _outside(shares: dict[str, float]) -> dict[str, float]:
    """Return the shares of all but the community, summing to 1; empty where there is no other."""
    rest = {p: s for p, s in shares.items() if p != "community"}
    total = sum(rest.values())
    return {p: s / total for p, s in rest.items()}


def _scores(dimensions: tuple[Dimension, ...], rules: Rules) -> dict[str, float]:
    known = [(rules.weight(d.slug), o) for d in dimensions if (o := _outside(d.shares))]
    total = sum(weight for weight, _ in known)
    if not total:
        return {}
    return {
        str(PARTY_BY_SLUG[party].mode): sum(w * o.get(party, 0.0) for w, o in known) / total
        for party in DRIVERS
    }


def _driver(
    dimensions: tuple[Dimension, ...], scores: dict[str, float]
) -> tuple[str | None, str | None, float | None, str | None]:
    by_slug = {d.slug: d for d in dimensions}
    if not any(d.shares for d in dimensions):
        return None, None, None, "nothing"
    if not any(_outside(by_slug[s].shares) for s in ("initiating", "operating")):
        return None, None, None, "no_driver"
    first, second = sorted(scores, key=lambda m: -scores[m])[:2]
    margin = scores[first] - scores[second]
    if scores[first] <= 0:
        return None, None, None, "no_driver"
    if margin < 1e-9:
        return None, None, 0.0, "level"
    return first, second if scores[second] > 0 else None, margin, None


def _conditions(
    places: Places, place: PlaceRecord, dimensions: tuple[Dimension, ...], rules: Rules
) -> tuple[Condition, ...]:
    here = _outer(places.parties[a.id] for a in place.actors)
    seats = [
        (node, _outer(places.parties[m.id] for m in members)) for node, members in place.tables
    ]
    table = max((s for _, s in seats), key=len, default=())
    kinds = tuple(k for k in ARRANGEMENTS if place.arrangements[k])
    leading = [_outside(d.shares) for d in dimensions if d.slug in ("initiating", "operating")]
    known = [s for s in leading if s]
    largest: float | None = None
    if known:
        largest = max(sum(s.get(p, 0.0) for s in known) / len(known) for p in OUTER_PARTIES)
    elif any(d.shares for d in dimensions if d.slug in ("initiating", "operating")):
        largest = 0.0
    return (
        _counted("parties", here, OUTER_PARTIES, rules.n_parties),
        _counted("table", table, OUTER_PARTIES, rules.n_at_table),
        _counted("arrangements", kinds, ARRANGEMENTS, rules.n_arrangements),
        Condition(
            "balance",
            largest,
            rules.largest_share,
            largest is not None and largest <= rules.largest_share,
            (),
            (),
        ),
    )


def _counted(
    slug: str, present: tuple[str, ...], wanted: tuple[str, ...], needed: int
) -> Condition:
    """Return a condition that asks for so many of what is wanted."""
    absent = tuple(w for w in wanted if w not in present)
    return Condition(slug, len(present), needed, len(present) >= needed, present, absent)


def _outer(parties: Iterable[str]) -> tuple[str, ...]:
    found = set(parties)
    return tuple(p for p in OUTER_PARTIES if p in found)
