"""When two JSON values are equal, as JSON Schema means it; it must not know schemas."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> str:
    """A JSON value as a text that is the same for values that JSON Schema calls equal."""
    return json.dumps(_same(value), sort_keys=True)


def _same(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_same(one) for one in value]
    if isinstance(value, dict):
        return {name: _same(one) for name, one in value.items()}
    return value


def distinct(values: list[Any]) -> list[Any]:
    """Values without those that are equal to an earlier one, in the order of their texts."""
    found = {canonical(value): value for value in values}
    return [found[text] for text in sorted(found)]
