"""From an answer to a page: the templates, and what every template can say and link to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.types import Scope

from api.schemas import Actor, Snapshot
from api.state import state_of
from graph import model
from graph.sharing.views import Share
from graph.sharing.views import View as SavedView
from graph.store.errors import StoreError
from graph.text import LANGUAGES, Language
from web import pictures
from web.language import BilingualText, Catalogue, catalogues, number

HERE = Path(__file__).parent
STATIC = HERE / "static"
YEAR_S = 365 * 24 * 3600
Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
# Where the scope of a request says that it comes by a link.
SHARING = "wushe.sharing"
NOT_PAGES = ("/api/", "/healthz", "/static/")
HTML_LANG: dict[Language, str] = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of its own: its slug is its template, its text and its test.

    ``group`` is the one of the navigation that it stands in; without one it stands in the footer.
    A page ``of_area`` is led to for the area that is looked at.
    """

    slug: str
    path: str
    group: str = ""
    of_area: bool = False


PAGES = (
    Entry("overview", "/", "see", of_area=True),
    Entry("map", "/map", "see", of_area=True),
    Entry("compare", "/compare", "see"),
    Entry("hubs", "/hubs", "find", of_area=True),
    Entry("brokers", "/brokers", "find", of_area=True),
    Entry("gaps", "/gaps", "find", of_area=True),
    Entry("communities", "/communities", "find"),
    Entry("partners", "/partners", "act"),
    Entry("scenarios", "/what-if", "act"),
    Entry("report", "/report", "act", of_area=True),
    Entry("data", "/data", "data", of_area=True),
    Entry("import", "/import", "data"),
    Entry("query", "/query", "data"),
    Entry("about", "/about"),
)
NAVIGATION = tuple(
    (group, tuple(entry for entry in PAGES if entry.group == group))
    for group in dict.fromkeys(entry.group for entry in PAGES if entry.group)
)


@cache
def environment() -> Environment:
    """Return the templates: everything escaped, an unknown name an error."""
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def language_of(request: Request) -> Language:
    """Return the language asked for in the address, else remembered, else Chinese."""
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    return next((language for language in LANGUAGES if language == asked), "zh")


def theme_of(request: Request) -> Theme:
    """Return the theme asked for in the address, else remembered, else the system's."""
    asked = request.query_params.get("theme") or request.cookies.get("theme")
    return next((theme for theme in THEMES if theme == asked), "auto")


@dataclass(frozen=True, slots=True)
class Sharing:
    """That a page is shown to whoever has a link to it, and nothing else is."""

    shown: SavedView
    share: Share
    is_embedded: bool

    @property
    def address(self) -> str:
        """Where the page is for them."""
        return f"/{'embed' if self.is_embedded else 'shared'}/{self.share.token}"


def sharing_of(scope: Scope) -> Sharing | None:
    """Return how a page is shared, None for one that is looked at from within."""
    found: Sharing | None = scope.get(SHARING)
    return found


def is_page(path: str) -> bool:
    """Return whether what is at ``path`` is for a person to look at."""
    return not path.startswith(NOT_PAGES)


