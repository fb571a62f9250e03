"""The pages of brokers and hubs: what they say is what the API answers, cut and in any order."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph.questions.rankings import ORDERS
from graph.text import LANGUAGES, Language
from web.language import Catalogue, catalogues, number, read
from web.rankings import LIKENESS_FEATURES, MEASURES, N_LINES

HUB = "hezhongzeyi"
NAME = "北京和众泽益公益发展中心"
ZH = catalogues()["zh"]


def get(client: TestClient, address: str, language: Language = "zh", status: int = 200) -> str:
    client.cookies.clear()
    answer = client.get(address, headers={"cookie": f"lang={language}"})
    assert answer.status_code == status, answer.text
    assert "None" not in answer.text
    return answer.text


def api(client: TestClient, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def heading(html: str) -> str:
    (found,) = re.findall(r"<h1>(.*?)</h1>", html, re.S)
    return plain(found)


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def lines(html: str) -> list[tuple[int, str, str]]:
    """Return (number, id, everything) of each line of the list."""
    (listed,) = re.findall(r'<ol class="ranked ranking(?: alike)?">(.*?)</ol>', html, re.S)
    found = re.findall(r'<li value="(\d+)">(.*?)(?=<li value=|\Z)', listed, re.S)
    return [(int(n), re.findall(r'href="/actors/([^"#]+)"', body)[0], body) for n, body in found]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", list(ORDERS))
def test_a_page_says_what_the_api_answers(
    client: TestClient, slug: str, language: Language
) -> None:
    said = catalogues()[language]
    page = api(client, f"{slug}?limit={N_LINES}")
    html = get(client, f"/{slug}", language)
    first = page["items"][0]
    assert (first["actor"]["name_en"] if language == "en" else NAME) in heading(html)
    assert said.say("rankings.among", n=page["n_actors"]) in html
    shown = lines(html)
    assert [(n, who) for n, who, _ in shown] == [
        (item["rank"], item["actor"]["id"]) for item in page["items"]
    ]
    for (_, who, body), item in zip(shown, page["items"], strict=True):
        assert item["reason"][language] in plain(body)
        low, high = item["interval"]["low"], item["interval"]["high"]
        assert plain(re.findall(r'<p class="interval">(.*?)</p>', body)[0]).endswith(
            str(low) if low == high else f"{low}–{high}"
        )
        assert _places(body) == [
            (
                "—" if item["measures"][m] is None else number(item["measures"][m]),
                ""
                if not item["measures"][m]
                else said.say("rankings.place", rank=item["ranks"][m]),
            )
            for m in MEASURES[slug]  # type: ignore[index]
        ]
        assert f'href="/map?select={who}"' in body
        assert f'href="/api/v1/actors/{who}/evidence"' in body


def _places(body: str) -> list[tuple[str, str]]:
    (listed,) = re.findall(r'<dl class="places">(.*?)</dl>', body, re.S)
    cells = [plain(cell) for cell in re.findall(r"<dd[^>]*>(.*?)</dd>", listed, re.S)]
    return list(zip(cells[::3], cells[1::3], strict=True))


def test_a_picture_says_in_words_who_meets(client: TestClient) -> None:
    for (_, _, body), item in zip(
        lines(get(client, "/brokers")),
        api(client, f"brokers?limit={N_LINES}")["items"],
        strict=True,
    ):
        (words,) = re.findall(r'<svg class="chords".*?role="img" aria-label="([^"]*)"', body)
        assert unescape(words).count("对只经过它") == len(item["sector_pairs"])
        drawn = len(re.findall(r'<path d="[^"]*" stroke-width', body))
        assert drawn == len(item["sector_pairs"])
        assert len(re.findall(r'class="sole"', body)) == sum(
            pair["n_sole"] > 0 for pair in item["sector_pairs"]
        )


def test_every_number_opens_what_is_behind_it(client: TestClient) -> None:
    html = get(client, f"/actors/{HUB}")
    for slug in ORDERS:
        body = lines(get(client, f"/{slug}"))[0][2]
        anchors = set(re.findall(rf'href="/actors/{HUB}#([^"]+)"', body))
        assert anchors >= {"together", "measures"}
        for anchor in anchors:
            assert f'id="{anchor}"' in html


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("sector=community", "sector=community"),
        ("area=四川省/成都市", "within=四川省/成都市"),
        ("role=liaison&who=organisations", "role=liaison&who=organisations"),
        ("order=constraint", "order=constraint"),
        ("order=degree&sector=enterprise", "order=degree&sector=enterprise"),
    ],
)
def test_a_choice_is_in_the_address_and_in_the_controls(
    client: TestClient, page: str, asked: str
) -> None:
    found = api(client, f"brokers?{asked}&limit={N_LINES}")
    html = get(client, f"/brokers?{page}")
    order = found["order"]
    is_own = order == ORDERS["brokers"][0]
    assert [(n, who) for n, who, _ in lines(html)] == [
        (i["rank"] if is_own else i["ranks"].get(order, i["rank"]), i["actor"]["id"])
        for i in found["items"]
    ]
    assert number(found["total"]) in heading(html)
    for pair in page.split("&"):
        name, value = pair.split("=")
        if name == "area":
            assert f'name="area" type="text" list="areas" value="{value}"' in html
            assert ZH.say("rankings.whole", n=found["n_actors"]) in html
        else:
            assert f'<option value="{value}" selected>' in html
    (link,) = re.findall(r'href="(/api/v1/brokers\?[^"]*)"', html)
    assert client.get(unescape(link)).json()["total"] == found["total"]


def test_pages_go_on_under_the_same_heading(client: TestClient) -> None:
    first, second = (get(client, f"/brokers?offset={n}") for n in (0, 5))
    assert heading(first) == heading(second)
    assert lines(second)[0][1] == lines(first)[5][1]


@pytest.mark.parametrize("slug", list(ORDERS))
def test_the_table_has_every_measure_with_its_rank(client: TestClient, slug: str) -> None:
    page = api(client, f"{slug}?limit=100")
    html = get(client, f"/{slug}?as=table&order=liaison&lang=zh")
    (head,) = re.findall(r"<thead>(.*?)</thead>", html, re.S)
    headers = [plain(cell) for cell in re.findall(r"<th [^>]*>(.*?)</th>", head, re.S)]
    assert len(headers) == 8 + 2 * len(ORDERS[slug])  # type: ignore[index]
    rows = re.findall(r"<tr><td.*?</tr>", html, re.S)
    assert len(rows) == page["total"]
    cells = [plain(cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", rows[0], re.S)]
    assert len(cells) == len(headers)
    assert cells[3] == NAME
    (link,) = re.findall(rf'<a href="(/api/v1/{slug}\.csv\?[^"]*)" download>', html)
    table = client.get(unescape(link)).content.decode("utf-8-sig")
    assert len(table.splitlines()) == 1 + page["total"]
    assert '<input type="hidden" name="as" value="table">' in html


def test_what_fits_nobody_has_one_way_out(client: TestClient) -> None:
    html = get(client, "/brokers?who=persons")
    assert heading(html) == read("zh")["rankings.none_matching"]
    assert re.findall(r'<a class="button" href="([^"]*)">', html) == ["/brokers"]


@pytest.mark.parametrize("query", ["sector=x", "role=x", "who=x", "order=x", "area=无此区"])
def test_what_there_is_not_is_said_above_the_controls(client: TestClient, query: str) -> None:
    for slug in ORDERS:
        html = get(client, f"/{slug}?{query}", status=400)
        assert 'role="alert"' in html
        assert 'id="sector"' in html


def likeness(client: TestClient, like: str) -> list[str]:
    return [who for _, who, _ in lines(get(client, f"/hubs?like={like}"))]


def test_whom_hubs_are_like_is_chosen_by_name_too(client: TestClient) -> None:
    by_id = likeness(client, HUB)
    assert likeness(client, NAME) == by_id
    html = get(client, f"/hubs?like={HUB}")
    assert f'list="hubs" value="{NAME}"' in html
    (names,) = re.findall(r'<datalist id="hubs">(.*?)</datalist>', html)
    assert names.count("<option") == api(client, "hubs?limit=1")["total"]
    assert NAME in heading(html)


def test_of_a_likeness_every_feature_is_shown_beside_the_other(client: TestClient) -> None:
    page = api(client, f"hubs?like={HUB}&limit={N_LINES}")
    said: Catalogue = ZH
    for (_, _, body), item in zip(
        lines(get(client, f"/hubs?like={HUB}")), page["items"], strict=True
    ):
        shares = [item["measures"][f"similarity_{name}"] for name in LIKENESS_FEATURES]
        assert item["score"] == pytest.approx(sum(shares) / len(shares))
        places = _places(body)
        assert [share for share, _ in places] == [f"{round(100 * share)}%" for share in shares]
        for name, (_, both) in zip(LIKENESS_FEATURES, places, strict=True):
            own, other = item["measures"].get(name), page["like"]["measures"].get(name)
            assert both == (
                "" if own is None else said.say("hubs.both", own=number(own), other=number(other))
            )
        assert body.count('class="portion"') == len(LIKENESS_FEATURES)


def test_words_that_may_mean_several_ask_which(client: TestClient) -> None:
    html = get(client, "/hubs?like=社区")
    assert '<h2 id="which">' in html
    asked = re.findall(r'<a class="actor" href="(/hubs\?like=[^"]*)"', html)
    assert len(asked) > 1
    assert lines(get(client, unescape(asked[0])))


def test_nobody_of_that_name_is_said(client: TestClient) -> None:
    html = get(client, "/hubs?like=无此机构", status=404)
    assert "无此机构" in plain(re.findall(r'role="alert">(.*?)</p>', html)[0])
    assert re.findall(r'<a class="button" href="([^"]*)">', html) == ["/hubs"]


def test_on_paper_a_page_says_of_what_and_of_when_it_is(client: TestClient) -> None:
    html = get(client, "/brokers?area=四川省/成都市")
    (head,) = re.findall(r'<p class="printed-head">(.*?)</p>', html)
    words = plain(head)
    assert read("zh")["nav.brokers"] in words
    assert "四川省/成都市" in words
    assert re.search(r"\d{4}年\d+月\d+日", words)
