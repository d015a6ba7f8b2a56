"""Lint of schema documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint.model import Finding
from eventlint.rules import RULES
from eventlint.rules.manual import manual, page
from eventlint.schemas.documents import Document
from eventlint.schemas.json_places import read
from eventlint.schemas.lint import lint, lint_documents
from eventlint.schemas.lint_rules import SCHEMA_RULES, SchemaRule

PROSE = {"missing-title", "missing-description", "missing-example", "missing-id"}


def findings(schema: Any) -> list[Finding]:
    """The findings of a schema, except for missing documentation."""
    text = schema if isinstance(schema, str) else json.dumps(schema)
    found = lint_documents([Document(path="thing.json", name="thing.json", text=read(text.encode()))])
    return [one for one in found if one.rule not in PROSE]


def rules(schema: Any) -> set[str]:
    """The rules that a schema violates, except for missing documentation."""
    return {one.rule for one in findings(schema)}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Write files into an empty current folder."""
    monkeypatch.chdir(tmp_path)

    def writer(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return writer


def test_the_packaged_documents_are_clean() -> None:
    """The packaged schemas have no findings."""
    found, texts = lint()
    assert (found, len(texts)) == ([], 14)


EXAMPLES = [
    rule
    for rule in SCHEMA_RULES
    if rule.entry.bad.startswith("{") and rule.entry.bad.endswith("}") and rule.name not in PROSE
]


@pytest.mark.parametrize(
    "rule",
    [one for one in EXAMPLES if one.name not in ("invalid-schema-json", "version-too-low")],
    ids=lambda one: one.name,
)
def test_the_example_of_a_rule_violates_it(rule: SchemaRule) -> None:
    """The example of a rule violates it, and the corrected one has no findings."""
    found = findings(rule.entry.bad)
    assert rule.name in {one.rule for one in found}
    assert {one.tier for one in found if one.rule == rule.name} == {rule.tier}
    if rule.name != "unsupported-draft":
        assert rules(rule.entry.good) == set()


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"minLenght": 1}, {"misspelled-keyword"}),
        ({"MINLENGTH": 1}, {"misspelled-keyword"}),
        ({"minLength" * 5: 1}, {"unknown-keyword"}),
        ({"x-note": 1}, set()),
        ({"type": "string", "pattern": "(?i:ab)"}, set()),
        ({"type": "string", "pattern": "ab"}, {"unanchored-pattern"}),
    ],
)
def test_the_rules_about_keywords_and_patterns(schema: Any, expected: set[str]) -> None:
    """Very long keywords get no suggestion; a pattern whose syntax is unknown is not judged."""
    assert rules(schema) == expected


def test_each_rule_has_a_page() -> None:
    """Each rule has a manual with the headings of all manuals, and a name that no rule for events has."""
    for rule in SCHEMA_RULES:
        found = manual(rule)
        assert list(found.sections) == ["What it does", "Why is this bad?", "Example", "Use instead"]
        assert page(rule).startswith(f"# {rule.name}\n\n{rule.entry.summary}\n\nTier: {rule.tier}.")
    names = {rule.name for rule in SCHEMA_RULES}
    assert len(names) == len(SCHEMA_RULES)
    assert names.isdisjoint(rule.name for rule in RULES)


