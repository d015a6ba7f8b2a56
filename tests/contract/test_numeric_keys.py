"""Keys that look like indexes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventlint import check, load_contract

FILTERS = {"additionalProperties": {"type": "array"}, "properties": {"7": {"enum": [["a"]]}}}


@pytest.mark.parametrize("key", ["8", "08", "+8", "0", "00", "-1", "7"])
def test_a_key_of_digits_is_a_key(key: str, tmp_path: Path) -> None:
    """The finding points to the key of the event, whatever number it looks like."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:acme:search:1-0-0",
        "title": "Searches",
        "description": "Rules for searches.",
        "allOf": [
            {"$ref": "urn:eventlint:event:search:1-0-0"},
            {"properties": {"search": {"properties": {"filters": FILTERS}}}},
        ],
    }
    (tmp_path / "search.json").write_text(json.dumps(document))
    event = {
        "session": {"id": "a"},
        "user": {"id": "b"},
        "search": {"query": "a", "filters": {"brand": ["a"], key: "a"}},
    }
    report = check(event, "search", contract=load_contract(tmp_path))
    assert [finding.pointer for finding in report.findings] == [f"/search/filters/{key}"]


def test_an_empty_key_in_a_choice(tmp_path: Path) -> None:
    """The engine leaves out empty keys in the paths of a choice; the finding has them."""
    choice = {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "array", "items": {"maxLength": 3}}]}
    document = {
        "$id": "urn:acme:search:1-0-0",
        "title": "Searches",
        "description": "Rules for searches.",
        "allOf": [{"$ref": "urn:eventlint:event:search:1-0-0"}],
        "properties": {"search": {"properties": {"filters": {"additionalProperties": choice}}}},
    }
    (tmp_path / "search.json").write_text(json.dumps(document))
    for value, pointer in ((["a", "long"], "/search/filters//1"), ("long", "/search/filters/")):
        event = {
            "session": {"id": "a"},
            "user": {"id": "b"},
            "search": {"query": "a", "filters": {"b": "a", "": value}},
        }
        report = check(event, "search", contract=load_contract(tmp_path))
        assert [finding.pointer for finding in report.findings if finding.tier == "contract"] == [pointer]
