"""Schema documents for other validators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from eventlint import UsageError
from eventlint.errors import SchemaError
from eventlint.spec import bundles as projection
from eventlint.spec import event_types


def below(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in a document."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from below(part)


@pytest.mark.parametrize("event_type", event_types())
def test_a_bundle_refers_to_nothing_outside(event_type: str) -> None:
    """A bundle holds all that it refers to, and nothing else."""
    made = projection.bundle(event_type)
    Draft202012Validator.check_schema(made)
    targets = {schema["$ref"] for schema in below(made) if "$ref" in schema}
    assert targets == {f"#/$defs/{name}" for name in made["$defs"]}


@pytest.mark.parametrize("event_type", event_types())
def test_draft_07_has_no_newer_keyword(event_type: str) -> None:
    """The projection is valid draft-07, and has neither newer keywords nor ones beside a reference."""
    made = projection.draft_07(projection.bundle(event_type))
    Draft7Validator.check_schema(made)
    for schema in below(made):
        assert "$defs" not in schema
        assert "$ref" not in schema or set(schema) == {"$ref"}
        assert not any(key.startswith("x-") for key in schema)


def test_two_versions_of_one_object_stand_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle keeps two versions of an object apart."""
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
    monkeypatch.setattr(projection, "document", documents.__getitem__)
    assert Draft202012Validator(projection.bundle("search", "1-0-0")).is_valid({"a": "x", "b": 1})


def test_what_does_not_exist_is_told() -> None:
    """An unknown event type is the caller's error, and an unknown version one of the schemas."""
    with pytest.raises(UsageError):
        projection.bundle("click")
    with pytest.raises(SchemaError):
        projection.bundle("search", "9-0-0")
