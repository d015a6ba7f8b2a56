"""Reads strict JSON into a value with positions; comments and ``NaN`` are errors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from eventlint.jsontext.cursor import ARRAY, OBJECT, Cursor
from eventlint.jsontext.decoding import Decoded
from eventlint.jsontext.positions import Lines
from eventlint.jsontext.reader import END, Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.model import Position

_MARK = b"\xef\xbb\xbf"

MAX_DEPTH = 100
"""How deep brackets may be nested; otherwise the paths to the values could take more memory than the document."""

Path = tuple[str, ...]


class SchemaSyntaxError(Exception):
    """A document is not strict JSON; never leaves the room.

    Attributes:
        reason: Why, as a part of a sentence.
        position: Where.
        hint: What to write instead, or None.
    """

    def __init__(self, reason: str, position: Position, hint: str | None = None) -> None:
        super().__init__(reason, position, hint)
        self.reason = reason
        self.position = position
        self.hint = hint


class Text(NamedTuple):
    """A JSON document.

    Attributes:
        value: Its value.
        data: Its bytes.
        values: The offset of each value, by the path to it; indexes of arrays are written as digits.
        keys: The offset of each key, by the path to its value.
        duplicates: Keys that an object has more than once: the path, and the offset of the second.
    """

    value: Any
    data: bytes
    values: dict[Path, int]
    keys: dict[Path, int]
    duplicates: tuple[tuple[Path, int], ...]

    @property
    def has_mark(self) -> bool:
        """Whether the document begins with a byte order mark."""
        return self.data.startswith(_MARK)

    def offset(self, path: Path, *, of_key: bool = False) -> int:
        """The offset of a value, or of its key; for a missing one, of the innermost value that contains it."""
        while path not in self.values:
            path = path[:-1]
        return self.keys.get(path, self.values[path]) if of_key else self.values[path]

    def positions(self, offsets: Iterable[int]) -> dict[int, Position]:
        """The positions of some offsets, all in one pass."""
        return _places(self.data, offsets)

    def position(self, path: Path) -> Position:
        """The position of a value."""
        return position_of(self.data, self.offset(path))


def position_of(data: bytes, offset: int) -> Position:
    """The position of an offset."""
    return _places(data, [offset])[offset]


def _places(data: bytes, offsets: Iterable[int]) -> dict[int, Position]:
    start = len(_MARK) if data.startswith(_MARK) else 0
    return Lines(Decoded(data, start=start, mark=start)).positions(offsets)


def read(data: bytes) -> Text:
    """Read a document.

    Args:
        data: The document in UTF-8, with or without a byte order mark.

    Raises:
        SchemaSyntaxError: It is not strict JSON, or nested too deep.
    """
    start = len(_MARK) if data.startswith(_MARK) else 0
    try:
        text = data[start:].decode()
    except UnicodeDecodeError as error:
        raise SchemaSyntaxError("this byte is not UTF-8", position_of(data, start + error.start)) from error
    try:
        value = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        offset = start + len(text[: error.pos].encode())
        reason = error.msg[0].lower() + error.msg[1:]
        if reason.startswith("illegal trailing comma"):  # newer versions of the library
            reason = "expecting property name enclosed in double quotes"
        raise SchemaSyntaxError(reason, position_of(data, offset), _hint(text, error.pos)) from error
    except RecursionError as error:
        raise SchemaSyntaxError("brackets are nested too deep", position_of(data, start)) from error
    except ValueError as error:
        named = str(error).partition(" ")[0]
        at = text.find(named) if named in ("NaN", "Infinity", "-Infinity") else 0
        reason = str(error) if at or named == text.strip() else "a number has too many digits"
        raise SchemaSyntaxError(reason, position_of(data, start + len(text[:at].encode()))) from error
    values: dict[Path, int] = {}
    keys: dict[Path, int] = {}
    duplicates: list[tuple[Path, int]] = []
    try:
        _index(Reader(data, start), values, keys, duplicates)
    except JsonSyntaxError as error:
        reasons = {"depth": "brackets are nested too deep", "number-length": "a number has too many digits"}
        raise SchemaSyntaxError(reasons.get(error.kind, "it is not JSON"), position_of(data, error.at)) from error
    return Text(value, data, values, keys, tuple(duplicates))


def _hint(text: str, at: int) -> str | None:
    """What to write instead in a text that is not JSON, given the index of the character where the reader stopped."""
    before, rest = text[:at].rstrip(), text[at:].lstrip()
    if not rest:
        return "close the last bracket or quote" if text.strip() else "the file is empty"
    if before.endswith(",") and rest[0] in "}]":
        return "remove the last comma"
    if rest.startswith(("//", "/*", "#")):
        return "remove the comment"
    if rest[0] in "'\u201c\u201d\u2018\u2019":
        return "write strings in straight double quotes"
    return None


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _index(reader: Reader, values: dict[Path, int], keys: dict[Path, int], duplicates: list[tuple[Path, int]]) -> None:
    """Note the offset of each value and key."""
    token = reader.first()
    if token == END:
        return
    cursor = Cursor(reader, token)
    for token, offset in cursor:
        parts = cursor.path
        if token in (OBJECT, ARRAY) and len(parts) >= MAX_DEPTH:
            raise JsonSyntaxError("depth", offset)
        path = tuple(map(str, parts))
        if parts and isinstance(parts[-1], str):
            if path in values:
                duplicates.append((path, reader.key_start))
            keys[path] = reader.key_start
        values[path] = offset