@pytest.mark.parametrize(
    ("schema", "rule", "pointer"),
    [
        ({"minimum": 3, "exclusiveMaximum": 3}, "inverted-bounds", "/minimum"),
        ({"minProperties": 3, "maxProperties": 2}, "inverted-bounds", "/minProperties"),
        ({"contains": {}, "maxContains": 0}, "inverted-bounds", "/maxContains"),
        ({"required": ["a"], "properties": {"a": False}}, "forbidden-required", "/required/0"),
        ({"maximum": 3, "const": 5}, "impossible-value", "/const"),
        ({"enum": ["a", "abc"], "maxLength": 2}, "impossible-value", "/enum/1"),
        ({"$ref": "#/$defs/a", "type": "string", "$defs": {"a": {"type": "null"}}}, "disjoint-types", "/$ref"),
        ({"properties": {"a": {"default": 1, "type": "string"}}}, "invalid-example", "/properties/a/default"),
        ({"examples": [{"a": 1}], "properties": {"a": {"type": "null"}}}, "invalid-example", "/examples/0/a"),
        ({"items": {"$ref": "urn:nobody"}}, "unresolvable-ref", "/items/$ref"),
        ({"items": {"$ref": "https://example.com/x"}}, "unresolvable-ref", "/items/$ref"),
        ({"items": {"$ref": "#/$defs"}, "$defs": {"a": {}}}, "unresolvable-ref", "/items/$ref"),
        ({"items": {"$ref": "#/%24defs"}, "$defs": {"a": {}}}, "unresolvable-ref", "/items/$ref"),
        ({"items": {"$ref": "#/properties"}, "properties": {"a": {}}}, "unresolvable-ref", "/items/$ref"),
        ({"patternProperties": {"^(?=a)": {}}}, "invalid-pattern", "/patternProperties/^(?=a)"),
        ({"pattern": "^(a)\\1$"}, "invalid-pattern", "/pattern"),
        ({"pattern": "^[a&&b]$"}, "invalid-pattern", "/pattern"),
        ({"definitions": {}}, "misspelled-keyword", "/definitions"),
        ({"addtionalProperties": False}, "misspelled-keyword", "/addtionalProperties"),
        ({"MinLength": 1}, "misspelled-keyword", "/MinLength"),
        ({"x-parsr": "a"}, "misspelled-keyword", "/x-parsr"),
        ({"x-reads": {"as": "number"}}, "invalid-extension", "/x-reads/as"),
        ({"properties": {"a": {"type": "txt"}}}, "invalid-schema", "/properties/a/type"),
        ({"type": "object", "maxItems": 1}, "ineffective-keyword", "/maxItems"),
        ({"then": {}}, "ineffective-keyword", "/then"),
    ],
)
def test_a_mistake_is_found_where_it_is(schema: Any, rule: str, pointer: str) -> None:
    """A mistake has its rule and its pointer."""
    assert (rule, pointer) in {(one.rule, one.pointer) for one in findings(schema)}


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {"x-owner": "us"},
        {"x-internal": True},
        {"pattern": "[^ ]"},
        {"type": ["integer", "string"], "minLength": 1},
        {"allOf": [{"type": "number"}, {"type": "integer"}]},
        {"properties": {"a": {}}, "anyOf": [{"required": ["a"]}]},
        {"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"b": {}}}}, "required": ["b"]},
        {"required": ["a"], "patternProperties": {"^a$": {}}, "additionalProperties": False},
        {"properties": {"title": {"examples": ["x"]}, "x-parsr": {}, "requierd": {}}},
        {"$ref": "urn:eventlint:object:user:1-0-0"},
        {"properties": {"a": {"$ref": "#"}}},
    ],
)
def test_valid_schemas_have_no_findings(schema: Any) -> None:
    """What may be intended is not a finding."""
    assert rules(schema) == set()


def test_a_position_counts_characters() -> None:
    """Lines and columns are counted from 1 in characters, the offset from 0 in bytes."""
    found = findings('{"title": "é",\n "description": "ü", "requierd": []}')
    assert [(one.position.line, one.position.column, one.position.offset) for one in found if one.position] == [
        (2, 22, 38)
    ]
    assert found[0].hint == "did you mean 'required'?"


def test_a_duplicate_key() -> None:
    """The second of two equal keys is reported."""
    found = [one for one in findings('{"minLength": 1,\n "minLength": 2}') if one.rule == "duplicate-schema-key"]
    assert [(one.position.line, one.position.column) for one in found if one.position] == [(2, 2)]


def test_files_that_are_not_json(write: Callable[[str, str], Path]) -> None:
    """A file that is not JSON is one finding with its position; other files are still linted."""
    write("all/a.json", '{"type": "string"\n,}')
    write("all/b.json", '{"type": "text"}')
    found, _ = lint(["all"])
    found_rules = {one.rule: one.position for one in found if one.tier == "error"}
    assert set(found_rules) == {"invalid-schema-json", "invalid-schema"}
    assert found_rules["invalid-schema-json"] is not None
    assert found_rules["invalid-schema-json"].line == 2


@pytest.mark.parametrize("text", ["[" * 5000, "\ufeff{", '{"a": NaN}', "1e999999", '"' + "9" * 5000, "9" * 5000, ""])
def test_malformed_documents_are_findings(write: Callable[[str, str], Path], text: str) -> None:
    """No document raises an undocumented exception."""
    write("a.json", text)
    found, _ = lint(["a.json"])
    assert {one.rule for one in found} <= {"invalid-schema-json", "invalid-schema", "missing-id"}
    assert found


def test_two_documents_with_one_id(write: Callable[[str, str], Path]) -> None:
    """A duplicate ``$id`` is reported at the second document; the version must be that of the file name."""
    write("s/order/1-0-0.json", '{"$id": "urn:x:order:1-0-0"}')
    write("s/order/1-0-1.json", '{"$id": "urn:x:order:1-0-0"}')
    found, _ = lint(["s"])
    found_rules = {(one.rule, Path(one.path or "").name) for one in found if one.tier == "error"}
    assert found_rules == {("duplicate-id", "1-0-1.json"), ("version-mismatch", "1-0-1.json")}


def test_documents_that_are_too_large_are_reported() -> None:
    """The examples of a document that is too large are not checked, and a finding reports it."""
    doubled = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(30)}
    schema = {"$ref": "#/$defs/d0", "$defs": {**doubled, "d30": {"type": "string"}}, "examples": [1]}
    assert "schema-too-large" in rules(schema)


WORDS = st.sampled_from(
    ["type", "required", "properties", "items", "$ref", "$id", "enum", "pattern", "allOf", "if", "x-order", "$anchor"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["string", "#", "a", "(", "urn:x"]),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(WORDS | st.text(max_size=3), below, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_any_document_gets_findings_and_no_exception(value: Any) -> None:
    """Any document can be linted, and all findings have positions."""
    assert all(one.position is not None for one in findings(json.dumps(value)))
