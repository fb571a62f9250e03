"""Shortlists that are kept: begun, filled from the partner finder, put in order, noted on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from graph import documents
from graph.documents import Document
from graph.errors import InvalidArgument, NotFound
from graph.explorer import Explorer
from graph.findings import shortlists as lists
from graph.findings.shortlists import Entry, Finding, Named, NoShortlist, Shortlist
from graph.ingest.freetext import MAX_NAME
from graph.model import sector_of
from graph.questions import partners as finder
from graph.questions.paths import paths
from graph.records import Node
from graph.sentences import shortlists as say
from graph.stored import need_id
from graph.text import Language, Text


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate that is to be put down, and for what."""

    actor: Named
    subject: Named
    purpose: Text
    finding: Finding


def shortlists(explorer: Explorer) -> tuple[Shortlist, ...]:
    """Return every shortlist, the one changed last first."""
    return lists.read_shortlists(explorer.database.read)


def shortlist(explorer: Explorer, shortlist_id: str) -> Shortlist:
    """Return one shortlist; raises `graph.findings.shortlists.NoShortlist`."""
    found = lists.read_shortlists(explorer.database.read, shortlist_id) if shortlist_id else ()
    if not found:
        raise NoShortlist(shortlist_id)
    return found[0]


def create(explorer: Explorer, name: str, note: str | None = None) -> Shortlist:
    """Keep a new, empty shortlist; raises `InvalidArgument` for a name or note that cannot be."""
    return _created(explorer, lists.new_shortlist(name, note))


def add(
    explorer: Explorer,
    shortlist_id: str | None,
    actor_id: str,
    asked: str,
    language: Language = "zh",
) -> tuple[Shortlist, Entry]:
    """Put a candidate for ``asked`` on a list, with what the partner finder says of it now.

    ``asked`` is as `graph.questions.partners.partners` takes it. Without a list a new one is made
    and named, in ``language``, by what the candidate is for. One that is on the list for the same
    keeps its place and note. Raises `NotFound`, `InvalidArgument`, and then keeps nothing.
    """
    found = _looked_up(explorer, actor_id, asked)
    if shortlist_id:
        old = shortlist(explorer, shortlist_id)
    else:
        name = say.suggested_name(found.purpose).get(language)[:MAX_NAME]
        old = lists.new_shortlist(name)
    new = lists.with_entry(old, found.actor, asked, found.subject, found.purpose, found.finding)
    kept = _saved(explorer, old, new) if shortlist_id else _created(explorer, new)
    entry = next(e for e in kept.entries if (e.actor.id, e.asked) == (found.actor.id, asked))
    return kept, entry


def rename(explorer: Explorer, shortlist_id: str, name: str, note: str | None) -> Shortlist:
    """Give a shortlist another name and note. Raises `InvalidArgument` and `NoShortlist`."""
    checked, noted = lists.checked_name(name), lists.checked_note(note)
    return _changed(explorer, shortlist_id, lambda old: replace(old, name=checked, note=noted))


def note(explorer: Explorer, shortlist_id: str, entry_id: str, text: str | None) -> Shortlist:
    """Give an entry another note. Raises `InvalidArgument`, `NoShortlist` and `NoEntry`."""
    return _changed(explorer, shortlist_id, lambda old: lists.with_note(old, entry_id, text))


def move(explorer: Explorer, shortlist_id: str, entry_id: str, place: int) -> Shortlist:
    """Put an entry at a place of the order, from 1. Raises `NoShortlist` and `NoEntry`."""
    return _changed(explorer, shortlist_id, lambda old: lists.moved(old, entry_id, place))


def remove(explorer: Explorer, shortlist_id: str, entry_id: str) -> Shortlist:
    """Take an entry off; `restore` puts it back. Raises `NoShortlist` and `NoEntry`."""
    return _changed(explorer, shortlist_id, lambda old: lists.without_entry(old, entry_id))


def restore(explorer: Explorer, shortlist_id: str, entry_id: str) -> Shortlist:
    """Put an entry that was taken off back in its place. Raises `NoShortlist` and `NoEntry`."""
    return _changed(explorer, shortlist_id, lambda old: lists.restored(old, entry_id))


def delete(explorer: Explorer, shortlist_id: str) -> None:
    """Forget a shortlist; raises `NoShortlist`."""
    if not explorer.database.write_apart("load.shortlist_deleted", id=shortlist_id):
        raise NoShortlist(shortlist_id)


