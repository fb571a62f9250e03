"""The help page: every term explained and shown on the data, and found by the search."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from api.state import ServerState
from graph.explorer import Explorer
from graph.questions.examples import examples
from graph.text import LANGUAGES, Language
from web.help import TASKS, TERMS
from web.language import read
from web.render import PAGES

# In these the sample's words are Chinese in English sentences too; the fixed ones have none.
HAS_CHINESE = {"tie", "need", "score"}


@pytest.fixture(scope="module")
def found(client: TestClient) -> dict[str, dict[str, str]]:
    app = client.app
    state: ServerState = app.state.server  # type: ignore[attr-defined]
    explorer: Explorer = state.explorer
    return {slug: text.as_dict() for slug, text in examples(explorer).items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_shown_on_the_data(
    client: TestClient, found: dict[str, dict[str, str]], language: Language
) -> None:
    page = html.unescape(client.get(f"/help?lang={language}").text)
    for term in TERMS:
        assert f'id="{term.slug}"' in page
        assert found["sole_pairs" if term.slug == "sole" else term.slug][language] in page
    assert read(language)["help.fixed"] not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_examples_are_those_of_the_sample(
    found: dict[str, dict[str, str]], language: Language
) -> None:
    texts = read(language)
    fixed = {k.removeprefix("help.example."): v for k, v in texts.items() if ".example." in k}
    assert set(fixed) == set(found)
    for slug, said in found.items():
        if language == "zh" or slug not in HAS_CHINESE:
            assert fixed[slug] == said[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_data_the_fixed_ones_are_shown(
    client: TestClient, found: dict[str, dict[str, str]], language: Language,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("web.help.examples", lambda _explorer: {})
    page = html.unescape(client.get(f"/help?lang={language}").text)
    assert page.count(read(language)["help.fixed"]) == len(TERMS)


def test_every_page_leads_to_its_own_place_there(client: TestClient) -> None:
    anchors = set(re.findall(r'id="([^"]+)"', client.get("/help").text))
    for address in (*(p.path for p in PAGES), "/actors/hezhongzeyi", "/partners?for=beilangdong",
                    "/paths", "/matching", "/shortlists", "/search?q=x", "/help"):  # fmt: skip
        link = re.search(r'href="/help#(page-\w+)" rel="help"', client.get(address).text)
        assert link is not None, address
        assert link[1] in anchors


def test_every_step_leads_to_a_page(client: TestClient) -> None:
    for address in {address for task in TASKS for address in task.pages}:
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("q", "link"),
    [("守门人", "/help#gatekeeper"), ("gatekeeper", "/help#gatekeeper"), ("枢纽", "/hubs"),
     ("introduction", "/help#introduction"), ("Gaps", "/gaps")],
)  # fmt: skip
def test_the_search_finds_terms_and_pages(client: TestClient, q: str, link: str) -> None:
    language = "zh" if q[0] > "\u2e80" else "en"
    assert f'href="{link}"' in client.get(f"/search?q={q}&lang={language}").text
