"""What the questions about partners, paths and matching share, made once for the data."""

from __future__ import annotations

from graph import documents
from graph.documents import Document
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.findings.ground import Ground, survey
from graph.findings.ties_behind import TiesBehind
from graph.projection import DEFAULT, Projection
from graph.records import Need, Node
from graph.stored import need_id
from graph.text import Text


def ground_of(explorer: Explorer, projection: Projection = DEFAULT) -> Ground:
    """Return what is known of every actor under a projection."""

    def compute() -> Ground:
        rows = explorer.coverage(projection)
        return survey(explorer.records(), explorer.network(projection), rows)

    return explorer.cached(("ground", projection), compute)


def ties_behind(explorer: Explorer, projection: Projection = DEFAULT) -> TiesBehind:
    """Return the finder of the stored ties behind a tie of the actor network."""
    ground = ground_of(explorer, projection)
    return explorer.cached(("ties behind", projection), lambda: TiesBehind(ground, projection))


def counted_in(ground: Ground, node: Node, parameter: str) -> Node:
    """Return the actor that stands for ``node``: itself, or the team that a person is counted in.

    An affiliation stands for itself. Raises `InvalidArgument` for an actor that the projection
    leaves out.
    """
    found = ground.folded.get(node.id, node.id)
    if found in ground.network.index:
        return ground.network.actors[ground.network.index[found]]
    if not node.is_actor:
        return node
    name = node.label()
    raise InvalidArgument(
        parameter,
        Text(
            f"按当前的筛选，{name.zh}不在网络里。请放宽日期、区域或部门。",
            f"{name.en} is not in the network as it is filtered now; widen the date, the area or "
            "the sectors.",
        ),
    )


def want_document(want: Need, owner: Node) -> Document:
    """Return a need or an offer with its id and whose it is."""
    return {
        "id": need_id(want),
        "sort": want.sort,
        "actor": documents.actor(owner),
        "domain": want.domain,
        "resource": want.resource,
        "quantity": want.quantity,
        "since": want.since,
        "until": want.until,
        "note": want.note,
    }
