"""The help page: tasks step by step, each page, each term on the stored data."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.schemas import Snapshot
from api.state import state_of
from graph.questions.examples import examples
from graph.text import LANGUAGES
from web.language import catalogues
from web.render import PAGES, Entry, View, render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class Term:
    """A term with where it is computed and its paper, None where the definition is ours.

    ``measure`` is the measure whose words it has; else they are its own (``help.term.…``).
    """

    slug: str
    module: str
    paper: str | None = None
    measure: str | None = None

    def key(self, part: str) -> str:
        """Return the key of its plain words, of the field's term or of its text."""
        if self.measure is None:
            return f"help.term.{self.slug}.{part}"
        end = {"plain": "", "field": "_term", "text": "_help"}[part]
        return f"measure.{self.measure}{end}"


@dataclass(frozen=True, slots=True)
class Task:
    """What one of the three who use the product wants to do: a page for each step."""

    slug: str
    pages: tuple[str, ...]


_ROLES = ("graph/analysis/brokerage.py", "Gould & Fernandez 1989")
_HOLES = ("graph/analysis/structural_holes.py", "Burt 1992")
_HUBS = "graph/analysis/hubs.py"
TERMS: tuple[Term, ...] = (
    Term("five", "graph/analysis/coverage.py"),
    Term("actor", "graph/model.py"),
    Term("affiliation", "graph/model.py", "Breiger 1974"),
    Term("tie", "graph/projection.py", "Newman 2001"),
    Term("weight", "graph/projection.py", "Newman 2001"),
    Term("projection", "graph/projection.py", "Newman 2001"),
    Term("degree", "graph/network.py", "Freeman 1978"),
    Term("betweenness", "graph/analysis/betweenness.py", "Freeman 1977; Brandes 2001"),
    Term("constraint", *_HOLES),
    Term("effective_size", *_HOLES, measure="effective_size"),
    Term("broker", "graph/sentences/actors.py", "Burt 1992"),
    Term("liaison", *_ROLES),
    Term("gatekeeper", *_ROLES),
    Term("representative", *_ROLES),
    Term("coordinator", *_ROLES, measure="coordinator"),
    Term("itinerant", *_ROLES, measure="itinerant"),
    Term("sole", "graph/analysis/bridging.py"),
    Term("sector_pairs", _HUBS, measure="sector_pairs"),
    Term("communities_reached", _HUBS, measure="communities_reached"),
    Term("hub", _HUBS),
    Term("participation", "graph/analysis/participation.py", "Guimerà & Amaral 2005"),
    Term("likeness", _HUBS),
    Term("interval", "graph/analysis/rank_intervals.py", "Borgatti, Carley & Krackhardt 2006"),
    Term("peers", "graph/findings/peers.py"),
    Term("cut_off", "graph/analysis/cuts.py", "Hopcroft & Tarjan 1973", measure="cut_off"),
    Term("gap", "graph/findings/gaps.py"),
    Term("unknown", "graph/findings/gaps.py"),
    Term("mode", "graph/findings/modes.py"),
    Term("five_paths", "graph/findings/maturity.py"),
    Term("need", "graph/findings/wants.py"),
    Term("score", "graph/findings/partners.py", "Adamic & Adar 2003; Zhou, Lü & Zhang 2009"),
    Term("introduction", "graph/findings/introductions.py"),
    Term("scenario", "graph/scenario/outcome.py"),
)
TASKS: tuple[Task, ...] = (
    Task("clerk", ("/import", "/", "/gaps", "/map", "/report")),
    Task("officer", ("/partners", "/paths", "/partners", "/shortlists", "/matching")),
    Task("analyst", ("/brokers", "/hubs", "/what-if", "/data", "/query", "/about")),
)
# Each key with what it does; the words under ``keys`` are what stands on it.
KEYS: tuple[tuple[str, str], ...] = (
    ("slash", "/"),
    ("tab", "Tab"),
    ("enter", "Enter"),
    ("space", "Space"),
    ("escape", "Esc"),
    ("skip", "Tab, Enter"),
)
# The example of “sole” is that of the measure.
_EXAMPLE_OF = {"sole": "sole_pairs"}


@router.get("/help")
def show(request: Request) -> Response:
    """Explain tasks, pages, terms and keys, the terms on the stored data where there are any."""
    explorer = state_of(request).explorer
    view = View(request)
    found = examples(explorer)
    return render(
        request,
        "help",
        snapshot=Snapshot(**asdict(explorer.snapshot())),
        tasks=TASKS,
        terms=TERMS,
        keys=KEYS,
        helped=[key.removeprefix("help.page.") for key in _keys(view, "help.page.")],
        examples={term.slug: found.get(_EXAMPLE_OF.get(term.slug, term.slug)) for term in TERMS},
        fixed={term.slug: _EXAMPLE_OF.get(term.slug, term.slug) for term in TERMS},
        has_data=bool(found),
        other=next(catalogues()[one] for one in LANGUAGES if one != view.language),
    )


def terms_about(view: View, words: str) -> list[Term]:
    """Return the terms that have words in their plain words, field's term or text."""
    wanted = words.casefold()
    parts = ("plain", "field", "text")
    return [t for t in TERMS if any(wanted in view.t(t.key(p)).casefold() for p in parts)]


def pages_about(view: View, words: str) -> list[Entry]:
    """Return the pages of the navigation whose name or help has words."""
    wanted = words.casefold()
    keys = {entry: (f"nav.{entry.slug}", f"help.page.{entry.slug}") for entry in PAGES}
    return [
        entry
        for entry, named in keys.items()
        if any(view.has(key) and wanted in view.t(key).casefold() for key in named)
    ]


def _keys(view: View, prefix: str) -> list[str]:
    return [key for key in view.catalogue.texts if key.startswith(prefix)]
