"""An actor as a platform: whom it brings together, what hangs on it, who could stand in."""

from __future__ import annotations

from dataclasses import dataclass

from graph import documents
from graph.documents import Document
from graph.errors import NotFound
from graph.explorer import Explorer
from graph.findings.platform_card import (
    StandIn,
    Without,
    roles_in_affiliations,
    stand_ins,
    without,
)
from graph.model import RELATION_BY_SLUG
from graph.projection import DEFAULT, Projection
from graph.records import Node
from graph.results import Evidence
from graph.sentences import platform_card as say

N_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PlatformCard:
    """An actor as a platform; ``roles`` are its affiliations by relation."""

    evidence: Evidence
    roles: dict[str, tuple[Node, ...]]
    without: Without
    stand_ins: tuple[StandIn, ...]


def platform_card(
    explorer: Explorer, actor_id: str, projection: Projection = DEFAULT
) -> PlatformCard:
    """Return the card of an actor; raises `NotFound`, also for an affiliation."""

    def compute() -> PlatformCard:
        evidence = explorer.evidence(actor_id, projection)
        measured = explorer.measured_on(projection)
        i = measured.network.index.get(actor_id)
        if i is None:
            raise NotFound(actor_id)
        return PlatformCard(
            evidence,
            roles_in_affiliations(explorer.ties_of(actor_id), explorer.nodes_by_id(), actor_id),
            without(measured.network, measured.measuring.cuts, i),
            stand_ins(measured.network, i),
        )

    return explorer.cached(("platform_card", actor_id, projection), compute)


def as_document(card: PlatformCard) -> Document:
    """Return the card as the API and the command line give it.

    Of long lists the first `N_SHOWN`, with how many there are.
    """
    evidence = card.evidence
    n_cut_off = sum(len(part) for part in card.without.cut_off)
    nobody = say.no_stand_in(card.stand_ins)
    return {
        "actor": documents.actor(evidence.actor),
        "reason": say.card_sentence(
            evidence.actor, evidence.n_pairs, evidence.n_sole, len(evidence.communities)
        ).as_dict(),
        "n_pairs": evidence.n_pairs,
        "n_sole_pairs": evidence.n_sole,
        "brings_together": documents.evidence(evidence)["sector_pairs"],
        "communities": [documents.actor(n) for n in evidence.communities],
        "enterprises": [documents.actor(n) for n in evidence.enterprises],
        "roles": [
            {
                "relation": relation,
                "label": RELATION_BY_SLUG[relation].label.as_dict(),
                "affiliations": [documents.actor(n) for n in nodes[:N_SHOWN]],
                "n_affiliations": len(nodes),
            }
            for relation, nodes in card.roles.items()
        ],
        "without": {
            "reason": say.without_sentence(evidence.actor, card.without).as_dict(),
            "n_cut_off": n_cut_off,
            "cut_off": [
                {"actors": [documents.actor(n) for n in part[:N_SHOWN]], "n_actors": len(part)}
                for part in card.without.cut_off[:N_SHOWN]
            ],
            "n_parts_cut_off": len(card.without.cut_off),
            "lost_sectors": [
                {
                    "sector": lost.sector,
                    "reason": say.lost_sentence(lost).as_dict(),
                    "communities": [documents.actor(n) for n in lost.communities[:N_SHOWN]],
                    "n_communities": len(lost.communities),
                    "n_reaching": lost.n_reaching,
                }
                for lost in card.without.lost
            ],
        },
        "stand_ins": [
            {
                "actor": documents.actor(s.actor),
                "reason": say.stand_in_sentence(s).as_dict(),
                "communities": [documents.actor(n) for n in s.communities[:N_SHOWN]],
                "n_communities": len(s.communities),
                "others": [documents.actor(n) for n in s.others[:N_SHOWN]],
                "n_others": len(s.others),
            }
            for s in card.stand_ins
        ],
        "no_stand_in": nobody.as_dict() if nobody else None,
    }
