"""The normal form of numbers, types and listed values."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from eventlint.schemas.equal import canonical
from eventlint.schemas.keywords import walk
from eventlint.schemas.validity import Schema, SchemaValidator


def is_open(schema: Schema) -> bool:
    """Whether a normal form contains an unresolved reference."""
    return any(isinstance(one, dict) and ("$rec" in one or "$ref" in one) for _, one in walk(schema))


def only_types(schema: Schema) -> list[str]:
    """The types that a schema allows, if it has no other constraint; otherwise none."""
    if isinstance(schema, dict) and schema.keys() == {"type"}:
        return list(schema["type"])
    words = {"[null]": ["null"], "[false, true]": ["boolean"]}
    return words.get(canonical(schema["enum"]), []) if isinstance(schema, dict) and schema.keys() == {"enum"} else []


def is_disjoint(options: list[Schema]) -> bool:
    """Whether no two of several schemas allow the same type, so that ``oneOf`` accepts the same as ``anyOf``."""
    seen: set[str] = set()
    for one in options:
        if not isinstance(one, dict) or not {"type", "enum"} & one.keys():
            return False
        kinds = {_type_of(value) for value in one["enum"]} if "enum" in one else set(one["type"])
        kinds |= {"integer"} if "number" in kinds else set()
        if kinds & seen:
            return False
        seen |= kinds
    return True


def _type_of(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return "null" if value is None else "boolean"
    if isinstance(value, int | float):
        return "integer" if float(value).is_integer() else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def whole(schema: dict[str, Any]) -> None:
    """Use the type integer for multiples of an integer."""
    step = schema.get("multipleOf")
    if isinstance(step, int) and "number" in schema.get("type", ()):
        schema["type"] = ["integer" if kind == "number" else kind for kind in schema["type"]]
    if isinstance(step, int) and schema.get("type") in (["integer"], ["number"]):
        for key, rounded in (("minimum", math.ceil), ("maximum", math.floor)):
            if isinstance(schema.get(key), int):
                schema[key] = rounded(Fraction(schema[key], step)) * step
    if step == 1 and "integer" in schema.get("type", ()):
        del schema["multipleOf"]


def bounds(schema: dict[str, Any], *, is_whole: bool) -> None:
    """Normalize bounds; bounds of integers become integers.

    Args:
        schema: The schema, which is changed.
        is_whole: Whether its numbers are integers.
    """
    for plain, strict, step, rounded in (
        ("minimum", "exclusiveMinimum", 1, math.ceil),
        ("maximum", "exclusiveMaximum", -1, math.floor),
    ):
        if plain in schema and strict in schema:
            is_weaker = (schema[plain] - schema[strict]) * step <= 0
            del schema[plain if is_weaker else strict]
        if is_whole and math.isfinite(schema.get(plain, 0)) and math.isfinite(schema.get(strict, 0)):
            if strict in schema:
                bound = schema.pop(strict)
                schema[plain] = bound + step if bound == rounded(bound) else rounded(bound)
            if plain in schema:
                schema[plain] = rounded(schema[plain])


def _excluding(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema that excludes values, without those that its other keywords reject."""
    excluded = schema.get("not")
    if not isinstance(excluded, dict) or excluded.keys() != {"enum"}:
        return schema
    rest = {key: value for key, value in schema.items() if key not in ("not", "examples")}
    if is_open(rest):
        return schema
    validator = SchemaValidator.of_form(rest)
    left = [value for value in excluded["enum"] if validator.accepts(value) is not False]
    kept = {key: value for key, value in schema.items() if key != "not"}
    return {**kept, "not": {"enum": left}} if left else kept


def finite(schema: Schema) -> Schema:
    """A schema that lists its values, without those that its other keywords reject."""
    if not isinstance(schema, dict):
        return schema
    schema = _excluding(schema)
    if schema.get("type") and set(schema["type"]) <= {"null", "boolean"} and "enum" not in schema:
        schema = dict(schema)
        types = schema.pop("type")
        schema["enum"] = ([False, True] if "boolean" in types else []) + ([None] if "null" in types else [])
    if "enum" not in schema:
        return schema
    rest = {key: value for key, value in schema.items() if key not in ("enum", "examples")}
    kept = {key: schema[key] for key in ("examples",) if key in schema}
    if rest and not is_open(rest):
        validator = SchemaValidator.of_form(rest)
        verdicts = [(value, validator.accepts(value)) for value in schema["enum"]]
        if any(answer is None for _, answer in verdicts):
            return schema
        schema = {"enum": [value for value, answer in verdicts if answer], **kept}
    if not schema["enum"]:
        return False
    return schema