class View:
    """What a template can say, in the language and at the address of one request."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.language: Language = language_of(request)
        self.theme: Theme = theme_of(request)
        self.catalogue: Catalogue = catalogues()[self.language]
        self.sharing = sharing_of(request.scope)
        # Pages of a city name the same actors hundreds of times.
        self._links: dict[str, Markup] = {}

    @property
    def is_page(self) -> bool:
        """Whether the address of this request shows it again."""
        return self.request.method == "GET"

    @property
    def html_lang(self) -> str:
        """The page's language as HTML names it."""
        return HTML_LANG[self.language]

    @property
    def path(self) -> str:
        """The path of this page."""
        return self.request.url.path

    @property
    def area(self) -> str:
        """The area that is looked at, '' for everything."""
        return self.request.query_params.get("area", "").strip()

    @property
    def today(self) -> str:
        """The day on the server's clock, as ``YYYY-MM-DD``."""
        return datetime.now().astimezone().date().isoformat()

    def t(self, key: str, /, **values: Any) -> Markup:
        """Say a text of the catalogue."""
        return self.catalogue.say(key, **values)

    def has(self, key: str) -> bool:
        """Return whether the catalogue has a text."""
        return key in self.catalogue.texts

    def of(self, text: BilingualText) -> str:
        """Say a bilingual text."""
        return self.catalogue.of(text)

    def date(self, value: str) -> str:
        """Write a date."""
        return self.catalogue.date(value)

    def here(self, **changes: str | int | None) -> str:
        """Return the address of this page with some of its parameters changed or dropped."""
        query = {k: v for k, v in self.request.query_params.items() if k not in {"lang", "theme"}}
        for name, value in changes.items():
            if value is None:
                query.pop(name, None)
            else:
                query[name] = str(value)
        return f"{self.path}?{urlencode(query)}" if query else self.path

    def plain(self, actor: Actor) -> str:
        """Name an actor in plain text: its English name in English, where it has one."""
        return (actor.name_en if self.language == "en" else None) or actor.name

    def name(self, actor: Actor) -> Markup:
        """Name an actor; in English its Chinese name stands small beside its English one."""
        if self.language == "en" and actor.name_en:
            return Markup('{} <small class="own-name" lang="zh-CN">{}</small>').format(
                actor.name_en, actor.name
            )
        attribute = Markup(' lang="zh-CN"') if self.language == "en" else Markup("")
        return Markup("<span{}>{}</span>").format(attribute, actor.name)

    def address(self, actor: Actor) -> str:
        """Return where an actor's page is."""
        return address(actor)

    def link(self, actor: Actor) -> Markup:
        """Name an actor with its mark, and link to its page."""
        if actor.id not in self._links:
            self._links[actor.id] = Markup('<a class="actor" href="{}">{}{}</a>').format(
                address(actor), pictures.mark(actor.sector), self.name(actor)
            )
        return self._links[actor.id]

    def evidence(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row of evidence as cells by column: who, does what, with whom, then the rest."""
        cells = {
            key.removesuffix("_name"): self._cell(key, value, row)
            for key, value in row.items()
            if f"{key}_name" not in row
        }
        first = [key for key in ("start", "relation", "end") if key in cells]
        return {key: cells[key] for key in (*first, *(k for k in cells if k not in first))}

    def _cell(self, key: str, value: Any, row: Mapping[str, Any]) -> Any:
        if value is None:
            return "—"
        if isinstance(value, Mapping):
            text = value[self.language]
            target = row.get(key.removesuffix("_name"))
            if key.endswith("_name") and target:
                key = f"{target}\n{text}"
                if key not in self._links:
                    href = f"/actors/{quote(str(target), safe='')}"
                    self._links[key] = Markup('<a class="actor" href="{}">{}</a>').format(
                        href, text
                    )
                return self._links[key]
            return text
        if key == "relation":
            return self.of(model.RELATION_BY_SLUG[value].label)
        if key in {"since", "until"}:
            return self.date(value)
        return value

    def stated(self, field: str, value: Any) -> Any:
        """Return what a field of a record says, as a person would write it."""
        if value is None:
            return self.t("data.empty")
        if isinstance(value, bool):
            return self.t("data.yes") if value else self.t("data.no")
        match field:
            case "kind":
                return self.of(model.label_of(value))
            case "registration":
                return self.of(model.REGISTRATIONS[value])
            case _:
                return value

    def what(self, actor: Actor) -> str:
        """Say what kind an actor is, and where it stands for several."""
        kind = self.of(model.label_of(actor.kind))
        return self.t("group", kind=kind) if actor.is_group else kind

    def sector(self, slug: str | None) -> str:
        """Name a sector; an affiliation, which has none, by what it is."""
        if slug is None:
            return self.t("affiliation")
        return self.of(model.SECTOR_BY_SLUG[slug].label)


def address(actor: Actor) -> str:
    """Return where an actor's page is."""
    return f"/actors/{quote(actor.id, safe='')}"


@cache
def _digest(name: str, _changed_ns: int) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """Return the address of a static file; it changes when the file does."""
    file = STATIC / name
    if not file.is_file():
        return f"/static/{name}"
    return f"/static/{name}?v={_digest(name, file.stat().st_mtime_ns)}"


def sectors_asset() -> str:
    """Return the address of the sector colours."""
    digest = hashlib.sha256(pictures.sectors_css().encode()).hexdigest()[:10]
    return f"/static/sectors.css?v={digest}"


def _as_of(request: Request) -> str | None:
    """Return when the newest import that stands was made."""
    try:
        standing = state_of(request).explorer.standing_imports()
    except StoreError:
        return None
    return standing[0].at if standing else None


def render(
    request: Request,
    slug: str,
    *,
    status: int = 200,
    snapshot: Snapshot | None = None,
    **context: Any,
) -> HTMLResponse:
    """Answer with a page, and remember the language and theme that its address asks for."""
    view = View(request)
    as_of = _as_of(request) if snapshot and snapshot.n_actors else None
    html = (
        environment()
        .get_template(f"{slug}.html")
        .render(
            slug=slug,
            view=view,
            t=view.t,
            of=view.of,
            num=number,
            navigation=NAVIGATION,
            model=model,
            mark=pictures.mark,
            pictures=pictures,
            asset=asset,
            sectors_asset=sectors_asset,
            snapshot=snapshot,
            as_of=as_of,
            script_texts=view.catalogue.below("script"),
            **context,
        )
    )
    response = HTMLResponse(html, status)
    for name, value in (("lang", view.language), ("theme", view.theme)):
        if name in request.query_params:
            response.set_cookie(name, value, max_age=YEAR_S, samesite="lax", path="/")
    return response
