"""What is at an offset of a JSON text."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import strategies
from eventlint.jsontext.cursor import Cursor
from eventlint.jsontext.reader import Reader
from eventlint.lsp.cursor import Spot, spot_at

EVENTS = st.one_of(strategies.events("search"), strategies.events("page_view"), strategies.events("search_click"))
TEXTS = st.tuples(EVENTS, st.sampled_from([None, 1])).map(
    lambda drawn: json.dumps(drawn[0], ensure_ascii=False, indent=drawn[1]).encode("utf-8", "replace")
)


def at(text: str) -> tuple[Spot, str]:
    """The spot at the bar in a text, and its token."""
    before, _, after = text.partition("|")
    data = (before + after).encode()
    spot = spot_at(data, len(before.encode()))
    return spot, data[spot.start : spot.end].decode()


def tokens(data: bytes) -> list[tuple[int, tuple[Any, ...]]]:
    """The first byte and the path of each key and value, as the server's reader finds them."""
    reader = Reader(data)
    cursor = Cursor(reader, reader.first(), keys=True)
    return [(offset, tuple(cursor.path)) for _, offset in cursor]


@given(TEXTS)
def test_the_path_is_the_one_of_the_server_s_reader(data: bytes) -> None:
    """At each token of a whole event, the path is that of the reader."""
    for offset, path in tokens(data):
        spot = spot_at(data, offset)
        assert (spot.path, spot.role != "none") == (path, True), offset


@given(TEXTS, st.data())
def test_nothing_raises_at_any_offset_of_a_part_of_an_event(data: bytes, draws: st.DataObject) -> None:
    """The text may be cut off anywhere, and begin anywhere."""
    start = draws.draw(st.one_of(st.just(0), st.integers(0, len(data))))
    end = draws.draw(st.integers(start, len(data)))
    for offset in range(start, end + 1):
        spot = spot_at(data, offset, start, end)
        assert start <= spot.start <= offset <= spot.end <= end or spot.start == offset


@given(TEXTS, st.data())
def test_the_path_before_a_cut_is_that_of_the_whole_event(data: bytes, draws: st.DataObject) -> None:
    """What follows a token is not needed to find its path."""
    offset, path = draws.draw(st.sampled_from(tokens(data)))
    spot = spot_at(data[: offset + 1], offset)
    assert spot.path[:-1] == path[:-1]
    assert spot.role == "key" or spot.path == path


@given(st.text(alphabet='{}[]":,\\/*#\n a1-é').map(str.encode))
def test_nothing_raises_for_arbitrary_text(data: bytes) -> None:
    """Brackets, quotes and comments may be in any order."""
    for offset in range(len(data) + 1):
        spot_at(data, offset)


KEYS = [
    ("{|", (), ""),
    ('{"|', (), '"'),
    ('{"se|ss', (), '"sess'),
    ("{sess|", (), "sess"),
    ('{"a": 1, |}', (), ""),
    ('{"a": {"b": [1, {"c": 2}, {|}]}}', ("a", "b", 2), ""),
    ('{"a": {"b": 1, "c|, "d": 2}, "e": 3}', ("a",), '"c'),
    ('{"a": "x", // {\n "b|"}', (), '"b"'),
    ('{"a": "not closed\n, "b|": 1}', (), '"b"'),
    ('{"a" "b|"}', (), '"b"'),
    ('{"a": {} |}', (), ""),
    ('{"é": {"|', ("é",), '"'),
    ('{"a": {"|}}', ("a",), '"'),
    ('{"a": {"b|c, "d": 1}}', ("a",), '"bc'),
]


@pytest.mark.parametrize(("text", "parent", "token"), KEYS)
def test_a_key_is_found_in_half_typed_text(text: str, parent: tuple[Any, ...], token: str) -> None:
    """The object around it and the token to replace are known."""
    spot, found = at(text)
    assert (spot.role, spot.path[:-1], found) == ("key", parent, token)


VALUES = [
    ("|", (), ""),
    ('{"a": |}', ("a",), ""),
    ('{"a":|', ("a",), ""),
    ('{"a": tr|', ("a",), "tr"),
    ('{"a": "x|', ("a",), '"x'),
    ('{"a": "x|\n"b": 1}', ("a",), '"x'),
    ('{"a": "x|}}', ("a",), '"x'),
    ("[|]", (0,), ""),
    ("[1, |]", (1,), ""),
    ('{"a": [{}, "|"]}', ("a", 1), '""'),
    ('{"a": [{}\n {"b": |', ("a", 1, "b"), ""),
    ('{"\\u0061": |', ("a",), ""),
]


@pytest.mark.parametrize(("text", "path", "token"), VALUES)
def test_a_value_is_found_in_half_typed_text(text: str, path: tuple[Any, ...], token: str) -> None:
    """The path to it and the token to replace are known."""
    spot, found = at(text)
    assert (spot.role, spot.path, found) == ("value", path, token)


@pytest.mark.parametrize(
    "text", ['{"a" |: 1}', '{"a": {}|}', "[1 |]", "{} |", "{ /* | */ }", '{"a": 1 // |', "[" * 2000 + "|", "{: |"]
)
def test_nothing_can_be_inserted_between_other_tokens(text: str) -> None:
    """In comments, in front of colons, and behind values, there is neither a key nor a value."""
    assert at(text)[0].role == "none"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('{"a": 1, |"b": 2, "c": {"d": 3}}', {"a", "c"}),
        ('{"a": 1, "|", "c": {"d": 3}}', {"a", "c"}),
        ('{"a": {"x": 1}, "b|\n "c": {"d": 3}, "e": {', {"a", "c", "e"}),
        ('{"a": 1, | "c": [[[[[[[]]]]]]], "d": 1}', {"a", "c", "d"}),
        ('{"\\u00e9": 1, |}', {"é"}),
    ],
)
def test_the_other_keys_of_the_object_are_known(text: str, keys: set[str]) -> None:
    """Also those behind the offset, but not the key at the offset."""
    assert at(text)[0].keys == keys


def test_a_missing_comma_is_found_on_both_sides() -> None:
    """A member is inserted between two others."""
    spot, _ = at('{"a": 1\n |\n "b": 2}')
    assert (spot.comma_at, spot.needs_comma) == (7, True)
    spot, _ = at('{"a": 1,\n |\n}')
    assert (spot.comma_at, spot.needs_comma) == (None, False)


def test_a_colon_after_a_key_is_found() -> None:
    """A key that has a value is only renamed."""
    assert at('{"a|" : 1}')[0].has_colon
    assert not at('{"a|"\n "b": 1}')[0].has_colon


@pytest.mark.parametrize(
    "piece", ["[", "{", '"', "]", "[]", "1 ", '"a" ', ",", ":", "/*", "//\n", '"a":[[[[[[]]]]]],', "\\"]
)
def test_the_number_of_steps_is_bounded(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that can only be read token by token has no known role after a number of tokens."""
    monkeypatch.setattr("eventlint.lsp.json_tokens.MAX_STEPS", 100)
    data = b"{" + piece.encode() * 5_000
    steps = 0

    def count(frame: Any, event: str, value: object) -> None:
        nonlocal steps
        steps += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        spot_at(data, len(data))
    finally:
        sys.setprofile(before)
    assert steps < 5_000
