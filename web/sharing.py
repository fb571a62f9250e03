"""Links that show one page to others: what they open, and that nothing leads out of it.

``/shared/TOKEN`` is the page of a saved view, ``/embed/TOKEN`` the same for a frame on another
site. The request goes on inside under the view's own address, with what the link hides in its
scope; the page that comes back loses every link and form. What scripts of a page may ask for lies
under the same address (``/shared/TOKEN/api/v1/network…``) and is redacted alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.state import REDACTION
from graph.errors import WusheError
from graph.sharing.views import NoShare, Share, shared
from graph.sharing.views import View as SavedView
from web.render import SHARING, Sharing

_ADDRESS = re.compile(r"/(shared|embed)/([A-Za-z0-9_-]{10,64})(/api/v1/.*)?")
# What the scripts of pages ask for by themselves.
ASKED_BY_SCRIPTS = ("/api/v1/network", "/api/v1/measures", "/api/v1/search", "/api/v1/paths")
# The rooms whose pages may be shared; the others show what is not the network's, or change it.
SHARED_PAGES = frozenset(
    {
        "",
        "actors",
        "brokers",
        "communities",
        "compare",
        "gaps",
        "hubs",
        "map",
        "matching",
        "partners",
        "paths",
        "report",
    }
)


def is_shareable(address: str) -> bool:
    """Return whether the page at ``address`` can be shown to others by a link."""
    return urlsplit(address).path.split("/")[1] in SHARED_PAGES


class Shared:
    """ASGI middleware that opens links; ``refuse`` makes a page of an error."""

    def __init__(self, app: ASGIApp, refuse: Callable[[Scope, WusheError], Response]) -> None:
        self.app = app
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page of a link, or pass the request on as it is."""
        match = _ADDRESS.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if match is None:
            await self.app(scope, receive, send)
            return
        how, token, asked = match.groups()
        try:
            if scope["method"] != "GET" or (asked and not asked.startswith(ASKED_BY_SCRIPTS)):
                raise NoShare
            database = scope["app"].state.server.database
            view, share = await run_in_threadpool(shared, database, token)
            if not is_shareable(view.address):
                raise NoShare
        except WusheError as error:
            await self.refuse(scope, error)(scope, receive, send)
            return
        sharing = Sharing(view, share, is_embedded=how == "embed")
        inner = _inner(scope, view, share, asked)
        inner[SHARING], inner[REDACTION] = sharing, share.redaction
        if asked:
            await self.app(inner, receive, send)
        else:
            await _closed_page(self.app, inner, receive, send, sharing.address)


def _inner(scope: Scope, view: SavedView, share: Share, asked: str | None) -> Scope:
    """Return the request for what a link shows."""
    given = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if asked:
        return {**scope, "path": asked, "raw_path": asked.encode()}
    parts = urlsplit(view.address)
    looks = {k: v for k, v in given if k in {"lang", "theme"}}
    query = [*parse_qsl(parts.query, keep_blank_values=True)]
    query += ({"lang": share.language} | looks).items()
    return {
        **scope,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": urlencode(query).encode("latin-1"),
    }


async def _closed_page(app: ASGIApp, scope: Scope, receive: Receive, send: Send, base: str) -> None:
    """Send a page without links and forms; what is no page is sent as it is."""
    start: Message | None = None
    chunks: list[bytes] = []
    is_page = False

    async def collect(message: Message) -> None:
        nonlocal start, is_page
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            # Who looks by a link leaves no trace in the browser of the site.
            del headers["set-cookie"]
            headers["Cache-Control"] = "no-store"
            is_page = headers.get("content-type", "").startswith("text/html")
            if not is_page:
                await send(message)
            start = message
            return
        if not is_page or message["type"] != "http.response.body":
            await send(message)
            return
        chunks.append(message.get("body", b""))
        if message.get("more_body") or start is None:
            return
        body = closed(b"".join(chunks).decode(), base).encode()
        MutableHeaders(scope=start)["content-length"] = str(len(body))
        await send(start)
        await send({"type": "http.response.body", "body": body})

    await app(scope, receive, collect)


def closed(html: str, base: str) -> str:
    """Return a page whose links and forms are gone, and whose scripts ask below ``base``.

    Links within the page stay, and so do the form elements that only its scripts use. The words of
    a link that is gone stay with the class ``shut``; the style sheet hides those that only lead on.
    """
    page = _Page(base)
    page.feed(html)
    page.close()
    return "".join(page.parts)


class _Page(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._base = base
        self._links: list[bool] = []
        self._is_in_form = False
        self._n_drawings = 0

    def _neutral(self) -> str:
        """Return the element that says nothing, in a drawing or in text."""
        return "g" if self._n_drawings else "span"

    def _write(self, text: str) -> None:
        if not self._is_in_form:
            self.parts.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and ("action" in given or given.get("method") == "post"):
            self._is_in_form = True
        if tag == "a":
            stays = (given.get("href") or "").startswith("#")
            self._links.append(stays)
            if not stays:
                kept = {k: v for k, v in attrs if k in {"lang", "title"}}
                kept["class"] = f"{given.get('class') or ''} shut".strip()
                self._write(_tag(self._neutral(), kept))
                return
        self._n_drawings += tag == "svg"
        if tag == "html":
            self._write(_tag(tag, {**given, "data-base": self._base}))
        elif any(k.startswith("data-") and _is_api(v) for k, v in attrs):
            moved = {
                k: f"{self._base}{v}"
                if k.startswith("data-") and (v or "")[:8] == "/api/v1/"
                else v
                for k, v in attrs
            }
            self._write(_tag(tag, moved))
        else:
            self._write(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._is_in_form:
            self._is_in_form = False
            return
        if tag == "a" and self._links and not self._links.pop():
            tag = self._neutral()
        if tag == "svg":
            self._n_drawings -= 1
        self._write(f"</{tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._write(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._write(f"<!{decl}>")


def _is_api(value: str | None) -> bool:
    return value is not None and value.startswith("/api/v1/")


def _tag(name: str, attributes: dict[str, str | None]) -> str:
    written = "".join(
        f' {k}="{escape(v)}"' if v is not None else f" {k}" for k, v in attributes.items()
    )
    return f"<{name}{written}>"
