"""Files that take a while, as a person sees them come."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from api.jobs import Jobs
from api.resources import brief
from graph.progress import tell
from graph.text import Text

pytestmark = pytest.mark.browser
REPORT = "/report?area=四川省/成都市&lang=zh"
PDF = "a[href*='brief.pdf']"


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return what makes the files of briefs take so many seconds longer."""

    def slow_down(seconds: float) -> None:
        whole = brief.brief_file

        def slow(*given: Any) -> tuple[bytes, str]:
            for i in range(round(10 * seconds)):
                tell(Text("正在慢慢写", "Writing slowly"), i, round(10 * seconds))
                time.sleep(0.1)
            return whole(*given)

        monkeypatch.setattr(brief, "brief_file", slow)

    return slow_down


def test_a_file_that_takes_long_says_so_and_comes(
    page: Page, site: str, slowly: Callable[[float], None]
) -> None:
    slowly(3)
    page.goto(site + REPORT)
    with page.expect_download() as got:
        page.locator(PDF).click()
        expect(page.locator(".fetching")).to_contain_text("正在慢慢写")
        expect(page.locator(".fetching progress")).to_have_attribute(
            "value", re.compile(r"0\.[2-9]")
        )
    assert got.value.path().read_bytes().startswith(b"%PDF")
    assert got.value.suggested_filename == "四川省-成都市.pdf"
    expect(page.locator(".fetching")).to_have_count(0)


def test_a_quick_file_comes_without_a_word(page: Page, site: str) -> None:
    page.goto(site + REPORT)
    with page.expect_download() as got:
        page.locator("a[href*='brief.docx']").click()
    assert got.value.path().read_bytes().startswith(b"PK")
    expect(page.locator(".fetching")).to_have_count(0)


def test_a_file_can_be_stopped(
    page: Page, site: str, sample_app: FastAPI, slowly: Callable[[float], None]
) -> None:
    slowly(30)
    jobs: Jobs = sample_app.state.jobs
    page.goto(site + REPORT)
    page.locator(PDF).click()
    with page.expect_response(lambda r: r.request.method == "DELETE") as stopped:
        expect(page.locator(".fetching")).to_contain_text("正在慢慢写")
        page.locator(".fetching button").click()
    expect(page.locator(".fetching")).to_have_text("已停止，没有文件。")
    job = jobs.get(stopped.value.url.rpartition("/")[2])
    assert job is not None
    assert job.wait(10)
    assert job.state == "cancelled"


def test_what_goes_wrong_is_said_on_the_page(page: Page, site: str, log: list[str]) -> None:
    page.goto(site + REPORT)
    page.evaluate("document.querySelector(\"a[href*='brief.pdf']\").href += '&area=没有的地方'")
    page.locator(PDF).click()
    alert = page.locator(".fetching[role=alert]")
    expect(alert).to_contain_text("没有拿到文件：")
    expect(alert).to_contain_text("没有的地方")
    page.goto(f"{site}/query?cypher=MATCH%20(n:Community)%20RETURN%20n.name")
    with page.expect_download() as got:
        page.locator("form[data-file] button[value=csv]").click()
    assert "北郎东社区" in got.value.path().read_text(encoding="utf-8-sig")
    page.evaluate("document.querySelector('form[data-file] [name=cypher]').value = 'CREATE (n)'")
    page.locator("form[data-file] button[value=csv]").click()
    expect(page.locator(".fetching[role=alert]")).to_contain_text("没有拿到文件：")
    assert all("Failed to load resource" in line for line in log)
    log.clear()
