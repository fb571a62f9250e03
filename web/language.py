"""The pages' words: one catalogue per language, numbers and dates as that language writes them."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from markupsafe import Markup, escape

from graph.analysis.registry import COLUMN_BY_SLUG
from graph.text import LANGUAGES, Language

FOLDER = Path(__file__).parent / "text"
FIELD = re.compile(r"\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:[T ](\d{2}:\d{2}))?")


class BilingualText(Protocol):
    """A sentence carried in both languages, wherever it comes from."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of the pages in one language, by dotted key."""

    language: Language
    texts: Mapping[str, str]

    def say(self, key: str, /, **values: Any) -> Markup:
        """Return the text under ``key``, its fields filled and everything in them escaped.

        ``{n}`` is replaced by the value, numbers written as the language writes them;
        ``{n|community|communities}`` by the first word where the value is 1, else the second.
        """

        def fill(match: re.Match[str]) -> str:
            name, one, many = match.groups()
            value = values[name]
            if one is not None:
                return str(escape(one if value == 1 else many))
            return str(escape(number(value) if isinstance(value, int | float) else value))

        parts = []
        end = 0
        text = self.texts[key]
        for match in FIELD.finditer(text):
            parts += [str(escape(text[end : match.start()])), fill(match)]
            end = match.end()
        return Markup("".join(parts) + str(escape(text[end:])))  # noqa: S704

    def below(self, prefix: str) -> dict[str, str]:
        """Return the texts under ``prefix``, their keys without it."""
        start = f"{prefix}."
        return {k.removeprefix(start): v for k, v in self.texts.items() if k.startswith(start)}

    def of(self, text: BilingualText) -> str:
        """Return a bilingual text in this language."""
        return text.zh if self.language == "zh" else text.en

    def date(self, value: str) -> str:
        """Return an ISO date, whole or cut to year or month, as this language writes it."""
        match = DATE.match(value)
        if not match:
            return value
        year, month, day, time = match.groups()
        if self.language == "zh":
            written = f"{year}年"
            written += f"{int(month)}月" if month else ""
            written += f"{int(day)}日" if day else ""
        else:
            name = MONTHS[int(month) - 1] if month and 1 <= int(month) <= 12 else None
            written = " ".join(part for part in (day and str(int(day)), name, year) if part)
        return f"{written} {time}" if time else written


@cache
def catalogues() -> Mapping[Language, Catalogue]:
    """Return every catalogue, read once."""
    return {language: Catalogue(language, read(language)) for language in LANGUAGES}


def read(language: Language) -> dict[str, str]:
    """Read a language's files, nested tables as dotted keys, and the words of the measures.

    Raises `ValueError` where two files have the same key.
    """
    words: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        found = dict(_flat("", tomllib.loads(path.read_text(encoding="utf-8"))))
        if twice := words.keys() & found.keys():
            raise ValueError(f"{path} repeats {', '.join(sorted(twice))}")
        words |= found
    for column in COLUMN_BY_SLUG.values():
        words[f"measure.{column.slug}"] = column.label.get(language)
        words[f"measure.{column.slug}_term"] = column.term.get(language)
        words[f"measure.{column.slug}_help"] = column.help.get(language)
    return words


def number(value: float) -> str:
    """Return a number with grouped thousands; a fraction with three significant digits."""
    if isinstance(value, int) or value == int(value):
        return f"{int(value):,}"
    if abs(value) >= 100:
        return f"{math.floor(value + 0.5):,}"
    return f"{value:.3g}"


def _flat(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            pairs += _flat(f"{prefix}{key}.", value)
        else:
            pairs.append((f"{prefix}{key}", str(value)))
    return pairs
