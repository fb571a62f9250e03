"""The diagnosis of the sample's places, its sentences and its three ways out."""

from __future__ import annotations

import json

import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.questions.diagnosis import as_document, diagnosis, modes
from graph.settings import Settings
from graph.store.database import Database
from tests.oracles.numbers import names_in, numbers_in, numbers_of

PLACES = (
    "beilangdong", "hemei", "changshouyuan", "heshun", "fatou", "cvsc", "wuda-qingnian-xingdong",
    "beijing-shequ", "cvsc-shequ", "湖北省", "四川省/成都市", "lvcheng-xingfuli",
)  # fmt: skip


@pytest.fixture(scope="module")
def explorer(sample: Database) -> Explorer:
    return Explorer(sample)


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize("place", PLACES)
def test_every_number_in_a_sentence_is_in_the_data(explorer: Explorer, place: str) -> None:
    document = as_document(diagnosis(explorer, place))
    known, names = numbers_of(document), (*names_in(document), *document["name"].values())
    sentences = [
        document["reason"],
        *(
            item["reason"]
            for part in ("dimensions", "multi_actor", "lacks")
            for item in document[part]
        ),
        *([document["maturity"]["reason"]] if document["maturity"] else []),
    ]
    for sentence in sentences:
        for language in ("zh", "en"):
            stated = numbers_in(sentence[language], names)
            assert stated <= known, (sentence[language], stated - known)
        assert numbers_in(sentence["zh"], names) == numbers_in(sentence["en"], names), sentence


def test_a_state_of_the_data_is_diagnosed_once(explorer: Explorer) -> None:
    assert diagnosis(explorer, "hemei") is diagnosis(explorer, "hemei")


def test_what_is_no_place(explorer: Explorer) -> None:
    with pytest.raises(NotFound):
        diagnosis(explorer, "nowhere")
    with pytest.raises(InvalidArgument) as refused:
        diagnosis(explorer, "hezhongzeyi")
    assert "社区" in refused.value.message.zh


def test_every_community_once(explorer: Explorer) -> None:
    found = {node.id: mode for node, mode in modes(explorer)}
    assert found["hemei"] == "multi-actor"
    assert "fatou-shequ" not in found


def test_api(client: TestClient) -> None:
    answer = client.get("/api/v1/communities/beilangdong/diagnosis").json()
    assert answer["mode"] == "organisation-driven"
    assert answer["dimensions"][2]["evidence"][0]["source"]
    assert client.get("/api/v1/diagnosis", params={"for": "cvsc"}).json()["mode"] == (
        "government-driven"
    )
    area = client.get("/api/v1/diagnosis", params={"for": "四川省/成都市"}).json()
    assert (area["mode"], area["why_none"]) == (None, "mixed")
    assert client.get("/api/v1/diagnosis", params={"for": "kangmingsi"}).status_code == 400
    assert client.get("/api/v1/communities/nowhere/diagnosis").status_code == 404
    listed = client.get("/api/v1/communities").json()
    assert {i["actor"]["id"]: i["mode"] for i in listed["items"]}["changshouyuan"] == (
        "volunteer-led"
    )
    assert json.dumps(answer)
