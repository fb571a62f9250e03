"""The networks that we and the peers are measured on, as files of edge arrays.

Synthetic cities of any size, and public networks that graph-tool ships; of some the 2-core, which
has no leaves, so that it does not help that ours folds trees.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.city.network import benchmark_network
from graph.network import Network

SYSTEM_PYTHON = Path("/usr/bin/python3")
RUNNER = Path(__file__).with_name("peer_runner.py")
WITHOUT_LEAVES = "-2core"
_N_GROUPS = 7


@dataclass(frozen=True)
class GraphFile:
    """One network on disk; ``digest`` is of what it holds, and ``network`` its name."""

    name: str
    path: Path
    n: int
    n_ties: int
    digest: str

    @property
    def is_city(self) -> bool:
        return self.name.startswith("city-")

    @property
    def title(self) -> str:
        """The name as it stands in a table, with the size."""
        return f"{self.name}, {self.n:,} nodes, {self.n_ties:,} ties"

    def load(self) -> Network:
        """Return it as ours, weighted."""
        with np.load(self.path) as file:
            return Network(range(self.n), file["sources"], file["targets"], file["weights"])


def graph_file(name: str, folder: Path) -> GraphFile | None:
    """Return the network of this name, made where it is not in ``folder``; None without graph-tool.

    ``city-N`` is `benchmark_network`; any other is one of graph-tool's collection, made simple,
    its 2-core with the suffix ``-2core``.
    """
    path = folder / f"{name}.npz"
    if not path.exists() or name.startswith("city-"):
        made = _city(int(name[5:])) if re.fullmatch(r"city-\d+", name) else _real(name, folder)
        if made is None:
            return None
        np.savez(path, **made)
    with np.load(path) as file:
        digest = hashlib.blake2b(digest_size=8)
        for array in ("n", "sources", "targets", "weights", "groups"):
            digest.update(file[array].tobytes())
        return GraphFile(name, path, int(file["n"]), len(file["sources"]), digest.hexdigest())


def _city(n: int) -> dict[str, np.ndarray]:
    return _arrays(benchmark_network(n))


def _real(name: str, folder: Path) -> dict[str, np.ndarray] | None:
    whole = name.removesuffix(WITHOUT_LEAVES)
    exported = folder / f"{whole}.exported.npz"
    command = [SYSTEM_PYTHON, "-I", RUNNER, "export", whole, exported]
    if not SYSTEM_PYTHON.exists() or subprocess.run(command, capture_output=True).returncode:
        return None
    with np.load(exported) as file:
        n, sources, targets = int(file["n"]), file["sources"], file["targets"]
    exported.unlink()
    # Groups by lot: what these networks come with is no partition like sectors.
    groups = np.random.Generator(np.random.PCG64(1)).integers(0, _N_GROUPS, n)
    network = Network(range(n), sources, targets, groups=groups, group_names="abcdefg"[:_N_GROUPS])
    return _arrays(_without_leaves(network) if name != whole else network)


def _without_leaves(network: Network) -> Network:
    """Return what is left when nodes of less than two ties are taken away again and again."""
    sources, targets, _ = network.arrays()
    is_left = np.ones(len(network), bool)
    while True:
        kept = is_left[sources] & is_left[targets]
        ends = np.concatenate((sources[kept], targets[kept]))
        degrees = np.bincount(ends, minlength=len(network))
        if (degrees[is_left] >= 2).all():
            break
        is_left &= degrees >= 2
    place = np.cumsum(is_left) - 1
    return Network(
        range(int(is_left.sum())),
        place[sources[kept]],
        place[targets[kept]],
        groups=network.groups[is_left],
        group_names=network.group_names,
    )


def _arrays(network: Network) -> dict[str, np.ndarray]:
    sources, targets, weights = network.arrays()
    return {
        "n": np.array(len(network)),
        "sources": sources.astype(np.int64),
        "targets": targets.astype(np.int64),
        "weights": weights,
        "groups": network.groups.astype(np.int64),
    }
