"""What the unknown values in a body are: whole values, or parts of strings or keys."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

_TOKEN = re.compile(rb'"(?:[^"\\\r\n]++|\\[^\r\n])*+"?|[{}\[\]:,]|//[^\r\n]*|/\*(?s:.)*?(?:\*/|\Z)|[^\s{}\[\]:,"/]++|/')
_ANY_VALUE = re.compile(rb'"\$\{[^{}\r\n]++\}"')
_FILLER = b"x"


class Unknown(NamedTuple):
    """A value or a key that is not known, or is known only in parts.

    Attributes:
        start: The first byte of the value or key.
        end: The byte after it.
        spans: The variables in it.
        is_string: Whether it is a string; else it may be any value.
        parent: For a key: the first byte of its object; else None.
    """

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    is_string: bool
    parent: int | None = None


def unknown_values(body: bytes, spans: tuple[tuple[int, int], ...]) -> list[Unknown] | None:
    """The unknown values and keys in a body, in their order.

    Returns:
        None if the structure of the body is not known: a variable is in the place of a member or of the whole body.
    """
    masked = bytearray(body)
    for start, end in spans:
        masked[start:end] = _FILLER * (end - start)
    starts = [start for start, _ in spans]
    found: list[Unknown] = []
    opened: list[tuple[int, int]] = []
    before = 0
    for match in _TOKEN.finditer(masked):
        start, end = match.span()
        token = masked[start]
        first = bisect_left(starts, start)
        is_unknown = first < len(starts) and starts[first] < end
        if token in b"{[":
            opened.append((token, start))
        elif token in b"}]":
            if opened:
                opened.pop()
        elif token == ord("/"):
            continue
        elif is_unknown:
            inside = tuple(span for span in spans[first : bisect_left(starts, end)])
            is_string = token == ord('"')
            is_key = bool(opened) and opened[-1][0] == ord("{") and before in b"{,"
            if (is_key and not is_string) or not opened:
                return None
            any_value = is_string and _ANY_VALUE.fullmatch(body, start, end) is not None
            found.append(
                Unknown(start, end, inside, is_string and (is_key or not any_value), opened[-1][1] if is_key else None)
            )
        before = token
    return found


def has_known_structure(body: bytes, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether variables are only in the places of values, or inside of strings."""
    return unknown_values(body, spans) is not None
