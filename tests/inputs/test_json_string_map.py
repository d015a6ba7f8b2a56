"""Positions of events that a file contains as a JSON string."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from eventlint.inputs.har import read_har
from eventlint.inputs.json_string_map import JsonStringMap
from eventlint.model import Position
from tests.inputs.test_har import entry, har


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans(), st.text("ab\n\u00e9"))
def test_each_character_has_its_position(text: str, is_ascii: bool, before: str) -> None:
    """The file has the character, or the start of its escape, at the position of each byte of the event."""
    written = json.dumps(text, ensure_ascii=is_ascii)
    data = f'{before}{written}, "x": "\\n"'.encode()
    lines = before.split("\n")
    start = Position(line=len(lines), column=len(lines[-1]) + 1, offset=len(before.encode()))
    positions = JsonStringMap(data, start, text.encode())
    offset = 0
    for character in text:
        found = positions.position(offset)
        at_start = data[found.offset :].decode("utf-8", "replace")
        assert at_start.startswith((character, json.dumps(character)[1:-1]))
        assert (found.line, found.column) == (
            start.line,
            start.column + len(data[start.offset : found.offset].decode()),
        )
        offset += len(character.encode())
    assert positions.position(offset).offset == start.offset + len(written.encode()) - 1


def test_bytes_can_be_asked_for_in_any_order() -> None:
    """An earlier position is found again after a later one."""
    positions = JsonStringMap(b'"a\\nb\\u00e9c"', Position(line=3, column=5, offset=0), "a\nb\u00e9c".encode())
    there = [positions.position(offset) for offset in range(7)]
    assert [positions.position(offset) for offset in reversed(range(7))] == there[::-1]
    assert [one.column for one in there] == [6, 7, 9, 10, 10, 16, 17]


def test_another_value_gives_its_start() -> None:
    """If the string is not what was sent, for example base64, all findings are at its start."""
    start = Position(line=1, column=1, offset=0)
    assert JsonStringMap(b'"e30="', start, b"{}").position(1) == start
    assert JsonStringMap(b'"e30=', start, b"e30=").position(1) == start


def test_a_body_that_is_an_object_has_its_own_positions() -> None:
    """Some recorders write the event itself instead of a string."""
    data = b'[ {"a": 1}]'
    positions = JsonStringMap(data, Position(line=1, column=3, offset=2), b'{"a": 1}')
    assert positions.position(6) == Position(line=1, column=9, offset=8)


def test_findings_of_a_recording_point_into_the_string() -> None:
    """The place of an event in a HAR file leads to each of its bytes."""
    body = '{"session":{"id":"s"}, "x": 1}'
    data = har(entry(postData={"text": body}))
    (record,) = read_har(data)
    at = record.place.of(Position(line=1, column=24, offset=body.index('"x"')))
    assert data[at.offset :].startswith(b'\\"x\\"')
