"""``network``: columns say the same as the whole, compressed and kept; measures, partners, PDF."""

from __future__ import annotations

import gzip
import json
import re

import networkx as nx
import pytest
from fastapi.testclient import TestClient

from api.app import create_api
from api.resources.network import MeasureColumns, NetworkColumns
from api.state import ServerState
from graph.settings import Settings
from graph.store.database import Database

HUB = "hezhongzeyi"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" font-family="a, b">'
    "<title>网络图</title>"
    '<rect x="0" y="0" width="200" height="100" fill="#ffffff"/>'
    '<g opacity="0.5"><path d="M1 1L20 20Z" fill="#ac4534"/></g>'
    '<text x="5" y="50" font-size="12">和众泽益 &amp; 伙伴</text></svg>'
)


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    return TestClient(app, raise_server_exceptions=False)


def get(client: TestClient, path: str) -> dict:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.mark.parametrize("query", ["", "?as_of=2018-12-31", "?sectors=community"])
def test_columns_say_the_same_as_the_whole(client: TestClient, query: str) -> None:
    whole, columns = get(client, f"network{query}"), get(client, f"network/columns{query}")
    NetworkColumns.model_validate(columns)
    actors, ties = columns["actors"], columns["ties"]
    assert actors["id"] == [a["id"] for a in whole["actors"]]
    assert [columns["kinds"][k] for k in actors["kind"]] == [a["kind"] for a in whole["actors"]]
    areas = [*columns["areas"], None]
    assert [areas[k] for k in actors["area"]] == [a["area"] for a in whole["actors"]]
    assert {actors["id"][i] for i in columns["groups"]} == {
        a["id"] for a in whole["actors"] if a["is_group"]
    }
    rows = zip(ties["source"], ties["target"], ties["weight"], ties["relation"], strict=True)
    for (i, j, weight, bits), tie in zip(rows, whole["ties"], strict=True):
        assert (actors["id"][i], actors["id"][j]) == (tie["source"], tie["target"])
        assert weight == pytest.approx(tie["weight"], rel=1e-5)
        relations = [r for k, r in enumerate(columns["relations"]) if bits >> k & 1]
        assert sorted(relations) == tie["relations"]
    assert (columns["total"], columns["projection"]) == (whole["total"], whole["projection"])


def test_bridges_are_those_that_networkx_finds(client: TestClient) -> None:
    columns = get(client, "network/columns")
    ties = list(zip(columns["ties"]["source"], columns["ties"]["target"], strict=True))
    expected = {tuple(sorted(tie)) for tie in nx.bridges(nx.Graph(ties))}
    assert {ties[k] for k in columns["bridges"]} == expected
    assert expected


def test_years_are_those_on_record(client: TestClient) -> None:
    columns = get(client, "network/columns")
    first, last = columns["years"]
    assert 1949 <= first < last <= 2026
    assert 0 < columns["n_undated"] < columns["n_stored_ties"]


@pytest.mark.parametrize("path", ["network/columns", "network/measures?measures=degree"])
def test_an_answer_is_compressed_and_sent_again_only_when_changed(
    client: TestClient, path: str
) -> None:
    address = f"/api/v1/{path}"
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert answer.headers["etag"] == plain.headers["etag"]
    again = client.get(address, headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_measures_are_in_the_order_of_the_columns(client: TestClient) -> None:
    ids = get(client, "network/columns")["actors"]["id"]
    answer = get(client, "network/measures?measures=betweenness,constraint,community")
    MeasureColumns.model_validate(answer)
    items = get(client, "measures?measures=betweenness,constraint,community&limit=1000")["items"]
    assert [item["actor"]["id"] for item in items] == ids
    for name, values in answer["measures"].items():
        for value, item in zip(values, items, strict=True):
            expected = item["measures"][name]
            assert value == (None if expected is None else pytest.approx(expected, rel=1e-5))
    assert None in answer["measures"]["constraint"]


def test_measures_on_a_day_are_those_of_that_day(client: TestClient) -> None:
    query = "as_of=2018-12-31"
    columns = get(client, f"network/columns?{query}")
    answer = get(client, f"network/measures?measures=degree&{query}")
    degree = dict(nx.Graph(zip(*list(columns["ties"].values())[:2], strict=True)).degree)
    expected = [degree.get(i, 0) for i in range(len(columns["actors"]["id"]))]
    assert answer["measures"]["degree"] == expected


def test_an_unknown_measure_is_refused_with_those_there_are(client: TestClient) -> None:
    response = client.get("/api/v1/network/measures?measures=pagerank")
    assert response.status_code == 400
    assert "betweenness" in response.json()["message"]["en"]


def test_partners_are_those_of_the_whole_with_where_they_meet(client: TestClient) -> None:
    whole = get(client, "network")
    names = {a["id"]: a["name"] for a in whole["affiliations"]}
    answer = get(client, f"network/partners?of={HUB}&limit=1000")
    expected = {
        (t["target"] if t["source"] == HUB else t["source"]): t
        for t in whole["ties"]
        if HUB in (t["source"], t["target"])
    }
    assert {item["actor"]["id"] for item in answer["items"]} == set(expected)
    for item in answer["items"]:
        tie = expected[item["actor"]["id"]]
        assert item["relations"] == tie["relations"]
        assert [via["name"] for via in item["via"]] == [names[v] for v in tie["via"]]
    weights = [item["weight"] for item in answer["items"]]
    assert weights == sorted(weights, reverse=True)
    assert client.get("/api/v1/network/partners?of=nobody").status_code == 404


def post(client: TestClient, svg: str) -> tuple[int, bytes]:
    answer = client.post(
        "/api/v1/network/picture.pdf",
        content=svg.encode(),
        headers={"Content-Type": "image/svg+xml"},
    )
    return answer.status_code, answer.content


def test_a_picture_becomes_a_pdf_with_its_fonts(client: TestClient) -> None:
    status, pdf = post(client, SVG)
    assert status == 200
    assert pdf.startswith(b"%PDF-")
    assert b"/FontFile" in pdf
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>",
        '<image href="file:///etc/passwd"/>',
        '<rect onload="x"/>',
        '<rect fill="url(#a)"/>',
        '<text style="font-family:x">a</text>',
        "<foreignObject/>",
    ],
)
def test_anything_but_a_drawing_is_refused(client: TestClient, part: str) -> None:
    status, body = post(client, SVG.replace("<g ", f"{part}<g "))
    assert status == 400
    assert set(json.loads(body)["message"]) == {"zh", "en"}


@pytest.mark.parametrize("svg", ["", "<html/>", "<svg", '<!DOCTYPE x [<!ENTITY a "b">]>' + SVG])
def test_what_is_no_picture_is_refused(client: TestClient, svg: str) -> None:
    assert post(client, svg)[0] == 400


def test_a_picture_that_is_too_large_is_refused(client: TestClient) -> None:
    status, body = post(client, SVG.replace("和众泽益", "和" * 3_000_000))
    assert status == 400
    assert "8 MB" in json.loads(body)["message"]["zh"]
