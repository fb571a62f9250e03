"""The platform card of the sample's hub: its sentences, and the ways to get it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.errors import NotFound
from graph.explorer import Explorer
from graph.questions.platform_card import as_document, platform_card
from graph.settings import Settings
from graph.store.database import Database
from tests.oracles.numbers import names_in, numbers_in, numbers_of

ACTORS = ("hezhongzeyi", "beilangdong", "kangmingsi", "changshouyuan", "zhikun", "jianwai")


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


@pytest.mark.parametrize("actor", ACTORS)
def test_every_number_in_a_sentence_is_in_the_data(explorer: Explorer, actor: str) -> None:
    document = as_document(platform_card(explorer, actor))
    known, names = numbers_of(document), names_in(document)
    sentences = [
        document["reason"],
        document["without"]["reason"],
        *(item["reason"] for item in document["without"]["lost_sectors"]),
        *(item["reason"] for item in document["stand_ins"]),
    ]
    for sentence in sentences:
        for text in sentence.values():
            assert numbers_in(text, names) <= known, text


def test_hezhongzeyi_is_the_only_way(explorer: Explorer) -> None:
    document = as_document(platform_card(explorer, "hezhongzeyi"))
    assert document["n_sole_pairs"] > 0
    assert {"OPERATES", "ADVISES"} <= {role["relation"] for role in document["roles"]}
    assert document["without"]["n_cut_off"] > 0


def test_an_affiliation_has_no_card(explorer: Explorer) -> None:
    with pytest.raises(NotFound):
        platform_card(explorer, "cvsc")


def test_api(sample: Database, settings_of_session: Settings) -> None:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    client = TestClient(app, raise_server_exceptions=False)
    answer = client.get("/api/v1/actors/hezhongzeyi/platform-card").json()
    assert answer["actor"]["id"] == "hezhongzeyi"
    assert client.get("/api/v1/actors/nobody/platform-card").status_code == 404
