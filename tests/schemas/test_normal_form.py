"""Normal forms: schemas that accept the same values, and how their differences are classified."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.schemas.compare import compare
from eventlint.schemas.diff_model import MAYBE, NO, YES
from eventlint.schemas.documents import Document
from eventlint.schemas.json_places import read
from eventlint.schemas.normal_form import Normalizer
from eventlint.schemas.validity import Library, SchemaValidator, TooLargeError
from tests.schemas import drawn


def form(schema: Any) -> Any:
    """The normal form of a schema."""
    document = Document(path="/a.json", name="a.json", text=read(json.dumps(schema).encode()))
    return Normalizer(Library([document])).form(document.uri)


SAME: list[tuple[Any, Any]] = [
    ({"type": ["string"]}, {"type": "string"}),
    ({"type": ["number", "integer"]}, {"type": "number"}),
    ({"const": 1}, {"enum": [1.0, 1]}),
    ({"minLength": 0, "title": "a", "x-note": 1}, {}),
    ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}),
    ({"type": "integer", "minimum": 0.5}, {"type": "integer", "minimum": 1}),
    ({"type": "number", "multipleOf": 1}, {"type": "integer"}),
    ({"type": "integer", "multipleOf": 5, "maximum": 13}, {"type": "integer", "multipleOf": 5, "maximum": 10}),
    ({"minimum": 3, "exclusiveMinimum": 3, "type": "number"}, {"exclusiveMinimum": 3, "type": "number"}),
    ({"allOf": [{"type": "string"}, {"minLength": 1}]}, {"type": "string", "minLength": 1}),
    ({"allOf": [{"type": "number"}, {"type": "integer"}]}, {"type": "integer"}),
    ({"allOf": [{"enum": [1, 2]}, {"enum": [2, 3]}]}, {"const": 2}),
    ({"allOf": [{"minimum": 1, "type": "number"}, {"minimum": 2}]}, {"type": "number", "minimum": 2}),
    ({"allOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"required": ["b", "a"]}),
    (
        {"allOf": [{"properties": {"a": {"type": "null"}}}, {"properties": {"b": {"type": "null"}}}]},
        {"properties": {"a": {"type": "null"}, "b": {"type": "null"}}},
    ),
    ({"allOf": [{"type": "string"}, {"type": "integer"}]}, False),
    ({"allOf": [True, {"allOf": [{"type": "string"}]}]}, {"type": "string"}),
    ({"not": {}}, False),
    ({"enum": [1, "a"], "type": "string"}, {"const": "a"}),
    ({"type": ["boolean", "null"]}, {"type": ["null", "boolean"]}),
    ({"not": {"enum": [1, "a"]}, "type": "string"}, {"not": {"const": "a"}, "type": "string"}),
    ({"anyOf": [{"const": 1}, {"const": 2}]}, {"enum": [2, 1]}),
    ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"type": ["null", "string"]}),
    ({"anyOf": [{"type": "string"}, True]}, {}),
    ({"anyOf": [False, {"minLength": 1}, {"maxLength": 3}]}, {"anyOf": [{"maxLength": 3}, {"minLength": 1}]}),
    ({"oneOf": [{"type": "string"}, {"type": "null"}]}, {"type": ["string", "null"]}),
    ({"type": "string", "maximum": 3}, {"type": "string"}),
    ({"type": ["string", "integer"], "minLength": 3, "maxLength": 2}, {"type": "integer"}),
    ({"type": "object", "required": ["a"], "properties": {"a": False}}, False),
    ({"minContains": 1, "contains": {"type": "null"}}, {"contains": {"type": "null"}}),
    ({"contains": {"type": "null"}, "minContains": 0}, {}),
    ({"then": {"type": "null"}}, {}),
    ({"if": {"type": "null"}}, {}),
    ({"prefixItems": [{"type": "null"}, True]}, {"prefixItems": [{"type": "null"}]}),
    ({"properties": {"a": {}}}, {}),
    (
        {"properties": {"a": {}, "bb": {}}, "additionalProperties": False, "propertyNames": {"maxLength": 1}},
        {"properties": {"a": {}}, "additionalProperties": False},
    ),
    (
        {"unevaluatedProperties": False, "properties": {"a": {}}},
        {"additionalProperties": False, "properties": {"a": {}}},
    ),
    ({"unevaluatedItems": {"minLength": 1}}, {"items": {"minLength": 1}}),
    ({"dependentRequired": {"a": []}, "dependentSchemas": {"a": True}}, {}),
    ({"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}}, {"type": "string"}),
    ({"$ref": "#/$defs/a", "minLength": 1, "$defs": {"a": {"type": "string"}}}, {"type": "string", "minLength": 1}),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=[json.dumps(pair[0])[:60] for pair in SAME])
def test_equal_schemas_have_one_normal_form(one: Any, other: Any) -> None:
    """Two ways to write a constraint have the same normal form."""
    assert form(one) == form(other)


OTHER: list[tuple[Any, Any]] = [
    ({"oneOf": [{"type": "number"}, {"type": "integer"}]}, {"type": "number"}),
    ({"type": "string", "unevaluatedProperties": False}, {"type": "object", "unevaluatedProperties": False}),
    ({"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": False}, {"additionalProperties": False}),
    ({"properties": {"a": {"type": "null"}}, "additionalProperties": False}, {"properties": {"a": {"type": "null"}}}),
    (
        {"allOf": [{"properties": {"a": True}, "additionalProperties": False}, {"properties": {"b": True}}]},
        {"properties": {"a": True, "b": True}, "additionalProperties": False},
    ),
    ({"minimum": 1}, {"exclusiveMinimum": 0}),
]


@pytest.mark.parametrize(("one", "other"), OTHER, ids=[json.dumps(pair[0])[:60] for pair in OTHER])
def test_different_schemas_have_different_normal_forms(one: Any, other: Any) -> None:
    """A normal form loses no constraint."""
    assert form(one) != form(other)


@given(st.integers(0, 2**32))
def test_a_normal_form_accepts_the_same_values(seed: int) -> None:
    """A normal form is a schema that accepts the same values."""
    dice = random.Random(seed)
    schema = drawn.schema(dice, 3)
    if dice.random() < 0.5:
        schema = {"allOf": [schema, drawn.schema(dice)], "unevaluatedProperties": dice.choice([True, False])}
    normal = form(schema)
    before, after = SchemaValidator.alone(schema), SchemaValidator.alone(normal)
    for _ in range(20):
        value = drawn.near(dice, schema)
        answers = {before.accepts(value), after.accepts(value)} - {None}
        assert len(answers) <= 1, (schema, normal, value)


def test_a_recursive_schema_has_a_normal_form() -> None:
    """A reference to a schema above becomes its distance; an unresolvable one stays."""
    assert form({"properties": {"a": {"$ref": "#"}}}) == {"properties": {"a": {"properties": {"a": {"$rec": 1}}}}}
    assert form({"items": {"$ref": "urn:nowhere"}}) == {"items": {"$ref": "urn:nowhere"}}
    doubled = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(30)}
    with pytest.raises(TooLargeError):
        form({"$ref": "#/$defs/d0", "$defs": {**doubled, "d30": {}}})


DIRECTIONS: list[tuple[Any, Any, int, int]] = [
    (True, False, YES, NO),
    ({}, {"type": "string"}, YES, NO),
    ({"type": "string"}, {"type": ["string", "null"]}, NO, YES),
    ({"enum": ["a", "b"]}, {"enum": ["b", "c"]}, YES, YES),
    ({"enum": ["a"]}, {"type": "string"}, NO, YES),
    ({"type": "string"}, {"enum": ["a"]}, YES, NO),
    ({"enum": [1]}, {"type": "string"}, YES, YES),
    ({"pattern": "^a"}, {"pattern": "^b"}, MAYBE, MAYBE),
    ({"pattern": "^a"}, {}, NO, YES),
    ({"multipleOf": 4}, {"multipleOf": 2}, NO, YES),
    ({"multipleOf": 2}, {"multipleOf": 3}, YES, YES),
    ({"uniqueItems": True}, {}, NO, YES),
    ({"minItems": 1}, {"minItems": 2}, YES, NO),
    ({"maxLength": 3}, {"maxLength": 5}, NO, YES),
    ({"required": ["a"]}, {"required": ["b"]}, YES, YES),
    ({"dependentRequired": {"a": ["b"]}}, {"dependentRequired": {"a": ["c"]}}, YES, YES),
    ({"dependentSchemas": {"a": {"required": ["b"]}}}, {}, NO, YES),
    ({}, {"properties": {"a": {"type": "null"}}}, YES, NO),
    ({"additionalProperties": False}, {"additionalProperties": {"type": "null"}}, NO, YES),
    ({"additionalProperties": False}, {"patternProperties": {"^a": {}}, "additionalProperties": False}, NO, YES),
    ({"patternProperties": {"^a": {"type": "null"}}}, {"patternProperties": {"^a": {}}}, NO, YES),
    ({"propertyNames": {"maxLength": 3}}, {"propertyNames": {"maxLength": 2}}, YES, NO),
    ({"prefixItems": [{"type": "null"}]}, {"prefixItems": [{"type": ["null", "string"]}]}, NO, YES),
    ({}, {"contains": {"type": "null"}}, YES, NO),
    ({"contains": {"type": "null"}}, {"contains": {"type": "null"}, "minContains": 2}, YES, NO),
    ({"contains": {"type": "null"}}, {"contains": {"type": ["null", "string"]}}, NO, YES),
    (
        {"contains": {"type": "null"}, "maxContains": 1},
        {"contains": {"type": "string"}, "maxContains": 1},
        MAYBE,
        MAYBE,
    ),
    ({"not": {"minLength": 1}}, {"not": {"minLength": 2}}, NO, YES),
    ({"anyOf": [{"minLength": 3}, {"minItems": 3}]}, {"anyOf": [{"minLength": 3}]}, MAYBE, NO),
    ({"minLength": 3}, {"anyOf": [{"minLength": 3}, {"maxLength": 1}]}, NO, YES),
    ({"oneOf": [{"minLength": 3}, {"minItems": 3}]}, {"oneOf": [{"minLength": 3}, {"minItems": 2}]}, MAYBE, MAYBE),
    ({"oneOf": [{"minLength": 3}, {"minItems": 3}]}, {}, NO, YES),
    (
        {"if": {"minLength": 2}, "then": {"pattern": "a"}},
        {"if": {"minLength": 3}, "then": {"pattern": "a"}},
        MAYBE,
        MAYBE,
    ),
    ({"if": {"minLength": 2}, "then": {"pattern": "a"}}, {}, NO, MAYBE),
    ({"allOf": [{"anyOf": [{"minLength": 2}, {"minItems": 2}]}]}, {}, NO, YES),
    (
        {"allOf": [{}], "$ref": "#/x", "unevaluatedItems": False},
        {"$ref": "#/x"},
        MAYBE,
        MAYBE,
    ),  # what the reference evaluates is unknown
]


@pytest.mark.parametrize(
    ("old", "new", "narrows", "widens"), DIRECTIONS, ids=[f"{json.dumps(one[:2])[:70]}" for one in DIRECTIONS]
)
def test_a_difference_narrows_or_widens(old: Any, new: Any, narrows: int, widens: int) -> None:
    """Each keyword knows the effect of its change; the other direction is the opposite."""
    for before, after, expected in ((old, new, (narrows, widens)), (new, old, (widens, narrows))):
        found = compare(form(before), form(after))
        assert found, "no difference"
        assert (max(one.narrows for one in found), max(one.widens for one in found)) == expected
        assert all(one.sentence for one in found)


@given(st.integers(0, 2**32))
def test_a_proven_direction_has_no_counterexample(seed: int) -> None:
    """If no difference narrows, the new schema accepts all that the old one accepts; and the other way round."""
    dice = random.Random(seed)
    old = drawn.schema(dice)
    new = drawn.change(dice, old)
    found = compare(form(old), form(new))
    before, after = SchemaValidator.alone(old), SchemaValidator.alone(new)
    for _ in range(20):
        value = drawn.near(dice, dice.choice([old, new]))
        if all(one.narrows == NO for one in found):
            assert after.accepts(value) or not before.accepts(value)
        if all(one.widens == NO for one in found):
            assert before.accepts(value) or not after.accepts(value)
