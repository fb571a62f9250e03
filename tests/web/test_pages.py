"""Every page in both languages, over the sample data, without a browser and without scripts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote

import openpyxl
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api import answers
from api.resources import gaps
from api.resources.overview import Overview
from api.state import ServerState
from graph import model
from graph.errors import WusheError
from graph.explorer import Explorer
from graph.settings import Settings
from graph.store.database import Database
from graph.store.errors import StoreUnavailable
from graph.text import LANGUAGES, Language
from web.app import create_app
from web.language import read
from web.render import HTML_LANG, PAGES
from web.security import HEADERS, NEVER_FRAMED

ADDRESSES = (
    *(page.path for page in PAGES),
    "/actors/hezhongzeyi",
    "/actors/beilangdong",
    "/hubs?like=hezhongzeyi",
    "/gaps?severity=high",
    "/gaps?rule=no_platform&severity=medium",
    "/search?q=hezhong",
    "/search?q=",
    "/search?q=%E4%B8%8D%E5%AD%98%E5%9C%A8",
    "/brokers?offset=5",
    "/brokers?as=table&sector=community",
    "/brokers?who=persons",
    "/hubs?area=%E5%8C%97%E4%BA%AC%E5%B8%82&order=sole_pairs",
    "/report?area=%E5%8C%97%E4%BA%AC%E5%B8%82/%E6%9C%9D%E9%98%B3%E5%8C%BA",
    "/report?sections=summary&sections=gaps",
    "/partners?for=beilangdong",
    "/partners?for=no_platform:heshun",
    "/partners?for=hezhongzeyi&kind=School&offset=1",
    "/partners?for=%E6%98%9F%E5%B7%B4%E5%85%8B",
    "/partners?for=%E4%B8%8D%E5%AD%98%E5%9C%A8",
    "/paths",
    "/paths?from=beilangdong&to=xingbake",
    "/paths?from=beilangdong&to=xingbake&avoid=hezhongzeyi",
    "/paths?from=%E5%8C%97%E9%83%8E%E4%B8%9C%E7%A4%BE%E5%8C%BA&to=%E7%A4%BE%E5%8C%BA",
    "/matching",
    "/matching?area=%E5%8C%97%E4%BA%AC%E5%B8%82&status=unmet",
    "/communities?mode=multi-actor",
    "/communities?mode=none",
    "/communities/beilangdong",
    "/communities/fatou",
    "/communities/cvsc",
    "/communities/cvsc-shequ",
    "/communities/%E5%9B%9B%E5%B7%9D%E7%9C%81/%E6%88%90%E9%83%BD%E5%B8%82",
)
# What was typed, and the names of areas, have no English.
WORDS_OF_DATA = re.compile(r"“[^”]*”|成都市|北京市|朝阳区|不存在")
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "rect", "line", "circle"}


class Page(HTMLParser):
    """Checks that tags nest, ids are unique and nothing runs or is styled inline."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.labels: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.language: str | None = None
        self.feed(html)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert not [name for name in given if name == "style" or name.startswith("on")], given
        if tag == "script":
            assert "src" in given or given.get("type") == "application/json"
        if tag == "html":
            self.language = given["lang"]
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        if tag in {"input", "select"}:
            self.inputs.append(given | {"in label": "yes" if "label" in self.open else None})
        if tag == "img":
            assert "alt" in given
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, self.getpos()


def heading(html: str) -> str:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert len(found) == 1
    return re.sub(r"<[^>]+>", "", found[0]).strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ADDRESSES)
def test_page(client: TestClient, address: str, language: Language) -> None:
    client.cookies.set("lang", language)
    answer = client.get(address)
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page.language == HTML_LANG[language]
    assert len(set(page.ids)) == len(page.ids)
    for given in page.inputs:
        is_named = given["in label"] or given.get("id") in page.labels or given.get("aria-label")
        assert is_named or given.get("type") in {"checkbox", "hidden"}, given
    assert heading(answer.text)
    assert not re.search(r"\bNone\b|Undefined|nan\b", re.sub(r"<[^>]+>", " ", answer.text))
    promised = HEADERS | NEVER_FRAMED
    assert {name: answer.headers[name] for name in promised} == promised
    if language == "en":
        assert not re.search(r"[\u4e00-\u9fff]", WORDS_OF_DATA.sub("", heading(answer.text)))


def test_every_actor_has_its_page_and_every_link_leads_somewhere(client: TestClient) -> None:
    client.cookies.set("lang", "en")
    total = client.get("/api/v1/actors?limit=1").json()["total"]
    items = client.get("/api/v1/actors?limit=500").json()["items"]
    assert len(items) == total > 200
    links: set[str] = set()
    for actor in items:
        answer = client.get(f"/actors/{actor['id']}")
        assert answer.status_code == 200, actor
        links |= set(Page(answer.text).links)
    by_path = {link.partition("#")[0].partition("?")[0]: link for link in sorted(links)}
    known = {"", *(f"/actors/{actor['id']}" for actor in items)}
    for path in set(by_path) - known:
        assert client.get(by_path[path]).status_code == 200, by_path[path]


