"""Who could become a partner of an actor, an affiliation, a gap, a need or an offer, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import datetime

from graph import documents
from graph.documents import Document
from graph.errors import InvalidArgument, NotFound, WusheError
from graph.explorer import Explorer
from graph.findings.gaps import Gap
from graph.findings.ground import Ground
from graph.findings.partners import DEFAULT_WEIGHTS, Candidate, Partners, Weights, find_partners
from graph.findings.subjects import Subject, subject_of
from graph.findings.ties_behind import TiesBehind
from graph.findings.wants import WantPair
from graph.model import KIND_BY_SLUG
from graph.projection import DEFAULT, Projection
from graph.questions.ground import counted_in, ground_of, ties_behind, want_document
from graph.questions.paths import Path, path_document, path_of, weights_along
from graph.records import Need, Node
from graph.sentences import partners as say
from graph.sentences.gaps import all_rules
from graph.stored import need_id
from graph.text import Text


@dataclass(frozen=True, slots=True)
class Partner:
    """A candidate with what is said of it, and the path on which it can be introduced."""

    found: Candidate
    reason: Text
    against: tuple[Text, ...]
    introduction: Path | None


@dataclass(frozen=True, slots=True)
class PartnersAnswer:
    """One page of the candidates for a subject; ``found`` has them all."""

    subject: Subject
    sentence: Text
    found: Partners
    partners: tuple[Partner, ...]


def partners(
    explorer: Explorer,
    asked: str,
    weights: Weights = DEFAULT_WEIGHTS,
    projection: Projection = DEFAULT,
    *,
    kinds: Sequence[str] = (),
    limit: int = 20,
    offset: int = 0,
) -> PartnersAnswer:
    """Return who could become a partner, best first; see `graph.findings.partners`.

    ``asked`` is the id of an actor, of an affiliation, of a gap (``no_platform:heshun``), or of a
    need or an offer (``need:beilangdong:垃圾分类:厨余垃圾处理设备``). A person stands for the team
    that it is counted in. Raises `NotFound`, and `InvalidArgument` for weights below 0 or all 0,
    an unknown kind, or an actor that the projection leaves out.
    """
    _check(weights, kinds)
    ground = ground_of(explorer, projection)
    subject = _subject(explorer, ground, asked, projection.as_of)
    counted_in(ground, subject.node, "for")
    found = find_partners(ground, subject, weights, kinds=kinds)
    behind = ties_behind(explorer, projection)
    day = projection.as_of or datetime.now().astimezone().date().isoformat()
    owners = set(ground.wants.actors.tolist())
    return PartnersAnswer(
        subject,
        say.partners_sentence(found),
        found,
        tuple(
            _partner(ground, subject, found.candidate(place), behind, day, owners)
            for place in range(offset, min(offset + limit, len(found)))
        ),
    )


def _check(weights: Weights, kinds: Sequence[str]) -> None:
    values = astuple(weights)
    if not all(math.isfinite(w) and w >= 0 for w in values) or not any(values):
        raise InvalidArgument(
            "weights",
            Text(
                "权重不能小于 0，也不能全是 0。",
                "A weight is at least 0, and not all of them are 0.",
            ),
        )
    for kind in kinds:
        if kind not in KIND_BY_SLUG:
            known = ", ".join(KIND_BY_SLUG)
            raise InvalidArgument(
                "kinds",
                Text(
                    f"没有“{kind}”这种主体；可用：{known}。",
                    f"There is no kind of actor “{kind}”; use one of: {known}.",
                ),
            )


class NobodyToAskFor(NotFound):
    """No actor, gap, need or offer has this id."""

    def __init__(self, asked: str) -> None:
        WusheError.__init__(
            self,
            Text(
                f"没有编号为“{asked}”的主体、缺口、需求或供给。请用搜索框按名称查找主体。",
                f"No actor, gap, need or offer has the id “{asked}”. Look an actor up by name with "
                "the search box.",
            ),
        )


def _subject(explorer: Explorer, ground: Ground, asked: str, day: str | None) -> Subject:
    nodes = explorer.nodes_by_id()
    if asked in nodes:
        return subject_of(ground, nodes[asked], asked, day=day)
    want = explorer.cached(
        ("wants by id",), lambda: {need_id(n): n for n in explorer.records().needs}
    ).get(asked)
    if want is not None:
        return subject_of(ground, nodes[want.actor], asked, want=want, day=day)
    gap = _gap(explorer, asked)
    if gap is not None:
        if not gap.actors:
            raise InvalidArgument(
                "for",
                Text(
                    "这个缺口说的是两个部门之间，不是某一个主体；请选一个主体来找伙伴。",
                    "This gap is between two sectors as a whole, not one actor's; choose an actor "
                    "to find partners for.",
                ),
            )
        return subject_of(ground, gap.actors[0], asked, gap, _need_of(explorer, gap), day)
    raise NobodyToAskFor(asked)


def _need_of(explorer: Explorer, gap: Gap) -> Need | None:
    """Return the need that a gap is about, where it is about one: its id names it."""
    about = gap.id.partition(":")[2]
    return next(
        (
            need
            for need in explorer.records().needs
            if need.sort == "need" and f"{need.actor}:{need.domain}:{need.resource}" == about
        ),
        None,
    )


def _gap(explorer: Explorer, gap_id: str) -> Gap | None:
    """Return a gap by id; of one whose subject has an area, only that area is looked at."""
    rule, _, rest = gap_id.partition(":")
    if rule not in {r.slug for r in all_rules()}:
        return None
    subject = explorer.nodes_by_id().get(rest.partition(":")[0])
    areas = {area.path for area in explorer.records().areas}
    area = subject.area if subject is not None and subject.area in areas else None
    return next((g for g in explorer.gaps(rule=rule, area=area) if g.id == gap_id), None)


def _partner(
    ground: Ground,
    subject: Subject,
    found: Candidate,
    behind: TiesBehind,
    day: str,
    owners: set[int],
) -> Partner:
    actors = ground.network.actors
    between = [actors[i] for i in found.path[:-1]]
    path = None
    if found.path:
        weights = weights_along(ground, subject.standing, found.path)
        path = path_of(ground, subject.actor, found.actor, found.path[:-1], weights, behind)
    return Partner(
        found,
        say.partner_reason(subject, found, between),
        say.against(subject, found, day, found.position in owners),
        path,
    )


def as_document(answer: PartnersAnswer) -> Document:
    """Return what is said of the subject and of the choice of candidates, without the page."""
    subject, found = answer.subject, answer.found
    return {
        "subject": {
            "asked": subject.asked,
            "actor": documents.actor(subject.node),
            "counted_in": documents.actor(subject.actor)
            if subject.actor.id != subject.node.id
            else None,
            "gap": documents.gap(subject.gap) if subject.gap else None,
            "wants": [want_document(w, subject.node) for w in subject.wants if w.domain],
            "lacking": None if subject.lacking is None else list(subject.lacking),
            "sought_kinds": list(subject.sought),
            "sought_resource": next((w.resource for w in subject.wants if not w.domain), None),
            "n_partners": len(subject.standing.partners),
        },
        "sentence": answer.sentence.as_dict(),
        "weights": asdict(found.weights),
        "looked_at": {
            "n_candidates": len(found),
            "n_actors": found.n_actors,
            "pools": [
                {
                    "pool": pool.slug,
                    "label": say.POOL_LABELS[pool.slug].as_dict(),
                    "n": pool.n,
                    "total": pool.total,
                }
                for pool in found.pools
            ],
        },
    }


def partner_document(partner: Partner) -> Document:
    """Return one candidate as the API and the command line give it."""
    found = partner.found
    return {
        "rank": found.rank,
        "actor": documents.actor(found.actor),
        "score": found.score,
        "reason": partner.reason.as_dict(),
        "against": [sentence.as_dict() for sentence in partner.against],
        "measures": {
            **found.parts,
            "adamic_adar": found.adamic_adar,
            "resource_allocation": found.resource_allocation,
            "path_strength": found.path_strength,
        },
        "parts": {
            "fit": {
                "value": found.fit.value,
                "domain": found.fit.domain,
                "resource": found.fit.resource,
                "area": found.fit.area,
                "column": found.fit.column,
                "pair": _pair(found.fit.pair, found.actor),
                "common_area": found.fit.common_area,
                "fills": found.fit.fills,
                "filled": found.fit.filled,
            },
            "reach": {
                "value": found.reach,
                "n_common_partners": found.n_common,
                "adamic_adar": found.adamic_adar,
                "resource_allocation": found.resource_allocation,
                "path_strength": found.path_strength,
                "n_steps": found.n_steps or None,
            },
            "bridging": {
                "value": found.bridging,
                "n_partners": found.n_partners,
                "n_open": found.n_open,
                "n_sole": found.n_sole,
                "sector_pairs": [
                    {
                        "sectors": pair.sectors,
                        "n_open": pair.n_open,
                        "n_sole": pair.n_sole,
                        "is_new": pair.is_new,
                    }
                    for pair in found.opened
                ],
            },
            "load": {"value": found.load, "n_communities": found.n_communities},
        },
        "introduction": path_document(partner.introduction) if partner.introduction else None,
    }


def _pair(pair: WantPair | None, candidate: Node) -> Document | None:
    if pair is None:
        return None
    return {
        "relation": pair.relation,
        "ours": need_id(pair.ours) if pair.ours.domain else None,
        "theirs": want_document(pair.theirs, candidate),
        "domain": pair.domain,
        "resource": pair.resource,
        "is_same_time": pair.is_same_time,
    }
