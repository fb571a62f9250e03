"""The values that an analyst's query may be given."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from graph.errors import InvalidArgument
from graph.text import Text

MAX_PARAMETER_CHARACTERS = 1_000_000
MAX_PARAMETER_DEPTH = 20


def check_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``parameters`` if JSON could carry them and they are not too many.

    Raises `InvalidArgument`.
    """
    given = dict(parameters)
    for name, value in given.items():
        _check_value(str(name), value, MAX_PARAMETER_DEPTH)
    n_characters = len(json.dumps(given, ensure_ascii=False))
    if n_characters > MAX_PARAMETER_CHARACTERS:
        raise InvalidArgument(
            "parameters",
            Text(
                f"参数共 {n_characters:,} 个字符，最多 {MAX_PARAMETER_CHARACTERS:,} 个。"
                "请分几次查询。",
                f"The parameters have {n_characters:,} characters;"
                f" {MAX_PARAMETER_CHARACTERS:,} are allowed. Ask in several queries.",
            ),
        )
    return given


def _check_value(name: str, value: Any, depth_left: int) -> None:
    match value:
        case None | bool() | str():
            return
        case int() if -(2**63) <= value < 2**63:
            return
        case float() if math.isfinite(value):
            return
        case list() | tuple() if depth_left:
            for item in value:
                _check_value(name, item, depth_left - 1)
            return
        case dict() if depth_left and all(isinstance(key, str) for key in value):
            for item in value.values():
                _check_value(name, item, depth_left - 1)
            return
    raise InvalidArgument(
        name,
        Text(
            f"参数“{name}”里有不能使用的值。可用：文字、64 位整数、小数、true/false、null，"
            f"以及由它们组成的列表和对象（最多 {MAX_PARAMETER_DEPTH} 层）。",
            f"The parameter “{name}” holds a value that cannot be used. Use strings, 64-bit"
            " integers, finite numbers, true, false, null, and lists and objects of these, at"
            f" most {MAX_PARAMETER_DEPTH} deep.",
        ),
    )
