"""The keywords of JSON Schema 2020-12, by what they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ONE = frozenset(
    [
        "not",
        "if",
        "then",
        "else",
        "items",
        "contains",
        "additionalProperties",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "contentSchema",
    ]
)
"""Keywords that hold a schema."""

LISTS = frozenset(["allOf", "anyOf", "oneOf", "prefixItems"])
"""Keywords that hold a list of schemas."""

NAMED = frozenset(["properties", "patternProperties", "dependentSchemas", "$defs"])
"""Keywords that hold schemas by key."""

ANNOTATIONS = frozenset(
    [
        "title",
        "description",
        "default",
        "deprecated",
        "readOnly",
        "writeOnly",
        "examples",
        "$comment",
        "format",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
        "$schema",
        "$id",
        "$anchor",
        "$dynamicAnchor",
        "$defs",
        "$vocabulary",
    ]
)
"""Keywords that reject no value. By default, validators do not assert a format; see :data:`CONSTRAINTS`."""

BY_TYPE: dict[str, frozenset[str]] = {
    "string": frozenset(["minLength", "maxLength", "pattern"]),
    "number": frozenset(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    "array": frozenset(
        [
            "items",
            "prefixItems",
            "contains",
            "minContains",
            "maxContains",
            "minItems",
            "maxItems",
            "uniqueItems",
            "unevaluatedItems",
        ]
    ),
    "object": frozenset(
        [
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "required",
            "minProperties",
            "maxProperties",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        ]
    ),
}
"""Keywords that only apply to values of one type."""

CONSTRAINTS: dict[str, frozenset[str]] = {**BY_TYPE, "string": BY_TYPE["string"] | {"format"}}
"""The same for normal forms, which only have a format where it is asserted."""

IN_PLACE = frozenset(
    [
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "dependentSchemas",
        "$ref",
        "$dynamicRef",
    ]
)
"""Keywords whose schemas apply to the same value."""

KNOWN = (
    ONE
    | LISTS
    | NAMED
    | ANNOTATIONS
    | frozenset().union(*BY_TYPE.values())
    | frozenset(["type", "enum", "const", "$ref", "$dynamicRef"])
)
"""All keywords."""

OLDER: dict[str, str] = {
    "definitions": "$defs",
    "dependencies": "dependentRequired or dependentSchemas",
    "additionalItems": "items beside prefixItems",
    "id": "$id",
    "divisibleBy": "multipleOf",
    "$recursiveRef": "$dynamicRef",
    "$recursiveAnchor": "$dynamicAnchor",
    "example": "examples",
    "nullable": "a type that includes null",
    "extends": "allOf",
    "disallow": "not",
}
"""Keywords of older drafts and of OpenAPI, and what to write instead."""

SYNONYMS: dict[str, str] = {
    "regex": "pattern",
    "regexp": "pattern",
    "values": "enum",
    "choices": "enum",
    "min": "minimum",
    "max": "maximum",
    "length": "minLength or maxLength",
    "fields": "properties",
    "optional": "required, with the names of all other properties",
}
"""Words of other languages for schemas, and what to write instead."""

TYPES = ("null", "boolean", "object", "array", "string", "number", "integer")

Path = tuple[str, ...]


def parts_of(schema: Any) -> Iterator[tuple[Path, Any]]:
    """The schemas directly inside a schema, with the path to each.

    Args:
        schema: A schema; other values have no parts.
    """
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        if key in ONE:
            yield (key,), value
        elif key in LISTS and isinstance(value, list):
            for index, below in enumerate(value):
                yield (key, str(index)), below
        elif key in NAMED and isinstance(value, dict):
            for name, below in value.items():
                yield (key, name), below


def walk(schema: Any, start: Path = ()) -> Iterator[tuple[Path, Any]]:
    """A schema and all schemas inside it, with the path to each; references are not followed.

    Args:
        schema: A schema.
        start: The path to it.
    """
    waiting: list[tuple[Path, Any]] = [(start, schema)]
    while waiting:
        path, one = waiting.pop()
        yield path, one
        waiting += [((*path, *below), part) for below, part in parts_of(one)][::-1]


def types_of(schema: Any) -> frozenset[str] | None:
    """The types that the ``type`` of a schema allows; None without a valid ``type``."""
    names = schema.get("type") if isinstance(schema, dict) else None
    if isinstance(names, str):
        names = [names]
    if not isinstance(names, list) or not all(isinstance(one, str) and one in TYPES for one in names):
        return None
    return frozenset(names)
