"""Changes of formats, which contracts assert."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from eventlint.schemas import format_language, patterns
from eventlint.schemas.change import Change
from eventlint.schemas.diff import compared
from eventlint.schemas.documents import Document
from eventlint.schemas.json_places import read
from eventlint.schemas.regex_language import tree_of
from eventlint.schemas.string_formats import FORMATS
from eventlint.schemas.validity import Library, SchemaValidator
from eventlint.schemas.version_findings import version_findings

UUID = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"


def document(value: Any) -> Document:
    """A document of a value."""
    return Document(path="a.json", name="a.json", text=read(json.dumps(value).encode()))


def contract(user_id: Any, **more: Any) -> Document:
    """A document of a contract, with a schema for a field."""
    return document({"x-applies-to": {}, "properties": {"user": {"properties": {"id": user_id}}}, **more})


def changes(old: Any, new: Any) -> list[Change]:
    """The changes of a contract whose schema of a field changed."""
    return [change for diff in compared([contract(old)], [contract(new)]) for change in diff.changes]


def shown(change: Change) -> Any:
    """The value of the field in a counterexample."""
    return change.counterexample["user"]["id"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_new_format_narrows(name: str) -> None:
    """A value shows that the new version rejects more."""
    (change,) = changes({"type": "string"}, {"type": "string", "format": name})
    assert (change.bump, change.direction, change.verified, change.certain) == ("model", "narrows", True, True)
    assert not FORMATS[name](shown(change))
    assert change.pointer == "/properties/user/properties/id/format"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_removed_format_widens(name: str) -> None:
    """A value shows that the new version accepts more."""
    (change,) = changes({"type": "string", "format": name}, {"type": "string"})
    assert (change.bump, change.direction, change.verified, change.certain) == ("revision", "widens", True, True)
    assert not FORMATS[name](shown(change))


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        ("date", "date-time", "both"),
        ("uuid", "ipv4", "both"),
        ("email", "hostname", "both"),
        ("uri", "uri-reference", "widens"),
        ("uri-reference", "uri", "narrows"),
        ("ipv6", "ipv4", "both"),
        ("hostname", "ipv4", "narrows"),
        ("email", "uri-reference", "both"),
    ],
)
def test_a_changed_format(old: str, new: str, direction: str) -> None:
    """What one format accepts and the other rejects is shown, or proven not to exist."""
    (change,) = changes({"type": "string", "format": old}, {"type": "string", "format": new})
    assert (change.direction, change.verified, change.certain) == (direction, True, True)
    test = FORMATS[old if direction != "widens" else new]
    assert test(shown(change))


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        ({"pattern": UUID}, {"pattern": UUID, "format": "uuid"}, "none"),
        ({"pattern": UUID}, {"format": "uuid"}, "none"),
        ({"pattern": "^[0-9a-f-]{36}$"}, {"format": "uuid"}, "model"),
        ({"format": "uuid"}, {"format": "uuid", "maxLength": 36}, "none"),
        ({"format": "uuid"}, {"format": "uuid", "minLength": 37}, "model"),
        ({"enum": ["2024-02-29", "2023-02-28"]}, {"enum": ["2024-02-29", "2023-02-28"], "format": "date"}, "none"),
        ({"enum": ["2024-02-29", "2023-02-29"]}, {"enum": ["2024-02-29", "2023-02-29"], "format": "date"}, "model"),
        ({"const": "x"}, {"const": "x", "format": "email"}, "model"),
        ({"type": "integer"}, {"type": "integer", "format": "uuid"}, "none"),
        ({"type": "string", "maxLength": 2}, {"type": "string", "maxLength": 2, "format": "hostname"}, "model"),
        ({"pattern": "^[ab]{1,3}$"}, {"pattern": "^[ab]{1,3}$", "format": "hostname"}, "none"),
        ({"format": "email"}, {"format": "email", "maxLength": 320}, "none"),
        ({"format": "email"}, {"format": "email", "maxLength": 30}, "model"),
        ({"format": "email", "pattern": "@"}, {"format": "email"}, "none"),
        ({"format": "uri"}, {"format": "uri", "pattern": "^https:"}, "model"),
        ({"format": "uri", "pattern": "^https:"}, {"format": "uri", "pattern": "^https?:"}, "revision"),
        ({"format": "ipv6", "minLength": 1}, {"format": "ipv6"}, "none"),
        ({"not": {"format": "uuid"}}, {}, "revision"),
        ({}, {"not": {"format": "email"}}, "model"),
        ({}, {"anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]}, "model"),
        ({"format": "ipv4"}, {"anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]}, "revision"),
    ],
    ids=str,
)
def test_a_format_beside_other_keywords(old: Any, new: Any, bump: str) -> None:
    """The bump follows from all keywords of the schema."""
    old, new = ({"type": "string", **side} for side in (old, new))
    found = compared([contract(old)], [contract(new)])
    assert [one.bump for one in found] == [bump]
    assert all(change.verified and change.certain for one in found for change in one.changes)


def test_a_format_that_may_be_implied_is_not_verified() -> None:
    """Too many strings to test them all."""
    (change,) = changes({"pattern": "^[a-z]{1,20}$"}, {"pattern": "^[a-z]{1,20}$", "format": "hostname"})
    assert (change.bump, change.verified) == ("model", False)


def test_a_format_of_keys() -> None:
    """A key shows the change of propertyNames."""
    (change,) = changes({"type": "object"}, {"type": "object", "propertyNames": {"format": "uuid"}})
    (key,) = shown(change)
    assert change.bump == "model"
    assert not FORMATS["uuid"](key)


def test_an_unknown_format_is_an_annotation() -> None:
    """No contract with it can be used, so nothing asserts it."""
    (change,) = changes({"type": "string"}, {"type": "string", "format": "int32"})
    assert (change.bump, change.sentence) == ("none", "user.id: added format (formats are not asserted)")


def test_a_document_that_became_a_contract() -> None:
    """The old documents are no contract, but the new ones are: as contracts, both assert formats."""
    old = document({"properties": {"a": {"type": "string"}}})
    new = document({"properties": {"a": {"type": "string", "format": "ipv4"}}, "x-applies-to": {}})
    assert [one.bump for one in compared([old], [new])] == ["model"]


def test_a_document_beside_a_contract() -> None:
    """A single file may have the definitions of a contract in its folder."""
    old, new = (document({"$id": "urn:a:id:1-0-0", "type": "string", **more}) for more in ({}, {"format": "date"}))
    around = [contract({"$ref": "urn:a:id:1-0-0"})]
    assert [one.bump for one in compared([old], [new], siblings=(around, around))] == ["model"]


def test_other_schemas_do_not_assert_formats() -> None:
    """As JSON Schema 2020-12 says."""
    sides = [document({"properties": {"a": one}}) for one in ({}, {"format": "uuid"})]
    assert [one.bump for one in compared(sides[:1], sides[1:])] == ["none"]


def test_a_contract_with_a_dialect_asserts_formats() -> None:
    """The library would take another class for a schema with ``$schema``."""
    dialect = {"$schema": Draft202012Validator.META_SCHEMA["$id"]}
    sides = [contract(one, **dialect) for one in ({}, {"format": "uuid"})]
    assert [one.bump for one in compared(sides[:1], sides[1:])] == ["model"]


def test_a_version_that_is_too_low_for_a_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule for versions takes formats into account."""
    monkeypatch.chdir(tmp_path)
    old = contract({"type": "string"}, **{"$id": "urn:a:user:1-0-0"})
    new = contract({"type": "string", "format": "uuid"}, **{"$id": "urn:a:user:1-0-1"})
    monkeypatch.setattr("eventlint.schemas.version_findings.load_from", lambda *_: ([old]))
    monkeypatch.setattr("eventlint.schemas.version_findings.load", lambda *_: ([new], []))
    monkeypatch.setattr("eventlint.schemas.version_findings.siblings", lambda *_: [])
    (finding,) = version_findings("git:HEAD", ["a.json"])
    assert "requires a new model: user.id: added format" in finding.message


