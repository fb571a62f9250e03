"""Every kind of sentence that the API answers with, in both languages side by side.

The list is `side_by_side.md`, for people to read through. It changes only with the sentences; write
it anew with ``WUSHE_WRITE_SENTENCES=1 pytest tests/api/test_side_by_side.py``, and read it.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_api
from api.state import ServerState
from graph.settings import Settings
from graph.store.database import Database

LIST = Path(__file__).with_name("side_by_side.md")
N_EXAMPLES = 2
HUB, COMMUNITY = "hezhongzeyi", "beilangdong"
ASKED = (
    "overview",
    "overview?area=北京市/朝阳区",
    "brokers?limit=5",
    "hubs?limit=5",
    f"hubs?like={HUB}&limit=3",
    f"actors/{HUB}",
    f"actors/{COMMUNITY}",
    f"actors/{HUB}/evidence",
    f"actors/{HUB}/platform-card",
    "gaps/rules",
    "communities?limit=50",
    f"communities/{COMMUNITY}/diagnosis",
    "communities/hemei/diagnosis",
    f"partners?for={COMMUNITY}&limit=5",
    f"partners?for={HUB}&limit=5",
    f"paths?from={COMMUNITY}&to=xingbake",
    "matching",
    "compare?a=北京市/朝阳区&b=四川省/成都市",
    "completeness",
)


def sentences(value: Any, key: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield every bilingual text in a document, under where it stands."""
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            yield key, value["zh"], value["en"]
            return
        for name, inner in value.items():
            yield from sentences(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for inner in value:
            yield from sentences(inner, key)


def written(client: TestClient) -> str:
    """Return the list: some examples of every sentence of every answer, and of every gap rule.

    What was said before is not said again.
    """
    lines = ["# 中文与英文对照 · Chinese and English side by side", ""]
    seen: set[tuple[str, str]] = set()
    for asked in ASKED:
        answer = client.get(f"/api/v1/{asked}")
        assert answer.status_code == 200, (asked, answer.text)
        lines += _table(f"GET {asked}", sentences(answer.json()), seen)
    gaps = client.get("/api/v1/gaps?limit=1000").json()["items"]
    for rule in sorted({gap["rule"] for gap in gaps}):
        found = [
            (f"{key} ({gap['status']})", zh, en)
            for gap in gaps
            if gap["rule"] == rule
            for key in ("title", "reason", "step", "missing")
            for _, zh, en in sentences(gap[key])
        ]
        lines += _table(f"gap rule {rule}", iter(found), seen)
    # The day of the import is that of the test.
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    return ("\n".join(lines) + "\n").replace(today, "2026-01-01")


def _table(
    title: str, found: Iterator[tuple[str, str, str]], seen: set[tuple[str, str]]
) -> list[str]:
    examples: dict[str, dict[tuple[str, str], None]] = {}
    for key, zh, en in found:
        if key.endswith("_name") or (zh, en) in seen:
            continue
        of_key = examples.setdefault(key, {})
        if len(of_key) < N_EXAMPLES:
            of_key[zh, en] = None
            seen.add((zh, en))
    rows = [
        f"| {key} | {zh} | {en} |".replace("\n", " ")
        for key, pairs in examples.items()
        for zh, en in pairs
    ]
    return [f"## {title}", "", "| | 中文 | English |", "|---|---|---|", *rows, ""] if rows else []


@pytest.fixture(scope="module")
def client(sample: Database, settings_of_session: Settings) -> TestClient:
    app = create_api(settings_of_session)
    app.state.server = ServerState(sample)
    return TestClient(app)


def test_the_list_is_what_the_product_says(client: TestClient) -> None:
    now = written(client)
    if os.environ.get("WUSHE_WRITE_SENTENCES"):
        LIST.write_text(now, encoding="utf-8")
    assert now == LIST.read_text(encoding="utf-8")
