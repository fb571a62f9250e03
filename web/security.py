"""What every request and answer passes through: host, origin, size, headers.

The pages are served on loopback without a login. What keeps other sites out is decided here:

- a request must name a loopback host, so a name that an attacker points at 127.0.0.1 is refused;
- a request that changes something must come from our own pages, or from no browser at all;
- a body is counted while it streams in, and refused before it is parsed;
- no page runs, loads or frames anything that this server did not send.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 50 * 1024 * 1024
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
EMBEDDED = "/embed/"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NEVER_FRAMED = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
YEAR_S = 365 * 24 * 3600

Refuse = Callable[[Scope, int, str], Response]

log = logging.getLogger(__name__)


class _BodyTooLarge(Exception):
    """Raised where the application reads past the limit."""


class Guard:
    """ASGI middleware around pages and API alike.

    ``refuse(scope, status, reason)`` builds the answer to a refused request; ``reason`` is one of
    ``host``, ``origin`` and ``size``. An error that nobody expected is
    answered here too (``failed``), so that its answer carries the same headers as any other.
    ``embed_origins`` are the sites that may show what is embedded, and nothing else, in a frame.
    """

    def __init__(self, app: ASGIApp, refuse: Refuse, embed_origins: Sequence[str] = ()) -> None:
        self.app = app
        self.refuse = refuse
        self.embed_origins = tuple(embed_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check the request, then pass it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        guarded_send = _with_headers(scope, send, self.embed_origins)
        headers = Headers(scope=scope)
        if not is_loopback(headers.get("host", "")):
            await self.refuse(scope, 421, "host")(scope, receive, guarded_send)
        elif scope["method"] not in SAFE_METHODS and not is_same_origin(headers):
            await self.refuse(scope, 403, "origin")(scope, receive, guarded_send)
        elif _declared_length(headers) > MAX_BODY_BYTES:
            await self.refuse(scope, 413, "size")(scope, receive, guarded_send)
        else:
            await self._counted(scope, receive, guarded_send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        n_bytes = 0
        is_started = False

        async def counted_receive() -> Message:
            nonlocal n_bytes
            message = await receive()
            n_bytes += len(message.get("body", b""))
            if n_bytes > MAX_BODY_BYTES:
                raise _BodyTooLarge
            return message

        async def checked_send(message: Message) -> None:
            nonlocal is_started
            if n_bytes > MAX_BODY_BYTES and not is_started:
                raise _BodyTooLarge
            is_started = True
            await send(message)

        try:
            await self.app(scope, counted_receive, checked_send)
        except _BodyTooLarge:
            await self.refuse(scope, 413, "size")(scope, receive, send)
        except Exception:
            if is_started:
                raise
            log.exception("%s %s failed", scope["method"], scope["path"])
            await self.refuse(scope, 500, "failed")(scope, receive, send)


def is_loopback(host: str) -> bool:
    """Return whether a Host header names this machine itself."""
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    return name in LOOPBACK_NAMES


def is_same_origin(headers: Headers) -> bool:
    """Return whether a request that changes something may do so.

    Browsers say where a request comes from (Fetch Metadata, else Origin); programs say neither.
    """
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def _declared_length(headers: Headers) -> int:
    declared = headers.get("content-length", "")
    return int(declared) if declared.isdecimal() else 0


def _framing(path: str, embed_origins: Sequence[str]) -> dict[str, str]:
    """Return the headers that say who may show what is at ``path`` in a frame."""
    if not path.startswith(EMBEDDED):
        return NEVER_FRAMED
    ancestors = " ".join(("frame-ancestors 'self'", *embed_origins))
    return {"Content-Security-Policy": f"{POLICY}; {ancestors}"}


def _with_headers(
    scope: Scope, send: Send, embed_origins: Sequence[str]
) -> Callable[[Message], Awaitable[None]]:
    is_versioned = scope["path"].startswith("/static/") and b"v=" in scope["query_string"]
    caching = f"public, max-age={YEAR_S}, immutable" if is_versioned else "no-cache"

    framing = _framing(scope["path"], embed_origins)

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in (HEADERS | framing).items():
                headers[name] = value
            if message["status"] < 400:
                headers.setdefault("Cache-Control", caching)
            else:
                headers["Cache-Control"] = "no-store"
        await send(message)

    return send_with_headers
