"""The query page: what it runs and shows, what it refuses and keeps, who never reaches it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx2
import openpyxl
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from api.jobs import Jobs
from graph.query.library import library, rule_queries
from web.language import read
from web.query import MAX_ADDRESS, LongStatements

HUB = "hezhongzeyi"
EVIL = "=HYPERLINK(\"http://x\")"  # fmt: skip
LONG = "UNWIND range(1, 100000000) AS i UNWIND range(1, 1000) AS j RETURN count(*) AS n"
PERSON = {"Accept": "text/html,application/xhtml+xml"}


def get(client: TestClient, cypher: str, **more: Any) -> Any:
    return client.get("/query", params={"cypher": cypher, "lang": "en", **more})


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def statement(page: str) -> str:
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def cells(page: str) -> list[list[str]]:
    """Return the cells of the table of rows, as markup."""
    table = re.search(r'<table class="sortable rows".*?</table>', page, re.DOTALL)
    assert table, page
    rows = re.findall(r"<tr>(.*?)</tr>", table[0], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


# -- what can be asked --------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_what_can_be_asked(client: TestClient, language: str) -> None:
    page = client.get(f"/query?lang={language}").text
    snapshot = client.get("/api/v1/overview").json()["snapshot"]
    assert str(snapshot["n_actors"]) in heading(page)
    assert statement(page) == ""
    text = html.unescape(page)
    for found in library():
        assert f'href="/query?library={found.slug}"' in page
        assert getattr(found.title, language) in text
        assert found.answers is not None
        assert getattr(found.answers, language) in text
    for rule in rule_queries():
        assert f'href="/query?rule={rule.slug}"' in page
    assert "(:Stakeholder|Affiliation)-[:LOCATED_IN]->(:Stakeholder|Area)" in text
    n_communities = get(client, "MATCH (n:Community) RETURN count(n) AS n").text
    assert f'<td class="n">{cells(n_communities)[1][0]}</td>' in page


def test_a_ready_query_runs_at_a_click(client: TestClient) -> None:
    for found in library():
        page = client.get(f"/query?library={found.slug}&lang=en").text
        assert heading(page).startswith(f"{found.title.en}: "), found.slug
        assert " in " in heading(page)
        assert found.is_text(statement(page))
        assert len(cells(page)) > 1
        for p in found.parameters:
            assert f'name="p.{p.name}" type="text" value="{p.default}"' in page


def test_a_parameter_of_a_ready_query_is_typed(client: TestClient) -> None:
    page = client.get(f"/query?library=partners_of_an_actor&p.actor={HUB}&lang=zh").text
    assert "星巴克" in page
    few = client.get("/query?library=meeting_places&p.at_least=5").text
    assert len(cells(few)) < len(cells(client.get("/query?library=meeting_places").text))
    for wrong in ("p.at_least=many", "p.at_least=2.5", "p.no_such=1"):
        answer = client.get(f"/query?library=meeting_places&{wrong}&lang=en")
        assert answer.status_code == 400
        assert heading(answer.text) == read("en")["query.failed"]
        assert statement(answer.text).startswith("MATCH (f:Affiliation)")
    assert 'value="many"' in client.get("/query?library=meeting_places&p.at_least=many").text
    assert client.get("/query?library=no_such").status_code == 404


# -- where a form leads -------------------------------------------------------------------------


def sent(client: TestClient, **form: str) -> str:
    answer = client.post("/query", data=form, follow_redirects=False)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_the_address_keeps_what_was_asked(client: TestClient) -> None:
    own = "MATCH (n {id: $id})\r\nRETURN n.name AS name"
    address = sent(client, cypher=own, parameters='{"id": "hezhongzeyi"}', limit="7", timeout="30")
    given = parse_qs(urlsplit(address).query)
    assert given == {
        "cypher": [own.replace("\r\n", "\n")],
        "parameters": ['{"id": "hezhongzeyi"}'],
        "limit": ["7"],
    }
    page = client.get(address + "&lang=en").text
    assert cells(page)[1:] == [["北京和众泽益公益发展中心"]]
    assert statement(page) == own.replace("\r\n", "\n")
    assert f'value="http://localhost{html.escape(address)}"' in page


def test_an_address_written_by_hand_names_parameters(client: TestClient) -> None:
    page = get(client, "RETURN $a AS a, $b AS b, $c AS c", **{"p.a": "7", "p.b": "x", "p.c": "[1]"})
    assert cells(page.text)[1] == ["7", "x", "1"]


def test_a_ready_query_stays_one_until_it_is_changed(client: TestClient) -> None:
    found = next(q for q in library() if q.slug == "common_partners")
    form = {"library": found.slug, "p.actor": HUB, "limit": "100", "timeout": "30"}
    lines = found.cypher.replace("\n", "\r\n") + "\r\n"
    assert sent(client, cypher=lines, **form) == f"/query?library=common_partners&p.actor={HUB}"
    changed = sent(client, cypher=found.cypher + "\nLIMIT 1", **form)
    given = parse_qs(urlsplit(changed).query)
    assert json.loads(given["parameters"][0]) == {"actor": HUB}
    page = client.get(changed + "&lang=en").text
    assert heading(page).startswith("Your statement: 1 row in ")


def test_a_statement_too_long_for_an_address_is_kept_for_a_while(client: TestClient) -> None:
    long = "RETURN 1 AS x // " + "字" * (MAX_ADDRESS // 5)
    address = sent(client, cypher=long)
    assert len(address) < 100
    page = client.get(f"{address}&lang=en")
    assert statement(page.text) == long
    assert cells(page.text)[1] == ["1"]
    assert html.escape(read("en")["query.kept"]) in page.text
    assert 'id="link"' not in page.text
    gone = client.get("/query?kept=0123456789abcdef&lang=en")
    assert gone.status_code == 404
    assert "is gone now" in gone.text


def test_only_the_newest_long_statements_are_kept() -> None:
    from web.query import Asked, LongStatementForgotten

    kept = LongStatements()
    names = [kept.keep(Asked(f"RETURN {i}")) for i in range(kept.N_KEPT + 1)]
    assert kept.get(names[-1]).cypher == f"RETURN {kept.N_KEPT}"
    with pytest.raises(LongStatementForgotten):
        kept.get(names[0])


# -- rows ---------------------------------------------------------------------------------------


def test_values_are_shown_as_a_person_reads_them(client: TestClient) -> None:
    page = get(
        client,
        "MATCH (a {id: 'hezhongzeyi'})-[r:SUPPORTS]->(b {id: 'beilangdong'}) "
        "RETURN a, r, null AS nothing, [1, 'x'] AS list, {k: true} AS map, "
        "'<script>alert(1)</script>' AS evil, 0.1 + 0.2 AS float, 2018 AS year, "
        "0.0 / 0.0 AS nan, a.id AS id, [(a)-[t:SUPPORTS]->(b) | t][0] IS NULL AS flag, [] AS none",
    ).text
    header, row = cells(page)
    shown = dict(zip(header, row, strict=True))
    assert f'href="/actors/{HUB}"' in shown["a"]
    assert "Beijing HeZhongZeYi" in shown["a"]
    assert "<code>SUPPORTS</code>" in shown["r"]
    assert "supports" in shown["r"]
    assert shown["nothing"] == '<span class="undefined">—</span>'
    assert read("en")["query.nothing"] in html.unescape(page)
    assert shown["list"] == "1, x"
    assert shown["map"] == "<b>k</b> true"
    assert shown["evil"] == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert shown["float"] == "0.30000000000000004"
    assert shown["year"] == "2018"
    assert shown["nan"] == "NaN"
    assert shown["id"] == f'<a href="/actors/{HUB}">{HUB}</a>'
    assert shown["flag"] == "false"
    assert shown["none"] == "[]"
    assert "None" not in page


def test_a_path_reads_from_end_to_end(client: TestClient) -> None:
    page = get(client, "MATCH p = (:Community {id: 'beilangdong'})--(:Stakeholder) RETURN p").text
    assert re.search(r"— <code>\w+</code> — <a ", cells(page)[1][0])


def test_the_actors_among_the_rows_are_on_the_map(client: TestClient) -> None:
    some = get(client, "MATCH (n:Stakeholder) RETURN n.id AS who ORDER BY who LIMIT 3").text
    ids = [re.sub("<.*?>", "", row[0]) for row in cells(some)[1:]]
    assert f'href="/map?pick={",".join(map(quote, ids))}"' in some
    one = get(client, f"MATCH (n {{id: '{HUB}'}}) RETURN n").text
    assert f'href="/map?select={HUB}"' in one
    assert "/map?" not in get(client, "RETURN 'nobody' AS who").text.partition('id="rows"')[2]


def test_a_part_says_that_it_is_one(client: TestClient) -> None:
    page = get(client, "UNWIND range(1, 9) AS i RETURN i", limit=5).text
    assert "the first 5 rows of more" in heading(page)
    assert read("en")["query.more"] in html.unescape(page)
    wide = "UNWIND range(1, 1000) AS i RETURN " + ", ".join(f"i AS c{k}" for k in range(40))
    page = get(client, wide, limit=1000).text
    assert "first 500 of the 1,000 rows" in page
    assert len(cells(page)) == 501
    page = get(client, "RETURN range(1, 500) AS l, reduce(s = '', i IN range(1, 3000) | s + 'a')")
    assert "500 in all" in page.text
    assert read("en")["query.shortened"] in html.unescape(page.text)
    assert "a" * 2001 not in page.text.partition('id="rows"')[2]


def test_no_row_is_said(client: TestClient) -> None:
    page = get(client, "MATCH (n:Nothing) RETURN n").text
    assert heading(page).startswith("Your statement: 0 rows in ")
    assert "No row fits." in page


# -- files --------------------------------------------------------------------------------------

TABLE = (
    "UNWIND [[$evil, -1.5, null, true, [1, 'a'], 12345678901234567890.0 / 1e19, 2 ^ 62],"
    " ['-1+1', -2, '', false, {a: null}, 0.5, -3]] AS row"
    " RETURN row[0] AS `=text`, row[1] AS n, row[2] AS nothing, row[3] AS flag, row[4] AS list,"
    " row[5] AS f, toInteger(row[6]) AS big"
)


def taken(client: TestClient, slug: str, cypher: str = TABLE) -> Any:
    form = {"cypher": cypher, "parameters": json.dumps({"evil": EVIL}), "format": slug}
    answer = client.post("/query/file", data=form)
    assert answer.status_code == 200, answer.text
    name = answer.headers["content-disposition"]
    assert name == f'attachment; filename="wushe-query.{slug}"'
    return answer.content


def test_csv_is_for_excel_and_runs_nothing(client: TestClient) -> None:
    content = taken(client, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["'=text", "n", "nothing", "flag", "list", "f", "big"]
    assert rows[1][:5] == [f"'{EVIL}", "-1.5", "", "true", '[1, "a"]']
    assert rows[2] == ["'-1+1", "-2", "", "false", '{"a": null}', "0.5", "-3"]
    assert rows[1][6] == str(2**62)


def test_a_workbook_has_numbers_and_no_formula(client: TestClient) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx"))).active
    first, second = ([cell.value for cell in row] for row in list(sheet.rows)[1:])
    assert first[:5] == [EVIL, -1.5, None, True, '[1, "a"]']
    assert first[6] == str(2**62)
    assert second[0] == "-1+1"
    assert second[5:] == [0.5, -3]
    assert {cell.data_type for row in sheet.rows for cell in row} <= {"inlineStr", "s", "n", "b"}
    assert sheet.freeze_panes == "A2"
    control = "RETURN 'a' + $evil AS x, '\\b' AS y"
    assert openpyxl.load_workbook(io.BytesIO(taken(client, "xlsx", control))).active["B2"].value


def test_json_is_what_the_api_answers(client: TestClient) -> None:
    document = json.loads(taken(client, "json"))
    request = {"cypher": TABLE, "parameters": {"evil": EVIL}}
    answer = client.post("/api/v1/query", json=request).json()
    assert document["columns"] == answer["columns"]
    assert document["rows"] == answer["rows"]
    assert document["truncated"] is False


def test_a_file_has_more_rows_than_the_page_and_says_if_not_all(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = taken(client, "csv", "UNWIND range(1, 1500) AS i RETURN i").decode("utf-8-sig")
    assert rows.count("\r\n") == 1501
    monkeypatch.setattr("web.query.MAX_ROWS", 1200)
    many = {"cypher": "UNWIND range(1, 1500) AS i RETURN i", "format": "csv"}
    answer = client.post("/query/file", data=many)
    assert "wushe-query-first-1200.csv" in answer.headers["content-disposition"]
    assert client.post("/query/file", data={**many, "format": "exe"}).status_code == 400
    refused = client.post("/query/file", data={"cypher": "CREATE (n)", "format": "csv"})
    assert refused.status_code == 403


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "cypher", "more", "said"),
    [
        (400, "RETRN 1", {}, "Invalid input 'RETRN'"),
        (400, "RETURN $missing AS x", {}, "Expected parameter"),
        (400, "RETURN 1 AS x", {"parameters": "{id: 1}"}, "no JSON object"),
        (400, "RETURN 1 AS x", {"parameters": "[1]"}, "no JSON object"),
        (400, "RETURN 1 AS x", {"limit": "0"}, "from 1 to 1,000"),
        (400, "RETURN 1 AS x", {"limit": "many"}, "from 1 to 1,000"),
        (400, "RETURN 1 AS x", {"timeout": "61"}, "from 1 to 60"),
        (403, "CREATE (n) RETURN n", {}, "only be read"),
        (403, "SHOW SETTINGS", {}, "only read"),
        (403, "LOAD CSV FROM 'http://x' AS l RETURN l", {}, "only read"),
        (413, "RETURN range(1, 5000000) AS x", {}, "16 MB"),
        (504, LONG, {"timeout": "1"}, "more than 1 seconds"),
    ],
)
def test_a_refusal_says_why_and_keeps_the_statement(
    client: TestClient, status: int, cypher: str, more: dict[str, str], said: str
) -> None:
    answer = get(client, cypher, **more)
    assert answer.status_code == status, answer.text
    text = html.unescape(answer.text)
    assert heading(answer.text) == read("en")["query.failed"]
    problem = re.search(r'id="problem" role="alert">(.*?)</p>', text)
    assert problem
    assert said in problem[1]
    assert statement(answer.text) == cypher
    assert 'aria-describedby="problem"' in answer.text
    for name, value in more.items():
        assert f'name="{name}"' in answer.text
        assert f'value="{html.escape(value)}"' in answer.text


def test_a_mistake_is_marked_in_its_line(client: TestClient) -> None:
    page = get(client, "MATCH (n)\nWHERE n.x = 1\nRETRN n <b>\n// end").text
    assert 'aria-label="The statement around line 3"' in page
    assert '<li value="3"><code><mark>RETRN</mark> n &lt;b&gt;</code></li>' in page
    assert '<li value="2"><code>WHERE n.x = 1</code></li>' in page
    zh = client.get("/query", params={"cypher": "RETURN  m", "lang": "zh"}).text
    assert "第 1 行" in zh
    assert "<code>RETURN  <mark>m</mark></code>" in zh


def test_another_site_starts_nothing(client: TestClient) -> None:
    elsewhere = {"sec-fetch-site": "cross-site"}
    answer = client.get("/query?cypher=RETURN%20123456789&lang=en", headers=elsewhere)
    assert answer.status_code == 200
    assert heading(answer.text) == read("en")["query.not_run"]
    assert statement(answer.text) == "RETURN 123456789"
    assert "sortable rows" not in answer.text
    own = {"sec-fetch-site": "same-origin"}
    assert "sortable rows" in client.get("/query?cypher=RETURN%20123456789", headers=own).text
    assert client.post("/query", data={"cypher": "RETURN 1"}, headers=elsewhere).status_code == 403
    form = {"cypher": "RETURN 1", "format": "csv"}
    assert client.post("/query/file", data=form, headers=elsewhere).status_code == 403


def test_no_link_that_is_shared_leads_here(client: TestClient) -> None:
    def shared(address: str, **hides: object) -> Any:
        made = client.post("/api/v1/views", json={"name": "x", "address": address})
        assert made.status_code == 201, made.text
        return client.post(f"/api/v1/views/{made.json()['id']}/shares", json=hides)

    names = "/query?cypher=MATCH%20(n)%20RETURN%20n.name"
    refused = shared(names)
    if refused.status_code == 201:
        assert client.get(f"/shared/{refused.json()['token']}").status_code == 404
    token = shared("/gaps", hides_persons=True).json()["token"]
    page = client.get(f"/shared/{token}").text
    assert "/query" not in page
    for path in ("/api/v1/query", "/api/v1/queries", "/api/v1/network/../query", "/query"):
        for method in ("GET", "POST"):
            answer = client.request(
                method, f"/shared/{token}{path}", json={"cypher": "MATCH (n) RETURN n.name"}
            )
            assert answer.status_code in (403, 404, 405), path
            assert "和众泽益" not in answer.text


# -- the rules of gaps --------------------------------------------------------------------------


def test_every_rule_opens_its_query_and_finds_what_the_rule_finds(client: TestClient) -> None:
    tallies = client.get("/api/v1/gaps?limit=1").json()["summary"]["rules"]
    page = client.get("/gaps?lang=en").text
    by_area = client.get("/gaps?by=area&lang=en").text
    alone = client.get("/gaps/no_platform:heshun?lang=en").text
    assert re.search(r'href="/query\?rule=no_platform&amp;p.area=[^"]+"', alone)
    seen = 0
    for tally in tallies:
        slug = tally["rule"]
        if slug not in {rule.slug for rule in rule_queries()}:
            assert f"/query?rule={slug}" not in page
            continue
        answer = client.get(f"/query?rule={slug}&limit=1000&lang=en")
        assert answer.status_code == 200, answer.text
        assert f'href="/gaps?rule={slug}"' in answer.text
        if tally["n_subjects"]:
            header, *rows = cells(answer.text)
            states = [row[header.index("state")] for row in rows]
            assert len(rows) == tally["n_subjects"], slug
            assert states.count("lacking") == tally["n_lacking"], slug
            assert states.count("unknown") == tally["n_unknown"], slug
        seen += f'href="/query?rule={slug}"' in page + by_area
    assert seen > 5


def test_the_query_of_a_rule_has_the_area_and_its_threshold(client: TestClient) -> None:
    area = "四川省/成都市"
    rule = "few_teams_for_population"
    set_ = client.put(
        f"/api/v1/gaps/rules/{rule}/parameters",
        json={"area": area, "values": {"residents_per_team": 200}},
    )
    assert set_.status_code == 200, set_.text
    page = client.get(f"/gaps?area={quote(area)}&rule={rule}&lang=en").text
    client.put(
        f"/api/v1/gaps/rules/{rule}/parameters",
        json={"area": area, "values": {"residents_per_team": None}},
    )
    links = set(re.findall(rf'href="(/query\?rule={rule}[^"]*)"', page))
    assert len(links) == 1
    address = html.unescape(links.pop())
    assert parse_qs(urlsplit(address).query) == {
        "rule": [rule],
        "p.area": [area],
        "p.residents_per_team": ["200"],
    }
    shown = client.get(address).text
    assert 'name="p.residents_per_team" type="text" value="200"' in shown
    assert f'value="{area}"' in shown


# -- one that takes long ------------------------------------------------------------------------


def test_a_long_query_shows_that_it_runs_and_ends_when_stopped(
    site: str, sample_app: FastAPI
) -> None:
    jobs: Jobs = sample_app.state.jobs
    database = sample_app.state.server.database

    def running() -> list[str]:
        with database.session("READ") as session:
            return session.run(
                "SHOW TRANSACTIONS YIELD metaData, currentQuery"
                " WHERE metaData.wushe IS NOT NULL RETURN currentQuery"
            ).value()

    with httpx2.Client(base_url=site, follow_redirects=True, timeout=60) as client:
        form = {"cypher": LONG, "timeout": "60"}
        first = client.post("/query?lang=en", data=form, headers=PERSON)
        assert first.status_code == 202
        assert "正在查询" in first.text or "Running the query" in first.text
        assert any(LONG in text for text in running())
        found = re.search(r'data-job="([^"]+)"', first.text)
        assert found
        client.post(f"/jobs/{found[1]}/cancel", headers=PERSON)
        job = jobs.get(found[1])
        assert job is None or job.wait(10)
        end = time.monotonic() + 10
        while running():
            assert time.monotonic() < end
            time.sleep(0.05)
        again = client.get("/query?cypher=RETURN%2042%20AS%20x", headers=PERSON)
        assert cells(again.text)[1] == ["42"]


# -- in a browser -------------------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_a_statement_is_written_run_sorted_and_taken_away(page: Any, site: str) -> None:
    page.context.add_cookies([{"name": "lang", "value": "en", "url": site}])
    page.goto(f"{site}/query")
    page.fill("#cypher", "UNWIND [3, 10, 2] AS n RETURN n, $s AS s")
    page.fill("#parameters", '{"s": "文字"}')
    page.press("#cypher", "Control+Enter")
    expect(page.locator("h1")).to_contain_text("Your statement: 3 rows in")
    page.locator("table.rows button.sort").first.click()
    assert page.locator("table.rows td:first-child").all_inner_texts() == ["2", "3", "10"]
    with page.expect_download() as got:
        page.get_by_role("button", name="Excel", exact=True).click()
    assert got.value.suggested_filename == "wushe-query.xlsx"
    page.locator("#copy").click()
    expect(page.locator("#copied")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#link").input_value()
    page.go_back()
    expect(page.locator("#library")).to_be_visible()
