"""The actor network as columns, for a map of any size, and what its page says before it is drawn.

Numbers in place of words: an actor is its position, a kind, a relation or an area the position in
a list that comes along. A hundred thousand actors are then a few megabytes, read in a moment.
"""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph import documents
from graph.actor_network import ActorNetwork
from graph.analysis.registry import PAGE_MEASURES, Measuring, measured, measures_named
from graph.codes import KIND_CODE, KIND_SLUGS, N_ACTOR_KINDS, RELATION_SLUGS
from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.projection import DEFAULT, Projection
from graph.records import Node, Records
from graph.text import Text

_COMPRESSION = 6
_N_DIGITS = 6
# What the map colours by, beside what pages show.
_COMMUNITY = "community"
MAP_MEASURES: tuple[str, ...] = (
    *(c.slug for m in PAGE_MEASURES for c in m.columns),
    _COMMUNITY,
)


@dataclass(frozen=True, slots=True)
class Packed:
    """A document as JSON, compressed once; ``etag`` changes with its content."""

    compressed: bytes
    etag: str

    def plain(self) -> bytes:
        """Return the JSON itself."""
        return zlib.decompress(self.compressed, wbits=31)


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner in the network: strength of the tie, its relations, and where the two meet."""

    actor: Node
    weight: float
    relations: tuple[str, ...]
    via: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the map's page says in words: its size, and the actors with most partners.

    main : (actor, partners, betweenness), most partners first.
    sectors : number of actors by sector.
    """

    n_actors: int
    n_ties: int
    n_isolated: int
    sectors: dict[str | None, int]
    main: tuple[tuple[Node, int, float], ...]


def columns(explorer: Explorer, projection: Projection = DEFAULT) -> Packed:
    """Return the network under ``projection`` as columns; see `columns_document`.

    Kept until the data change. Time O(n + m) and compression, about 2 s for 100,000 actors.
    """
    return explorer.cached(
        ("network-columns", projection),
        lambda: _packed(
            columns_document(explorer.network(projection), explorer.records())
            | {"total": explorer.snapshot().n_actors}
            | documents.basis(explorer, projection)
        ),
    )


def columns_document(found: ActorNetwork, records: Records) -> dict[str, Any]:
    """Return actors and ties as columns of equal length.

    ``kinds``, ``areas`` and ``relations`` of the document list the words; ``actors`` has ``id``,
    ``name``, ``name_en`` (null where there is none), ``kind`` and ``area`` (positions, -1 for no
    area), ``members`` (null where unknown); ``groups`` and ``at_least`` are the positions of those
    that stand for several, and of those whose number is a lower bound. ``ties`` has ``source`` and
    ``target`` (positions), ``weight`` (a strength) and ``relation`` (bits of ``relations``);
    ``bridges`` are the positions of the ties whose loss parts the network. ``years`` are the first
    and last on record (null for none), ``n_undated`` stored ties have no date at all and so hold
    on any day.
    """
    actors = found.actors
    sources, targets, weights = found.network.arrays()
    paths = sorted({a.area for a in actors if a.area})
    position = {path: k for k, path in enumerate(paths)}
    return {
        "kinds": list(KIND_SLUGS[:N_ACTOR_KINDS]),
        "relations": list(RELATION_SLUGS),
        "areas": paths,
        "actors": {
            "id": [a.id for a in actors],
            "name": [a.name for a in actors],
            "name_en": [a.name_en for a in actors],
            "kind": [KIND_CODE[a.kind] for a in actors],
            "area": [position[a.area] if a.area else -1 for a in actors],
            "members": [a.n_members for a in actors],
        },
        "groups": [i for i, a in enumerate(actors) if a.is_group],
        "at_least": [i for i, a in enumerate(actors) if a.n_members_at_least],
        "ties": {
            "source": sources.tolist(),
            "target": targets.tolist(),
            "weight": [_rounded(w) for w in weights.tolist()],
            "relation": found.masks.tolist(),
        },
        "bridges": _bridges(found).tolist(),
        "years": _years(records),
        "n_undated": sum(t.since is None and t.until is None for t in records.ties),
        "n_stored_ties": len(records.ties),
    }


