"""Scenarios in the store: kept beside the data, changed by nothing but the functions here."""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from graph.errors import InvalidArgument, NotFound, WusheError
from graph.ingest.freetext import MAX_NAME, MAX_NOTE, checked_text
from graph.scenario.changes import MAX_CHANGES, Change, Scenario, change_document, change_from
from graph.scenario.trial import prepare
from graph.store.database import Database
from graph.text import Text


class NoScenario(NotFound):
    """No scenario has this id."""

    def __init__(self, scenario_id: str) -> None:
        WusheError.__init__(
            self,
            Text(
                f"没有编号为“{scenario_id}”的情景，可能已经删除。",
                f"There is no scenario “{scenario_id}”; it may have been deleted.",
            ),
        )
        self.actor_id = scenario_id


def no_such_change(number: int | None, n_changes: int) -> InvalidArgument:
    """Return the refusal of a change's number."""
    if not n_changes:
        said = Text("这个情景没有改动。", "This scenario has no changes.")
    else:
        said = Text(
            f"没有第 {number} 处改动；共 {n_changes} 处。",
            f"There is no change {number}; it has {n_changes}.",
        )
    return InvalidArgument("number", said)


def scenarios(database: Database) -> tuple[Scenario, ...]:
    """Return every scenario, the one changed last first."""
    return tuple(_scenario(row) for row in database.read("read.scenarios"))


def scenario(database: Database, scenario_id: str) -> Scenario:
    """Return one scenario; raises `NoScenario`."""
    rows = database.read("read.scenarios", id=scenario_id) if scenario_id else []
    if not rows:
        raise NoScenario(scenario_id)
    return _scenario(rows[0])


def create(database: Database, name: str, note: str | None, changes: Sequence[Change]) -> Scenario:
    """Keep a new scenario; raises `InvalidArgument` for a name or note that cannot be."""
    prepare(database)
    now = _now()
    made = Scenario(
        uuid.uuid4().hex[:12], _name(name), _note(note), tuple(changes), now, now, n_saves=0
    )
    database.write_apart("load.scenario_created", properties=_properties(made))
    return made


def save(database: Database, old: Scenario, new: Scenario) -> Scenario:
    """Keep ``new`` in place of ``old``.

    Raises `InvalidArgument` where somebody else has saved it since ``old`` was read, and for a
    name, a note or a number of changes that cannot be; `NoScenario` if it was deleted.
    """
    if len(new.changes) > MAX_CHANGES:
        raise InvalidArgument(
            "changes",
            Text(
                f"一个情景最多 {MAX_CHANGES} 处改动。",
                f"A scenario has at most {MAX_CHANGES} changes.",
            ),
        )
    kept = replace(
        new,
        name=_name(new.name),
        note=_note(new.note),
        changed=_now(),
        n_saves=old.n_saves + 1,
    )
    saved = database.write_apart(
        "load.scenario_saved", id=old.id, n_saves=old.n_saves, properties=_properties(kept)
    )
    if not saved:
        raise NoScenario(old.id)
    if not saved[0]["is_saved"]:
        raise InvalidArgument(
            "changes",
            Text(
                "这个情景刚刚被别人改过，您的改动没有保存。请刷新后重试。",
                "Somebody else has just changed this scenario, and yours was not saved. Load it "
                "again and repeat your change.",
            ),
        )
    return kept


def delete(database: Database, scenario_id: str) -> None:
    """Forget a scenario; raises `NoScenario`."""
    scenario(database, scenario_id)
    database.write_apart("load.scenario_deleted", id=scenario_id)


def _scenario(row: dict[str, Any]) -> Scenario:
    changes = tuple(change_from(document) for document in json.loads(row["changes"]))
    return Scenario(**{**row, "changes": changes})


def _properties(made: Scenario) -> dict[str, Any]:
    return {
        "id": made.id,
        "name": made.name,
        "note": made.note,
        "changes": json.dumps([change_document(c) for c in made.changes], ensure_ascii=False),
        "created": made.created,
        "changed": made.changed,
        "n_saves": made.n_saves,
    }


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _name(given: str) -> str:
    name = checked_text("name", given, MAX_NAME)
    if not name:
        raise InvalidArgument("name", Text("请给情景起个名称。", "Give the scenario a name."))
    return name


def _note(given: str | None) -> str | None:
    return checked_text("note", given, MAX_NOTE)
