"""The outline of a document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventlint.lsp.documents import Document
from eventlint.lsp.symbols import MAX_SYMBOLS, Symbol, symbols
from tests.lsp.typed import document, with_contract

BODY = '{"session": {"id": "é😀"}, "search": {"results": {"items": [{"document": null}]}}}'


def outline(name: str, text: str) -> tuple[Document, list[Symbol]]:
    """The document, and its outline."""
    found, _ = document(name, text)
    return found, symbols(found)


def names(symbol: Symbol) -> list[str]:
    """The names of a symbol and of all below it."""
    return [symbol.name, *(name for below in symbol.children for name in names(below))]


def har(body: str) -> str:
    """A recording with a body."""
    url = "https://x/_application/analytics/a/event/search"
    request = {"method": "POST", "url": url, "headers": [], "postData": {"text": body}}
    return json.dumps({"log": {"entries": [{"request": request}]}})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("search.json", BODY),
        ("a.ndjson", f'{{"event_type": "search", "payload": {BODY}}}'),
        ("a.http", f"POST _application/analytics/a/event/search\n# about\n{BODY}"),
        ("a.md", f"> ```json search\n> {BODY}\n> ```"),
        ("a.har", har(BODY)),
    ],
)
def test_events_have_their_fields(name: str, text: str) -> None:
    """In each format, at the places where they are in the document."""
    found, (event,) = outline(name, text)
    assert names(event) == ["search", "session", "id", "search", "results", "items", "[0]", "document"]
    keys = [found.text[one.name_start : one.name_end].strip(b'\\"') for one in event.children]
    assert keys == [b"session", b"search"]
    assert [one.kind for one in event.children[0].children] == ["string"]


def test_every_range_is_inside_of_the_one_above() -> None:
    """Clients reject symbols whose name is outside of their range."""

    def check(symbol: Symbol) -> None:
        assert symbol.start <= symbol.name_start <= symbol.name_end <= symbol.end
        for below in symbol.children:
            assert symbol.start <= below.start <= below.end <= symbol.end
            check(below)

    for name, text in (("a.har", har(BODY)), ("a.http", f"POST _application/analytics/a/event/search\n\n{BODY}\n")):
        for symbol in outline(name, text)[1]:
            check(symbol)


def test_a_half_typed_event_has_the_fields_that_are_there() -> None:
    """The outline does not disappear while an event is written."""
    _, (event,) = outline("search.json", '{"session": {"id": "a"}, "user": {"id": "b"')
    assert names(event) == ["search", "session", "id", "user", "id"]


def test_events_have_type_collection_and_line() -> None:
    """As far as they are known."""
    text = '{"event_type": "search", "collection": "shop", "payload": {}}\n\n{"session": {}}\n'
    assert [(one.name, one.detail) for one in outline("a.ndjson", text)[1]] == [
        ("search", "shop, line 1"),
        ("event", "line 3"),
    ]


def test_a_large_document_has_no_fields_and_not_all_events() -> None:
    """What is left out is named."""
    line = '{"event_type": "search", "payload": {}}\n'
    _, found = outline("a.ndjson", line * (MAX_SYMBOLS + 3))
    assert len(found) == MAX_SYMBOLS + 1
    assert found[-1].name == "more events"
    assert not any(one.children for one in found)


def test_a_file_without_events_has_no_outline(tmp_path: Path) -> None:
    """The outline of other JSON files is that of the editor."""
    assert outline("package.json", '{"name": "a", "version": "1"}')[1] == []
    assert len(outline("any.json", '{"session": {}}')[1]) == 1
    found, _ = document("contracts/search.json", "{}", with_contract(tmp_path))
    assert symbols(found) == []


def test_secrets_and_control_characters_are_not_shown() -> None:
    """The name of a filter may be anything."""
    _, (event,) = outline("search.json", '{"search": {"filters": {"jane@example.com": [], "a\\u001b[31m": []}}}')
    assert names(event)[3:] == ["****************", "a\\u001b[31m"]
