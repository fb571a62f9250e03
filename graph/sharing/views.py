"""Saved views: the address of a page under a name, and the links that share it with others.

They lie beside the data: imports and their undo leave them alone, and no result depends on them.
"""

from __future__ import annotations

import datetime
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from graph.errors import InvalidArgument, NotFound, WusheError
from graph.ingest.freetext import MAX_NAME, MAX_NOTE, checked_text
from graph.model import AFFILIATION_KIND_BY_SLUG, KIND_BY_SLUG
from graph.sharing.redaction import Redaction
from graph.store.database import Database
from graph.text import LANGUAGES, Language, Text

MAX_ADDRESS = 8_000
KEPT_DAYS = 30
# What depends on who looks, not on what is looked at.
_NOT_OF_THE_VIEW = frozenset({"lang", "theme"})


class NoView(NotFound):
    """No view has this id."""

    def __init__(self, view_id: str) -> None:
        WusheError.__init__(
            self,
            Text(
                f"没有编号为“{view_id}”的视图，可能已经删除。",
                f"There is no view “{view_id}”; it may have been deleted.",
            ),
        )


class NoShare(NotFound):
    """No link with this token is in force."""

    def __init__(self) -> None:
        WusheError.__init__(
            self,
            Text(
                "这个分享链接已经收回，或者地址不完整。请向分享的人再要一次。",
                "This link was taken back, or its address is not complete. Ask whoever shared it.",
            ),
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A link that shows a view to others, and what it hides from them."""

    token: str
    view: str
    redaction: Redaction
    language: Language
    created: str


@dataclass(frozen=True, slots=True)
class View:
    """A page as somebody saw it: ``address`` is its path and query.

    Times are ISO 8601; ``deleted`` is None for a view that stands.
    """

    id: str
    name: str
    note: str | None
    address: str
    created: str
    deleted: str | None = None
    shares: tuple[Share, ...] = field(default=(), compare=False)


def views(database: Database) -> tuple[View, ...]:
    """Return the views that stand, the newest first."""
    return tuple(v for v in _all(database) if v.deleted is None)


def view(database: Database, view_id: str) -> View:
    """Return one view, also one that was thrown away lately; raises `NoView`."""
    found = next((v for v in _all(database) if v.id == view_id), None)
    if found is None:
        raise NoView(view_id)
    return found


def save(
    database: Database, name: str | None, note: str | None, address: str, view_id: str | None = None
) -> View:
    """Keep a view, new or in place of the one with ``view_id``.

    Raises `InvalidArgument` for a name, a note or an address that cannot be, `NoView`.
    """
    old = view(database, view_id) if view_id else None
    made = View(
        old.id if old else uuid.uuid4().hex[:12],
        _name(name),
        checked_text("note", note, MAX_NOTE),
        checked_address(address),
        old.created if old else _now(),
        shares=old.shares if old else (),
    )
    _store(database, made)
    return made


def delete(database: Database, view_id: str) -> View:
    """Throw a view away; its links end at once, and it can be restored for some weeks."""
    gone = replace(view(database, view_id), deleted=_now())
    _store(database, gone)
    before = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=KEPT_DAYS)
    database.write_apart("load.views_removed", before=before.isoformat(timespec="seconds"))
    return gone


def restore(database: Database, view_id: str) -> View:
    """Take a view back that was thrown away."""
    back = replace(view(database, view_id), deleted=None)
    _store(database, back)
    return back


def share(
    database: Database,
    view_id: str,
    *,
    hides_persons: bool,
    hidden_kinds: Sequence[str] = (),
    language: Language = "zh",
) -> Share:
    """Make a link to a view that hides persons' names, or what is of some kinds.

    Raises `NoView`, and `InvalidArgument` for a kind that does not exist.
    """
    shown = view(database, view_id)
    if shown.deleted is not None:
        raise NoView(view_id)
    for kind in hidden_kinds:
        if kind not in KIND_BY_SLUG | AFFILIATION_KIND_BY_SLUG:
            raise InvalidArgument(
                "hidden_kinds", Text(f"没有类型“{kind}”。", f"There is no kind “{kind}”.")
            )
    made = Share(
        secrets.token_urlsafe(16),
        shown.id,
        Redaction(hides_persons, frozenset(hidden_kinds)),
        language,
        _now(),
    )
    properties = {
        "token": made.token,
        "view": made.view,
        "hides_persons": hides_persons,
        "hidden_kinds": sorted(hidden_kinds),
        "language": language,
        "created": made.created,
    }
    database.write_apart("load.view_share_created", properties=properties)
    return made


def unshare(database: Database, token: str) -> None:
    """Take a link back; raises `NoShare`."""
    if not database.write_apart("load.view_share_deleted", token=token):
        raise NoShare


def shared(database: Database, token: str) -> tuple[View, Share]:
    """Return what a link shows; raises `NoShare` where it is not in force."""
    for found in views(database):
        for link in found.shares:
            if secrets.compare_digest(link.token.encode(), token.encode()):
                return found, link
    raise NoShare


def checked_address(address: str) -> str:
    """Return the address of a page on this server, without language and theme.

    Raises `InvalidArgument` for one that leads elsewhere or to no page.
    """
    parts = urlsplit(address.strip())
    path = parts.path
    is_ours = not parts.scheme and not parts.netloc and path.startswith("/")
    is_page = not path.startswith(("/api/", "/static/", "/shared/", "/embed/"))
    if not is_ours or not is_page or len(address) > MAX_ADDRESS or "\\" in path or "//" in path:
        raise InvalidArgument(
            "address",
            Text(
                f"“{address[:80]}”不是本系统里页面的地址。请从要保存的页面上点“保存视图”。",
                f"“{address[:80]}” is no address of a page here. Save a view from its page.",
            ),
        )
    query = [
        (k, v)
        for k, v in parse_qsl(parts.query, keep_blank_values=True)
        if k not in _NOT_OF_THE_VIEW
    ]
    return f"{path}?{urlencode(query)}" if query else path


def _all(database: Database) -> list[View]:
    links: dict[str, list[Share]] = {}
    for row in database.read("read.view_shares"):
        language: Language = next((x for x in LANGUAGES if x == row["language"]), "zh")
        redaction = Redaction(row["hides_persons"], frozenset(row["hidden_kinds"]))
        made = Share(row["token"], row["view"], redaction, language, row["created"])
        links.setdefault(made.view, []).append(made)
    return [
        View(**row, shares=tuple(links.get(row["id"], ()))) for row in database.read("read.views")
    ]


def _store(database: Database, made: View) -> None:
    properties = {k: v for k, v in asdict(made).items() if k != "shares"}
    database.write_apart("load.view_saved", id=made.id, properties=properties)


def _name(given: str | None) -> str:
    name = checked_text("name", given, MAX_NAME)
    if not name:
        raise InvalidArgument("name", Text("请给视图起个名称。", "Give the view a name."))
    return name


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
