"""Every sentence of the pages is in both catalogues, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from graph.text import LANGUAGES, Language
from web.actors import MEASURES
from web.help import KEYS, TASKS, TERMS
from web.language import FIELD, Catalogue, catalogues, number, read
from web.rankings import BROKER_MEASURES, HUB_MEASURES
from web.render import PAGES, THEMES

WEB = Path(__file__).parents[2] / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
SCRIPTS = sorted((WEB / "src").glob("*.ts"))
CJK = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
CALL = re.compile(r"""\bt\(\s*'([\w.]+)'\s*(~)?""")
NAMED = re.compile(r"""named\('([\w.]+)'\s*~""")
HAS_STATES = ("starting", "restarting", "failed", "stopped", "unreachable", "back")


def test_both_languages_have_the_same_texts() -> None:
    zh, en = (read(language) for language in LANGUAGES)
    assert list(zh) == list(en)


def test_both_languages_fill_the_same_fields() -> None:
    zh, en = (
        {key: {match[1] for match in FIELD.finditer(text)} for key, text in read(language).items()}
        for language in LANGUAGES
    )
    assert zh == en


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_in_the_other_language(language: Language) -> None:
    allowed = {"help.term.five.field"}
    for key, text in read(language).items():
        assert text.strip(), key
        if language == "en" and key not in allowed:
            assert not CJK.search(text), key


def used_keys() -> tuple[set[str], set[str]]:
    """Return the keys that templates and routes name, and the prefixes they build keys from."""
    whole: set[str] = set()
    prefixes: set[str] = set()
    for template in TEMPLATES:
        source = template.read_text(encoding="utf-8")
        for key, more in CALL.findall(source):
            (prefixes if more else whole).add(key)
        prefixes |= set(NAMED.findall(source))
        # Both branches of a choice between two keys.
        for one, other in re.findall(r"\bt\('([\w.]+)' if [^)]*? else '([\w.]+)'", source):
            whole |= {one, other}
    for module in sorted(WEB.glob("*.py")):
        source = module.read_text(encoding="utf-8")
        whole |= set(re.findall(r"""(?:\bt|\bsay)\("([\w.]+)\"""", source))
        prefixes |= set(re.findall(r"""\bt\(f"([\w.]+)\{""", source))
        whole |= {f"import.{k}" for k in re.findall(r"""_import_form\(request, "(\w+)\"""", source)}
        whole |= {
            f"error.{key}{end}"
            for key in re.findall(r""""(not_found|refused|bad_address)\"""", source)
            for end in ("", "_detail")
        }
    for script in SCRIPTS:
        source = script.read_text(encoding="utf-8")
        whole |= {f"script.{key}" for key in re.findall(r"""\bt\("(\w+)\"""", source)}
        whole |= {f"script.{k}" for k in re.findall(r'"(map_\w+)"', source)}
    whole |= {term.key(part) for term in TERMS for part in ("plain", "field", "text")}
    whole |= {f"script.health_{state}" for state in HAS_STATES}
    whole |= {f"script.theme_{theme}" for theme in THEMES}
    return whole, prefixes


def test_templates_and_routes_use_only_texts_that_exist() -> None:
    texts = read("zh")
    whole, prefixes = used_keys()
    assert whole <= set(texts)
    for prefix in prefixes:
        assert any(key.startswith(prefix) for key in texts), prefix


def test_every_text_is_used() -> None:
    whole, prefixes = used_keys()
    unused = {
        key
        for key in read("zh")
        if key not in whole
        and not any(key.startswith(prefix) for prefix in prefixes)
        and not key.startswith(("error.", "weights."))
    }
    assert not unused


def test_every_record_shown_has_its_texts() -> None:
    texts = read("zh")
    for page in PAGES:
        assert f"nav.{page.slug}" in texts
    for term in TERMS:
        assert {term.key(part) for part in ("plain", "field", "text")} <= set(texts)
        assert (WEB.parent / term.module).is_file(), term.module
    for task in TASKS:
        steps = {f"help.task.{task.slug}.step{n}" for n in range(1, len(task.pages) + 1)}
        assert steps | {f"help.task.{task.slug}.title"} <= set(texts)
    assert {f"help.keys.{slug}" for slug, _ in KEYS} <= set(texts)
    for name in {*MEASURES, *BROKER_MEASURES, *HUB_MEASURES}:
        assert {f"measure.{name}{end}" for end in ("", "_term", "_help")} <= set(texts)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t.name)
def test_no_template_holds_a_sentence(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    source = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", source, flags=re.S)
    for name, value in re.findall(r'(title|aria-label|alt|placeholder)="([^"]*)"', source):
        assert not value.strip(), f"{name}={value}"
    text = re.sub(r"<[^>]*>", "", source)
    assert not re.search(r"[^\W\d_]", text), text.strip()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
def test_no_script_holds_a_sentence(script: Path) -> None:
    code = re.sub(r"//[^\n]*|/\*.*?\*/", "", script.read_text(encoding="utf-8"), flags=re.S)
    assert not CJK.search(code)
    assert not re.findall(r'textContent = "[^"]*[A-Za-z]', code)


def test_a_text_is_filled_escaped_and_counted() -> None:
    one = Catalogue("en", {"k": "<{n}> {n|tie|ties} of {who}"})
    assert one.say("k", n=1, who="a&b") == Markup("&lt;1&gt; tie of a&amp;b")
    assert one.say("k", n=1234, who=Markup("<b>x</b>")) == "&lt;1,234&gt; ties of <b>x</b>"
    with pytest.raises(KeyError):
        one.say("k", n=1)
    with pytest.raises(KeyError):
        one.say("no such key")


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (7, "7"), (12345, "12,345"), (0.12345, "0.123"), (2.5, "2.5"), (1234.5, "1,235")],
)
def test_numbers(value: float, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("2018", "2018年", "2018"),
        ("2018-07", "2018年7月", "Jul 2018"),
        ("2018-07-11", "2018年7月11日", "11 Jul 2018"),
        ("2026-11-24T08:03:26+00:00", "2026年11月24日 08:03", "24 Nov 2026 08:03"),
        ("约2018年", "约2018年", "约2018年"),
    ],
)
def test_dates(value: str, zh: str, en: str) -> None:
    assert catalogues()["zh"].date(value) == zh
    assert catalogues()["en"].date(value) == en
