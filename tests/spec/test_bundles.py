"""Schema documents for other validators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from eventlint import UsageError
from eventlint.errors import SchemaError
from eventlint.spec import bundles, event_types


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in a document."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(part)


@pytest.mark.parametrize("event_type", event_types())
def test_bundle_has_no_external_references(event_type: str) -> None:
    """A bundle contains everything that it refers to, and nothing else."""
    bundle = bundles.bundle(event_type)
    Draft202012Validator.check_schema(bundle)
    targets = {schema["$ref"] for schema in objects(bundle) if "$ref" in schema}
    assert targets == {f"#/$defs/{name}" for name in bundle["$defs"]}


@pytest.mark.parametrize("event_type", event_types())
def test_draft_07_has_no_newer_keyword(event_type: str) -> None:
    """The conversion is valid draft-07, without newer keywords and without keywords beside a reference."""
    converted = bundles.draft_07(bundles.bundle(event_type))
    Draft7Validator.check_schema(converted)
    for schema in objects(converted):
        assert "$defs" not in schema
        assert "$ref" not in schema or set(schema) == {"$ref"}
        assert not any(key.startswith("x-") for key in schema)


def test_conversions_keep_names_and_examples_that_look_like_keywords() -> None:
    """A field or an example with a name that begins with ``x-`` is not a custom keyword."""
    schema = {
        "x-order": ["x-order"],
        "properties": {"x-order": {"type": "string", "x-parser": "p"}},
        "examples": [{"x-order": "a"}],
    }
    wanted = {"properties": {"x-order": {"type": "string"}}, "examples": [{"x-order": "a"}]}
    assert bundles.plain(schema) == wanted
    assert bundles.draft_07(schema) == {**wanted, "$schema": "http://json-schema.org/draft-07/schema#"}


def test_bundle_keeps_two_versions_of_one_object_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle may contain two versions of an object."""
    documents = {
        "urn:eventlint:event:search:1-0-0": {
            "properties": {
                "a": {"$ref": "urn:eventlint:object:page:1-0-0"},
                "b": {"$ref": "urn:eventlint:object:page:1-0-1"},
            }
        },
        "urn:eventlint:object:page:1-0-0": {"type": "string"},
        "urn:eventlint:object:page:1-0-1": {"type": "integer"},
    }
    monkeypatch.setattr(bundles, "document", documents.__getitem__)
    bundle = bundles.bundle_of("urn:eventlint:event:search:1-0-0")
    assert Draft202012Validator(bundle).is_valid({"a": "x", "b": 1})
    assert not Draft202012Validator(bundle).is_valid({"a": "x", "b": "x"})


def test_unknown_documents_are_errors() -> None:
    """An unknown event type is a usage error, and an unknown version a schema error."""
    with pytest.raises(UsageError):
        bundles.bundle("click")
    with pytest.raises(SchemaError):
        bundles.bundle_of("urn:eventlint:event:search:9-0-0")
