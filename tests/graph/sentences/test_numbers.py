"""Every number that a sentence states is in the answer that it stands in."""

from __future__ import annotations

from typing import Any

import pytest

from graph import documents
from graph.explorer import Explorer
from graph.store.database import Database
from tests.oracles.numbers import names_in, numbers_in, numbers_of


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


def check(sentence: dict[str, str], data: Any) -> None:
    """Both languages state the same numbers, and only such as the data have."""
    names, known = names_in(data), numbers_of(data)
    stated = {language: numbers_in(text, names) for language, text in sentence.items()}
    assert stated["zh"] <= known, (sentence["zh"], stated["zh"] - known)
    assert stated["en"] <= known, (sentence["en"], stated["en"] - known)


def test_brokers_and_hubs(explorer: Explorer) -> None:
    for line in (*explorer.brokers(), *explorer.hubs(), *explorer.hubs(like="hezhongzeyi")):
        document = documents.ranked(line)
        behind = documents.evidence(explorer.evidence(line.actor.id))
        check(document["reason"], {**document, **behind})


def test_evidence_and_roles(explorer: Explorer) -> None:
    for actor in explorer.network().actors:
        behind = documents.evidence(explorer.evidence(actor.id))
        check(behind["sentence"], behind)
        detail = documents.detail(explorer.actor(actor.id))
        partners = [documents.actor(p) for p in _partners(explorer, actor.id)]
        sectors = sorted({p["sector"] for p in partners})
        check(detail["role"], {**detail, "partners": partners, "sectors": sectors})


def _partners(explorer: Explorer, actor_id: str) -> list[Any]:
    network = explorer.network()
    return network.partners(network.index[actor_id])


def test_overview(explorer: Explorer) -> None:
    document = documents.overview(explorer.overview())
    gaps = [documents.gap(g) for g in explorer.gaps() if g.rule == "no_platform"]
    by_status = {s: [g["id"] for g in gaps if g["status"] == s] for s in ("open", "unknown")}
    check(document["sentence"], {**document, **by_status})


def test_numbers_are_found() -> None:
    assert numbers_in("1,204 对中有 3 对（12%），见“1+1”。") == {1204, 3, 12}
    assert numbers_in("北京 960 先锋荟有 5 家", ("960 先锋荟",)) == {5}
    assert numbers_of({"a": [1, 2.5, {"b": True, "c": None}], "d": 0.623}) >= {1, 2.5, 3, 62}
