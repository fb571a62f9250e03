"""What NetworkX asks of a backend: conversions, whether to run, and the functions by name.

Numba and NumPy are imported when a function or a conversion is first used, not before.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from graph.networkx_backend.functions import FUNCTIONS, Function, Pace

_BY_NAME = {function.name: function for function in FUNCTIONS}
# From how many nodes on the way through the dispatch pays: graph not yet converted, or converted.
_MIN_NODES = {Pace.SLOW: (0, 0), Pace.LINEAR: (100, 0), Pace.QUICK: (sys.maxsize, 1_000)}


class BackendInterface:
    """The backend ``wushe``; see ``networkx.utils.backends`` for how it is called.

    Values that a function does not take (weights of 0, say) are found after conversion and raise
    NotImplementedError: NetworkX then goes on to the next backend, and the conversion is kept.
    """

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in _BY_NAME:
            raise AttributeError(name)
        function = _loaded(_BY_NAME[name])
        setattr(self, name, function)
        return function

    @staticmethod
    def convert_from_nx(
        graph: Any,
        *,
        edge_attrs: Mapping[Any, Any] | None = None,
        node_attrs: Mapping[Any, Any] | None = None,
        preserve_edge_attrs: bool = False,
        preserve_node_attrs: bool = False,
        preserve_graph_attrs: bool = False,
        name: str | None = None,  # noqa: ARG004
        graph_name: str | None = None,  # noqa: ARG004
    ) -> Any:
        """Return the graph as a `WusheGraph`, with the attributes asked for."""
        from graph.networkx_backend.wushe_graph import WusheGraph

        if hasattr(graph, "_graph"):
            # A view is not told when what it shows changes: NetworkX must not keep the conversion.
            graph.__networkx_cache__ = None
        return WusheGraph.from_networkx(
            graph,
            edge_attrs=edge_attrs,
            node_attrs=node_attrs,
            preserve_edge_attrs=preserve_edge_attrs,
            preserve_node_attrs=preserve_node_attrs,
            preserve_graph_attrs=preserve_graph_attrs,
        )

    @staticmethod
    def convert_to_nx(result: Any, *, name: str | None = None) -> Any:  # noqa: ARG004
        """Return a graph of NetworkX for a `WusheGraph`, and anything else as it is."""
        from graph.networkx_backend.wushe_graph import WusheGraph

        return result.to_networkx() if isinstance(result, WusheGraph) else result

    def can_run(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool | str:
        """Return True, or why the function cannot run with these arguments."""
        function = _BY_NAME[name]
        if function.weight is None and function.reason_not is None:
            return True
        arguments = self._arguments(name, args, kwargs)
        if arguments is None:
            return True
        if function.weight is not None and callable(arguments[function.weight]):
            return "weights are given by a function"
        return (function.reason_not is not None and function.reason_not(arguments)) or True

    def should_run(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bool | str:
        """Return True, or why NetworkX will be quicker."""
        function = _BY_NAME[name]
        if function.some is None and function.pace is Pace.SLOW:
            return True
        arguments = self._arguments(name, args, kwargs)
        if arguments is None:
            return True
        graph = arguments["G"]
        if len(graph) < _MIN_NODES[function.pace][_is_converted(graph)]:
            return "NetworkX takes no longer"
        asks_for_some = function.some is not None and arguments[function.some] is not None
        if asks_for_some and not _is_converted(graph):
            return "the conversion of the graph takes longer"
        return True

    @staticmethod
    def on_start_tests(items: Sequence[Any]) -> None:
        """Mark the tests of NetworkX that are left out as such; they have to fail."""
        from graph.networkx_backend.left_out import mark

        mark(items)

    def _arguments(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """Return the arguments by name, or None where the call will fail for them anyway."""
        try:
            bound = _signature(getattr(self, name)).bind(*args, **kwargs)
        except TypeError:
            return None
        bound.apply_defaults()
        return bound.arguments


def get_info() -> dict[str, Any]:
    """Return what NetworkX shows of the backend, and which functions it offers."""
    return {
        "backend_name": "wushe",
        "project": "wushe",
        "package": "graph.networkx_backend",
        "short_summary": "Compiled kernels of Wushe for structural holes, bridges and centrality.",
        "functions": {function.name: {"additional_docs": function.docs} for function in FUNCTIONS},
    }


def _loaded(function: Function) -> Callable[..., Any]:
    import networkx as nx

    module = import_module(f"graph.networkx_backend.{function.module}")
    found: Callable[..., Any] = getattr(module, function.name)
    for sort in function.refused:
        found = nx.utils.not_implemented_for(sort)(found)
    return found


@cache
def _signature(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)


def _is_converted(graph: Any) -> bool:
    if getattr(graph, "__networkx_backend__", None) == "wushe":
        return True
    kept = getattr(graph, "__networkx_cache__", None) or {}
    return bool(kept.get("backends", {}).get("wushe"))


backend_interface = BackendInterface()
