"""The contents of a brief in one language, the same for the page, the PDF and the Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.brief import words as say
from graph.brief.picture import area_picture
from graph.errors import InvalidArgument
from graph.findings.modes import MODE_BY_SLUG
from graph.model import COLUMNS, label_of
from graph.questions.brief import Brief
from graph.results import Ranked
from graph.sentences.partners import wanted
from graph.sentences.words import listed
from graph.text import Language, Text

N_COMMUNITIES = 60
N_NEEDS = 10
N_PLACES = 5


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the columns of ``numbers`` are set to the right."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG image with what it says in words."""

    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Sentences one below the other."""

    items: tuple[str, ...]


Block = str | Table | Picture | Listing


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief; a plain string among ``blocks`` is a paragraph."""

    slug: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A brief as it is read."""

    language: Language
    title: str
    day: str
    sections: tuple[Section, ...]


def contents(found: Brief, language: Language, chosen: Sequence[str] = ()) -> Contents:
    """Return the chosen sections (all, where none is chosen) in their order.

    Raises `InvalidArgument` for a section that does not exist.
    """
    for slug in chosen:
        if slug not in say.TITLES:
            known = ", ".join(say.SECTIONS)
            raise InvalidArgument(
                "sections",
                Text(f"没有“{slug}”一节；可用：{known}。", f"No section “{slug}”; use {known}."),
            )
    build = {
        "summary": _summary,
        "picture": _picture,
        "matrix": _matrix,
        "modes": _modes,
        "hubs": _hubs,
        "brokers": _brokers,
        "gaps": _gaps,
        "needs": _needs,
        "suggestions": _suggestions,
        "limits": _limits,
    }
    sections = tuple(
        Section(slug, say.TITLES[slug].get(language), blocks)
        for slug in say.SECTIONS
        if (not chosen or slug in chosen) and (blocks := build[slug](found, language))
    )
    return Contents(language, say.title(found).get(language), found.day, sections)


def _summary(found: Brief, language: Language) -> tuple[Block, ...]:
    return (say.summary(found).get(language),)


def _picture(found: Brief, language: Language) -> tuple[Block, ...]:
    drawn = area_picture(found.network, language)
    if not drawn.svg:
        return ()
    caption = say.picture_caption(drawn.n_shown, drawn.n_actors)
    return (Picture(drawn.svg, caption.get(language)),)


def _matrix(found: Brief, language: Language) -> tuple[Block, ...]:
    if not found.coverage:
        return ()

    def cell(n: int | None) -> str:
        return say.UNKNOWN.get(language) if n is None else str(n)

    rows = tuple(
        (
            row.community.label().get(language),
            *(cell(row.cells[c.slug]) for c in COLUMNS),
            cell(row.n_mechanisms),
            cell(row.n_spaces),
            cell(row.n_funds),
        )
        for row in found.coverage[:N_COMMUNITIES]
    )
    headers = (
        label_of("Community").get(language),
        *(c.label.get(language) for c in COLUMNS),
        Text("平台与机制", "Platforms, mechanisms").get(language),
        label_of("Space").get(language),
        label_of("Fund").get(language),
    )
    return _with_part(
        Table(headers, rows, tuple(range(1, len(headers)))),
        len(rows),
        len(found.coverage),
        language,
    )


def _with_part(table: Table, n_shown: int, total: int, language: Language) -> tuple[Block, ...]:
    said = say.part(n_shown, total)
    return (table, said.get(language)) if said else (table,)


def _modes(found: Brief, language: Language) -> tuple[Block, ...]:
    if not found.modes:
        return ()
    rows = tuple(
        (
            node.label().get(language),
            (MODE_BY_SLUG[mode].label if mode else say.NOT_TOLD).get(language),
        )
        for node, mode in found.modes[:N_COMMUNITIES]
    )
    headers = (label_of("Community").get(language), Text("模式", "Mode").get(language))
    table = _with_part(Table(headers, rows), len(rows), len(found.modes), language)
    return (say.modes(found).get(language), *table)


def _hubs(found: Brief, language: Language) -> tuple[Block, ...]:
    return _ranking(found.hubs, language)


def _brokers(found: Brief, language: Language) -> tuple[Block, ...]:
    return _ranking(found.brokers, language)


def _ranking(lines: Sequence[Ranked], language: Language) -> tuple[Block, ...]:
    items = tuple(
        f"{line.actor.label().get(language)}{_colon(language)}{line.reason.get(language)}"
        for line in lines
    )
    return (Listing(items),) if items else ()


def _colon(language: Language) -> str:
    return "：" if language == "zh" else ": "


def _gaps(found: Brief, language: Language) -> tuple[Block, ...]:
    """Return the gaps rule by rule: how severe, what, how many, and where."""
    if not found.gaps:
        return (Text("没有发现缺口。", "No gap was found.").get(language),)
    headers = tuple(
        t.get(language)
        for t in (
            Text("程度", "Severity"),
            Text("缺什么", "What is missing"),
            Text("几处", "How many"),
            Text("哪里", "Where"),
        )
    )
    rows = []
    for gaps in found.gaps_by_rule:
        names = list(dict.fromkeys(a.label() for g in gaps for a in g.actors[:1]))
        rows.append(
            (
                say.SEVERITY[gaps[0].severity].get(language),
                gaps[0].title.get(language),
                str(len(gaps)),
                (listed(names, N_PLACES) if names else gaps[0].reason).get(language),
            )
        )
    return (Table(headers, tuple(rows), (2,)),)


def _needs(found: Brief, language: Language) -> tuple[Block, ...]:
    unmet = [m for m in found.matching.needs if not m.matches]
    items = tuple(
        f"{m.actor.label().get(language)}{_colon(language)}{wanted(m.need).get(language)}"
        for m in unmet[:N_NEEDS]
    )
    sentence = found.matching.sentence.get(language)
    return (sentence, Listing(items)) if items else (sentence,)


def _suggestions(found: Brief, language: Language) -> tuple[Block, ...]:
    items = tuple(say.suggestion(step, n).get(language) for step, n in found.steps)
    return (Listing(items),) if items else ()


def _limits(found: Brief, language: Language) -> tuple[Block, ...]:
    return (Listing(tuple(s.get(language) for s in say.limits(found))),)
