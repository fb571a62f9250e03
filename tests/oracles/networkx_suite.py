"""A plugin for pytest that writes down what NetworkX's own tests did on the backend.

Loaded by ``-p``; ``--written-to`` names the file.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.networkx_backend.functions import FUNCTIONS
from graph.networkx_backend.interface import backend_interface
from graph.networkx_backend.left_out import name_of

_OUTCOMES: dict[str, str] = {}
_REACHED: dict[str, set[str]] = {function.name: set() for function in FUNCTIONS}
_running = ""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--written-to")


def pytest_collection_finish(session: pytest.Session) -> None:
    for name in _REACHED:
        setattr(backend_interface, name, _counted(name, getattr(backend_interface, name)))


def _counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, noting the test in which it returned an answer."""

    @functools.wraps(function)
    def counted(*args: Any, **kwargs: Any) -> Any:
        found = function(*args, **kwargs)
        _REACHED[name].add(_running)
        return found

    return counted


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    global _running
    _running = name_of(item, Path(nx.__file__).parent)
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" or report.outcome != "passed":
        was_expected = hasattr(report, "wasxfail") and report.outcome == "skipped"
        _OUTCOMES[_running] = "xfailed" if was_expected else report.outcome


def pytest_sessionfinish(session: pytest.Session) -> None:
    reached = {name: sorted(tests) for name, tests in _REACHED.items()}
    written = {"outcomes": _OUTCOMES, "reached": reached}
    Path(session.config.getoption("--written-to")).write_text(json.dumps(written))
