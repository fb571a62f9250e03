"""What actors meet in: councils, alliances, spaces, funds, platforms, agreements, projects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from graph.city.arrays import BoolArray, ByteArray, IntArray, LongArray
from graph.city.chance import Chance
from graph.city.direct import INSTITUTIONS, NEAR
from graph.city.draft import first_of_each
from graph.city.pool import NOBODY
from graph.city.town import Town
from graph.codes import COLUMN_BIT_OF_KIND, KIND_CODE, RELATION_CODE


@dataclass(frozen=True, slots=True)
class Meetings:
    """Affiliations, numbered from 0, and who has which part in them.

    ``kinds`` and ``areas`` are of the affiliations; the rows (affiliations, relations, actors) are
    sorted by affiliation, each stated once.
    """

    kinds: ByteArray
    areas: IntArray
    affiliations: LongArray
    relations: ByteArray
    actors: LongArray

    def first(self, n: int) -> Meetings:
        """Return the first n affiliations."""
        stop = int(np.searchsorted(self.affiliations, n))
        return Meetings(
            self.kinds[:n], self.areas[:n], self.affiliations[:stop], self.relations[:stop],
            self.actors[:stop],
        )  # fmt: skip


def joined(one: Meetings, other: Meetings) -> Meetings:
    """Return both, the affiliations of ``other`` numbered after those of ``one``."""
    return Meetings(
        np.concatenate((one.kinds, other.kinds)),
        np.concatenate((one.areas, other.areas)),
        np.concatenate((one.affiliations, other.affiliations + len(one.kinds))),
        np.concatenate((one.relations, other.relations)),
        np.concatenate((one.actors, other.actors)),
    )


class _Agenda:
    """Affiliations of one kind while their parts are being given out."""

    def __init__(self, town: Town, chance: Chance, areas: IntArray | LongArray) -> None:
        self._town = town
        self._chance = chance
        self._rows: list[tuple[LongArray, LongArray, int]] = []
        self.areas = np.asarray(areas, np.int64)

    def take(self, relation: str, actors: ArrayLike, share: float = 1.0) -> None:
        """Give each affiliation one actor of ``actors``, with the probability ``share``."""
        given = np.broadcast_to(np.asarray(actors, np.int64), self.areas.shape)
        has_part = (given != NOBODY) & self._chance.flags(len(given), share)
        rows = np.flatnonzero(has_part)
        self._rows.append((rows, given[rows], RELATION_CODE[relation]))

    def draw(
        self,
        relation: str,
        kinds: tuple[str, ...],
        share: float = 1.0,
        shares: tuple[float, ...] = (1.0,),
        *,
        n: int = 1,
        climbs: bool = True,
    ) -> None:
        """Give each affiliation up to ``n`` actors of ``kinds`` from where it is; see `Pool`."""
        pool = self._town.pool(*kinds)
        for _ in range(n):
            self.take(relation, pool.near(self._chance, self.areas, shares, climbs=climbs), share)

    def lead(
        self, relation: str, kinds: tuple[str, ...], shares: tuple[float, ...], chosen: BoolArray
    ) -> None:
        """Give each ``chosen`` affiliation one actor of ``kinds``."""
        rows = np.flatnonzero(chosen)
        found = self._town.pool(*kinds).near(self._chance, self.areas[rows], shares)
        is_found = found != NOBODY
        self._rows.append((rows[is_found], found[is_found], RELATION_CODE[relation]))

    def meetings(self, kind: str) -> Meetings:
        """Return what was drawn, without the parts that what is planted forbids."""
        town = self._town
        affiliations = np.concatenate([rows for rows, _, _ in self._rows])
        actors = np.concatenate([actors for _, actors, _ in self._rows])
        relations = np.repeat(
            [code for _, _, code in self._rows], [len(rows) for rows, _, _ in self._rows]
        )
        order = np.argsort(affiliations, kind="stable")
        affiliations, relations, actors = affiliations[order], relations[order], actors[order]
        kept = _allowed(town, self.areas, affiliations, actors)
        affiliations, relations, actors = affiliations[kept], relations[kept], actors[kept]
        once = first_of_each(affiliations, relations, actors)
        return Meetings(
            np.full(len(self.areas), KIND_CODE[kind], np.uint8),
            self.areas.astype(np.int32),
            affiliations[once],
            relations[once].astype(np.uint8),
            actors[once],
        )


def _allowed(town: Town, homes: LongArray, affiliations: LongArray, actors: LongArray) -> LongArray:
    """Return the rows that cross no water and give a deprived community no such partner."""
    areas = town.areas[actors]
    kept = town.island_of_area[areas] == town.island_of_area[homes[affiliations]]
    columns = COLUMN_BIT_OF_KIND[town.kinds[actors]]
    # At home in a deprived community: who it must not meet stays away.
    kept &= (columns & town.deprived_of_area[homes[affiliations]]) == 0
    # Elsewhere: the community itself stays away.
    present = np.zeros(len(homes), np.uint8)
    np.bitwise_or.at(present, affiliations[kept], columns[kept])
    is_community = town.kinds[actors] == KIND_CODE["Community"]
    kept &= ~(is_community & ((town.deprived_of_area[areas] & present[affiliations]) != 0))
    return np.flatnonzero(kept)


def draw_meetings(town: Town) -> Meetings:
    """Return everything but the projects. Time O(m log m)."""
    found = None
    for draw in (_councils, _alliances, _groups, _spaces, _funds, _platforms, _agreements):
        more = draw(town, Chance(town.plan.seed, draw.__name__))
        found = more if found is None else joined(found, more)
    if found is None:
        raise AssertionError("there are kinds of affiliations")
    return found


def _communities(town: Town, chance: Chance, share: float) -> LongArray:
    """Return the areas of about ``share`` of the communities, of one at least."""
    communities = town.tree.at(3)
    chosen = np.flatnonzero(chance.flags(len(communities), share))
    return communities[chosen if len(chosen) else np.arange(1)].astype(np.int64)


def _own(town: Town, areas: LongArray) -> LongArray:
    return town.starts["Community"] + town.community_at[areas]


def _councils(town: Town, chance: Chance) -> Meetings:
    """Deliberation councils of residents: small enough for everyone to know everyone."""
    agenda = _Agenda(town, chance, _communities(town, chance, 0.7))
    agenda.take("INITIATES", _own(town, agenda.areas))
    agenda.take("PARTICIPATES_IN", town.starts["PartyOrganisation"] + agenda.areas, 0.8)
    for kind, n in (
        ("Compound", 2), ("CommunityOrganisation", 3), ("VolunteerTeam", 2), ("Merchant", 2),
    ):  # fmt: skip
        agenda.draw("PARTICIPATES_IN", (kind,), 0.75, n=n, climbs=False)
    agenda.draw("ADVISES", ("SocialWorker",), 0.3, climbs=False)
    return agenda.meetings("Mechanism")


def _alliances(town: Town, chance: Chance) -> Meetings:
    """Alliances of merchants, some of whom take points."""
    agenda = _Agenda(town, chance, _communities(town, chance, 0.15))
    agenda.take("INITIATES", _own(town, agenda.areas))
    for _ in range(8):
        agenda.draw("PARTICIPATES_IN", ("Merchant",), 0.9, (0.5, 0.5))
        agenda.draw("REDEEMS_AT", ("Merchant",), 0.9, (0.5, 0.5))
    return agenda.meetings("Mechanism")


def _groups(town: Town, chance: Chance) -> Meetings:
    """Coordination groups of the streets."""
    agenda = _Agenda(town, chance, town.tree.at(2))
    agenda.take("INITIATES", town.of("StreetOffice"))
    agenda.take("OPERATES", town.of("SocialWorkStation"))
    agenda.draw("PARTICIPATES_IN", ("SocialOrganisation",), 0.8, (0.7, 0.3), n=2)
    agenda.draw("PARTICIPATES_IN", ("Enterprise",), 0.7, n=2)
    agenda.draw("PARTICIPATES_IN", ("Community",), 0.9, n=3)
    agenda.draw("ADVISES", ("MassOrganisation", "GovernmentAgency"), 0.6, (0.0, 1.0))
    return agenda.meetings("Mechanism")


def _spaces(town: Town, chance: Chance) -> Meetings:
    """Shared rooms, centres and gardens."""
    agenda = _Agenda(town, chance, _communities(town, chance, 0.85))
    agenda.take("LOCATED_IN", _own(town, agenda.areas))
    agenda.take("HOSTS", _own(town, agenda.areas), 0.6)
    agenda.draw("HOSTS", ("Compound", "Merchant"), 0.4, climbs=False)
    agenda.draw("OPERATES", ("SocialOrganisation",), 0.5, NEAR[1:])
    agenda.draw("OPERATES", ("CommunityOrganisation",), 0.5, climbs=False)
    agenda.draw("PARTICIPATES_IN", ("VolunteerTeam",), 0.8, n=2, climbs=False)
    agenda.draw("PARTICIPATES_IN", ("CommunityOrganisation",), 0.7, climbs=False)
    agenda.draw("DONATES_TO", ("Enterprise",), 0.15, (0.0, 0.6, 0.2, 0.2))
    return agenda.meetings("Space")


def _funds(town: Town, chance: Chance) -> Meetings:
    """Community funds."""
    agenda = _Agenda(town, chance, _communities(town, chance, 0.2))
    agenda.take("INITIATES", _own(town, agenda.areas))
    agenda.draw("FUNDS", ("Merchant",), 0.7, n=3, climbs=False)
    agenda.draw("FUNDS", ("Enterprise",), 0.6, (0.0, 0.6, 0.2, 0.2))
    agenda.draw("OPERATES", ("Foundation",), 0.5)
    return agenda.meetings("Fund")


def _platforms(town: Town, chance: Chance) -> Meetings:
    """Online platforms of the streets."""
    agenda = _Agenda(town, chance, town.tree.at(2))
    agenda.take("INITIATES", town.of("StreetOffice"))
    agenda.draw("OPERATES", ("SocialOrganisation", "Enterprise"), 0.9, NEAR)
    agenda.draw("PARTICIPATES_IN", ("Community",), 0.8, n=6)
    agenda.draw("PARTICIPATES_IN", ("Enterprise",), 0.6, (0.5, 0.3, 0.2), n=3)
    return agenda.meetings("Platform")


def _agreements(town: Town, chance: Chance) -> Meetings:
    """Co-building agreements of a community with units and enterprises around it."""
    agenda = _Agenda(town, chance, _communities(town, chance, 0.4))
    agenda.take("INITIATES", _own(town, agenda.areas))
    agenda.draw("PARTICIPATES_IN", INSTITUTIONS, 0.9, (0.0, 0.8, 0.2))
    agenda.draw("PARTICIPATES_IN", ("Enterprise",), 0.5, (0.0, 0.6, 0.3, 0.1))
    return agenda.meetings("Agreement")


def draw_projects(town: Town, n: int, batch: int) -> Meetings:
    """Return n projects; each ``batch`` is another draw. Time O(n log n)."""
    chance = Chance(town.plan.seed, f"projects {batch}")
    home = town.pool("Community").near(chance, np.zeros(n, np.int64))
    agenda = _Agenda(town, chance, town.areas[home])
    agenda.take("LOCATED_IN", home)
    _lead(agenda, chance, "INITIATES", (
        (0.35, ("StreetOffice",), (0.0, 1.0)),
        (0.25, ("SocialOrganisation",), (0.0, 0.5, 0.3, 0.2)),
        (0.15, ("Enterprise", "Merchant"), (0.2, 0.4, 0.2, 0.2)),
        (0.15, ("Community", "CommunityOrganisation"), (1.0,)),
        (0.10, ("GovernmentAgency", "MassOrganisation"), (0.0, 0.0, 0.8, 0.2)),
    ))  # fmt: skip
    _lead(agenda, chance, "FUNDS", (
        (0.30, ("StreetOffice",), (0.0, 1.0)),
        (0.20, ("GovernmentAgency",), (0.0, 0.0, 0.8, 0.2)),
        (0.20, ("Foundation",), (1.0,)),
        (0.20, ("Enterprise",), (0.0, 0.5, 0.2, 0.3)),
    ))  # fmt: skip
    _lead(agenda, chance, "OPERATES", (
        (0.65, ("SocialOrganisation",), (0.0, 0.5, 0.3, 0.2)),
        (0.20, ("SocialWorkStation",), (0.0, 1.0)),
        (0.15, ("CommunityOrganisation",), (1.0,)),
    ))  # fmt: skip
    agenda.draw("SUPPLIES_VOLUNTEERS", ("VolunteerTeam",), 0.6, (0.7, 0.2, 0.1))
    agenda.draw("PARTICIPATES_IN", ("Community",), 0.5, (0.0, 0.8, 0.2), n=2)
    agenda.draw("PARTICIPATES_IN", ("CommunityOrganisation",), 0.4, n=2)
    agenda.draw("PARTICIPATES_IN", ("Merchant",), 0.3)
    agenda.draw("PARTICIPATES_IN", INSTITUTIONS, 0.15, (0.0, 0.8, 0.2))
    return agenda.meetings("Project")


def _lead(
    agenda: _Agenda,
    chance: Chance,
    relation: str,
    options: tuple[tuple[float, tuple[str, ...], tuple[float, ...]], ...],
) -> None:
    """Give each project one lead from the options, by their shares; from none where they end."""
    option = chance.steps(len(agenda.areas), (*(share for share, _, _ in options), 0.0))
    for code, (_, kinds, shares) in enumerate(options):
        agenda.lead(relation, kinds, shares, option == code)
