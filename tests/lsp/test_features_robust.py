"""What an editor asks about a place works in any text."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import strategies
from eventlint.lsp.completion import completions
from eventlint.lsp.lenses import lenses, title
from eventlint.lsp.places import place_at
from eventlint.lsp.symbols import symbols
from tests.lsp.test_symbols import har
from tests.lsp.typed import document

PIECES = st.sampled_from(
    [
        *'{}[]":,\n\\|é😀',
        *(" ", "\r\n", '"session"', '"search"', '"payload"', '"event_type": "search"', "{{x}}", '"""', "//", "/*", "#"),
        *("POST _application/analytics/", "a/event/search", "```json search\n", "```\n", "> ", "\\u00e9", "null", "12"),
    ]
)
NAMES = ["search.json", "any.json", "a.ndjson", "a.http", "a.md", "a.har"]


def ask(name: str, text: str) -> None:
    """Ask everything at some offsets of a text."""
    found, _ = document(name, text.replace("|", ""))
    symbols(found)
    for lens in lenses(found)[:2]:
        title(found, lens.number)
    for offset in range(0, len(found.text) + 1, max(1, len(found.text) // 12)):
        place = place_at(found, offset)
        if place is not None:
            assert 0 <= place.to_document(place.spot.start) <= place.to_document(place.spot.end) <= len(found.text)
        for one in completions(found, offset, snippets=True):
            assert 0 <= one.insertion.start <= one.insertion.end <= len(found.text)


@pytest.mark.parametrize("name", NAMES)
@given(text=st.lists(PIECES, max_size=40).map("".join))
def test_nothing_raises_in_arbitrary_text(name: str, text: str) -> None:
    """Text of any format with pieces that mean something."""
    ask(name, text)


@given(
    st.sampled_from([json.dumps, lambda event: f"POST _application/analytics/a/event/search\n{json.dumps(event)}"]),
    strategies.events("search"),
    st.integers(0, 200),
)
def test_nothing_raises_in_a_part_of_an_event(write: Callable[[object], str], event: object, cut: int) -> None:
    """The event is cut off anywhere."""
    text = write(event)
    ask("a.http" if text.startswith("POST") else "search.json", text[:cut])
    ask("a.har", har(json.dumps(event)[:cut]))
