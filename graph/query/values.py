"""Values that a query returns, as JSON has them."""

from __future__ import annotations

import json
import math
from typing import Any


def for_json(value: Any) -> Any:
    """Return ``value`` with what JSON does not have taken out: NaN and infinity become None."""
    match value:
        case float() if not math.isfinite(value):
            return None
        case None | bool() | int() | float() | str():
            return value
        case bytes():
            return value.hex()
        case list():
            return [for_json(item) for item in value]
        case dict():
            return {key: for_json(item) for key, item in value.items()}
    return str(value)


def as_json(value: Any) -> str:
    """Return ``value`` as one line of JSON, Chinese as it is."""
    return json.dumps(for_json(value), ensure_ascii=False)
