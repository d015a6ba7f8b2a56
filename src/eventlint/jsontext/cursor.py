"""The tokens of one JSON value, each with the path to it and the byte where it begins.

All code that skips, locates or slices values iterates over a :class:`Cursor`; only the walk over known fields asks the
:class:`~eventlint.jsontext.reader.Reader` directly.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from eventlint.jsontext.plain_values import (
    close_brackets,
    count_plain_elements,
    open_arrays,
    skip_plain_container,
    skip_plain_elements,
)
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError

OBJECT, ARRAY, KEY, STRING = b'{[:"'
"""The tokens of objects, arrays, keys (see :class:`Cursor`) and strings."""

Parts = tuple[str | int, ...]
"""The keys and indexes that lead to a value."""

_OPENING = (OBJECT, ARRAY)
_ARRAY_END = ord("]")
_CLOSING_TWICE = (b"]]", b"}}")


class Cursor:
    """An iterator over the tokens of one value: pairs of a token and the offset of its first byte.

    Before it goes on, the cursor reads the value whose token it gave. You may read that value yourself instead, with
    :meth:`Reader.read_string` or :func:`skip_value`; then the cursor goes on behind it.

    Attributes:
        path: The path to the current value, relative to the first one. The list changes at each step, so copy what you
            keep. After a :class:`JsonSyntaxError` it leads to the value that cannot be read.
    """

    __slots__ = ("_bulk", "_count", "_keys", "_reader", "_token", "path")

    def __init__(
        self, reader: Reader, token: int, *, keys: bool = False, bulk: bool = False, count: bool = True
    ) -> None:
        """Start at a value whose first token was read.

        Args:
            reader: Where the value is read from.
            token: The first token of the value.
            keys: Whether to give the token KEY for each key, before its value is read.
            bulk: Whether to read many plain elements of an array, and many brackets, in one step, without giving their
                tokens. The elements have no object with several members.
            count: Whether to count such elements, so that the indexes after them are right.
        """
        self._reader = reader
        self._token = token
        self._keys = keys
        self._bulk = bulk
        self._count = count
        self.path: list[str | int] = []

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Give each token and its first byte."""
        reader, path, token, keys, bulk = self._reader, self.path, self._token, self._keys, self._bulk
        data, opened = reader.data, reader.opened
        floor = len(opened) - (token in _OPENING)
        while True:
            depth = len(opened)
            yield token, reader.start
            is_first = False
            if token == STRING:
                if reader.pos == reader.start:
                    reader.skip_string()
            elif token in _OPENING:
                is_first = len(opened) == depth
            while True:
                if bulk and not is_first and data[reader.pos : reader.pos + 2] in _CLOSING_TWICE:
                    del path[len(path) - close_brackets(reader, floor) :]
                if len(opened) == floor:
                    return
                if bulk and is_first and data[opened[-1]] == ARRAY:
                    path += [0] * open_arrays(reader)
                before = -1 if is_first else path.pop()
                if data[opened[-1]] == OBJECT:
                    key = reader.member(is_first)
                    if key is not None:
                        path.append(key)
                        if keys:
                            yield KEY, reader.key_start
                        reader.accept_key()
                        token = reader.value(skipped=True)
                        break
                else:
                    if bulk:
                        if is_first and skip_plain_elements(reader, True):
                            before, is_first = 0, False
                        if not is_first:
                            skipped = skip_plain_elements(reader, False)
                            if skipped and self._count:
                                before += count_plain_elements(data, skipped)  # type: ignore[operator]
                    token = self._element(before, is_first)
                    if token != _ARRAY_END:
                        path.append(before + 1)  # type: ignore[operator]
                        break
                is_first = False

    def _element(self, before: str | int, is_first: bool) -> int:
        try:
            return self._reader.element(is_first)
        except JsonSyntaxError as error:
            if error.in_element:
                self.path.append(int(before) + 1)
            raise


def skip_value(reader: Reader, token: int) -> None:
    """Read the rest of a value whose first token was read, without keeping anything."""
    try:
        if token == STRING:
            reader.skip_string()
        elif token in _OPENING and not skip_plain_container(reader):
            is_outermost = True
            for inner, _ in Cursor(reader, token, bulk=True, count=False):
                if inner in _OPENING and not is_outermost:
                    skip_plain_container(reader)
                is_outermost = False
    except JsonSyntaxError as error:
        error.reading = "token"
        raise


def path_to_error(failed: Reader, start: int, depth: int) -> list[str | int]:
    """The path, inside an object or array, to the value that cannot be read.

    The value is read a second time for this, so that skipping values need not count elements. ``depth`` is the number
    of open brackets where it starts, its own included.
    """
    reader = Reader(failed.data, start + 1, failed.limits, failed.dialect)
    reader.opened = failed.opened[:depth]
    reader.start = reader.token_start = reader.last_token = start
    cursor = Cursor(reader, failed.data[start], bulk=True)
    with suppress(JsonSyntaxError):
        for _ in cursor:
            pass
    return cursor.path
