"""Spans of the values in a JSON text, as the server's reader finds them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, NoReturn

from eventlint.jsontext.cursor import ARRAY, Cursor, skip_value
from eventlint.jsontext.locate import end_of
from eventlint.jsontext.reader import END, Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError

Span = tuple[int, int]
"""The first byte of a value, and the byte after it."""


_FIRST_KEY = re.compile(rb'\{\s*+"')


class Unreadable(NamedTuple):
    """A part of a text that cannot be read.

    Attributes:
        begin: Where the unreadable value begins, or the byte that cannot follow the value before it.
    """

    begin: int
    error: JsonSyntaxError


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


def values(data: bytes, start: int = 0) -> Iterator[Span | Unreadable]:
    """The values of a text: the elements of an array, or values that follow each other.

    After a part that cannot be read, it goes on where a value certainly begins: where a comma is missing, or at the
    start of a line with the same indentation as the first value.
    """
    reader = Reader(data, start)
    indentation: bytes | None = None
    depth = 0
    is_first = True
    begin = start
    while True:
        try:
            if depth:
                token = reader.element(is_first)
                is_first = False
                if not reader.opened:
                    depth = 0
                    continue
            else:
                if reader.space_or_end() == END:
                    return
                begin = reader.pos
                token = reader.first()
                if token == ARRAY:
                    depth, is_first = 1, True
                    continue
            begin = reader.start
            if indentation is None:
                indentation = _indentation(data, begin)
            skip_value(reader, token)
            yield begin, reader.pos
            begin = reader.pos
        except JsonSyntaxError as error:
            yield Unreadable(begin, error)
            after = _next_value(data, begin, error, indentation, is_between=len(reader.opened) == depth)
            if after is None:
                return
            del reader.opened[depth:]
            reader.pos = begin = after
            is_first = True


def following_objects(data: bytes, start: int = 0) -> Iterator[Span]:
    """The objects with a key that follow the first value of a text, with or without a comma before each.

    An object that cannot be read extends to the end of the text and is the last one.
    """
    reader = Reader(data, start)
    begin: int | None = None
    try:
        skip_value(reader, reader.first())
        while True:
            byte = reader.space_or_end()
            if byte == ord(","):
                reader.pos += 1
                byte = reader.space_or_end()
            if byte != ord("{") or _FIRST_KEY.match(data, reader.pos) is None:
                return
            begin = reader.pos
            skip_value(reader, reader.first())
            yield begin, reader.pos
            begin = None
    except JsonSyntaxError:
        if begin is not None:
            yield begin, len(data)


def _indentation(data: bytes, begin: int) -> bytes | None:
    """What is in front of a value in its line, if that is only white space, and not very long."""
    low = max(0, begin - _LONGEST_INDENTATION)
    start = data.rfind(b"\n", low, begin) + 1
    if not start and low:
        return None
    before = data[start:begin]
    return None if before.strip() else before


_LONGEST_INDENTATION = 1000
"""How many bytes in front of a value are searched, since a line may have thousands of values."""


def _next_value(
    data: bytes, begin: int, error: JsonSyntaxError, indentation: bytes | None, *, is_between: bool
) -> int | None:
    """Where the next value begins after an error; None if that is not certain."""
    if is_between and error.at > begin and data[error.at : error.at + 1] in (b"{", b"["):
        return error.at
    if indentation is None:
        return None
    line = b"\n" + indentation
    found = data.find(line + b"{", max(begin, error.at - len(line)))
    return None if found < 0 else found + len(line)


def find(data: bytes, parts: tuple[str, ...], start: int = 0) -> Span | None:
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


def find_all(
    data: bytes, wanted: Collection[tuple[str, ...]], start: int = 0
) -> tuple[dict[tuple[str, ...], Span], JsonSyntaxError | None]:
    """The spans of some values in one value, in one pass.

    A value that cannot be read to its end goes up to the end.

    Returns:
        The span of each value that exists, and an error: what ends the reading, that something follows the value, or
        that a wanted value exists twice, so that it is not certain which one counts.
    """
    found: dict[tuple[str, ...], Span] = {}
    prefixes = {parts[:length] for parts in wanted for length in range(len(parts))}
    reader = Reader(data, start)
    path: list[str | int] = []
    duplicate: JsonSyntaxError | None = None
    try:
        cursor = Cursor(reader, reader.first())
        path = cursor.path
        for token, offset in cursor:
            here: Any = tuple(path)
            if here in wanted and here not in found:
                found[here] = offset, len(data)
                if here in prefixes:
                    found[here] = offset, end_of(data, offset) or len(data)
                else:
                    skip_value(reader, token)
                    found[here] = offset, reader.pos
            elif here not in prefixes or here in wanted:
                if here in wanted:
                    duplicate = duplicate or JsonSyntaxError("duplicate", offset, here[-1])
                skip_value(reader, token)
        path = []
        byte = reader.space_or_end()
        if byte != END:
            raise JsonSyntaxError("character", reader.pos, byte, "expected the end of the line or file")
    except JsonSyntaxError as error:
        here = tuple(path)
        if here in wanted:
            found.setdefault(here, (len(data), len(data)))
        return found, error
    return found, duplicate


def plain_spans(data: bytes, wanted: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], Span] | None:
    """As :func:`find_all` for an object in plain JSON, and much faster; None if it cannot be read without an error.

    JSON is plain if it is in ASCII and has neither escapes nor comments.
    """
    if not data.isascii() or b"\\" in data:
        return None
    text = data.decode("ascii")
    found: dict[tuple[str, ...], Span] = {}
    prefixes = {parts[:length] for parts in wanted for length in range(1, len(parts))}
    try:
        end = _plain_members(text, _after_space(text, 0), (), wanted, prefixes, found)
        return None if text[end:].strip(_SPACE) else found
    except (ValueError, StopIteration, IndexError, RecursionError):
        return None


def _plain_members(
    text: str,
    at: int,
    path: tuple[str, ...],
    wanted: Collection[tuple[str, ...]],
    prefixes: Collection[tuple[str, ...]],
    found: dict[tuple[str, ...], Span],
) -> int:
    """Find the wanted values in the object that begins at an offset; the offset after it.

    Raises:
        ValueError, StopIteration, IndexError, RecursionError: It cannot be read, or a wanted value exists twice.
    """
    if text[at] != "{":
        raise ValueError
    at = _after_space(text, at + 1)
    if text[at] == "}":
        return at + 1
    while True:
        if text[at] != '"':
            raise ValueError
        key, at = _scan(text, at)
        at = _after_space(text, at)
        if text[at] != ":":
            raise ValueError
        start = at = _after_space(text, at + 1)
        here = (*path, key)
        if here in prefixes and text[at] == "{":
            at = _plain_members(text, at, here, wanted, prefixes, found)
        else:
            _, at = _scan(text, at)
        if here in wanted:
            if here in found:
                raise ValueError
            found[here] = start, at
        at = _after_space(text, at)
        if text[at] == "}":
            return at + 1
        if text[at] != ",":
            raise ValueError
        at = _after_space(text, at + 1)


_SPACE = " \t\r\n"


def _after_space(text: str, at: int) -> int:
    while text[at] in _SPACE:
        at += 1
    return at


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


_scan: Any = json.JSONDecoder(parse_constant=_refuse_constant).scan_once  # type: ignore[attr-defined]
"""Reads the value that begins at an offset: the value, and the offset after it."""


def string_at(data: bytes, span: Span | None) -> str | None:
    """The string in a span; None when it contains another value."""
    if span is None or data[span[0] : span[0] + 1] != b'"':
        return None
    reader = Reader(data, span[0])
    reader.start = span[0]
    try:
        return reader.read_string()
    except JsonSyntaxError:
        return None