def measure_columns(
    explorer: Explorer, names: Sequence[str], projection: Projection = DEFAULT
) -> Packed:
    """Return columns of the registry in the order of `columns`, null where undefined.

    ``community`` is the circle that Leiden puts an actor in, a group of the network. Raises
    `InvalidArgument` for a name that is none of `MAP_MEASURES`. Linear measures take O(n + m);
    those on shortest paths as `graph.analysis.betweenness`.
    """
    for name in names:
        if name not in MAP_MEASURES:
            known = ", ".join(MAP_MEASURES)
            raise InvalidArgument(
                "measures",
                Text(
                    f"没有“{name}”这个指标；可用：{known}。",
                    f"There is no measure “{name}”; use one of: {known}.",
                ),
            )

    def compute() -> Packed:
        values = {name: _measure(explorer, name, projection) for name in names}
        return _packed({"measures": values} | documents.basis(explorer, projection))

    return explorer.cached(("network-measures", tuple(names), projection), compute)


def partners(explorer: Explorer, actor_id: str, projection: Projection = DEFAULT) -> list[Partner]:
    """Return whom an actor is tied to and by what, strongest first; raises `NotFound`."""
    found = explorer.network(projection)
    if actor_id not in found.index:
        raise NotFound(actor_id)
    i = found.index[actor_id]
    nodes = explorer.nodes_by_id()
    listed = []
    for j in found.network.neighbours(i).tolist():
        tie = found.tie(i, j)
        assert tie is not None  # noqa: S101
        via = tuple(nodes[v] for v in tie.via)
        listed.append(Partner(found.actors[j], tie.weight, tuple(sorted(tie.relations)), via))
    return sorted(listed, key=lambda p: (-p.weight, p.actor.name, p.actor.id))


def partner_document(partner: Partner) -> dict[str, Any]:
    """Return a partner as the API answers it."""
    return {
        "actor": documents.actor(partner.actor),
        "weight": partner.weight,
        "relations": list(partner.relations),
        "via": [documents.actor(node) for node in partner.via],
    }


def summary(explorer: Explorer, n_main: int, projection: Projection = DEFAULT) -> Summary:
    """Return what the page says without the picture. Time O(n log n) once."""

    def summarise() -> Summary:
        found = explorer.network(projection)
        degrees, betweenness = explorer.degrees_and_betweenness(projection)
        order = sorted(range(len(found)), key=lambda i: (-degrees[i], found.actors[i].name))
        return Summary(
            len(found),
            found.n_ties,
            degrees.count(0),
            Counter(a.sector for a in found.actors),
            tuple((found.actors[i], degrees[i], betweenness[i]) for i in order[:n_main]),
        )

    return explorer.cached(("network-summary", n_main, projection), summarise)


def _packed(document: dict[str, Any]) -> Packed:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    compressor = zlib.compressobj(_COMPRESSION, wbits=31)
    compressed = compressor.compress(text) + compressor.flush()
    return Packed(compressed, f'"{hashlib.blake2b(text, digest_size=12).hexdigest()}"')


def _measure(explorer: Explorer, name: str, projection: Projection) -> list[float | None]:
    if projection == DEFAULT and name != _COMMUNITY:
        # Computed when the program starts, for every page.
        values: Any = explorer.measures(None, projection)[name]
    else:
        found = explorer.network(projection)
        is_community = np.array([a.kind == "Community" for a in found.actors], np.bool_)
        values = measured(Measuring(found.network, is_community), measures_named([name]))[name]
    return [None if math.isnan(v) else _rounded(v) for v in map(float, values)]


def _rounded(value: float) -> float | int:
    """Return a number with as many digits as a picture needs."""
    short = float(f"{value:.{_N_DIGITS}g}")
    return int(short) if short == int(short) else short


def _bridges(found: ActorNetwork) -> NDArray[Any]:
    # Its kernel takes a second to load, which no start should wait for.
    from graph.analysis.cuts import bridge_ties

    n = max(len(found), 1)
    sources, targets, _ = found.network.arrays()
    keys = sources.astype(np.int64) * n + targets
    one, other = bridge_ties(found.network)
    return np.searchsorted(keys, one.astype(np.int64) * n + other)


def _years(records: Records) -> tuple[int, int] | None:
    dates = {d for n in records.nodes for d in (n.since, n.until) if d}
    dates |= {d for t in records.ties for d in (t.since, t.until) if d}
    years = [int(d[:4]) for d in dates if d[:4].isdecimal()]
    return (min(years), max(years)) if years else None
