"""Custom contracts in an editor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventlint.lsp.checking import Published
from eventlint.lsp.documents import Document
from eventlint.lsp.schema_documents import definition, schema_diagnostics
from tests.lsp.support import GOOD, check, document_of

_HEAD = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "a", "description": "é"}
ORDER = {
    **_HEAD,
    "$id": "urn:acme:search:1-0-0",
    "x-applies-to": {"events": ["search"]},
    "type": "object",
    "properties": {"user": {"$ref": "urn:acme:user:1-0-0#/$defs/id"}, "session": {"$ref": "#/$defs/session"}},
    "$defs": {"session": {"type": "object", "description": "a session"}},
}
USER = {**_HEAD, "$id": "urn:acme:user:1-0-0", "$defs": {"id": {"type": "object", "description": "a user"}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a contract."""
    (tmp_path / "eventlint.toml").write_text('contracts = ["schemas/"]\nignore = ["missing-example"]')
    (tmp_path / "schemas").mkdir()
    for name, value in (("search.json", ORDER), ("user.json", USER)):
        (tmp_path / "schemas" / name).write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def linted(document: Document, texts: dict[str, bytes] | None = None) -> list[tuple[str | None, int]]:
    """The rules of schema lint that a document violates, each with its line from 1."""
    (published,) = schema_diagnostics(document, texts or {document.path: document.data})
    assert isinstance(published, Published)
    return [(one.rule, document.positions.line_of(one.start) + 1) for one in published.diagnostics]


def opened(folder: Path, name: str, change: tuple[str, str] = ("", "")) -> Document:
    """A document of the contract, with a change that is not saved."""
    path = folder / "schemas" / name
    return document_of(path, path.read_text(encoding="utf-8").replace(*change))


def test_a_document_of_the_contract_is_linted(folder: Path) -> None:
    """A schema is no event, and what schema lint reports follows the text of the editor."""
    document = opened(folder, "search.json")
    assert document.settings.is_schema
    assert linted(document) == []
    broken = opened(folder, "search.json", ('"type": "object",\n "properties"', '"type": "objekt",\n "properties"'))
    assert linted(broken) == [("invalid-schema", 11)]
    assert linted(opened(folder, "search.json", ('"title": "a",', ""))) == [("missing-title", 1)]
    assert [rule for rule, _ in linted(opened(folder, "search.json", ("{", "{{")))] == ["invalid-schema-json"]


def test_documents_refer_to_each_other_as_they_are_in_the_editor(folder: Path) -> None:
    """A definition that was renamed in one document breaks the reference in another one."""
    document, other = opened(folder, "search.json"), opened(folder, "user.json", ('"id": {', '"ident": {'))
    texts = {document.path: document.data, other.path: other.data}
    assert linted(document, texts) == [("unresolvable-ref", 14)]


def test_a_broken_contract_is_shown_in_events_and_linted(folder: Path) -> None:
    """An event cannot be checked by it; the schema has the reason at its place."""
    (folder / "schemas/search.json").write_text(json.dumps({**ORDER, "type": "objekt"}))
    (found,) = check(document_of(folder / "search.json", GOOD))
    assert "objekt" in found.message
    assert linted(opened(folder, "search.json")) == [("invalid-schema", 1)]


def test_a_single_file_that_is_broken_is_still_a_schema(folder: Path) -> None:
    """Also if the configuration names the file instead of a folder."""
    (folder / "eventlint.toml").write_text('contracts = ["schemas/user.json"]')
    (folder / "schemas/user.json").write_text("{")
    document = opened(folder, "user.json")
    assert document.settings.is_schema
    assert [rule for rule, _ in linted(document)] == ["invalid-schema-json"]


def _target(document: Document, text: str, texts: dict[str, bytes] | None = None) -> tuple[str, Any] | None:
    """Where the reference at a text leads: the file, and the first value there."""
    at = document.text.index(text.encode())
    found = definition(document, at, texts or {document.path: document.data})
    if found is None:
        return None
    return Path(found.path).name, json.JSONDecoder().raw_decode(found.data[found.start :].decode())[0]


def test_references_lead_to_their_definitions(folder: Path) -> None:
    """In the same document, in another one, and in a built-in schema."""
    document = opened(folder, "search.json")
    assert _target(document, "urn:acme:user") == ("user.json", USER["$defs"]["id"])  # type: ignore[index]
    assert _target(document, "#/$defs/session") == ("search.json", ORDER["$defs"]["session"])  # type: ignore[index]
    assert _target(document, '"$ref": "#') == ("search.json", ORDER["$defs"]["session"])  # type: ignore[index]
    built_in = opened(folder, "search.json", ("#/$defs/session", "urn:eventlint:session:1-0-0"))
    assert (_target(built_in, "urn:eventlint:session") or ("", {}))[1] != {} or linted(built_in)


@pytest.mark.parametrize("text", ['"title"', "urn:acme:search", "properties", "x-applies-to"])
def test_other_places_lead_nowhere(folder: Path, text: str) -> None:
    """Only references have definitions."""
    assert _target(opened(folder, "search.json"), text) is None


def test_a_reference_that_cannot_be_resolved_leads_nowhere(folder: Path) -> None:
    """Half-typed references, and documents that are not JSON, raise nothing."""
    assert _target(opened(folder, "search.json", ("/$defs/id", "/$defs/i")), "urn:acme:user") is None
    assert _target(opened(folder, "search.json", ("{", "{{")), "urn:acme:user") is None
