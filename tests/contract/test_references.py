"""References in contracts with characters that a URI may not contain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import eventlint

SHORT = {"type": "string", "maxLength": 2}


def violations(folder: Path, user_id: str, *documents: dict[str, Any]) -> int:
    """The number of violations of a contract by an event with a user ID."""
    for number, document in enumerate(documents):
        (folder / f"{number}.json").write_text(json.dumps(document))
    event = {"session": {"id": "s-1"}, "user": {"id": user_id}, "search": {"query": "shoes"}}
    report = eventlint.check(event, "search", contract=eventlint.load_contract(folder))
    return sum(finding.tier == "contract" for finding in report.findings)


def document(
    reference: str, identifier: str = "https://example.com/main/1-0-0", definitions: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A document in which a reference leads to the schema of the user ID."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": identifier,
        "title": "Searches",
        "description": "Searches of the shop.",
        "x-applies-to": {"events": ["search"]},
        "type": "object",
        "properties": {"user": {"properties": {"id": {"$ref": reference}}}},
        "$defs": definitions or {},
    }


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("caf\u00e9", "caf\u00e9"),
        ("caf\u00e9", "caf%C3%A9"),
        ("a b", "a b"),
        ("a/b~", "a~1b~0"),
        ("50%", "50%"),
        ("50%25", "50%2525"),
        ("\U0001f600", "\U0001f600"),
        ("\ud800", "\ud800"),
        ("{x|y}", "{x|y}"),
        ("a#b", "a#b"),
        ("properties", "properties"),
        ("$defs", "%24defs"),
        ("a\x00", "a\x00"),
        ("", ""),
    ],
)
def test_any_key_of_definitions_can_be_referred_to(name: str, reference: str, tmp_path: Path) -> None:
    """The definition applies, encoded or not."""
    main = document(f"#/$defs/{reference}", definitions={name: SHORT})
    assert violations(tmp_path, "long", main) == 1
    assert violations(tmp_path, "u", main) == 0


@pytest.mark.parametrize("name", ["caf\u00e9", "a b", "[x]", "{x}", "50%", "\ud800"])
def test_any_id_can_be_referred_to(name: str, tmp_path: Path) -> None:
    """A reference to another document, and one inside a document whose ``$id`` has such characters."""
    identifier = f"https://example.com/{name}/1-0-0"
    inner = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": identifier,
        "title": "x",
        "description": "x.",
        **SHORT,
    }
    assert violations(tmp_path, "long", document(identifier), inner) == 1
    (tmp_path / "1.json").unlink()
    assert violations(tmp_path, "long", document("#/$defs/x", identifier, definitions={"x": SHORT})) == 1


def test_an_empty_reference_leads_to_the_root(tmp_path: Path) -> None:
    """The root is an object, so a string violates it."""
    assert violations(tmp_path, "long", document("")) == 1


@pytest.mark.parametrize(
    ("reference", "identifier"),
    [
        ("#/$defs/%FF", "https://example.com/main/1-0-0"),
        ("#/$defs/\ufffd", "https://example.com:port/1-0-0"),
        ("https://example.com/main/1-0-0?#/$defs/\ufffd", "https://example.com/main/1-0-0"),
    ],
)
def test_what_the_engine_cannot_read_is_an_error_of_the_file(reference: str, identifier: str, tmp_path: Path) -> None:
    """The exception is the documented one, and names the file."""
    main = document(reference, identifier, definitions={"\ufffd": SHORT})
    with pytest.raises(eventlint.SchemaError, match=r"0\.json") as caught:
        violations(tmp_path, "long", main)
    assert caught.value.path == str(tmp_path / "0.json")
