"""Constraints in words, for documentation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_FORMATS = {"uuid": "UUID", "uri": "URI", "ipv4": "IPv4 address", "ipv6": "IPv6 address", "email": "e-mail address"}
_TYPES = {"string": "string", "array": "array", "object": "object", "integer": "integer", "number": "number"}
_MOST = 12


def _count(number: Any, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _listed(values: Any) -> str:
    texts = [one if isinstance(one, str) and one else json.dumps(one, ensure_ascii=False) for one in values]
    return ", ".join(texts[:_MOST]) + (f", and {len(texts) - _MOST} more" if len(texts) > _MOST else "")


def _type(asked: Any) -> str:
    names = [asked] if isinstance(asked, str) else asked
    return " or ".join(_TYPES.get(one, one) for one in names)


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "type": _type,
    "enum": lambda asked: f"one of {_listed(asked)}" if len(asked) > 1 else f"only {_listed(asked)}",
    "const": lambda asked: f"only {_listed([asked])}",
    "format": lambda asked: _FORMATS.get(asked) or str(asked),
    "pattern": lambda asked: f"matches {asked}",
    "minLength": lambda asked: f"at least {_count(asked, 'character')}",
    "maxLength": lambda asked: f"at most {_count(asked, 'character')}",
    "minimum": lambda asked: f"at least {asked:,}",
    "maximum": lambda asked: f"at most {asked:,}",
    "exclusiveMinimum": lambda asked: f"more than {asked:,}",
    "exclusiveMaximum": lambda asked: f"less than {asked:,}",
    "multipleOf": lambda asked: f"a multiple of {asked:,}",
    "minItems": lambda asked: f"at least {_count(asked, 'element')}",
    "maxItems": lambda asked: f"at most {_count(asked, 'element')}",
    "uniqueItems": lambda asked: "no element twice" if asked else "",
    "minProperties": lambda asked: f"at least {_count(asked, 'key')}",
    "maxProperties": lambda asked: f"at most {_count(asked, 'key')}",
    "required": lambda asked: f"requires {_listed(asked)}",
    "dependentRequired": lambda asked: "; ".join(f"{key} requires {_listed(names)}" for key, names in asked.items()),
}


def in_words(schema: dict[str, Any]) -> str:
    """The constraints of a schema on a value itself, separated by semicolons; empty if words cannot say them.

    Args:
        schema: The schema; constraints of parts of the value have words of their own.
    """
    return "; ".join(filter(None, _sentences(schema)))


def _sentences(schema: dict[str, Any]) -> Iterator[str]:
    for key, asked in schema.items():
        if key in _WORDS:
            yield _WORDS[key](asked)
    if schema.get("additionalProperties") is False:
        names = _listed(schema.get("properties", {}))
        yield f"only the keys {names}" if names else "no keys"
    elif isinstance(schema.get("additionalProperties"), dict):
        below = in_words(schema["additionalProperties"])
        yield f"each value: {below}" if below else ""
    if schema.get("not") == {}:
        yield "not allowed"
    elif isinstance(schema.get("not"), dict):
        below = in_words(schema["not"])
        yield f"not: {below}" if below else ""
    for key in ("anyOf", "oneOf"):
        choices = [in_words(one) if isinstance(one, dict) else "" for one in schema.get(key, ())]
        if choices and all(choices):
            yield " or ".join(f"({one})" if "; " in one else one for one in choices)
    if isinstance(schema.get("items"), dict):
        below = in_words(schema["items"])
        yield f"each element: {below}" if below else ""
