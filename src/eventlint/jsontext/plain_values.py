"""Reads many values in one step: plain values, which are most of a large text, and runs of brackets.

A plain value has only ASCII, no number that needs care, and few levels of brackets. Elements that are counted have
objects with at most one member.
Where the reader must look at each token, or before the expressions are worth compiling, the functions read nothing.
"""

from __future__ import annotations

import re
from itertools import takewhile

from eventlint.jsontext.lazy_regex import PATIENCE, Lazy
from eventlint.jsontext.reader import Reader

_S = rb"[ \t\r\n]*+"
_PLAIN_STRING = rb'"[^"\\\x00-\x1f\x80-\xff]*+(?:\\["\\/bfnrt][^"\\\x00-\x1f\x80-\xff]*+)*+"'
_PLAIN_KEY = rb'"[^"\\\x00-\x1f\x80-\xff]{0,1000}+"'
_PLAIN_SCALAR = _PLAIN_STRING + rb"|0|[1-9][0-9]{0,18}|true|false|null"


def _plain(levels: int) -> bytes:
    """Matches a plain value with a number of levels of brackets; its objects have at most one member each."""
    if not levels:
        return _PLAIN_SCALAR
    below = rb"(?:" + _plain(levels - 1) + rb")"
    array = rb"\[" + _S + rb"(?:" + below + _S + rb"(?:," + _S + rb"(?!\])|(?=\])))*+\]"
    member = _PLAIN_KEY + _S + rb":" + _S + below + _S
    return _PLAIN_SCALAR + rb"|" + array + rb"|\{" + _S + rb"(?:" + member + rb")?+\}"


_PLAIN_LEVELS = 2
_PLAIN_ELEMENT = rb"(" + _plain(_PLAIN_LEVELS) + rb")(?=" + _S + rb"[,\]])"
_PLAIN_ENTRY = _S + rb"," + _S + _PLAIN_ELEMENT
_PLAIN_FIRST = Lazy(_S + _PLAIN_ELEMENT, PATIENCE)
_PLAIN_ENTRIES = Lazy(rb"(?:" + _PLAIN_ENTRY + rb")++", PATIENCE)


def _container(levels: int) -> bytes:
    """Matches an array or object with at most a number of levels of brackets, whatever its plain members are."""
    below = rb"(?:" + _PLAIN_SCALAR + (rb"|" + _container(levels - 1) if levels > 1 else b"") + rb")"
    array = rb"\[" + _S + rb"(?:" + below + _S + rb"(?:," + _S + rb"(?!\])|(?=\])))*+\]"
    member = _PLAIN_KEY + _S + rb":" + _S + below + _S
    return array + rb"|\{" + _S + rb"(?:" + member + rb"(?:," + _S + rb"(?!\})|(?=\})))*+\}"


_PLAIN_VALUE = Lazy(_plain(_PLAIN_LEVELS + 1), PATIENCE)
_CONTAINER_LEVELS = 4
_CONTAINER = Lazy(_container(_CONTAINER_LEVELS), PATIENCE)
_LONGEST_CONTAINER = 1 << 20
"""How many bytes are read in one step at most, because no other thread runs meanwhile."""

_ARRAYS = Lazy(rb"\[*+")


def skip_plain_elements(reader: Reader, is_first: bool) -> range:
    """Skip array elements that are plain values; the range of their bytes, with the commas before them.

    Only the first element is skipped if ``is_first``.
    """
    start, depth = reader.pos, reader.limits.nesting_depth
    if reader.is_in_json and (depth is None or len(reader.opened) + _PLAIN_LEVELS <= depth):
        match = (_PLAIN_FIRST if is_first else _PLAIN_ENTRIES).match(reader.data, start)
        if match is not None:
            reader.pos = end = match.end()
            at = match.start(1)
            reader.token_start = reader.last_token = at if reader.data[at] not in b"[{" else end - 1
    return range(start, reader.pos)


def count_plain_elements(data: bytes, skipped: range) -> int:
    """How many elements :func:`skip_plain_elements` skipped after the first."""
    if data.find(b'"', skipped.start, skipped.stop) < 0 and data.find(b"[", skipped.start, skipped.stop) < 0:
        return data.count(b",", skipped.start, skipped.stop)
    # The end is not limited, because what follows an element belongs to its match.
    ends = (match.end() for match in re.compile(_PLAIN_ENTRY).finditer(data, skipped.start))
    return sum(1 for _ in takewhile(lambda end: end <= skipped.stop, ends))


def skip_plain_rest(reader: Reader) -> bool:
    """Skip the rest of an array or object if it is plain; its opening bracket was just read."""
    depth = reader.limits.nesting_depth
    if not reader.is_in_json or (depth is not None and len(reader.opened) + _PLAIN_LEVELS > depth):
        return False
    match = _PLAIN_VALUE.match(reader.data, reader.start)
    if match is None:
        return False
    reader.opened.pop()
    _move(reader, match.end())
    return True


def skip_plain_container(reader: Reader) -> bool:
    """As :func:`skip_plain_rest`, also if its objects have several members, whose keys can be duplicates."""
    depth = reader.limits.nesting_depth
    if not reader.is_in_json or (depth is not None and len(reader.opened) + _CONTAINER_LEVELS - 1 > depth):
        return False
    match = _CONTAINER.match(reader.data, reader.start, reader.start + _LONGEST_CONTAINER)
    if match is None:
        return False
    reader.opened.pop()
    _move(reader, match.end())
    return True


def plain_container_end(data: bytes, start: int, stop: int) -> int | None:
    """The byte after an array or object with plain members that begins at ``start`` and ends before ``stop``."""
    match = _CONTAINER.match(data, start, min(stop, start + _LONGEST_CONTAINER))
    return None if match is None else match.end()


def open_arrays(reader: Reader) -> int:
    """Read the opening brackets of arrays in arrays, without white space between them; how many."""
    pos = reader.pos
    if not reader.is_in_json or reader.data[pos : pos + 1] != b"[":
        return 0
    match = _ARRAYS.match(reader.data, pos)
    assert match is not None  # noqa: S101 - it matches everywhere
    count = match.end() - pos
    if reader.limits.nesting_depth is not None:
        count = min(count, reader.limits.nesting_depth - len(reader.opened))
    if count:
        reader.opened.extend(range(pos, pos + count))
        _move(reader, pos + count)
    return count


def close_brackets(reader: Reader, floor: int) -> int:
    """Read closing brackets of one kind, while more brackets than ``floor`` are open; how many.

    A bracket is next, and a value was read before it.
    """
    if not reader.is_in_json:
        return 0
    data, opened, pos = reader.data, reader.opened, reader.pos
    closing = data[pos]
    opening = closing - 2  # in ASCII
    start = pos
    while pos < len(data) and len(opened) > floor and data[pos] == closing and data[opened[-1]] == opening:
        opened.pop()
        pos += 1
    if pos > start:
        _move(reader, pos)
        reader.in_key = False
    return pos - start


def _move(reader: Reader, pos: int) -> None:
    """Go to the byte after a bracket, which is then the current token."""
    reader.pos = pos
    reader.start = reader.token_start = reader.last_token = pos - 1
