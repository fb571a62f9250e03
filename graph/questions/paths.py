"""Who can introduce one to another: paths with the person or body to ask at each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph import documents
from graph.documents import Document
from graph.errors import InvalidArgument
from graph.explorer import Explorer
from graph.findings.ground import Ground
from graph.findings.introductions import Introductions, introductions
from graph.findings.reach import MAX_STEPS, Standing
from graph.findings.subjects import standing_of
from graph.findings.ties_behind import BehindTie, TiesBehind
from graph.model import RELATION_BY_SLUG
from graph.projection import DEFAULT, Projection
from graph.questions.ground import counted_in, ground_of, ties_behind
from graph.records import Node
from graph.sentences import paths as say
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path.

    ask : who is asked to introduce ``end``; None at the first step, which one takes oneself.
    weight : the strength of the tie. passes : what it passes on, 0 … 1.
    """

    start: Node
    end: Node
    ask: Node | None
    weight: float
    passes: float
    ties: tuple[BehindTie, ...]
    sentence: Text


@dataclass(frozen=True, slots=True)
class Path:
    """A path from one to another; ``strength`` is the product of what its steps pass on."""

    strength: float
    steps: tuple[Step, ...]
    sentence: Text

    @property
    def actors(self) -> tuple[Node, ...]:
        """Everyone on the path, both ends included."""
        return (self.steps[0].start, *(step.end for step in self.steps))


@dataclass(frozen=True, slots=True)
class PathsAnswer:
    """The strongest paths between two, and how far apart they are otherwise.

    ``start`` and ``end`` are who is in the network: for a person, the team it is counted in.
    """

    start: Node
    end: Node
    avoided: tuple[Node, ...]
    found: Introductions
    paths: tuple[Path, ...]
    sentence: Text


def paths(
    explorer: Explorer,
    start_id: str,
    end_id: str,
    projection: Projection = DEFAULT,
    *,
    avoid: Sequence[str] = (),
    max_steps: int = MAX_STEPS,
    limit: int = 5,
    offset: int = 0,
) -> PathsAnswer:
    """Return who can introduce ``start_id`` to ``end_id``, strongest paths first.

    Both are actors or affiliations; the members of an affiliation are one step from it. See
    `graph.findings.introductions`. Raises `NotFound`, and `InvalidArgument` where the two are one,
    where one of them is to be avoided, or where the projection leaves one out.
    """
    ground = ground_of(explorer, projection)
    start = counted_in(ground, explorer.node(start_id), "from")
    end = counted_in(ground, explorer.node(end_id), "to")
    avoided = tuple(counted_in(ground, explorer.node(node_id), "avoid") for node_id in avoid)
    if start.id == end.id:
        raise InvalidArgument(
            "to",
            Text(
                "起点和终点是同一个主体，请选两个不同的。",
                "Both ends are the same actor; choose two different ones.",
            ),
        )
    for node in avoided:
        if node.id in (start.id, end.id):
            raise InvalidArgument(
                "avoid",
                Text(
                    f"{node.label().zh}是路的一端，避不开。",
                    f"{node.label().en} is an end of the path and cannot be avoided.",
                ),
            )
    one, other = (standing_of(ground, node, projection.as_of) for node in (start, end))
    found = introductions(
        ground.network.network,
        one,
        other,
        avoid=[ground.network.index[n.id] for n in avoided if n.id in ground.network.index],
        max_steps=max_steps,
        limit=offset + limit,
    )
    behind = ties_behind(explorer, projection)
    actors = ground.network.actors
    first = [actors[i] for i in found.paths[0].between] if found.paths else []
    return PathsAnswer(
        start,
        end,
        avoided,
        found,
        tuple(
            path_of(ground, start, end, p.between, p.weights, behind)
            for p in found.paths[offset : offset + limit]
        ),
        say.paths_sentence(start, end, avoided, found, first),
    )


def path_of(
    ground: Ground,
    start: Node,
    end: Node,
    between: Sequence[int],
    weights: Sequence[float],
    behind: TiesBehind,
) -> Path:
    """Return a path with the ties behind each step, given who stands in between."""
    middle = [ground.network.actors[i] for i in between]
    steps = []
    strength = 1.0
    for (a, b), weight in zip(pairwise((start, *middle, end)), weights, strict=True):
        ties = behind.between(a, b)
        passes = weight / (1 + weight)
        strength *= passes
        is_first = a.id == start.id
        sentence = say.step_sentence(a, b, is_first, ties)
        steps.append(Step(a, b, None if is_first else a, weight, passes, ties, sentence))
    return Path(strength, tuple(steps), say.path_sentence(end, middle))


def weights_along(ground: Ground, standing: Standing, path: Sequence[int]) -> list[float]:
    """Return the strength of each tie from ``standing`` along the positions of ``path``."""
    at = int(standing.partners.searchsorted(path[0]))
    weights = [float(standing.weights[at])]
    for i, j in pairwise(path):
        tie = ground.network.tie(i, j)
        weights.append(tie.weight if tie else 0.0)
    return weights


def as_document(answer: PathsAnswer) -> Document:
    """Return what is said of the two ends, without the page of paths."""
    found = answer.found
    return {
        "from": documents.actor(answer.start),
        "to": documents.actor(answer.end),
        "avoided": [documents.actor(node) for node in answer.avoided],
        "sentence": answer.sentence.as_dict(),
        "max_steps": found.max_steps,
        "distance": found.distance,
        "distance_if_nobody_is_avoided": found.distance_through_all,
    }


def path_document(path: Path) -> Document:
    """Return a path with its steps as the API and the command line give it."""
    return {
        "strength": path.strength,
        "n_steps": len(path.steps),
        "actors": [documents.actor(node) for node in path.actors],
        "steps": [
            {
                "from": documents.actor(step.start),
                "to": documents.actor(step.end),
                "ask": documents.actor(step.ask) if step.ask else None,
                "weight": step.weight,
                "passes": step.passes,
                "ties": [_tie(tie) for tie in step.ties],
                "sentence": step.sentence.as_dict(),
            }
            for step in path.steps
        ],
        "sentence": path.sentence.as_dict(),
    }


def _tie(tie: BehindTie) -> Document:
    return {
        "relation": tie.relation,
        "label": RELATION_BY_SLUG[tie.relation].label.as_dict(),
        "start": documents.actor(tie.start),
        "end": documents.actor(tie.end),
        "affiliation": documents.actor(tie.affiliation) if tie.affiliation else None,
        "strength": tie.strength,
        "since": tie.since,
        "until": tie.until,
        "source": tie.source,
        "through_member": tie.through_member,
    }
