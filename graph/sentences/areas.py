"""How areas are called amid a sentence."""

from __future__ import annotations

from graph.text import Text

EVERYWHERE = Text("全部区域", "All areas")


def amid(name: Text) -> Text:
    """Return the name of an area as it stands within a sentence, not at its start."""
    return Text(name.zh, "all areas") if name == EVERYWHERE else name
