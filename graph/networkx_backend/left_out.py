"""Tests of NetworkX that expect what is wrong.

All others pass on the backend, in NetworkX 3.6 and 3.7: ``NETWORKX_TEST_BACKEND=wushe
NETWORKX_FALLBACK_TO_NX=1 pytest --pyargs networkx``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

# By module under ``networkx``, class and function.
LEFT_OUT = {
    "algorithms/centrality/tests/test_betweenness_centrality_subset.py"
    "::TestEdgeSubsetBetweennessCentrality::test_diamond_multi_path": (
        "five shortest paths lead from 1 to 9, three of them over node 6, so that (2, 6) is on one "
        "of five and carries 1/5, halved 0.1; it expects 0.2/3"
    ),
}


def mark(items: Sequence[Any]) -> None:
    """Mark those among the collected tests as failing; one that passes is an error."""
    import networkx as nx
    import pytest

    for item in items:
        reason = LEFT_OUT.get(name_of(item, Path(nx.__file__).parent))
        if reason is not None:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


def name_of(item: Any, root: Path) -> str:
    """Return the name of a test by its module under ``root``, wherever it is run from."""
    module = item.path.relative_to(root).as_posix() if item.path.is_relative_to(root) else item.path
    return "::".join([str(module), *item.nodeid.split("::")[1:]])
