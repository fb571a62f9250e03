"""The examples in the docstrings of the analyses."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import graph.analysis

MODULES = [module.name for module in pkgutil.iter_modules(graph.analysis.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_say(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"graph.analysis.{name}")).failed == 0
