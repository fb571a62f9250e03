"""Finding actors, projects and areas by what people call them."""

from __future__ import annotations

import unicodedata
from collections import Counter

from graph.explorer import Explorer
from graph.questions.areas import tree_of
from graph.records import Node
from graph.results import Hit


def actors_named(explorer: Explorer, query: str, limit: int = 20) -> tuple[Hit, ...]:
    """Find actors and affiliations by name, alias, English name, pinyin or initials.

    Exact names come first, then beginnings, then the rest. An empty query finds nothing.
    """
    query = unicodedata.normalize("NFKC", query).strip().casefold()
    if not query:
        return ()
    word = "".join(c for c in query if c.isascii() and c.isalnum())
    is_spelling = word == "".join(query.split())
    phrase = '"' + query.replace("\\", "\\\\").replace('"', '\\"') + '"'
    rows = explorer.database.read(
        "read.search", phrase=phrase, word=word if is_spelling else "", limit=500
    )
    nodes = explorer.nodes_by_id()
    hits = [
        (place, n.name, Hit(n, matched))
        for n in (nodes[r["id"]] for r in rows if r["id"] in nodes)
        for place, matched in [_match(n, query, word)]
    ]
    return tuple(hit for _, _, hit in sorted(hits, key=lambda h: h[:2])[:limit])


def is_only_name(explorer: Explorer, name: str) -> bool:
    """Return whether one actor or project alone has this name, in Chinese or in English.

    Time O(stored) once for a state of the data, then O(1).
    """

    def count() -> Counter[str]:
        nodes = explorer.nodes_by_id().values()
        return Counter(one for n in nodes for one in {n.name, n.name_en or n.name})

    return explorer.cached(("names counted",), count)[name] == 1


def areas_named(explorer: Explorer, words: str, limit: int = 20) -> list[str]:
    """Find areas by their own name, its pinyin or initials, and return their paths.

    Exact names come first, then beginnings, then the rest, larger areas before those within them.
    No words find nothing. Time O(areas); their pinyin is made once for a state of the data.
    """
    asked = "".join(unicodedata.normalize("NFKC", words).split()).casefold()
    if not asked:
        return []

    def place(path: str, name: str) -> int | None:
        if asked in name:
            return 0 if asked == name else 1 if name.startswith(asked) else 2
        return 3 if any(one.startswith(asked) for one in spelled.get(path, ())) else None

    names = {p: p.rpartition("/")[2].casefold() for p in tree_of(explorer).paths()}
    spelled = (
        explorer.cached(("areas spelled",), lambda: _spelled(names)) if asked.isascii() else {}
    )
    found = [
        (at, p.count("/"), p) for p, name in names.items() if (at := place(p, name)) is not None
    ]
    return [path for _, _, path in sorted(found)[:limit]]


def _spelled(names: dict[str, str]) -> dict[str, tuple[str, str]]:
    # Only who types pinyin waits for its dictionary.
    from pypinyin import lazy_pinyin

    spelled = {path: lazy_pinyin(name) for path, name in names.items()}
    return {path: ("".join(s), "".join(part[:1] for part in s)) for path, s in spelled.items()}


def _match(node: Node, query: str, word: str) -> tuple[int, str]:
    """Return how well a found node matches (0 best) and the name that does."""
    names = [n for n in (node.name, *node.aliases, node.name_en) if n]
    folded = [(name.casefold(), name) for name in names]
    for place, found in enumerate(
        (
            [name for low, name in folded if low == query],
            [name for low, name in folded if low.startswith(query)],
            [name for low, name in folded if query in low],
        )
    ):
        if found:
            return place, found[0]
    return 3, node.name if not word else query
