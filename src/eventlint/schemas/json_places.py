"""JSON text to values with places; it must not know schemas.

The text is strict JSON: what other readers let pass (comments, ``NaN``) is refused, with its place.
"""

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
"""How deep brackets may be nested; the ways to the values of a text would else take more room than the text."""

Path = tuple[str, ...]


class UnreadableText(Exception):  # noqa: N818 - never leaves the room
    """A text is no JSON.

    Attributes:
        reason: Why, as a part of a sentence.
        position: Where.
    """

    def __init__(self, reason: str, position: Position) -> None:
        super().__init__(reason, position)
        self.reason = reason
        self.position = position


class Text(NamedTuple):
    """A JSON text, read.

    Attributes:
        value: What it says.
        data: Its bytes.
        values: The first byte of each value, by the way to it; indexes of arrays are written as digits.
        names: The first byte of each member's name, by the way to the member.
        twice: Names that stand twice in one object: the way to them, and the first byte of the second.
    """

    value: Any
    data: bytes
    values: dict[Path, int]
    names: dict[Path, int]
    twice: tuple[tuple[Path, int], ...]

    def offset(self, path: Path, *, of_name: bool = False) -> int:
        """The first byte of a value, or of its name; where there is none, of the innermost thing around it."""
        while path not in self.values:
            path = path[:-1]
        return self.names.get(path, self.values[path]) if of_name else self.values[path]

    def positions(self, offsets: Iterable[int]) -> dict[int, Position]:
        """The places of some bytes for people, all in one pass."""
        return _places(self.data, offsets)

    def position(self, path: Path) -> Position:
        """The place of a value for people."""
        return place(self.data, self.offset(path))


def place(data: bytes, offset: int) -> Position:
    """The place of a byte for people."""
    return _places(data, [offset])[offset]


def _places(data: bytes, offsets: Iterable[int]) -> dict[int, Position]:
    start = len(_MARK) if data.startswith(_MARK) else 0
    return Lines(Decoded(data, start=start, mark=start)).positions(offsets)


def read(data: bytes) -> Text:
    """Read a text.

    Args:
        data: The text, in UTF-8; a byte order mark may stand before it.

    Raises:
        UnreadableText: It is no strict JSON, or nested too deep.
    """
    start = len(_MARK) if data.startswith(_MARK) else 0
    try:
        text = data[start:].decode()
    except UnicodeDecodeError as error:
        raise UnreadableText("this byte is not UTF-8", place(data, start + error.start)) from error
    try:
        value = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        offset = start + len(text[: error.pos].encode())
        raise UnreadableText(error.msg[0].lower() + error.msg[1:], place(data, offset)) from error
    except RecursionError as error:
        raise UnreadableText("brackets are nested too deep", place(data, start)) from error
    except ValueError as error:
        raise UnreadableText(str(error), place(data, start)) from error
    values: dict[Path, int] = {}
    names: dict[Path, int] = {}
    twice: list[tuple[Path, int]] = []
    try:
        _index(Reader(data, start), values, names, twice)
    except JsonSyntaxError as error:
        reasons = {"depth": "brackets are nested too deep", "number-length": "a number has too many digits"}
        raise UnreadableText(reasons.get(error.kind, "it is no JSON"), place(data, error.at)) from error
    return Text(value, data, values, names, tuple(twice))


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _index(reader: Reader, values: dict[Path, int], names: dict[Path, int], twice: list[tuple[Path, int]]) -> None:
    """Walk over all tokens, and note where each value and name begins."""
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
                twice.append((path, reader.key_start))
            names[path] = reader.key_start
        values[path] = offset
