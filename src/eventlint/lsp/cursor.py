"""What is at an offset of a JSON text that may be broken or half-typed.

The text is never rejected. A string without a closing quote ends with its line, missing commas and colons are assumed,
and a bracket that closes nothing is ignored. In a text that the server can read, the path is the one that
:class:`eventlint.jsontext.cursor.Cursor` gives.

The time is linear in the length of the text. Regular expressions read most of it, because only the brackets around
the offset matter, and the members of the innermost object. Where they do not match, tokens are read one by one, but
only :data:`~eventlint.lsp.json_tokens.MAX_STEPS` of them; the role is ``none`` after that.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from eventlint.lsp import json_tokens as tokens
from eventlint.lsp.members import Members
from eventlint.spec import catalog

Part = str | int
Role = Literal["key", "value", "none"]


class Spot(NamedTuple):
    """What is at an offset; offsets are in bytes of the text, from 0.

    Attributes:
        role: Whether a key or a value is there, or can be inserted; ``none`` for neither.
        path: The keys and indexes that lead to the value, or to the member that the key begins. The last part of a key
            that is not written yet is empty.
        start: The first byte of the key, string, number or literal; the offset itself if there is none.
        end: The byte after it.
        keys: For a key: the other keys of the object.
        brackets: The brackets of the objects and arrays around it, outermost first.
        has_colon: Whether a colon follows the key.
        needs_comma: Whether another member or element follows without a comma.
        comma_at: Where a comma is missing before it; None if none is missing.
    """

    role: Role
    path: tuple[Part, ...]
    start: int
    end: int
    keys: frozenset[str] = frozenset()
    brackets: tuple[int, ...] = ()
    has_colon: bool = False
    needs_comma: bool = False
    comma_at: int | None = None


class _Open(NamedTuple):
    """What is open at an offset.

    Attributes:
        brackets: The brackets, outermost first.
        closed: For each of them, where the objects and arrays in it end that have many levels, by their first bytes.
        string: The first byte of the string that the offset is in, or None.
        is_unknown: Whether the offset is in a comment, deeper than the server reads, or after too many tokens.
    """

    brackets: list[int]
    closed: list[dict[int, int]]
    string: int | None = None
    is_unknown: bool = False


def spot_at(data: bytes, offset: int, start: int = 0, end: int | None = None, *, wants_keys: bool = True) -> Spot:
    """What is at an offset of a JSON text.

    Args:
        data: The bytes that contain the text.
        offset: The offset, between two bytes. A string or word that ends or begins there is at the offset.
        start: The first byte of the text.
        end: The byte after the text; None for the end of the data.
        wants_keys: Whether the other keys of the object are needed.
    """
    end = len(data) if end is None else end
    offset = max(start, min(offset, end))
    nothing = Spot("none", (), offset, offset)
    opened = _open_at(data, start, offset)
    if opened.is_unknown:
        return nothing
    if not opened.brackets:
        return _outside(data, start, offset, end)
    path: list[Part] = []
    for at, below, closed in zip(opened.brackets, opened.brackets[1:], opened.closed, strict=False):
        around = Members(data, at, closed)
        around.read(below)
        if around.part is None or around.is_cut:
            return nothing
        path.append(around.part)
    inner = Members(data, opened.brackets[-1], opened.closed[-1], wants_keys=wants_keys)
    inner.read(offset if opened.string is None else opened.string)
    if inner.is_cut:
        return nothing
    spot = _inside(data, inner, path, offset, opened.string, end)
    return spot._replace(brackets=tuple(opened.brackets))


def _open_at(data: bytes, pos: int, offset: int) -> _Open:
    """What is open at an offset of the text that begins at another one."""
    deepest = catalog().limits.nesting_depth
    brackets = tokens.Brackets()
    closed: list[dict[int, int]] = []
    for _ in range(tokens.MAX_STEPS):
        run = tokens.RUN(data, pos, offset)
        pos = run.end() if run else pos
        byte = data[pos] if pos < offset else -1
        if byte in (-1, tokens.QUOTE):
            opened = [at for at, _ in brackets.opened]
            return _Open(opened, closed, string=None if byte < 0 else pos)
        if byte in (tokens.OBJECT, tokens.ARRAY):
            if len(closed) == deepest:
                break
            brackets.open(pos, byte)
            closed.append({})
        elif byte in (tokens.OBJECT_END, tokens.ARRAY_END):
            begin = brackets.close(byte)
            del closed[len(brackets.opened) :]
            if begin is not None and closed:
                closed[-1][begin] = pos + 1
        else:
            break
        pos += 1
    return _Open([], [], is_unknown=True)


def _outside(data: bytes, start: int, offset: int, end: int) -> Spot:
    """What is at an offset outside of all objects and arrays."""
    space = tokens.SPACE(data, start, end)
    begin = space.end() if space else start
    if begin >= offset:
        is_scalar = begin == offset and _begins_scalar(data, offset, end)
        return Spot("value", (), offset, _token_end(data, offset, end) if is_scalar else offset)
    if _begins_scalar(data, begin, end) and _token_end(data, begin, end) >= offset:
        return Spot("value", (), begin, _token_end(data, begin, end))
    return Spot("none", (), offset, offset)


def _inside(data: bytes, inner: Members, path: list[Part], offset: int, string: int | None, end: int) -> Spot:
    """What is at an offset in an object or array whose members were read up to it.

    ``string`` is the first byte of the string that the offset is in.
    """
    start = string
    if start is None and inner.last is not None and inner.last.end == offset:
        start = inner.last.start
        inner.undo(inner.last)
    elif start is None and _begins_scalar(data, offset, end):
        start = offset
    is_key = inner.is_object and inner.state != "value"
    nothing = Spot("none", tuple(path), offset, offset)
    is_expected = start is not None or inner.state == ("key" if is_key else "value")
    # After a value, a key can follow, but only where it would not be a part of the value.
    if not is_expected and (not is_key or inner.state == "colon" or inner.value_end == offset):
        return nothing
    part = inner.part if not is_key else ""
    if part is None:
        return nothing
    begin, stop = (offset, offset) if start is None else (start, _token_end(data, start, end))
    if string is not None and (tokens.WORD(data, stop, end) or not tokens.is_closed(data[begin:stop])):
        # It has no closing quote, or that of the next string; what follows may be the rest of the text.
        word = tokens.WORD(data, offset, stop)
        stop = word.end() if word else offset
    following = inner.next_byte(stop, end)
    spot = Spot(
        role="key" if is_key else "value",
        path=(*path, part),
        start=begin,
        end=stop,
        needs_comma=following in _VALUE_STARTS,
        comma_at=inner.value_end if inner.state == "comma" else inner.comma_at,
    )
    if not is_key:
        return spot
    if start is not None:
        inner.state = "colon"
    if inner.wants_keys:
        inner.read_rest(stop, end)
    return spot._replace(
        path=(*path, tokens.content(data[begin:stop])),
        keys=frozenset(inner.keys),
        has_colon=following == tokens.COLON and start is not None,
    )


_VALUE_STARTS = frozenset(b'"{[-0123456789tfn')


def _begins_scalar(data: bytes, offset: int, end: int) -> bool:
    """Whether a string or word begins at an offset."""
    return offset < end and (data[offset] == tokens.QUOTE or tokens.WORD(data, offset, end) is not None)


def _token_end(data: bytes, start: int, end: int) -> int:
    """The byte after the string or word that begins at an offset."""
    match = (tokens.STRING if data[start] == tokens.QUOTE else tokens.WORD)(data, start, end)
    return match.end() if match else start