def test_every_number_shown_has_a_name(client: TestClient, sample_app: FastAPI) -> None:
    texts = read("zh")
    explorer: Explorer = sample_app.state.server.explorer
    for gap in gaps.gaps(explorer, limit=1000).items:
        for row in gap.evidence:
            for key in row:
                assert f"column.{key.removesuffix('_name')}" in texts, (gap.rule, key)
    detail = answers.actor(explorer, "hezhongzeyi")
    assert f"weights.{detail.projection.weight}" in texts


def test_the_language_is_remembered_and_the_address_kept(client: TestClient) -> None:
    client.cookies.clear()
    assert 'lang="zh-CN"' in client.get("/gaps").text
    answer = client.get("/gaps?rule=no_platform&lang=en")
    assert '<html lang="en"' in answer.text
    assert 'href="/gaps?rule=no_platform&amp;lang=zh"' in answer.text
    assert '<html lang="en"' in client.get("/brokers").text
    assert '<html lang="zh-CN"' in client.get("/brokers?lang=zh").text
    assert '<html lang="zh-CN"' in client.get("/brokers?lang=xx").text


def test_the_theme_is_remembered(client: TestClient) -> None:
    client.cookies.clear()
    assert "data-theme=" not in client.get("/about").text.partition("<body")[0]
    assert 'data-theme="dark"' in client.get("/about?theme=dark").text
    assert 'data-theme="dark"' in client.get("/").text
    assert "data-theme=" not in client.get("/?theme=auto").text.partition("<body")[0]


def test_english_pages_name_actors_in_english_with_their_own_name(client: TestClient) -> None:
    html = client.get("/actors/hezhongzeyi?lang=en").text
    assert "Beijing HeZhongZeYi" in html
    assert '<small class="own-name" lang="zh-CN">北京和众泽益公益发展中心</small>' in html
    client.get("/?lang=zh")
    assert "Beijing HeZhongZeYi" not in client.get("/actors/hezhongzeyi").text


@pytest.fixture
def unknown_community(sample_app: FastAPI) -> Iterator[None]:
    """Add a community about which nothing else is entered."""
    explorer: Explorer = sample_app.state.server.explorer
    report = answers.apply_import(explorer, [("主体.csv", actors_csv(("无资料社区", "社区")))])
    assert report.id is not None
    yield
    answers.undo_import(explorer, report.id)


@pytest.mark.usefixtures("unknown_community")
def test_unknown_is_never_shown_as_none(client: TestClient) -> None:
    html = client.get("/?lang=zh").text
    data = Overview.model_validate(client.get("/api/v1/overview").json())
    cells = [row.cells.get(c.slug) for row in data.coverage for c in model.COLUMNS]
    extra = [n for row in data.coverage for n in (row.n_mechanisms, row.n_spaces, row.n_funds)]
    every = [*cells, *extra]
    assert 0 < every.count(None) < len(every)
    assert html.count('<td class="n unknown') == every.count(None)
    assert html.count('<td class="n empty') == every.count(0)


@pytest.mark.usefixtures("unknown_community")
def test_gaps_are_filtered_and_unknown_ones_apart(client: TestClient) -> None:
    everything = client.get("/api/v1/gaps?limit=500").json()["items"]
    found = [gap for gap in everything if gap["status"] == "open"]
    high = [gap for gap in found if gap["severity"] == "high"]
    listed = client.get("/gaps?severity=high").text.partition('id="unknown"')[0]
    assert listed.count('<article class="gap open"') == len(high) > 0
    assert 'class="gap unknown"' not in listed
    unknown = client.get("/gaps").text.partition('id="unknown"')[2]
    assert unknown.count('class="gap unknown"') == len(everything) - len(found) > 0
    none = client.get("/gaps?rule=nothing").text
    assert read("zh")["gaps.none_matching"] in none


def test_a_search_finds_actors_and_terms(client: TestClient) -> None:
    client.cookies.clear()
    for words in ("和众泽益", "hzzy", "HeZhongZeYi"):
        assert 'href="/actors/hezhongzeyi"' in client.get("/search", params={"q": words}).text
    assert 'href="/help#betweenness"' in client.get("/search?q=betweenness").text
    hostile = "<script>alert(1)</script>"
    assert hostile not in client.get("/search", params={"q": hostile}).text


