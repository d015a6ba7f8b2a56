"""Equality of JSON values, as JSON Schema defines it."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> str:
    """A string that is the same for all JSON values that are equal."""
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
    """Values without duplicates, in canonical order."""
    found = {canonical(value): value for value in values}
    return [found[text] for text in sorted(found)]