def as_document(explorer: Explorer, kept: Shortlist) -> Document:
    """Return a shortlist with its entries, each with what has become of its actor since."""
    nodes = explorer.nodes_by_id()
    entries = [_entry_document(entry, nodes) for entry in kept.entries]
    n_gone = sum(entry["gone"] is not None for entry in entries)
    return {
        "id": kept.id,
        "name": kept.name,
        "note": kept.note,
        "sentence": say.shortlist_sentence(kept, n_gone).as_dict(),
        "entries": entries,
        "removed": [_entry_document(entry, nodes) for _, entry in kept.removed],
        "created": kept.created,
        "changed": kept.changed,
    }


def _entry_document(entry: Entry, nodes: dict[str, Node]) -> Document:
    gone = None if entry.actor.id in nodes else say.gone_sentence(entry.actor).as_dict()
    found = entry.finding
    return {
        "id": entry.id,
        "actor": _actor_document(entry.actor, nodes),
        "for": entry.asked,
        "subject": _actor_document(entry.subject, nodes),
        "purpose": entry.purpose.as_dict(),
        "score": found.score,
        "rank": found.rank,
        "reason": found.reason.as_dict() if found.reason else None,
        "against": [one.as_dict() for one in found.against],
        "introduction": found.introduction.as_dict() if found.introduction else None,
        "steps": [one.as_dict() for one in found.steps],
        "note": entry.note,
        "added": entry.added,
        "gone": gone,
    }


def _actor_document(named: Named, nodes: dict[str, Node]) -> Document:
    """Return an actor as it is now, or as it was when it was put down."""
    if named.id in nodes:
        return documents.actor(nodes[named.id])
    return {**asdict(named), "sector": sector_of(named.kind)}


def _looked_up(explorer: Explorer, actor_id: str, asked: str) -> _Found:
    node = explorer.node(actor_id)
    answer = finder.partners(explorer, asked, limit=0)
    subject = answer.subject
    if actor_id == subject.node.id:
        raise InvalidArgument(
            "actor",
            Text(
                "候选和为谁找伙伴是同一个主体。",
                "The candidate and whom it is for are the same actor.",
            ),
        )
    actor, of = _named(node), _named(subject.node)
    want = next((w for w in subject.wants if asked == need_id(w)), None)
    purpose = say.purpose_of(of, subject.gap, want)
    place = answer.found.place_of(actor_id)
    if place is None:
        return _Found(actor, of, purpose, _known_otherwise(explorer, actor, of))
    found = finder.partners(explorer, asked, limit=1, offset=place).partners[0]
    way = found.introduction
    finding = Finding(
        found.found.score,
        found.found.rank,
        found.reason,
        found.against,
        way.sentence if way else None,
        tuple(step.sentence for step in way.steps) if way else (),
    )
    return _Found(actor, of, purpose, finding)


def _known_otherwise(explorer: Explorer, actor: Named, subject: Named) -> Finding:
    """Return what is said of one that the finder does not propose: the way to it, if any."""
    try:
        ways = paths(explorer, subject.id, actor.id, limit=1).paths
    except (InvalidArgument, NotFound):
        ways = ()
    return Finding(
        None,
        None,
        None,
        (say.partner_already(actor, subject),),
        ways[0].sentence if ways else None,
        tuple(step.sentence for step in ways[0].steps) if ways else (),
    )


def _named(node: Node) -> Named:
    return Named(node.id, node.name, node.name_en, node.kind, node.area, node.is_group)


def _created(explorer: Explorer, made: Shortlist) -> Shortlist:
    explorer.database.write_apart("load.shortlist_created", properties=lists.properties_of(made))
    return made


def _changed(
    explorer: Explorer, shortlist_id: str, change: Callable[[Shortlist], Shortlist]
) -> Shortlist:
    old = shortlist(explorer, shortlist_id)
    return _saved(explorer, old, change(old))


def _saved(explorer: Explorer, old: Shortlist, new: Shortlist) -> Shortlist:
    kept = lists.saved(new)
    rows = explorer.database.write_apart(
        "load.shortlist_saved",
        id=old.id,
        n_saves=old.n_saves,
        properties=lists.properties_of(kept),
    )
    if not rows:
        raise NoShortlist(old.id)
    if not rows[0]["is_saved"]:
        raise InvalidArgument(
            "shortlist",
            Text(
                "这份名单刚刚被别人改过，您的改动没有保存。请刷新后重试。",
                "Somebody else has just changed this shortlist, and yours was not saved. Load it "
                "again and repeat your change.",
            ),
        )
    return kept
