"""Whether every number that a sentence states is in the data it was written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_NUMBER = re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)(?![\w.]*\w)")
_QUOTED = re.compile(r"“[^”]*”")


def numbers_in(sentence: str, names: tuple[str, ...] = ()) -> set[float]:
    """Return the numbers of a sentence, but for those inside quotation marks and in names."""
    text = _QUOTED.sub("", sentence)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    text = re.sub(r"[一-鿿（）、，。；：]", " ", text)
    return {float(n.replace(",", "")) for n in _NUMBER.findall(text)}


def numbers_of(data: Any) -> set[float]:
    """Return every number in a document, every length of a list, and shares as whole percent."""
    return set(_numbers(data))


def _numbers(data: Any) -> Iterator[float]:
    if isinstance(data, bool) or data is None or isinstance(data, str):
        return
    if isinstance(data, (int, float)):
        yield float(data)
        yield float(round(100 * data))
    elif isinstance(data, dict):
        for value in data.values():
            yield from _numbers(value)
    elif isinstance(data, (list, tuple)):
        yield float(len(data))
        for value in data:
            yield from _numbers(value)


def names_in(data: Any) -> tuple[str, ...]:
    """Return every name in a document."""
    found: set[str] = set()

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            found.update(
                str(value[k]) for k in ("name", "name_en") if isinstance(value.get(k), str)
            )
            for inner in value.values():
                walk(inner)
        elif isinstance(value, (list, tuple)):
            for inner in value:
                walk(inner)

    walk(data)
    return tuple(found)
