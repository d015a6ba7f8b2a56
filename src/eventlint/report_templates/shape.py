"""The shape of an event: its text without its plain values.

A plain value is a string of printable ASCII without escapes, or a short integer. Events of one shape have the same
tokens, in the same order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from eventlint.screen.native import library

_VALUE = re.compile(
    r'([:\[ ]"?)((?<=") *+[!#-\[\]-~][ !#-\[\]-~]*+(?=" ?[,}\]])|(?<![\["])(?:-?[1-9][0-9]{0,17}|0)(?=[,}]))'
)
"""A plain value, without quotes, and what is before it. It may match where no value begins, but never matches a key:
the server compares keys."""

_ONE_LINE = re.compile(r"[ !-.0-~]*+")
"""Text on one line, without a slash, which may begin a comment."""


class Shape(NamedTuple):
    """A shape, and the values of the event that it is of.

    Attributes:
        key: The text without the values. Shapes with the same key and number of values are the same.
        values: The values, as they are written, but without quotes.
    """

    key: str
    values: list[str]


def shape_of(event: bytes) -> Shape | None:
    """The shape of an event; None if the event is not ASCII."""
    native = library()
    if native is not None:
        found = native.shape(event)
        return None if found is None else Shape(*found)
    return shape_by_expression(event.decode("ascii")) if event.isascii() else None


def shape_by_expression(text: str) -> Shape:
    """The shape of an event in ASCII, without the native engine, which finds the same one faster."""
    parts = _VALUE.split(text)
    values = parts[2::3]
    del parts[2::3]
    return Shape("\0".join(parts), values)


def tokens(text: str) -> list[tuple[int, str]]:
    """Where each plain value begins, with its quote if it has one, and how it is written."""
    found = []
    for match in _VALUE.finditer(text):
        is_string = match[1].endswith('"')
        found.append((match.start(2) - is_string, f'"{match[2]}"' if is_string else match[2]))
    return found


def filled(shape: Shape, values: list[str]) -> str:
    """The text with other values."""
    parts = shape.key.split("\0")
    pairs = zip(parts[::2], [*map("".join, zip(parts[1::2], values, strict=True)), ""], strict=True)
    return "".join(text + value for text, value in pairs)


def is_regular(shape: Shape) -> bool:
    """Whether positions in the event are simple: it is on one line, and has no comment outside of its values."""
    parts = shape.key.split("\0")
    return len(parts) == 2 * len(shape.values) + 1 and all(map(_ONE_LINE.fullmatch, parts))


_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?( *:)?')
"""A string, and the colon after it if it is a key."""


def has_only_values(text: str) -> bool:
    """Whether each plain value of an event is a value, and neither a key nor a part of a string.

    This holds for all events of a shape: no plain value has a character that begins or ends a string.
    """
    strings = list(_STRING.finditer(text))
    starts = [string.start() for string in strings]
    for start, token in tokens(text):
        string = strings[bisect_right(starts, start) - 1] if starts and starts[0] <= start else None
        if token[0] == '"':
            if string is None or string[0] != token:
                return False
        elif string is not None and start < string.end():
            return False
    return True
