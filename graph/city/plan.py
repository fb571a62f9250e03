"""What a synthetic city is asked to be, and the truth planted in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from graph.errors import InvalidArgument
from graph.text import Text

MIN_ACTORS = 500
MAX_ACTORS = 5_000_000
MIN_ORGANISATIONS = 100
_MONTH = re.compile(r"^(19|20)\d{2}-(0[1-9]|1[0-2])$")


@dataclass(frozen=True, slots=True)
class CityPlan:
    """The parameters of a city; the same plan gives the same city.

    Attributes
    ----------
    n_actors : number of actors, volunteers counted; projects, spaces and the like come on top.
    seed : any number from 0.
    volunteer_share : share of the actors that are volunteers, one by one, 0.6 to 0.9.
    mean_degree : partners of an actor in the actor network, on average, 3.5 to 12. Projects are
        drawn until it is reached; what the offices, teams and shops of a city need in any case
        gives about 3.
    n_hubs, n_brokers, n_gaps : how many of each are planted, see `Truth`.
    first, last : the months (``YYYY-MM``) in which everything dated lies.

    Raises `InvalidArgument` for a value outside its range.
    """

    n_actors: int
    seed: int = 0
    volunteer_share: float = 0.75
    mean_degree: float = 4.0
    n_hubs: int = 0
    n_brokers: int = 0
    n_gaps: int = 0
    first: str = "2008-01"
    last: str = "2026-06"

    def __post_init__(self) -> None:
        _check_range("n_actors", self.n_actors, MIN_ACTORS, MAX_ACTORS)
        _check_range("seed", self.seed, 0, 2**63 - 1)
        _check_range("volunteer_share", self.volunteer_share, 0.6, 0.9)
        _check_range("mean_degree", self.mean_degree, 3.5, 12)
        for name in ("n_hubs", "n_brokers", "n_gaps"):
            _check_range(name, getattr(self, name), 0, 1_000)
        for name in ("first", "last"):
            if not _MONTH.match(getattr(self, name)):
                raise InvalidArgument(
                    name,
                    Text(
                        f"{name} 应是 2008-01 这样的年月，不是“{getattr(self, name)}”。",
                        f"{name} is a month such as 2008-01, not “{getattr(self, name)}”.",
                    ),
                )
        if self.last[:4] <= self.first[:4]:
            raise InvalidArgument(
                "last",
                Text("last 至少要比 first 晚一年。", "last is in a later year than first."),
            )
        if self.n_actors - self.n_volunteers < MIN_ORGANISATIONS:
            raise InvalidArgument(
                "n_actors",
                Text(
                    f"{self.n_actors} 个主体除去志愿者后不足 {MIN_ORGANISATIONS} 个，"
                    "请增加主体或降低志愿者比例。",
                    f"Of {self.n_actors:,} actors fewer than {MIN_ORGANISATIONS} would be no "
                    "volunteers; ask for more actors or a smaller share of volunteers.",
                ),
            )

    @property
    def n_volunteers(self) -> int:
        """The number of volunteers."""
        return round(self.n_actors * self.volunteer_share)


def _check_range(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise InvalidArgument(
            name,
            Text(
                f"{name} 应在 {least} 到 {most} 之间，不是 {value}。",
                f"{name} is between {least} and {most}, not {value}.",
            ),
        )


@dataclass(frozen=True, slots=True)
class PlantedHub:
    """A social organisation through which ``enterprises`` and ``communities`` meet, and only there.

    Each of them is its direct partner; no listed enterprise has another partner in common with
    any listed community.
    """

    id: str
    enterprises: tuple[str, ...]
    communities: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class PlantedBroker:
    """A social organisation without which all of ``cut_off`` loses every path to the rest.

    ``communities`` are those of ``cut_off`` that are communities; its partners there.
    """

    id: str
    communities: tuple[str, ...]
    cut_off: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class PlantedGap:
    """Something missing on purpose; no other actor of the city lacks the same.

    sort : ``community``, one with no partner of ``columns`` (of the five 社) by the rule of
        coverage; ``need``, a need of domain and resource that nobody in the city offers;
        ``isolated``, an actor without any tie.
    """

    sort: Literal["community", "need", "isolated"]
    id: str
    why: Text
    columns: tuple[str, ...] = ()
    domain: str | None = None
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """All that was planted."""

    hubs: tuple[PlantedHub, ...] = ()
    brokers: tuple[PlantedBroker, ...] = ()
    gaps: tuple[PlantedGap, ...] = ()
