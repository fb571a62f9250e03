"""Cities that several modules look at; drawn once, never changed."""

from __future__ import annotations

import pytest

from graph.city.arrays import City
from graph.city.draw import draw_city
from graph.city.plan import CityPlan


@pytest.fixture(scope="session")
def planted_city() -> City:
    """Return a city of 4,000 actors with everything planted."""
    return draw_city(CityPlan(4_000, seed=11, n_hubs=2, n_brokers=2, n_gaps=15))


@pytest.fixture(scope="session")
def plain_city() -> City:
    """Return a city of 20,000 actors with nothing planted."""
    return draw_city(CityPlan(20_000, seed=5))
