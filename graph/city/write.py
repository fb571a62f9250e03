"""Writing a city: as tables that an import takes, as a plain network, as arrays, and its truth."""

from __future__ import annotations

from pathlib import Path

from graph.city.arrays import SECTOR_OF_KIND, SECTOR_SLUGS, City
from graph.city.names import node_names
from graph.city.network import city_network
from graph.network import Network

_CHUNK = 100_000


def write_plain(city: City, nodes: Path, edges: Path, network: Network | None = None) -> None:
    """Write the actor network as two CSV tables, UTF-8.

    ``nodes`` has the rows ``id,name,group``, the group being the sector; ``edges`` has
    ``source,target,weight``, each tie once. ``network`` is `city_network`, where it is at hand.
    Time O(n + m), memory that of the network.
    """
    found = network or city_network(city)
    group = [SECTOR_SLUGS[code] for code in SECTOR_OF_KIND.tolist()]
    with nodes.open("w", encoding="utf-8", newline="") as stream:
        stream.write("id,name,group\n")
        for start in range(0, city.n_actors, _CHUNK):
            stop = min(start + _CHUNK, city.n_actors)
            rows = zip(
                city.ids(start, stop),
                node_names(city, start, stop),
                city.kinds[start:stop].tolist(),
                strict=True,
            )
            stream.writelines(f"{id_},{name},{group[kind]}\n" for id_, name, kind in rows)
    sources, targets, weights = found.arrays()
    ids = found.ids
    with edges.open("w", encoding="utf-8", newline="") as stream:
        stream.write("source,target,weight\n")
        for start in range(0, len(sources), _CHUNK):
            ties = zip(
                *(
                    column[start : start + _CHUNK].tolist()
                    for column in (sources, targets, weights)
                ),
                strict=True,
            )
            stream.writelines(f"{ids[a]},{ids[b]},{weight!r}\n" for a, b, weight in ties)
