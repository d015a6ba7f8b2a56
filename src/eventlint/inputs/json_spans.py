"""Spans of the values in a JSON text, as the server's reader finds them."""

from __future__ import annotations

from collections.abc import Iterator

from eventlint.jsontext.cursor import ARRAY, Cursor, skip_value
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError


def elements(data: bytes, start: int = 0) -> Iterator[tuple[int, int]]:
    """The first byte of each element of an array, and the byte after it.

    An element that cannot be read extends to the end of the text and is the last one.
    """
    reader = Reader(data, start)
    end = start
    try:
        token = reader.first()
        if token != ARRAY:
            return
        end = reader.pos
        cursor = Cursor(reader, token)
        for token, offset in cursor:
            if cursor.path:
                end = offset
                skip_value(reader, token)
                end = reader.pos
                yield offset, end
    except JsonSyntaxError:
        rest = data[end:].lstrip(b", \t\r\n")
        if reader.opened:
            yield len(data) - len(rest), len(data)


def find(data: bytes, parts: tuple[str, ...], start: int = 0) -> tuple[int, int] | None:
    """The first byte of a value and the byte after it; None when it does not exist or cannot be read."""
    reader = Reader(data, start)
    try:
        cursor = Cursor(reader, reader.first())
        for token, offset in cursor:
            if tuple(cursor.path) == parts:
                skip_value(reader, token)
                return offset, reader.pos
            if parts[: len(cursor.path)] != tuple(cursor.path):
                skip_value(reader, token)
    except JsonSyntaxError:
        pass
    return None


def string_at(data: bytes, span: tuple[int, int] | None) -> str | None:
    """The string in a span; None when it contains another value."""
    if span is None or data[span[0] : span[0] + 1] != b'"':
        return None
    reader = Reader(data, span[0])
    reader.start = span[0]
    try:
        return reader.read_string()
    except JsonSyntaxError:
        return None
