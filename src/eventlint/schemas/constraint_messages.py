"""The messages for violations of constraints whose author wrote none."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from eventlint.rules.diagnostic import shown as quoted

_TYPES = {
    "string": "a string",
    "integer": "an integer",
    "number": "a number",
    "object": "an object",
    "array": "an array",
    "boolean": "true or false",
    "null": "null",
}
_MAX_LENGTH = 60
_NOTHING = "the contract allows no value here"


def _value(value: Any) -> str:
    """A value as a message shows it: short, on one line, and without secrets."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return "the object"
    if isinstance(value, list):
        return "the array"
    return json.dumps(value)


def _listed(values: list[Any]) -> str:
    text = ", ".join(quoted(one) if isinstance(one, str) else json.dumps(one)[:_MAX_LENGTH] for one in values[:8])
    return text + (", …" if len(values) > 8 else "")


def _types(asked: Any) -> str:
    return " or ".join(_TYPES[one] for one in ([asked] if isinstance(asked, str) else asked))


def _count(number: Any, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


_MESSAGES: dict[str, Callable[[Any, Any, str], str]] = {
    "type": lambda asked, value, _: f"{_value(value)} must be {_types(asked)}",
    "enum": lambda asked, value, _: f"{_value(value)} is not one of {_listed(asked)}",
    "const": lambda asked, value, _: f"{_value(value)} must be {_listed([asked])}",
    "pattern": lambda asked, value, _: f"{_value(value)} does not match the pattern {quoted(asked)}",
    "format": lambda asked, value, _: f"{_value(value)} is not of the format {asked}",
    "minLength": lambda asked, value, _: f"{_value(value)} has {_count(len(value), 'character')}, fewer than {asked}",
    "maxLength": lambda asked, value, _: f"{_value(value)} has {_count(len(value), 'character')}, more than {asked}",
    "minimum": lambda asked, value, _: f"{_value(value)} is less than {asked}",
    "maximum": lambda asked, value, _: f"{_value(value)} is more than {asked}",
    "exclusiveMinimum": lambda asked, value, _: f"{_value(value)} must be more than {asked}",
    "exclusiveMaximum": lambda asked, value, _: f"{_value(value)} must be less than {asked}",
    "multipleOf": lambda asked, value, _: f"{_value(value)} is not a multiple of {asked}",
    "minItems": lambda asked, value, _: f"the array has {_count(len(value), 'element')}, fewer than {asked}",
    "maxItems": lambda asked, value, _: f"the array has {_count(len(value), 'element')}, more than {asked}",
    "uniqueItems": lambda _, __, ___: "this element is in the array more than once",
    "contains": lambda _, __, ___: "no element of the array matches the contract's 'contains'",
    "minContains": lambda asked, _, __: f"fewer than {_count(asked, 'element')} match the contract's 'contains'",
    "maxContains": lambda asked, _, __: f"more than {_count(asked, 'element')} match the contract's 'contains'",
    "minProperties": lambda asked, value, _: f"the object has {_count(len(value), 'key')}, fewer than {asked}",
    "maxProperties": lambda asked, value, _: f"the object has {_count(len(value), 'key')}, more than {asked}",
    "required": lambda _, __, name: f"missing field {quoted(name)}, which the contract requires",
    "dependentRequired": lambda _, __, name: f"missing field {quoted(name)}, which another field here requires",
    "additionalProperties": lambda _, __, name: f"the contract does not allow the key {quoted(name)}",
    "propertyNames": lambda _, __, name: f"the contract does not allow a key such as {quoted(name)}",
    "unevaluatedProperties": lambda _, __, name: f"the contract does not allow the key {quoted(name)}",
    "unevaluatedItems": lambda _, __, ___: "the array has elements that the contract does not allow",
    "anyOf": lambda asked, value, _: f"{_value(value)} matches none of the contract's {len(asked)} choices",
    "not": lambda asked, value, _: f"the contract excludes {_value(value)}" if asked else _NOTHING,
}


def message(
    keyword: str, schema: Any, value: Any, name: str, choices: Sequence[Any], *, is_hidden: bool = False
) -> str:
    """The message for a violation.

    Args:
        keyword: The keyword of the constraint.
        schema: The schema that holds it; False when that rejects every value.
        value: The value that violates it.
        name: The key that is missing or not allowed.
        choices: The violations in each branch of a choice; empty when more than one branch of ``oneOf`` matches.
        is_hidden: Whether not to show the value.
    """
    if is_hidden:
        shown = message(keyword, schema, value, name, choices)
        return shown.replace(_value(value), "the value")
    if schema is False:
        return _NOTHING
    if keyword == "oneOf":
        return f"{_value(value)} matches {'none' if choices else 'more than one'} of the contract's choices"
    words = _MESSAGES.get(keyword)
    if words is None or keyword not in schema:
        return f"{_value(value)} violates the contract ({keyword})"
    return words(schema[keyword], value, name)


def requirement(keyword: str, asked: Any) -> str:
    """What a constraint requires, without an event."""
    if (keyword, asked) == ("not", {}):
        return _NOTHING
    text = json.dumps(asked, ensure_ascii=False)
    return f"{keyword}: {text if len(text) <= _MAX_LENGTH else text[: _MAX_LENGTH - 1] + '…'}"
