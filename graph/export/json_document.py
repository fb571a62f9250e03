"""Export as one JSON document."""

from __future__ import annotations

import json
from dataclasses import asdict

from graph.stored import Stored


def write(stored: Stored) -> bytes:
    """Return ``{"actors", "ties", "needs", "areas"}`` in UTF-8, each a list of records."""
    document = {
        "actors": [asdict(n) | {"sector": n.sector} for n in stored.nodes.values()],
        "ties": [asdict(t) for t in stored.ties.values()],
        "needs": [asdict(n) for n in stored.needs.values()],
        "areas": [asdict(a) for a in stored.areas.values()],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
