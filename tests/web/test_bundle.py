"""The browser's part: built by lock file with its licences, checked by the compiler, tested."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from api import schemas
from api.resources import network, paths
from web import bundle

HERE = Path(__file__).parent
WEB = HERE.parents[1] / "web"


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    bundle.build()


def test_it_is_built_once() -> None:
    assert bundle.build() is False
    for entry in bundle.ENTRIES:
        assert (bundle.DIST / f"{entry}.js").stat().st_size > 200


def test_it_is_built_without_node_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin-that-is-not-there")
    assert bundle.build(tmp_path / "dist") is True
    names = {file.name for file in (tmp_path / "dist").iterdir()}
    assert {f"{entry}.js" for entry in bundle.ENTRIES} <= names


def test_every_bundled_package_has_its_licence() -> None:
    text = (bundle.DIST / bundle.LICENCES).read_text(encoding="utf-8")
    wanted = json.loads((WEB / "package.json").read_text())["dependencies"]
    for name in (*wanted, "events", "graphology-utils"):
        assert re.search(rf"^{name} \d[\d.]* \(.+\)\n-+\n\n\S", text, re.MULTILINE), name


def test_the_lock_names_no_registry() -> None:
    assert "http" not in (WEB / "package-lock.json").read_text()


def test_the_compiler_is_content() -> None:
    bundle.typecheck()


def test_the_modules_do_what_they_say() -> None:
    tests = sorted(str(file) for file in HERE.glob("*.test.ts"))
    done = subprocess.run(
        [str(bundle.node()), "--test", *tests], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "name"),
    [
        *((schemas, name) for name in ("Text", "Actor", "Snapshot", "Health")),
        *((network, name) for name in ("ActorColumns", "TieColumns", "NetworkColumns")),
        *((network, name) for name in ("MeasureColumns", "PartnerTie")),
        *((paths, name) for name in ("PathStep", "IntroductionPath", "PathsPage")),
    ],
)
def test_the_scripts_expect_what_the_api_answers(module: ModuleType, name: str) -> None:
    source = (WEB / "src" / "wire.ts").read_text(encoding="utf-8")
    (body,) = re.findall(rf"interface {name}(?: extends \w+)? \{{\n(.*?)\n\}}", source, re.DOTALL)
    expected = dict(re.findall(r"^  (\w+): (.+);$", body, re.MULTILINE))
    declared = getattr(module, name).model_json_schema()["properties"]
    assert set(expected) <= set(declared)
    for field, kind in expected.items():
        types = [one.get("type") for one in declared[field].get("anyOf", [declared[field]])]
        assert ("null" in types) == kind.endswith("| null"), field
