"""Scenarios against a real Neo4j: kept beside the data, tried in it, never part of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from graph.analysis.registry import PAGE_MEASURES, Measuring, measured
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.export import csv_folder, json_document
from graph.findings.gaps import Gap, find_gaps, rules
from graph.ingest.importer import import_files, undo_import
from graph.ingest.sample import load_sample
from graph.projection import project
from graph.questions import scenarios as questions
from graph.questions.what_if import base, what_if
from graph.records import Node
from graph.scenario.checking import checked_all
from graph.scenario.draft import Draft
from graph.scenario.storing import NoScenario
from graph.scenario.trial import gaps_in_trial, prepare
from graph.store.database import Database
from graph.stored import Stored, need_key, read_stored, tie_key

HUB = "hezhongzeyi"
GONE = ({"do": "remove_actor", "actor": HUB},)
SCENARIOS: tuple[tuple[dict[str, Any], ...], ...] = (
    GONE,
    (
        {"do": "add_actor", "name": "新议事会", "kind": "机制", "actor": "council",
         "area": "四川省/成都市/新区/新街道"},
        {"do": "add_tie", "start": "heshun", "relation": "参与", "end": "council"},
        {"do": "add_actor", "name": "新队", "kind": "志愿服务队", "actor": "team",
         "area": "四川省/成都市"},
        {"do": "add_tie", "start": "team", "relation": "隶属", "end": "heshun"},
    ),
    (
        {"do": "remove_actor", "actor": "heshun"},
        {"do": "add_actor", "name": "和顺社区", "kind": "社区", "actor": "heshun"},
        {"do": "end_actor", "actor": HUB, "until": "2027-03"},
    ),
)  # fmt: skip


def exported(database: Database) -> bytes:
    return json_document.write(read_stored(database.read))


def drafted(explorer: Explorer, changes: Sequence[dict[str, Any]]) -> Draft:
    draft = Draft(base(explorer))
    checked_all(changes, draft)
    return draft


def found(read: Any, nodes: dict[str, Node]) -> dict[tuple[str, str], str]:
    return {(g.id, g.state): g.reason.zh for g in find_gaps(read, nodes, rules())}


def listed(gaps: Sequence[Gap]) -> dict[tuple[str, str], str]:
    return {(g.id, g.state): g.reason.zh for g in gaps}


def wipe(database: Database) -> None:
    with database.session("WRITE") as session:
        session.run("MATCH (n) WHERE NOT n:Meta DETACH DELETE n").consume()


def really_hold(database: Database, draft: Draft) -> None:
    """Make the database hold what the draft is, by an import into an empty one."""
    records = draft.records()
    stored = read_stored(database.read)
    changed = Stored(
        {n.id: n for n in records.nodes},
        {tie_key(t): t for t in records.ties},
        {need_key(n): n for n in records.needs},
        stored.areas,
    )
    wipe(database)
    report = import_files(database, csv_folder.tables(changed))
    assert report.is_accepted, report.problems


@pytest.mark.parametrize("changes", SCENARIOS, ids=["removed", "added", "replaced and ended"])
def test_a_trial_finds_the_gaps_and_measures_of_a_store_that_holds_it(
    database: Database, changes: Sequence[dict[str, Any]]
) -> None:
    load_sample(database)
    explorer = Explorer(database)
    stored = exported(database)
    draft = drafted(explorer, changes)
    before = found(database.read, explorer.nodes_by_id())
    tried = listed(
        gaps_in_trial(database, draft, lambda read, nodes: find_gaps(read, nodes, rules()))
    )
    assert tried != before
    assert exported(database) == stored
    assert found(database.read, explorer.nodes_by_id()) == before
    columns = columns_of(draft)
    outcome = what_if(explorer, questions.checked(explorer, changes))
    really_hold(database, draft)
    fresh = Explorer(database)
    if outcome.projection.as_of is None:
        # With the rules that look at the network as a whole.
        assert outcome.gaps is not None
        now = {(g.id, g.state) for g in fresh.gaps()}
        assert {(g.id, g.state) for g in outcome.gaps.opened} <= now
        assert not {(g.id, g.state) for g in outcome.gaps.closed} & now
        assert outcome.gaps.n_unchanged + len(outcome.gaps.opened) == len(now)
    assert found(database.read, fresh.nodes_by_id()) == tried
    held = fresh.measured_on().columns
    for slug, values in held.items():
        np.testing.assert_allclose(values, columns[slug], rtol=1e-9, atol=1e-9, err_msg=slug)


def columns_of(draft: Draft) -> dict[str, Any]:
    network = project(draft.records())
    is_community = np.array([a.kind == "Community" for a in network.actors], np.bool_)
    values = measured(Measuring(network.network, is_community), PAGE_MEASURES)
    return {slug: np.ma.filled(v.astype(float), np.nan) for slug, v in values.items()}


def test_a_scenario_is_kept_changed_and_forgotten(database: Database) -> None:
    load_sample(database)
    explorer = Explorer(database)
    stored = exported(database)
    assert questions.scenarios(explorer) == ()
    made = questions.create(explorer, None, "为会议准备", GONE)
    assert made.name == "如果没有北京和众泽益公益发展中心"
    more = ({"do": "add_tie", "start": "康明斯", "relation": "合作", "end": "heshun"},)
    added = questions.add_changes(explorer, made.id, more)
    assert [type(c).__name__ for c in added.changes] == ["RemoveActor", "AddTie"]
    assert questions.scenario(explorer, made.id) == added
    assert questions.take_back(explorer, made.id).changes == made.changes
    other = questions.create(explorer, "另一个", None, ())
    assert next(s.id for s in questions.scenarios(explorer)) in {made.id, other.id}
    new = questions.replace_scenario(explorer, made.id, "新名", None, more)
    assert (new.name, new.note, len(new.changes)) == ("新名", None, 1)
    questions.delete(explorer, made.id)
    with pytest.raises(NoScenario):
        questions.scenario(explorer, made.id)
    assert [s.id for s in questions.scenarios(explorer)] == [other.id]
    assert exported(database) == stored


def test_who_saves_over_another_is_refused(database: Database) -> None:
    load_sample(database)
    explorer = Explorer(database)
    made = questions.create(explorer, "甲", None, GONE)
    questions.rename(explorer, made.id, "乙", None)
    from graph.scenario import storing

    with pytest.raises(InvalidArgument, match="Somebody else"):
        storing.save(database, made, made)
    assert questions.scenario(explorer, made.id).name == "乙"


@pytest.mark.parametrize(
    ("name", "note", "said"),
    [(" ", None, "a name"), ("x" * 201, None, "too long"), ("x", "13800138000", "phone")],
)
def test_a_name_or_note_that_cannot_be_is_refused(
    database: Database, name: str, note: str | None, said: str
) -> None:
    explorer = Explorer(database)
    made = questions.create(explorer, "甲", None, ())
    with pytest.raises(InvalidArgument, match=said):
        questions.rename(explorer, made.id, name, note)
    with pytest.raises(InvalidArgument, match="no changes"):
        questions.take_back(explorer, made.id)


def test_saving_a_scenario_is_no_change_of_the_data(database: Database) -> None:
    load_sample(database)
    prepare(database)
    explorer = Explorer(database)
    version = database.version()
    computed = []
    explorer.cached(("x",), lambda: computed.append(1))
    made = questions.create(explorer, "甲", None, GONE)
    questions.add_changes(explorer, made.id, [{"do": "remove_actor", "actor": "heshun"}])
    questions.delete(explorer, made.id)
    assert database.version() == version
    explorer.cached(("x",), lambda: computed.append(1))
    assert computed == [1]
    # What is really a change shows at once, also right after a scenario was saved.
    questions.create(explorer, "乙", None, GONE)
    database.write("load.areas", rows=[{"id": "a", "parent": None, "properties": {"id": "a"}}])
    assert database.version() != version


def test_imports_and_their_undoing_leave_scenarios_alone(database: Database) -> None:
    load_sample(database)
    explorer = Explorer(database)
    made = questions.create(explorer, "甲", None, GONE)
    report = import_files(database, [("主体.csv", "编号,名称,类型\nn,新学校,学校\n".encode())])
    assert questions.scenario(explorer, made.id) == made
    assert report.id is not None
    undo_import(database, report.id)
    assert questions.scenario(explorer, made.id) == made
    sample_import = next(i for i in explorer.imports() if not i.is_undone)
    undo_import(database, sample_import.id)
    kept = questions.scenario(explorer, made.id)
    assert kept == made
    outcome = what_if(explorer, kept.changes)
    assert [m.number for m in outcome.misfits] == [1]


def test_the_outcome_on_the_sample(database: Database) -> None:
    load_sample(database)
    explorer = Explorer(database)
    stored = exported(database)
    outcome = what_if(explorer, questions.checked(explorer, GONE))
    assert outcome.sentence.en.startswith("Without Beijing HeZhongZeYi")
    assert "enterprises lose their only short way to 3 communities" in outcome.sentence.en
    assert outcome.network.parts.n_cut_off == 10
    assert outcome.gaps is not None
    assert outcome.gap_areas is None
    assert outcome.gaps.n_unchanged > 10
    assert not any(a.id == HUB for g in outcome.gaps.closed for a in g.actors)
    assert what_if(explorer, questions.checked(explorer, GONE)) is outcome
    nothing = what_if(explorer, ())
    assert nothing.gaps is not None
    assert (nothing.gaps.opened, nothing.gaps.closed, nothing.gaps.n_gone) == ((), (), 0)
    assert exported(database) == stored
    json.dumps(questions.export_document(explorer, questions.create(explorer, "甲", None, GONE),
                                         outcome))  # fmt: skip


def test_a_suggested_tie_closes_its_gap(database: Database) -> None:
    load_sample(database)
    explorer = Explorer(database)
    gap = "team_without_support:heshun-zhiyuanzhe"
    tie = {"do": "add_tie", "start": HUB, "relation": "支持", "end": "heshun-zhiyuanzhe"}
    outcome = what_if(explorer, questions.checked(explorer, [tie]))
    assert outcome.gaps is not None
    assert gap in {g.id for g in outcome.gaps.closed}
    assert gap in {g.id for g in find_gaps(database.read, explorer.nodes_by_id(), rules())}


def test_in_a_large_store_gaps_are_looked_for_where_the_changes_are(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_sample(database)
    explorer = Explorer(database)
    monkeypatch.setattr("graph.questions.scenario_gaps.MAX_NODES_FOR_ALL_GAPS", 10)
    changes = questions.checked(explorer, ({"do": "remove_actor", "actor": "beilangdong"},))
    outcome = what_if(explorer, changes)
    assert outcome.gap_areas == ("北京市/朝阳区/建外街道",)
    assert outcome.gaps is not None
    within = {g.subjects[0].area for g in (*outcome.gaps.opened, *outcome.gaps.closed)}
    assert all(str(area).startswith("北京市/朝阳区/建外街道") for area in within)


def test_the_tables_of_a_scenario_bring_about_what_an_import_can(database: Database) -> None:
    import io
    import zipfile

    load_sample(database)
    explorer = Explorer(database)
    made = questions.create(explorer, "甲", None, (*SCENARIOS[1], *GONE))
    with zipfile.ZipFile(io.BytesIO(questions.export_tables(explorer, made))) as archive:
        names = archive.namelist()
        text = archive.read("说明.txt").decode("utf-8-sig")
        files = [(n, archive.read(n)) for n in names if n.endswith(".csv")]
    assert "Remove Beijing HeZhongZeYi Public Welfare Development Centre *" in text
    assert import_files(database, files).is_accepted
    nodes = Explorer(database).nodes_by_id()
    assert {"council", "team"} <= set(nodes)
    assert nodes["council"].area == "四川省/成都市/新区/新街道"
    assert HUB in nodes
