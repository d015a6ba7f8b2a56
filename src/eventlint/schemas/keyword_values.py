"""The messages for keywords whose value is not allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from eventlint.schemas.change_text import shown
from eventlint.schemas.keywords import BY_TYPE, KNOWN, LISTS, NAMED, ONE, TYPES, Path

_COUNT = "a whole number, at least 0"
_NAMES = "an array of property names"
_STRING = "a string"
_EXPECTED = {
    **dict.fromkeys(
        ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains"], _COUNT
    ),
    "maxContains": _COUNT,
    **dict.fromkeys(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], "a number"),
    "multipleOf": "a number greater than 0",
    **dict.fromkeys(["uniqueItems", "deprecated", "readOnly", "writeOnly"], "true or false"),
    "type": "a type, or an array of types",
    "enum": "an array of values",
    "examples": "an array of values",
    "required": _NAMES,
    "dependentRequired": f"an object with {_NAMES} for each property",
    **dict.fromkeys(
        ["pattern", "format", "title", "description", "$comment", "$schema", "$ref", "$dynamicRef"], _STRING
    ),
    **dict.fromkeys(["contentEncoding", "contentMediaType"], _STRING),
    "$id": "an address without a fragment",
    "$anchor": "a name of letters, digits, '-', '_' and '.'",
    "$dynamicAnchor": "a name of letters, digits, '-', '_' and '.'",
    "$vocabulary": "an object with true or false for each vocabulary",
    **dict.fromkeys(NAMED, "an object with a schema for each key"),
    **dict.fromkeys(LISTS, "an array of schemas, with at least one"),
}
_EXTENSIONS: dict[Path, tuple[str, str | None]] = {
    ("x-rule",): ("an object with name, message and hint", '{"name": "known-filter", "message": "unknown filter"}'),
    ("x-rule", "name"): ("lowercase words with hyphens, at most 60 characters", "known-filter"),
    ("x-rule", "message"): ("a string of 1 to 500 characters", None),
    ("x-rule", "hint"): ("a string of 1 to 500 characters", None),
    ("x-applies-to",): ("an object with events and collections", '{"events": ["search"], "collections": ["shop-*"]}'),
    ("x-applies-to", "events"): ("an array of different event types, with at least one", '["search"]'),
    ("x-applies-to", "events", "*"): ("an event type, as a string", None),
    ("x-applies-to", "collections"): ("an array of different names, with at least one", '["shop-*"]'),
    ("x-applies-to", "collections", "*"): ("the name of a collection, as a string that is not empty", None),
}
_KEYS = {"x-rule": ("name", "message", "hint"), "x-applies-to": ("events", "collections")}
_FOR_KINDS = frozenset().union(*BY_TYPE.values()) | {"type", "enum", "const", "pattern", "format"}


class Words(NamedTuple):
    """A message about a value, and what to write instead."""

    message: str
    hint: str | None = None


def owner(path: Path) -> Path:
    """The end of a path that begins with the keyword that holds the value; empty for a schema.

    Args:
        path: A path from the root of a document.
    """
    rest = path
    while rest:
        key = rest[0]
        steps = 1 if key in ONE else 2 if key in LISTS or key in NAMED else 0
        if not steps or len(rest) < steps:
            return rest
        rest = rest[steps:]
    return ()


def describe(path: Path, value: Any) -> Words:
    """What is wrong with a value.

    Args:
        path: The path to it, from the root of a document.
        value: The value, which the metaschema rejects.
    """
    end = owner(path)
    if not end:
        name = path[-1] if path else ""
        is_keyword = len(path) > 1 and path[-2] == "properties" and name in KNOWN
        hint = f"{name} is a keyword: move it out of properties" if is_keyword else None
        return Words(f"a schema must be an object or a boolean, not {shown(value, 60)}", hint)
    keyword = end[0]
    if keyword in _KEYS:
        return _of_extension(end, value)
    if keyword == "type":
        return _of_type(end, value)
    expected = _EXPECTED.get(keyword)
    if expected is None:
        return Words(f"{shown(value, 60)} is not allowed here")
    if keyword in ("required", "dependentRequired") and len(end) > 1 and not isinstance(value, list):
        return Words(f"{keyword} must list property names, not {shown(value, 60)}")
    duplicate = _duplicate(value)
    if duplicate is not None:
        return Words(f"{keyword} lists {duplicate} more than once", "remove one of the two")
    hint = (
        "move it to the schema around, as required: [...]" if keyword == "required" and value in (True, False) else None
    )
    if keyword in LISTS and isinstance(value, dict):
        hint = "put it into an array"
    if keyword in ("required", "enum", "examples") and isinstance(value, str):
        hint = f"write [{shown(value, 40)}]"
    return Words(f"{keyword} must be {expected}, not {shown(value, 60)}", hint)


def _duplicate(value: Any) -> str | None:
    texts = [shown(one, 60) for one in value] if isinstance(value, list) else []
    return next((text for text in texts if texts.count(text) > 1), None)


def _of_type(end: Path, value: Any) -> Words:
    if isinstance(value, str):
        return Words(f"{shown(value, 40)} is not a type", nearest(value, TYPES))
    if isinstance(value, list) and len(end) == 1:
        duplicate = _duplicate(value)
        if duplicate is not None:
            return Words(f"type lists {duplicate} more than once", "remove one of the two")
    return Words(f"type must be {_EXPECTED['type']}, not {shown(value, 60)}", f"use {', '.join(TYPES)}")


def _of_extension(end: Path, value: Any) -> Words:
    where = tuple("*" if part.isdecimal() else part for part in end)
    if where not in _EXTENSIONS:
        return Words(f"{end[0]} has the unknown key {shown(end[-1], 40)}", nearest(end[-1], _KEYS[end[0]]))
    expected, example = _EXTENSIONS[where]
    last = where[-1]
    if isinstance(value, dict) and where == ("x-rule",) and "name" not in value:
        return Words("x-rule has no name", f"write {example}")
    duplicate = _duplicate(value)
    if duplicate is not None:
        return Words(f"{end[-1]} lists {duplicate} more than once", "remove one of the two")
    name = f"the {end[-1]} of x-rule" if where[0] == "x-rule" and len(where) > 1 else end[-1]
    if where == ("x-rule", "name") and isinstance(value, str):
        example = re.sub("[^a-z0-9]+", "-", value.lower()).strip("-")[:60].rstrip("-") or example
    if last == "*":
        name = f"each of {end[1]}"
    return Words(f"{name} must be {expected}, not {shown(value, 60)}", f"write {example}" if example else None)


def similar(word: str, known: Iterable[str]) -> str | None:
    """A hint with the known word that is most similar; None if none is."""
    by_lower = {one.lower(): one for one in known}
    found = difflib.get_close_matches(word.lower()[:40], by_lower, 1, 0.6)
    return f"did you mean {by_lower[found[0]]!r}?" if found else None


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint with the known word that is most similar, or with all of them."""
    known = tuple(known)
    return similar(word, known) or f"use {', '.join(known)}"
