"""What is said of a violation whose author gave no message of their own; it must not know rules or places."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from jsonschema.exceptions import ValidationError

from eventlint.contract.validator import subject
from eventlint.rules.diagnostic import shown as quoted

_TYPES = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "object": "an object",
    "array": "a list",
    "boolean": "true or false",
    "null": "null",
}
_MOST = 60
_NOTHING = "the contract allows nothing here"


def value(one: Any) -> str:
    """A value as a message shows it: short, on one line, and without secrets."""
    if isinstance(one, str):
        return quoted(one)
    if isinstance(one, dict):
        return "the object"
    if isinstance(one, list):
        return "the list"
    return json.dumps(one)


def listed(values: list[Any]) -> str:
    """Some values that are allowed, cut where they are many."""
    text = ", ".join(quoted(one) if isinstance(one, str) else json.dumps(one)[:_MOST] for one in values[:8])
    return text + (", …" if len(values) > 8 else "")


def _types(said: Any) -> str:
    return " or ".join(_TYPES[one] for one in ([said] if isinstance(said, str) else said))


def _count(number: Any, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


Words = Callable[[Any, Any, str], str]

_SAID: dict[str, Words] = {
    "type": lambda said, one, _: f"{value(one)} must be {_types(said)}",
    "enum": lambda said, one, _: f"{value(one)} is none of {listed(said)}",
    "const": lambda said, one, _: f"{value(one)} must be {listed([said])}",
    "pattern": lambda said, one, _: f"{value(one)} does not fit the expression {quoted(said)}",
    "format": lambda said, one, _: f"{value(one)} is not of the format {said}",
    "minLength": lambda said, one, _: f"{value(one)} has {_count(len(one), 'character')}, fewer than {said}",
    "maxLength": lambda said, one, _: f"{value(one)} has {_count(len(one), 'character')}, more than {said}",
    "minimum": lambda said, one, _: f"{value(one)} is less than {said}",
    "maximum": lambda said, one, _: f"{value(one)} is more than {said}",
    "exclusiveMinimum": lambda said, one, _: f"{value(one)} must be more than {said}",
    "exclusiveMaximum": lambda said, one, _: f"{value(one)} must be less than {said}",
    "multipleOf": lambda said, one, _: f"{value(one)} is no multiple of {said}",
    "minItems": lambda said, one, _: f"there are {_count(len(one), 'element')}, fewer than {said}",
    "maxItems": lambda said, one, _: f"there are {_count(len(one), 'element')}, more than {said}",
    "uniqueItems": lambda _, one, __: "this element stands in the list more than once",
    "contains": lambda _, one, __: "no element of the list is as the contract wants one to be",
    "minContains": lambda said, one, _: f"fewer than {_count(said, 'element')} are as the contract wants them to be",
    "maxContains": lambda said, one, _: f"more than {_count(said, 'element')} are of a kind that is limited",
    "minProperties": lambda said, one, _: f"there are {_count(len(one), 'name')}, fewer than {said}",
    "maxProperties": lambda said, one, _: f"there are {_count(len(one), 'name')}, more than {said}",
    "required": lambda _, __, name: f"the field {quoted(name)} is missing, which the contract asks for",
    "dependentRequired": lambda _, __, name: f"the field {quoted(name)} is missing, which others here ask for",
    "additionalProperties": lambda _, __, name: f"the name {quoted(name)} is not one of those that the contract allows",
    "propertyNames": lambda _, __, name: f"the name {quoted(name)} is not as the contract wants names to be",
    "unevaluatedProperties": lambda _, __, ___: "there are names that the contract does not allow",
    "unevaluatedItems": lambda _, __, ___: "there are elements that the contract does not allow",
    "anyOf": lambda said, one, _: f"{value(one)} fits none of the contract's {len(said)} choices",
    "not": lambda said, one, _: f"{value(one)} is what the contract rules out" if said else _NOTHING,
}


def message(error: ValidationError) -> str:
    """A sentence about an error."""
    keyword = str(error.validator)
    if error.schema is False:
        return _NOTHING
    if keyword == "oneOf":
        return f"{value(error.instance)} fits {'none' if error.context else 'more than one'} of the contract's choices"
    said = _SAID.get(keyword)
    if said is None:
        return f"{value(error.instance)} breaks the contract ({keyword})"
    return said(error.validator_value, error.instance, subject(error))


def untried(pattern: str, text: str) -> str:
    """A sentence about a text that an expression was not tried on."""
    length = f"{len(text):,} characters"
    return f"the expression {quoted(pattern)} could take too long on a text of {length}, so it was not tried"


def static(keyword: str, said: Any) -> str:
    """What a constraint asks for, without an event."""
    if (keyword, said) == ("not", {}):
        return _NOTHING
    text = json.dumps(said, ensure_ascii=False)
    return f"{keyword}: {text if len(text) <= _MOST else text[: _MOST - 1] + '…'}"
