"""Changes of large and nested bounds, of patterns, choices and conditions: each has a value or a proof."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from eventlint.schemas.diff import DocumentDiff
from tests.schemas.test_diff import changes

UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
DATE = r"^\d{4}-\d{2}-\d{2}$"


def text(**keywords: Any) -> dict[str, Any]:
    """A schema of strings."""
    return {"type": "string", **keywords}


def record(properties: dict[str, Any], **keywords: Any) -> dict[str, Any]:
    """A schema of objects with no other keys."""
    return {"type": "object", "properties": properties, "additionalProperties": False, **keywords}


def array(items: Any, **keywords: Any) -> dict[str, Any]:
    """A schema of arrays."""
    return {"type": "array", "items": items, **keywords}


def one_of(*options: Any) -> dict[str, Any]:
    """A schema with exactly one of some options."""
    return {"oneOf": list(options)}


def tree(leaf: Any) -> dict[str, Any]:
    """A schema that contains itself."""
    node = record({"value": leaf, "children": array({"$ref": "#/$defs/node"})})
    return {"$ref": "#/$defs/node", "$defs": {"node": node}}


def when(test: Any, then: Any, otherwise: Any = True) -> dict[str, Any]:
    """A schema with a condition."""
    return {"type": "object", "if": test, "then": then, "else": otherwise}


KIND_A = {"properties": {"kind": {"const": "a"}}, "required": ["kind"]}
KIND_B = {"properties": {"kind": {"const": "b"}}, "required": ["kind"]}
A = record({"kind": {"const": "a"}, "x": {"type": "integer"}}, required=["kind"])
B = record({"kind": {"const": "b"}, "y": text(maxLength=10)}, required=["kind"])
WIDE_B = record({"kind": {"const": "b"}, "y": text(maxLength=5000)}, required=["kind"])

PAIRS: dict[str, tuple[Any, Any, str]] = {
    # large bounds
    "maxLength 65,535": (text(), text(maxLength=65_535), "model"),
    "maxLength 65,535 to 4,096": (text(maxLength=65_535), text(maxLength=4_096), "model"),
    "minLength 300": (text(), text(minLength=300), "model"),
    "minLength 70,000": (text(minLength=70_000), text(minLength=70_001), "model"),
    "maxLength 4,096 in items": (array(text()), array(text(maxLength=4_096)), "model"),
    "maxLength 4,096 in items, deep": (
        record({"a": array(record({"b": text()}))}),
        record({"a": array(record({"b": text(maxLength=4_096)}))}),
        "model",
    ),
    "maxLength of keys": (
        {"type": "object"},
        {"type": "object", "propertyNames": {"maxLength": 1_000}},
        "model",
    ),
    "maxItems 5,000": (array({"type": "null"}), array({"type": "null"}, maxItems=5_000), "model"),
    "minItems 2,000 of strings": (array(text(), minItems=1), array(text(), minItems=2_000), "model"),
    "maxItems with unique integers": (
        array({"type": "integer"}, uniqueItems=True),
        array({"type": "integer"}, uniqueItems=True, maxItems=300),
        "model",
    ),
    "maxProperties 400": ({"type": "object"}, {"type": "object", "maxProperties": 400}, "model"),
    "maximum of 64 bits": (
        {"type": "integer", "maximum": 2**64},
        {"type": "integer", "maximum": 2**63 - 1},
        "model",
    ),
    "contains 1,000": (
        array({"type": "integer"}),
        array({"type": "integer"}, contains={"minimum": 5}, maxContains=1_000),
        "model",
    ),
    "long prefix": (text(pattern="^https?://"), text(pattern="^https?://", maxLength=2_048), "model"),
    "wider large bound": (text(maxLength=4_096), text(maxLength=65_535), "revision"),
    "counted pattern": (text(pattern="^[a-z]{1,4096}$"), text(pattern="^[a-z]{1,255}$"), "model"),
    "counted pattern, wider": (text(pattern="^[a-z]{1,255}$"), text(pattern="^[a-z]{1,4096}$"), "revision"),
    # implied by a pattern
    "uuid implies maxLength": (text(pattern=UUID), text(pattern=UUID, maxLength=36), "none"),
    "uuid implies both limits": (text(pattern=UUID), text(pattern=UUID, minLength=36, maxLength=36), "none"),
    "uuid implies less than 36": (text(pattern=UUID), text(pattern=UUID, maxLength=35), "model"),
    "pattern implies minLength": (text(pattern="^.+$"), text(pattern="^.+$", minLength=1), "none"),
    "counted pattern implies maxLength": (
        text(pattern="^[a-z]{1,4096}$"),
        text(pattern="^[a-z]{1,4096}$", maxLength=4_096),
        "none",
    ),
    "counted pattern as limits": (
        text(pattern="^[a-z]{2,64}$"),
        text(pattern="^[a-z]*$", minLength=2, maxLength=64),
        "none",
    ),
    "lookahead implies minLength": (
        text(pattern="^(?=.{8,})[a-z]+$"),
        text(pattern="^(?=.{8,})[a-z]+$", minLength=8),
        "none",
    ),
    "lookahead as two patterns": (
        text(pattern=r"^(?!.*\.\.)[a-z.]+$"),
        text(pattern="^[a-z.]+$", **{"not": {"pattern": r"\.\."}}),
        "none",
    ),
    "pattern in other words": (text(pattern="^(ab|cd)$"), text(pattern="^(cd|ab)$"), "none"),
    "optional in other words": (text(pattern="^a?$"), text(pattern="^(|a)$"), "none"),
    "digits in other words": (text(pattern=r"^\d+$"), text(pattern="^[0-9][0-9]*$"), "none"),
    "pattern narrowed": (text(pattern="^[a-z]+$"), text(pattern="^[a-y]+$"), "model"),
    "pattern widened": (text(pattern=DATE), text(pattern=r"^\d{4}-\d{2}-\d{2}(T.*)?$"), "revision"),
    "pattern moved": (text(pattern=r"^\d{4}$"), text(pattern=r"^\d{5}$"), "model"),
    "anchored": (text(pattern="[a-z]+"), text(pattern="^[a-z]+$"), "model"),
    "unanchored": (text(pattern="^[a-z]+$"), text(pattern="[a-z]"), "revision"),
    "word boundary": (text(pattern=r"\bfoo\b"), text(pattern="foo"), "revision"),
    "case": (text(pattern="^[A-Za-z]+$"), text(pattern="^[a-z]+$"), "model"),
    "enum implies pattern": (
        text(enum=["a-1", "b-2"]),
        text(enum=["a-1", "b-2"], pattern=r"^[a-z]-\d$"),
        "none",
    ),
    "const implies limits": (text(const="abc"), text(const="abc", minLength=3, maxLength=3), "none"),
    "multipleOf implies": (
        {"type": "integer", "multipleOf": 6},
        {"type": "integer", "multipleOf": 6, "allOf": [{"multipleOf": 3}]},
        "none",
    ),
    "minimum implies": (
        {"type": "integer", "minimum": 5},
        {"type": "integer", "allOf": [{"minimum": 5}, {"exclusiveMinimum": 4}]},
        "none",
    ),
    "pattern of keys": (
        {"type": "object", "patternProperties": {"^[a-z]{1,10}$": text()}, "additionalProperties": False},
        {"type": "object", "patternProperties": {"^[a-z]{1,9}$": text()}, "additionalProperties": False},
        "model",
    ),
    "pattern of keys in other words": (
        {"type": "object", "patternProperties": {"^(a|b)$": text()}, "additionalProperties": False},
        record({"a": text(), "b": text()}),
        "addition",
    ),
    # several limits meet
    "maxProperties 0 without others": (record({}, maxProperties=0), record({}), "none"),
    "minProperties of required": (
        record({"a": {}, "b": {}}, required=["a", "b"], minProperties=2),
        record({"a": {}, "b": {}}, required=["a", "b"]),
        "none",
    ),
    "maxProperties of a closed object": (
        record({"a": {}, "b": {}}, maxProperties=2),
        record({"a": {}, "b": {}}),
        "none",
    ),
    "maxProperties below the described": (
        record({"a": {}, "b": {}}, maxProperties=1),
        record({"a": {}, "b": {}}),
        "revision",
    ),
    "maxItems of a closed tuple": (
        {"type": "array", "prefixItems": [text(), text()], "items": False},
        {"type": "array", "prefixItems": [text(), text()], "items": False, "maxItems": 2},
        "none",
    ),
    "unique booleans": (
        array({"type": "boolean"}, uniqueItems=True),
        array({"type": "boolean"}, uniqueItems=True, maxItems=2),
        "none",
    ),
    "unique members of an enum": (
        array({"enum": ["a", "b", "c"]}, uniqueItems=True),
        array({"enum": ["a", "b", "c"]}, uniqueItems=True, maxItems=2),
        "model",
    ),
    "nested unique": (
        record({"a": array(array(text(maxLength=1), maxItems=1), uniqueItems=True, maxItems=9)}),
        record({"a": array(array(text(maxLength=1), maxItems=1), uniqueItems=True, maxItems=8)}),
        "model",
    ),
    # choices and conditions
    "oneOf gets an option": (one_of(A), one_of(A, B), "revision"),
    "oneOf loses an option": (one_of(A, B), one_of(A), "model"),
    "oneOf, an option is wider": (one_of(A, B), one_of(A, WIDE_B), "revision"),
    "oneOf, an option is narrower": (one_of(A, WIDE_B), one_of(A, B), "model"),
    "oneOf as anyOf": (one_of(A, B), {"anyOf": [A, B]}, "none"),
    "oneOf with an overlap": (
        one_of({"type": "integer", "maximum": 5}, {"type": "integer", "minimum": 10}),
        one_of({"type": "integer", "maximum": 5}, {"type": "integer", "minimum": 3}),
        "model",
    ),
    "anyOf in one option": (
        {"anyOf": [text(maxLength=3), text(minLength=2)]},
        text(),
        "none",
    ),
    "if, a stricter then": (
        when(KIND_A, {"required": ["x"]}),
        when(KIND_A, {"required": ["x", "y"]}),
        "model",
    ),
    "if, another else": (
        when(KIND_A, {"required": ["x"]}, {"required": ["y"]}),
        when(KIND_A, {"required": ["x"]}),
        "revision",
    ),
    "if, another test": (
        when(KIND_A, {"required": ["x"]}),
        when(KIND_B, {"required": ["x"]}),
        "model",
    ),
    "if as anyOf": (
        when(KIND_A, {"required": ["x"]}),
        {"type": "object", "anyOf": [{"not": KIND_A}, {"required": ["x"]}]},
        "none",
    ),
    "if that never holds": (
        record({"kind": {"const": "a"}}, required=["kind"]),
        {**record({"kind": {"const": "a"}}, required=["kind"]), "if": KIND_B, "then": {"required": ["x"]}},
        "none",
    ),
    "dependentSchemas": (
        record({"a": {}, "b": text()}),
        {**record({"a": {}, "b": text()}), "dependentSchemas": {"a": {"properties": {"b": text(minLength=3)}}}},
        "model",
    ),
    "unevaluatedProperties": (
        {"allOf": [{"properties": {"a": {}}}], "type": "object", "unevaluatedProperties": False},
        {"allOf": [{"properties": {"a": {}, "b": {}}}], "type": "object", "unevaluatedProperties": False},
        "addition",
    ),
    "recursion, narrower": (tree(text(maxLength=100)), tree(text(maxLength=99)), "model"),
    "recursion, wider": (tree({"type": "integer"}), tree({"type": "number"}), "revision"),
    "recursion in other words": (tree({"type": "integer"}), tree({"type": "number", "multipleOf": 1}), "none"),
    "contains": (
        array({}, contains={"type": "integer"}),
        array({}, contains={"type": "integer", "minimum": 1}),
        "model",
    ),
    "prefixItems": (
        {"type": "array", "prefixItems": [text(), {"type": "integer"}]},
        {"type": "array", "prefixItems": [text(), {"type": "integer", "minimum": 1}]},
        "model",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_change_has_a_value_or_a_proof(name: str) -> None:
    """The bump is right and certain; every value is confirmed by a validator."""
    old, new, bump = PAIRS[name]
    found = changes(old, new)
    assert (found.bump, [one.sentence for one in found.changes if not one.verified]) == (bump, [])
    assert bump == "model" or all(one.certain for one in found.changes)
    shown = [one for one in found.changes if one.has_counterexample]
    assert bump in ("none", "addition") or any(one.bump == bump for one in shown)
    before, after = Draft202012Validator(old), Draft202012Validator(new)
    for one in shown:
        verdicts = before.is_valid(one.counterexample), after.is_valid(one.counterexample)
        assert verdicts == ((True, False) if one.bump == "model" else (False, True))


@pytest.mark.parametrize("name", [name for name, pair in PAIRS.items() if pair[2] == "revision"])
def test_the_reverse_of_a_revision_is_a_new_model(name: str) -> None:
    """What accepts more in one direction rejects values in the other."""
    old, new, _ = PAIRS[name]
    found = changes(new, old)
    assert isinstance(found, DocumentDiff)
    assert found.bump == "model"
    assert any(one.bump == "model" and one.has_counterexample for one in found.changes)


def test_a_value_does_not_depend_on_a_final_line_feed() -> None:
    """Some engines let ``$`` match before a line feed at the end, so no value ends with one if another one will do."""
    change = changes(text(), text(pattern="^[^\\n]*$")).changes[0]
    assert (change.bump, change.counterexample[-1:] == "\n") == ("model", False)


def test_a_keyword_without_an_effect_says_so() -> None:
    """A bound that a pattern implies is a change that requires no new version, and its sentence explains it."""
    old, new, _ = PAIRS["uuid implies maxLength"]
    (change,) = changes(old, new).changes
    assert (change.bump, change.sentence) == (
        "none",
        "the whole value: added maxLength 36 (other keywords already require this)",
    )


@pytest.mark.parametrize(
    "pattern",
    [
        "(a|b)*a(a|b){18}",
        "^(?=.*a)(?=.*b)(?=.*c)(?=.*d)(?=.*e)(?=.*f)(?=.*g).*$",
        "((a{1,20}){1,20}){1,20}",
        "(" * 300 + "a" + ")*" * 300,
    ],
)
def test_a_hostile_pattern_ends(pattern: str) -> None:
    """An expression with many states is compared in bounded steps; the answer may be that it is unknown."""
    found = changes(text(pattern=pattern), text(pattern=pattern + "b"))
    assert found.bump in ("model", "revision", "unknown")


def test_a_hostile_choice_ends() -> None:
    """Many choices of choices do not multiply without a limit."""
    options = [{"required": [f"k{n}", f"k{(n * 7) % 20}"], "minProperties": n % 5} for n in range(20)]
    old = {"type": "object", "allOf": [{"oneOf": options[at:] + options[:at]} for at in range(0, 20, 4)]}
    new = {**old, "oneOf": [{"minProperties": 3}, {"maxProperties": 9, "anyOf": options}]}
    assert changes(old, new).bump in ("model", "unknown", "none")
