"""Which mode a community, street, area, programme or project is in, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from graph import documents
from graph.documents import Document
from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.findings.maturity import STEPS, Finding, Lack, comparable, lacks, maturity
from graph.findings.modes import MODE_BY_SLUG, Diagnosis, diagnose, diagnose_area
from graph.findings.parties import PARTIES, PARTY_BY_SLUG
from graph.findings.places import PLACE_KINDS, Act, Places
from graph.records import Node
from graph.sentences import modes as say
from graph.text import Text

N_SHOWN_FACTS = 20


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What is found about one place.

    ``findings``, ``others`` and ``lacks`` are of communities and streets: how far they are along
    the field's path, which communities are comparable and what those have that this one has not.
    """

    id: str
    name: Text
    node: Node | None
    diagnosis: Diagnosis
    findings: tuple[Finding, ...]
    others: tuple[tuple[Node, str | None], ...]
    lacks: tuple[Lack, ...]


def places_of(explorer: Explorer) -> Places:
    """Return the records arranged by place, made once for a state of the data."""
    return explorer.cached(("places",), lambda: Places(explorer.records()))


def diagnosis(explorer: Explorer, place_id: str) -> PlaceAnswer:
    """Return the mode of a place and all that it rests on.

    ``place_id`` is the id of a community, compound, street office or affiliation, or the path of
    an area. Raises `NotFound`, and `InvalidArgument` for an actor that is no place.
    """
    return explorer.cached(("diagnosis", place_id), lambda: _diagnosis(explorer, place_id))


def _diagnosis(explorer: Explorer, place_id: str) -> PlaceAnswer:
    places = places_of(explorer)
    node = places.nodes.get(place_id)
    if node is None:
        if place_id not in places.areas:
            raise NotFound(place_id)
        name = place_id.rpartition("/")[2]
        found = diagnose_area(places, place_id)
        return PlaceAnswer(place_id, Text(name, name), None, found, (), (), ())
    if node.is_actor and node.kind not in PLACE_KINDS:
        name_of = node.label()
        raise InvalidArgument(
            "for",
            Text(
                f"“{name_of.zh}”不是社区、街道、区域或项目，没有模式可言；请选一个地方或项目。",
                f"“{name_of.en}” is no community, street, area or project, so it has no mode; "
                "choose a place or a project.",
            ),
        )
    record = places.of(node)
    found = diagnose(places, record)
    if not node.is_actor:
        return PlaceAnswer(node.id, node.label(), node, found, (), (), ())
    findings = maturity(places, record)
    if node.kind != "Community" or node.is_group:
        return PlaceAnswer(node.id, node.label(), node, found, findings, (), ())
    others = comparable(places, node, _sizes(explorer))
    return PlaceAnswer(
        node.id,
        node.label(),
        node,
        found,
        findings,
        tuple((o, diagnose(places, places.of(o)).mode) for o in others),
        lacks(places, findings, others),
    )


def _sizes(explorer: Explorer) -> dict[str, int]:
    """Return the people of each area or, where nobody's are entered, the households."""
    areas = explorer.records().areas
    has_population = any(a.population for a in areas)
    found = {a.path: a.population if has_population else a.households for a in areas}
    return {path: size for path, size in found.items() if size}


def modes(explorer: Explorer) -> tuple[tuple[Node, str | None], ...]:
    """Return every community with its mode, in order of area and name."""

    def compute() -> tuple[tuple[Node, str | None], ...]:
        places = places_of(explorer)
        found = [(c, diagnose(places, places.of(c)).mode) for c in places.communities()]
        return tuple(sorted(found, key=lambda item: (item[0].area or "", item[0].name)))

    return explorer.cached(("modes",), compute)


def as_document(answer: PlaceAnswer) -> Document:
    """Return the answer as the API and the command line give it."""
    found = answer.diagnosis
    steps = {s.slug: s for s in STEPS}
    return {
        "id": answer.id,
        "name": answer.name.as_dict(),
        "place": documents.actor(answer.node) if answer.node else None,
        "mode": found.mode,
        "mode_label": MODE_BY_SLUG[found.mode].label.as_dict() if found.mode else None,
        "why_none": found.why_none,
        "reason": say.mode_sentence(answer.name, found).as_dict(),
        "scores": found.scores,
        "margin": found.margin,
        "runner_up": found.runner_up,
        "n_programmes": len(found.place.programmes),
        "n_acts": found.n_acts,
        "dimensions": [
            {
                "dimension": d.slug,
                "label": say.DIMENSION_LABELS[d.slug].as_dict(),
                "shares": d.shares or None,
                "n_cases": d.n_votes,
                "reason": say.dimension_sentence(d).as_dict(),
                "evidence": [_act(a) for a in d.acts[:N_SHOWN_FACTS]],
                "n_evidence": len(d.acts),
            }
            for d in found.dimensions
        ],
        "multi_actor": [
            {
                "condition": c.slug,
                "label": say.condition_label(c).as_dict(),
                "value": c.value,
                "needed": c.needed,
                "is_met": c.is_met,
                "present": list(c.present),
                "absent": list(c.absent),
                "reason": say.condition_sentence(c).as_dict(),
            }
            for c in found.conditions
        ],
        "parties": [
            {"party": p.slug, "label": p.label.as_dict(), "help": p.help.as_dict()} for p in PARTIES
        ],
        "maturity": {
            "reason": say.maturity_sentence(answer.findings).as_dict(),
            "checks": [
                {
                    "check": f.check.slug,
                    "step": f.check.step,
                    "step_label": steps[f.check.step].label.as_dict(),
                    "section": steps[f.check.step].section,
                    "label": f.check.label.as_dict(),
                    "help": f.check.help.as_dict(),
                    "state": f.state,
                    "facts": [documents.actor(n) for n in f.facts[:N_SHOWN_FACTS]],
                    "n_facts": len(f.facts),
                }
                for f in answer.findings
            ],
        }
        if answer.findings
        else None,
        "comparable": [
            {"actor": documents.actor(node), "mode": mode} for node, mode in answer.others
        ],
        "lacks": [
            {
                "check": lack.check.slug,
                "label": lack.check.label.as_dict(),
                "reason": say.lack_sentence(lack).as_dict(),
                "examples": [documents.actor(n) for n in lack.examples],
                "n_comparable": lack.n_comparable,
            }
            for lack in answer.lacks
        ],
        "parts": [{"actor": documents.actor(node), "mode": mode} for node, mode in found.parts],
    }


def _act(act: Act) -> Document:
    return {
        "party": act.party,
        "party_label": PARTY_BY_SLUG[act.party].label.as_dict(),
        "actor": documents.actor(act.actor),
        "relation": act.tie.relation,
        "programme": documents.actor(act.programme) if act.programme else None,
        "start": act.tie.start,
        "end": act.tie.end,
        "since": act.tie.since,
        "until": act.tie.until,
        "source": act.tie.source,
    }