@pytest.mark.parametrize(
    ("address", "status", "key"),
    [
        ("/no/such/page", 404, "error.not_found"),
        ("/brokers?offset=many", 422, "error.bad_address"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_are_pages(
    client: TestClient, address: str, status: int, key: str, language: Language
) -> None:
    client.cookies.set("lang", language)
    answer = client.get(address)
    assert answer.status_code == status
    assert heading(answer.text) == read(language)[key]


def test_errors_of_actors_and_of_the_api_keep_their_own_form(client: TestClient) -> None:
    client.cookies.clear()
    answer = client.get("/actors/nobody")
    assert answer.status_code == 404
    assert "nobody" in heading(answer.text)
    assert client.get("/hubs?like=nobody").status_code == 404
    for path in ("/api/v1/actors/nobody", "/api/v1/nothing"):
        problem = client.get(path)
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.status_code == 404


def test_changes_from_elsewhere_are_refused_on_pages_and_api(client: TestClient) -> None:
    elsewhere = {"origin": "https://example.org"}
    page = client.post("/import", files={"files": ("a.csv", b"")}, headers=elsewhere)
    assert page.status_code == 403
    assert heading(page.text) == read("zh")["error.origin"]
    problem = client.post("/api/v1/imports", files={"files": ("a.csv", b"")}, headers=elsewhere)
    assert problem.status_code == 403
    assert problem.json()["message"]["en"] == read("en")["error.origin"]
    assert client.get("/", headers={"host": "evil.example:80"}).status_code == 421


def test_a_failure_is_a_page_and_a_problem(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("api.resources.overview.overview", fail)
    page = client.get("/")
    assert page.status_code == 500
    assert heading(page.text) == read("zh")["error.failed"]
    assert "on purpose" not in page.text
    assert page.headers["content-security-policy"] == NEVER_FRAMED["Content-Security-Policy"]


def test_static_files_are_kept_by_the_browser_as_long_as_they_stay_the_same(
    client: TestClient,
) -> None:
    html = client.get("/").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
    assert len(addresses) >= 5
    for address in addresses:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/").headers["cache-control"] == "no-cache"
    colours = client.get("/static/sectors.css").text
    assert all(sector.colour in colours for sector in model.SECTORS)


# ── importing ────────────────────────────────────────────────────────────────────────────────


def workbook(rows: list[tuple[str, str]]) -> bytes:
    """Return a workbook with actors, given as (name, kind)."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "主体"
    sheet.append(("名称", "类别", "类型"))
    for name, kind in rows:
        sheet.append((name, kind, kind))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def actors_csv(*rows: tuple[str, str]) -> bytes:
    return "\n".join(["名称,类型", *(",".join(row) for row in rows)]).encode()


def upload(client: TestClient, *files: tuple[str, bytes]) -> str:
    answer = client.post("/import", files=[("files", file) for file in files])
    assert answer.status_code == 200, answer.text
    return answer.text


def test_what_was_imported_leads_to_its_own_area(client: TestClient) -> None:
    client.cookies.clear()
    rows = "名称,类型,区域\n测试街道,街道办,试市/甲街道\n测试里,社区,试市/甲街道/测试里\n"
    html = upload(client, ("主体.csv", rows.encode()))
    (action,) = re.findall(r'<form action="(/import/[\w-]+)" method="post">', html)
    done = client.post(action).text
    (undo,) = re.findall(r'<form action="(/import/undo/[^"]+)"', done)
    try:
        area = quote("试市/甲街道", safe="/")
        main = done.split("<main")[1]
        for path in ("/", "/gaps", "/map"):
            assert f'href="{path}?area={area}"' in main, path
        (brought,) = re.findall(r'href="(/data/imports/[^"]+)"', main)
        assert client.get(brought).status_code == 200
    finally:
        client.post(undo)
    assert "?area=" not in client.get(action).text.split("<main")[1]


def test_the_area_looked_at_stays_from_page_to_page(client: TestClient) -> None:
    area = "四川省/成都市"
    within = f"?area={quote(area)}"
    for page in (page for page in PAGES if page.of_area):
        html = client.get(page.path, params={"area": area}).text
        navigation = html.split('<nav class="pages"')[1].split("</nav>")[0]
        for other in PAGES:
            if other.group:
                assert (f'href="{other.path}{within}"' in navigation) == other.of_area, other
        assert f'href="{page.path}"' in navigation.split("<ul")[0], "no way out of the area"
        plain = client.get(page.path).text
        assert "?area=" not in plain.split('<nav class="pages"')[1].split("</nav>")[0]
    wrong = client.get("/gaps", params={"area": "没有的地方"}).text
    assert "?area=" not in wrong.split('<nav class="pages"')[1].split("</nav>")[0]


def test_a_bad_file_is_explained_row_by_row_and_changes_nothing(client: TestClient) -> None:
    client.cookies.clear()
    before = client.get("/api/v1/overview").json()["snapshot"]
    html = upload(client, ("主体.csv", actors_csv(("甲公司", "企业"), ("乙", "<b>不明</b>"))))
    assert "有 1 处要先改好" in heading(html)
    assert "第 3 行" in html
    assert "<code>&lt;b&gt;不明&lt;/b&gt;</code>" in html
    assert read("zh")["report.apply"] not in html
    assert client.get("/api/v1/overview").json()["snapshot"] == before


def test_a_good_file_is_checked_confirmed_and_undone(client: TestClient) -> None:
    client.cookies.clear()
    n_before = client.get("/api/v1/overview").json()["n_actors"]
    html = upload(client, ("主体.csv", actors_csv(("测试甲公司", "企业"), ("测试乙社区", "社区"))))
    assert "新增 2 个" in heading(html)
    assert client.get("/api/v1/overview").json()["n_actors"] == n_before
    (action,) = re.findall(r'<form action="(/import/[\w-]+)" method="post">', html)
    done = client.post(action)
    assert "已写入：新增 2 个" in heading(done.text)
    assert client.get("/api/v1/overview").json()["n_actors"] == n_before + 2
    assert client.post(action).status_code == 200
    assert client.get("/api/v1/overview").json()["n_actors"] == n_before + 2
    (undo,) = re.findall(r'<form action="(/import/undo/[^"]+)"', done.text)
    history = client.post(undo)
    assert history.status_code == 200
    assert read("zh")["import.is_undone"] in history.text
    assert client.get("/api/v1/overview").json()["n_actors"] == n_before
    assert heading(client.get(action).text) == read("zh")["done.undone"]


def test_the_template_can_be_downloaded_filled_and_checked(client: TestClient) -> None:
    for language in LANGUAGES:
        client.cookies.set("lang", language)
        answer = client.get("/import/template.xlsx")
        assert f"wushe-template-{language}.xlsx" in answer.headers["content-disposition"]
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
    client.cookies.clear()


@pytest.mark.parametrize(
    "files",
    [
        [("notes.txt", b"hello")],
        [("book.xlsx", b"not a workbook")],
        [("主体.csv", b"")],
        [("../../主体.csv", b"\xff\xfe\x00\x00")],
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(
    client: TestClient, files: list[tuple[str, bytes]]
) -> None:
    answer = client.post("/import", files=[("files", file) for file in files])
    assert answer.status_code in {200, 422}
    assert 'role="alert"' in answer.text or 'class="problems"' in answer.text


def test_no_file_and_a_forgotten_upload_are_said(client: TestClient) -> None:
    client.cookies.clear()
    answer = client.post("/import")
    assert answer.status_code == 422
    assert read("zh")["import.no_file"] in answer.text
    for token in ("AAAAAAAAAAAAAAAAAAAAAA", "%2e%2e%2f%2e%2e"):
        assert client.get(f"/import/{token}").status_code == 404
    assert client.post("/import/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404


def test_too_large_an_upload_is_a_page(client: TestClient) -> None:
    client.cookies.clear()
    answer = client.post("/import", content=b"", headers={"content-length": str(60 * 1024**2)})
    assert answer.status_code == 413
    assert heading(answer.text) == read("zh")["error.size"]


# ── without data, without a database ─────────────────────────────────────────────────────────


def test_without_data_every_page_leads_to_the_import(empty_client: TestClient) -> None:
    for address in ("/", "/map", "/brokers", "/hubs", "/gaps"):
        html = empty_client.get(address).text
        assert heading(html) == read("zh")["empty.finding"]
        assert '<a class="button primary" href="/import">' in html
    assert empty_client.get("/import").status_code == 200


def test_the_sample_can_be_loaded_and_taken_back(empty_client: TestClient) -> None:
    done = empty_client.post("/import/sample")
    assert "已写入" in heading(done.text)
    assert "和众泽益" in empty_client.get("/").text
    (undo,) = re.findall(r'<form action="(/import/undo/[^"]+)"', done.text)
    empty_client.post(undo)
    assert heading(empty_client.get("/").text) == read("zh")["empty.finding"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_shown_while_the_database_starts(settings: Settings, language: Language) -> None:
    database = Database(data_dir=settings.data_dir)
    app = create_app(settings, ServerState(database))
    app.state.server = ServerState(database)
    client = TestClient(app, base_url="http://localhost", cookies={"lang": language})
    for address in ("/", "/map", "/actors/anyone", "/gaps", "/import"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert '<meta http-equiv="refresh"' in answer.text
        assert 'id="waiting"' in answer.text
        assert Page(answer.text).language == HTML_LANG[language]
    assert client.get("/about").status_code == 200


def test_what_the_store_says_is_a_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_named: object) -> WusheError:
        raise StoreUnavailable("restarting")

    client.cookies.clear()
    monkeypatch.setattr("api.resources.overview.overview", fail)
    answer = client.get("/")
    assert answer.status_code == 503
    assert 'id="waiting"' in answer.text
