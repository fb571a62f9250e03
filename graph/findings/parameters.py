"""What can be set of a gap rule: its thresholds, their defaults and where they were changed.

A rule declares a parameter in its header like any other statement, and beside it in both languages
the ``label`` and the reason of the ``default``, and the ``range`` it may be set in::

    // param: k integer = 2
    // label.k.zh: …
    // default.k.zh: …
    // range.k: 1..3

Two parameters belong to every rule or to whoever runs it, and cannot be set: ``area`` (a path; ''
is everywhere) and ``today``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.cypher import Statement, StatementError
from graph.errors import InvalidArgument
from graph.projection import is_within
from graph.text import Text

Number = int | float
EVERYWHERE = ""
GIVEN = frozenset({"area", "today"})


@dataclass(frozen=True, slots=True)
class RuleParameter:
    """A threshold of a rule; ``low`` and ``high`` are the least and the most it can be set to."""

    name: str
    label: Text
    default: Number
    reason: Text
    low: Number
    high: Number
    is_integer: bool = True

    def check(self, value: Number) -> Number:
        """Return ``value`` as this parameter takes it; raises `InvalidArgument`."""
        is_whole = not self.is_integer or value == int(value)
        if isinstance(value, bool) or not is_whole or not self.low <= value <= self.high:
            whole = Text("整数", "a whole number") if self.is_integer else Text("数", "a number")
            raise InvalidArgument(
                self.name,
                Text(
                    f"“{self.label.zh}”应是 {self.low:g} 到 {self.high:g} 之间的{whole.zh}。",
                    f"“{self.label.en}” is {whole.en} from {self.low:g} to {self.high:g}.",
                ),
            )
        return int(value) if self.is_integer else float(value)


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter of a rule as it was changed for an area and all that lies in it."""

    area: str
    rule: str
    parameter: str
    value: Number


def parameters_of(statement: Statement) -> tuple[RuleParameter, ...]:
    """Return what can be set of a rule; raises `StatementError` where its header does not say."""
    return tuple(
        _parameter(statement, p.name, p.type, p.default)
        for p in statement.parameters
        if p.name not in GIVEN
    )


def _parameter(statement: Statement, name: str, type_: str, default: Number) -> RuleParameter:
    extra = statement.extra
    try:
        low, high = (float(end) for end in extra[f"range.{name}"].split(".."))
        return RuleParameter(
            name,
            Text(extra[f"label.{name}.zh"], extra[f"label.{name}.en"]),
            default,
            Text(extra[f"default.{name}.zh"], extra[f"default.{name}.en"]),
            low,
            high,
            type_ == "integer",
        )
    except (KeyError, ValueError) as error:
        raise StatementError(statement.name, f"the parameter {name} is not explained") from error


def read_settings(read: Callable[[str], list[dict[str, Any]]]) -> tuple[Setting, ...]:
    """Return what was changed, through ``read``, a reader of statements by name."""
    return tuple(Setting(**row) for row in read("read.gap_settings"))


def values_at(
    rule: str, parameters: Iterable[RuleParameter], settings: Sequence[Setting], area: str
) -> dict[str, Number]:
    """Return the values that hold in ``area``: of the nearest area around it, else the defaults."""
    values = {p.name: p.default for p in parameters}
    around = [s for s in settings if s.rule == rule and _holds_in(s.area, area)]
    # The nearest comes last and wins.
    for setting in sorted(around, key=lambda s: len(s.area)):
        if setting.parameter in values:
            values[setting.parameter] = setting.value
    return values


def areas_to_run(rule: str, settings: Iterable[Setting], area: str) -> tuple[str, ...]:
    """Return ``area`` and the areas inside it for which something of ``rule`` was set."""
    inner = {s.area for s in settings if s.rule == rule and s.area and _holds_in(area, s.area)}
    return (area, *sorted(inner - {area}))


def nearest(areas: Sequence[str], place: str | None) -> str:
    """Return which of ``areas``, the first of which holds all others, is nearest around a place."""
    around = [a for a in areas[1:] if is_within(place, a)]
    return max(around, key=len, default=areas[0])


def _holds_in(outer: str, area: str) -> bool:
    return outer == EVERYWHERE or is_within(area, outer)
