"""``wushe overview``, ``wushe data`` and ``wushe compare`` as a person runs them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

from graph.cli import main
from graph.settings import Settings
from graph.store.database import Database


def run(settings: Settings, *words: str, language: str = "en") -> Result:
    return CliRunner().invoke(
        main,
        ["--data", str(settings.data_dir), "--lang", language, *words],
        env={"WUSHE_NEO4J_RELEASE": settings.neo4j_release},
    )


def test_overview_of_an_area(sample: Database, settings_of_session: Settings) -> None:
    said = run(settings_of_session, "overview", "--area", "北京市/朝阳区", language="zh")
    assert said.exit_code == 0, said.output
    assert said.stdout.startswith("朝阳区有 1 个社区")
    document = json.loads(
        run(settings_of_session, "overview", "--area", "北京市", "--format", "json").stdout
    )
    assert document["n_communities"] == 1
    assert run(settings_of_session, "overview", "--area", "nowhere").exit_code == 1


def test_data_and_sources(sample: Database, settings_of_session: Settings) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run(settings_of_session, "data", "--format", "csv").stdout))
    )
    assert {"fact": "tie_date", "n_missing": "292", "n": "309"}.items() <= next(
        r for r in rows if r["fact"] == "tie_date"
    ).items()
    said = run(settings_of_session, "data", "--sources", "--limit", "2")
    assert "The first 2 of 13" in said.stdout
    document = json.loads(run(settings_of_session, "data", "--format", "json").stdout)
    assert {"facts", "areas", "snapshot"} <= set(document)


def test_compare(sample: Database, settings_of_session: Settings) -> None:
    said = run(settings_of_session, "compare", "北京市", "四川省").stdout
    assert "北京市: 41 actors and 1 community; 四川省: 46 actors and 3 communities." in said
    days = ("--from", "2012-01-01", "--to", "2022-07-01")
    document = json.loads(run(settings_of_session, "compare", *days, "--format", "json").stdout)
    assert document["b"]["n_ties"] == 309


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("北京市",),
        ("a", "b", "c"),
        ("--from", "2020-01-01"),
        ("a", "b", "--from", "2020-01-01", "--to", "2021-01-01"),
    ],
)
def test_a_comparison_of_too_little_is_misuse(settings: Settings, words: tuple[str, ...]) -> None:
    assert run(settings, "compare", *words).exit_code == 2