# ---- what is known about formats -------------------------------------------------------------------------------------

VARIED = st.sampled_from(
    [text for texts in format_language.SAMPLES.values() for text in texts]
    + ["2100-02-29", "2000-02-29", "0000-01-01", "0004-02-29", "2024-04-31", "2024-11-30", "P1Y1D", "P1DT", "PT1H1S"]
    + [
        "23:59:60z",
        "24:00:00Z",
        "12:30:45+23:59",
        "255.255.255.255",
        "01.0.0.1",
        "256.0.0.1",
        "/~2",
        "P",
        "PT",
        "P1W1D",
    ]
)


@st.composite
def edited(draw: st.DrawFn) -> str:
    """A string of a format, or one with a few characters replaced, inserted or removed."""
    text = draw(VARIED)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.sampled_from([*"0123456789-:.TZ/~Pa+\n", "", "٣"]))
            + text[at + draw(st.integers(0, 1)) :]
        )
    return text


@given(edited())
@example("2000-02-29")
@example("1900-02-29")
@example("0000-02-29")
def test_an_expression_matches_what_its_format_accepts(text: str) -> None:
    """Only then a proof with the expression is one for the format."""
    for name, pattern in format_language.PATTERNS.items():
        assert patterns.search_ahead(pattern, text) == FORMATS[name](text), (name, text)


@given(edited())
def test_the_limits_of_a_format_hold(text: str) -> None:
    """Strings beyond them are not looked for."""
    for name, (pattern, least, most) in format_language.LIMITS.items():
        if FORMATS[name](text):
            assert patterns.search_ahead(pattern, text), name
            assert least <= len(text) <= (most or len(text)), name


@pytest.mark.parametrize("name", sorted(format_language.PATTERNS))
def test_expressions_are_understood(name: str) -> None:
    """The solver reads them."""
    assert tree_of(format_language.PATTERNS[name])


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_samples_have_their_format(name: str) -> None:
    """Otherwise no sample is found."""
    assert all(map(FORMATS[name], format_language.SAMPLES[name]))


@given(edited())
def test_a_format_implies_others(text: str) -> None:
    """Only then a change from one to the other narrows nothing."""
    for implied, names in format_language.IMPLIED.items():
        assert FORMATS[implied](text) or not any(FORMATS[name](text) for name in names), text


def test_patterns_are_the_same_in_documents_with_a_dialect() -> None:
    """The library would use its own patterns for a schema with ``$schema``, in which digits are Unicode."""
    schema = {"$schema": Draft202012Validator.META_SCHEMA["$id"], "$id": "urn:a", "pattern": r"^\d$"}
    assert SchemaValidator.of(Library([document(schema)]), "urn:a").accepts("٣") is False
