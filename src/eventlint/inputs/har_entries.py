"""The entries of a HAR file, as ranges of bytes.

A recording may be hundreds of megabytes long, most of it in strings, so the file is not parsed: one regular expression
finds the next bracket outside a string. Only the entries that may contain an event are parsed later, one at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from eventlint.errors import InputError

_NEXT_BRACKET = re.compile(rb'(?:[^{}\[\]"]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+([{}\[\]])?', re.DOTALL).match
_TOKEN = re.compile(rb'"([^"\\]*+(?:\\.[^"\\]*+)*+)"(\s*+:\s*+)?|[{}\[\]]', re.DOTALL).finditer
"""Strings, keys with their colons, and brackets."""
_OPENING = b"{["
_CLOSING = {ord("}"): ord("{"), ord("]"): ord("[")}
_KEY_LENGTH = 64
"""How many bytes before a bracket can contain its key, white space included."""


class Entry(NamedTuple):
    """An element of ``/log/entries``: its first byte and the byte after it."""

    begin: int
    end: int


class Damage(NamedTuple):
    """Where the file cannot be read any further.

    Attributes:
        offset: The offset of the byte, from 0.
        is_cut: Whether the file ends there, before all brackets are closed.
        misses_entries: Whether entries may be missing.
    """

    offset: int
    is_cut: bool
    misses_entries: bool


def read_entries(data: bytes, start: int = 0) -> Iterator[Entry | Damage]:
    """Find the entries of a HAR file; a file that cannot be read to its end gives one damage, as the last item.

    Args:
        data: The file in UTF-8.
        start: The offset of the first byte after a byte order mark.

    Raises:
        InputError: The file is not a HAR file.
    """
    opened = bytearray()
    is_log = has_log = in_entries = is_complete = False
    begin = pos = start
    while True:
        match = _NEXT_BRACKET(data, pos)
        if match is None or match[1] is None:
            break
        bracket, before, pos = match.start(1), pos, match.end()
        byte = data[bracket]
        if byte in _OPENING:
            opened.append(byte)
            if in_entries:
                begin = bracket if len(opened) == 4 else begin
            elif len(opened) == 2:
                is_log = opened == b"{{" and _has_key(data, before, bracket, b'"log"')
                has_log = has_log or is_log
            elif len(opened) == 3 and is_log and byte == ord("[") and _has_key(data, before, bracket, b'"entries"'):
                in_entries = True
            continue
        if not opened or opened[-1] != _CLOSING[byte]:
            if not has_log:
                break
            yield Damage(bracket, False, not is_complete)
            return
        opened.pop()
        if in_entries and len(opened) == 3:
            yield Entry(begin, pos)
        elif in_entries and len(opened) == 2:
            in_entries, is_complete = False, True
    if has_log and opened:
        yield Damage(len(data), True, not is_complete)
    elif not is_complete:
        raise InputError("not a HAR file: /log/entries is missing")


def find_member(data: bytes, begin: int, *keys: str) -> int | None:
    """The offset of the value that keys lead to in the object that begins at an offset; None if it is not found."""
    for key in keys:
        at = _member(data, begin, key.encode())
        if at is None:
            return None
        begin = at
    return begin


def object_at(data: bytes, begin: int) -> bytes:
    """The object or array that begins at an offset."""
    depth = 0
    for match in _TOKEN(data, begin):
        byte = data[match.start()]
        depth += (byte in _OPENING) - (byte in _CLOSING)
        if depth == 0:
            return data[begin : match.end()]
    return data[begin:]


def _member(data: bytes, begin: int, key: bytes) -> int | None:
    """The offset of the value of a key in the object that begins at an offset."""
    depth = 0
    for match in _TOKEN(data, begin):
        byte = data[match.start()]
        depth += (byte in _OPENING) - (byte in _CLOSING)
        if depth == 0:
            return None
        if depth == 1 and match[2] is not None and match[1] == key:
            return match.end()
    return None


def _has_key(data: bytes, start: int, bracket: int, key: bytes) -> bool:
    """Whether a bracket opens the value of a key."""
    before = data[max(start, bracket - _KEY_LENGTH) : bracket].rstrip()
    return before.endswith(b":") and before[:-1].rstrip().endswith(key)
