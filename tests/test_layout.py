"""The shape of the repository: what lies at the top, what imports what, what no file may name."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import api
import cypher
import graph
import web

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "api", "cypher", "graph", "tests", "web", "pyproject.toml", "README.md", "README.zh.md",
    "Makefile", "requirements.lock", "requirements-dev.lock", "requirements-peers.lock", "LICENSE",
    "CHANGELOG.md",
}  # fmt: skip


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [ROOT / name for name in listing.split("\0") if name]


def test_the_top_level_is_fixed() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP


def test_packages_are_the_ones_of_this_checkout() -> None:
    for package in (api, cypher, graph, web):
        assert Path(str(package.__file__)).parent == ROOT / package.__name__


def test_tests_are_no_package() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_imports_point_one_way() -> None:
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_file_names_a_registry_or_holds_a_carriage_return() -> None:
    registry = re.compile(
        r"(registry\.|repo1?\.|files\.|crates\.|pypi\.)[a-z.]*(npmjs|maven|pythonhosted|io|org)\b"
        r"|--index-url|\"resolved\": *\"http"
    )
    for path in tracked():
        if path.suffix in {".png", ".ico", ".woff2"} or path == Path(__file__).resolve():
            continue
        text = path.read_bytes().decode("utf-8")
        assert "\r" not in text, path
        assert not registry.search(text), f"{path}: {registry.search(text)}"


def test_nothing_is_left_to_do_in_the_code() -> None:
    mark = re.compile(r"\b(TODO|FIXME|XXX)\b")
    for path in tracked():
        if path.suffix in {".py", ".ts", ".html", ".css", ".cypher"} and path != Path(__file__):
            assert not mark.search(path.read_text(encoding="utf-8")), path


def test_what_pages_start_with_loads_no_compiled_code() -> None:
    """What computes is loaded when it is first asked for, so that the first page comes soon."""
    code = (
        "import sys, graph.cli, web.app;"
        "print([m for m in ('numba', 'scipy', 'typst', 'docx', 'networkx') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
