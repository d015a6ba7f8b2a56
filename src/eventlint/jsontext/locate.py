"""Where values begin and end in a JSON text that can be read."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from eventlint.jsontext.cursor import ARRAY, OBJECT, Cursor, Parts, skip_value
from eventlint.jsontext.lazy_regex import PATIENCE, Lazy
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError

__all__ = ["Parts", "end_of", "locate"]

_ARRAY_END = ord("]")


def end_of(data: bytes, start: int, most: int | None = None) -> int | None:
    """The byte after a value; None when it cannot be read, or has many more bytes than ``most``."""
    reader = Reader(data, start)
    reader.opened.append(start)  # as if inside a bracket: what follows the value does not matter
    try:
        token = reader.first()
        if most is not None and token in (OBJECT, ARRAY):
            for _ in Cursor(reader, token, bulk=True, count=False):
                if reader.pos - start > most:
                    return None
        else:
            skip_value(reader, token)
    except JsonSyntaxError:
        return None
    return reader.pos


def locate(data: bytes, start: int, wanted: Collection[Parts]) -> dict[Parts, int]:
    """The first byte of each value that some pointers lead to, in one pass over the text.

    A pointer that leads nowhere gets the offset of the last value on its path.
    """
    tree: _Tree = {}
    for pointer in wanted:
        node = tree
        for part in pointer:
            node = node.setdefault(part, {})
    found: dict[Parts, int] = {(): start}
    reader = Reader(data, start)
    with suppress(JsonSyntaxError):
        _search(reader, reader.first(), tree, (), found)
    offsets: dict[Parts, int] = {}
    for pointer in wanted:
        length = len(pointer)
        while pointer[:length] not in found:
            length -= 1
        offsets[pointer] = found[pointer[:length]]
    return offsets


_Tree = dict[str | int, Any]
"""The wanted values: by key or index, those below."""


def _search(reader: Reader, token: int, tree: _Tree, path: Parts, found: dict[Parts, int]) -> None:
    """Search a value whose first token was read, and read it to its end unless it contains nothing that is wanted."""
    if not tree or token not in (OBJECT, ARRAY):
        _skip(reader, token)
        return
    start, left, index = reader.start, len(tree), 0
    while left:
        entry = _entry(reader, token, index)
        if entry is None:
            return
        part, inner = entry
        below = tree.get(part)
        if below is None:
            _skip(reader, inner)
        else:
            here = (*path, part)
            left -= here not in found
            found[here] = reader.start
            _search(reader, inner, below, here, found)
        index += 1
    reader.start = start
    _skip(reader, token)


def _entry(reader: Reader, token: int, index: int) -> tuple[str | int, int] | None:
    """The next key or index in a value, and the first token after it; None at the end of the value."""
    if token == ARRAY:
        inner = reader.element(index == 0)
        return None if inner == _ARRAY_END else (index, inner)
    key = reader.member(index == 0)
    if key is None:
        return None
    reader.accept_key()
    return key, reader.value(skipped=True)


def _skip(reader: Reader, token: int) -> None:
    """Read to the end of the value that begins at the reader's start, or of the rest of a bracket."""
    match = _BRACKETS.match(reader.data, reader.start) if token in (OBJECT, ARRAY) else None
    if match is not None:
        reader.opened.pop()
        reader.pos = match.end()
    elif token == OBJECT and reader.pos - 1 > reader.start:
        while reader.member(False) is not None:
            reader.accept_key()
            skip_value(reader, reader.value(skipped=True))
    elif token == ARRAY and reader.pos - 1 > reader.start:
        while (inner := reader.element(False)) != _ARRAY_END:
            skip_value(reader, inner)
    else:
        skip_value(reader, token)


def _brackets(levels: int) -> bytes:
    """Matches text in brackets, without comments, that has at most a number of levels; it need not be valid."""
    below = _brackets(levels - 1) if levels > 1 else rb"(?!)"
    return rb'[\[{](?:[^"/\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+"|' + below + rb")*+[\]}]"


_BRACKETS = Lazy(_brackets(8), PATIENCE)
