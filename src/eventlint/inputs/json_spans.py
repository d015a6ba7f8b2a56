"""Spans of the values in a JSON text, as the server's reader finds them."""

from __future__ import annotations

from collections.abc import Iterator

from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError

_OBJECT, _ARRAY, _ARRAY_END = b"{[]"


def elements(data: bytes, start: int = 0) -> Iterator[tuple[int, int]]:
    """The first byte of each element of an array, and the byte after it.

    Where an element cannot be read, it is taken to reach to the end of the text, and is the last.

    Args:
        data: The text.
        start: Where the array begins; white space and comments may stand before it.
    """
    reader = Reader(data, start)
    try:
        if reader.first() != _ARRAY:
            return
    except JsonSyntaxError:
        return
    is_first = True
    while True:
        reader.opened = reader.opened[:1]
        begin = reader.pos
        try:
            token = reader.element(is_first)
            if token == _ARRAY_END:
                return
            begin = reader.at
            reader.pass_value(token)
        except JsonSyntaxError:
            rest = data[begin:].lstrip(b", \t\r\n")
            yield len(data) - len(rest), len(data)
            return
        yield begin, reader.pos
        is_first = False


def find(data: bytes, parts: tuple[str, ...], start: int = 0) -> tuple[int, int] | None:
    """The first byte of a value and the byte after it; None where it is not there, or cannot be read.

    Args:
        data: The text.
        parts: The names on the way to the value, from the outermost object.
        start: Where the text begins.
    """
    reader = Reader(data, start)
    try:
        token = reader.first()
        for part in parts:
            if token != _OBJECT:
                return None
            found = _member(reader, part)
            if found is None:
                return None
            token = found
        begin = reader.at
        reader.pass_value(token)
    except JsonSyntaxError:
        return None
    return begin, reader.pos


def _member(reader: Reader, wanted: str) -> int | None:
    is_first = True
    while True:
        name = reader.member(is_first)
        if name is None:
            return None
        reader.accept_name()
        token = reader.value()
        if name == wanted:
            return token
        reader.pass_value(token)
        is_first = False


def string_at(data: bytes, span: tuple[int, int] | None) -> str | None:
    """The string that a span holds; None when it holds something else."""
    if span is None or data[span[0] : span[0] + 1] != b'"':
        return None
    reader = Reader(data, span[0])
    reader.at = span[0]
    try:
        return reader.text()
    except JsonSyntaxError:
        return None
