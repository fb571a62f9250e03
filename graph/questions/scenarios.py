"""Scenarios that are kept: made, changed, taken back, taken out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.documents import Document
from graph.explorer import Explorer
from graph.export.csv_folder import tables
from graph.ingest.freetext import MAX_NAME
from graph.questions.what_if import WhatIf, base, change_line, what_if_document
from graph.scenario import storing
from graph.scenario.changes import REMOVALS, Change, Scenario
from graph.scenario.checking import checked_all, fitting
from graph.scenario.draft import Draft
from graph.sentences import scenarios as sentences
from graph.stored import Stored, tie_key
from graph.text import Language


def scenarios(explorer: Explorer) -> tuple[Scenario, ...]:
    """Return every scenario, the one changed last first."""
    return storing.scenarios(explorer.database)


def scenario(explorer: Explorer, scenario_id: str) -> Scenario:
    """Return one scenario; raises `graph.scenario.storing.NoScenario`."""
    return storing.scenario(explorer.database, scenario_id)


def create(
    explorer: Explorer,
    name: str | None = None,
    note: str | None = None,
    changes: Sequence[Mapping[str, Any]] = (),
    language: Language = "zh",
) -> Scenario:
    """Keep a new scenario; without a name it is named, in ``language``, by its first change.

    ``changes`` are as `graph.scenario.checking.checked` takes them. Raises `InvalidArgument` and
    `NotFound`, and then keeps nothing.
    """
    made = checked(explorer, changes)
    if not (name or "").strip():
        names = sentences.names_of(explorer.nodes_by_id(), changes=made)
        name = sentences.suggested_name(made, names).get(language)[:MAX_NAME]
    return storing.create(explorer.database, str(name), note, made)


def replace_scenario(
    explorer: Explorer,
    scenario_id: str,
    name: str,
    note: str | None,
    changes: Sequence[Mapping[str, Any]],
) -> Scenario:
    """Keep another name, note and changes for a scenario. Raises as `create`, and `NoScenario`."""
    old = scenario(explorer, scenario_id)
    new = replace(old, name=name, note=note, changes=checked(explorer, changes))
    return storing.save(explorer.database, old, new)


def rename(explorer: Explorer, scenario_id: str, name: str, note: str | None) -> Scenario:
    """Give a scenario another name and note. Raises `InvalidArgument` and `NoScenario`."""
    old = scenario(explorer, scenario_id)
    return storing.save(explorer.database, old, replace(old, name=name, note=note))


def add_changes(
    explorer: Explorer, scenario_id: str, changes: Sequence[Mapping[str, Any]]
) -> Scenario:
    """Add changes at the end of a scenario. Raises as `replace_scenario`."""
    old = scenario(explorer, scenario_id)
    draft, _ = fitting(old.changes, base(explorer))
    made = checked_all(changes, draft)
    return storing.save(explorer.database, old, replace(old, changes=(*old.changes, *made)))


def take_back(explorer: Explorer, scenario_id: str, number: int | None = None) -> Scenario:
    """Take back one change of a scenario by its number from 1; None is the last.

    What was built on it, such as a tie of an actor that is added no more, stays as a change that
    does not fit. Raises `InvalidArgument` where there is no such change, `NoScenario`.
    """
    old = scenario(explorer, scenario_id)
    at = len(old.changes) if number is None else number
    if not 1 <= at <= len(old.changes):
        raise storing.no_such_change(number, len(old.changes))
    kept = (*old.changes[: at - 1], *old.changes[at:])
    return storing.save(explorer.database, old, replace(old, changes=kept))


def delete(explorer: Explorer, scenario_id: str) -> None:
    """Forget a scenario; raises `graph.scenario.storing.NoScenario`."""
    storing.delete(explorer.database, scenario_id)


def checked(explorer: Explorer, changes: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Return changes that fit the stored data. Raises `InvalidArgument` and `NotFound`."""
    return checked_all(changes, Draft(base(explorer)))


def scenario_document(explorer: Explorer, kept: Scenario) -> Document:
    """Return a scenario: its name, its note and its changes, each with its sentence."""
    names = sentences.names_of(explorer.nodes_by_id(), changes=kept.changes)
    return {
        "id": kept.id,
        "name": kept.name,
        "note": kept.note,
        "changes": [change_line(c, n, names) for n, c in enumerate(kept.changes, 1)],
        "created": kept.created,
        "changed": kept.changed,
    }


def export_document(explorer: Explorer, kept: Scenario, found: WhatIf) -> Document:
    """Return a scenario and what it comes to, as one document."""
    return {
        "scenario": scenario_document(explorer, kept),
        "what_if": what_if_document(explorer, found),
    }


def export_tables(explorer: Explorer, kept: Scenario) -> bytes:
    """Return a zip archive of what an import could bring about, in the format of the import.

    Actors and ties that are new, and those that end. An import removes nothing, so that removals
    are only named, with all other changes, in the text beside the tables.
    """
    draft, _ = fitting(kept.changes, base(explorer))
    edits = draft.edits()
    nodes = {n.id: n for n in (*edits.nodes, *edits.ended)}
    ties = {tie_key(t): t for t in (*edits.ties, *edits.ended_ties)}
    sheets = tables(Stored(nodes, ties))
    wanted = [content for content, records in zip(sheets, (nodes, ties), strict=False) if records]
    names = sentences.names_of(explorer.nodes_by_id(), changes=kept.changes)
    lines = [sentences.change_sentence(c, names) for c in kept.changes]
    text = sentences.about_export(kept.name, lines, [isinstance(c, REMOVALS) for c in kept.changes])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*wanted, ("说明.txt", text.encode("utf-8-sig"))):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return stream.getvalue()
