"""Reads the members of one object, or the elements of one array, of a JSON text that may be broken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from eventlint.lsp import json_tokens as tokens

State = Literal["key", "colon", "value", "comma"]


class Token(NamedTuple):
    """A string or a word, and what was read before it.

    Attributes:
        start: Its first byte.
        end: The byte after it.
    """

    start: int
    end: int
    state: State
    key: str | None
    element: int
    value_end: int
    comma_at: int | None
    key_count: int


class Item(NamedTuple):
    """A member of an object, or an element of an array.

    Attributes:
        part: The key or index.
        start: The first byte of the key, or of the element.
        value: The first byte of the value.
        end: The byte after the value; the end of the text if it is an object or array that is not closed.
    """

    part: str | int
    start: int
    value: int
    end: int


class Members:
    """The members or elements between a bracket and an offset.

    Attributes:
        at: The bracket.
        is_object: Whether it is the bracket of an object.
        state: What is expected next.
        key: The key of the current member, or None.
        index: The index of the current or next element.
        wants_keys: Whether the keys are kept.
        keys: The keys, in their order; only if they are wanted.
        items: The members or elements that have a value; only if they are wanted.
        value_end: The byte after the last value.
        comma_at: Where a comma is missing before the current member or element; else None.
        last: The last string or word.
        is_cut: Whether the reading ended early, after too many steps.
    """

    def __init__(
        self,
        data: bytes,
        at: int,
        closed: Mapping[int, int] | None = None,
        *,
        wants_keys: bool = False,
        keeps_items: bool = False,
    ) -> None:
        """Begin after a bracket.

        Args:
            data: The text.
            at: The bracket.
            closed: Where objects and arrays inside end, if that is known, by their first bytes.
            wants_keys: Whether to keep the keys.
            keeps_items: Whether to keep the members or elements; each is then read in a step of its own.
        """
        self.at = at
        self.is_object = data[at] == tokens.OBJECT
        self.state: State = self._first
        self.key: str | None = None
        self.index = 0
        self.keys: list[str] = []
        self.value_end = at + 1
        self.comma_at: int | None = None
        self.last: Token | None = None
        self.is_cut = False
        self._data = data
        self._closed = closed or {}
        self.wants_keys = wants_keys
        self._keeps_items = keeps_items
        self.items: list[Item] = []
        self._key_start = at

    @property
    def _first(self) -> State:
        return "key" if self.is_object else "value"

    @property
    def part(self) -> str | int | None:
        """The key or index of the value that is expected next; None if no key leads to it."""
        if not self.is_object:
            return self.index + (self.state == "comma")
        return self.key if self.state in ("value", "colon") else None

    def read(self, stop: int) -> None:
        """Read up to an offset."""
        pos = self.at + 1
        for _ in range(tokens.MAX_STEPS):
            pos = self._many(pos, stop)
            if pos >= stop:
                return
            pos = self._one(pos, stop)
        self.is_cut = True

    def read_rest(self, pos: int, stop: int) -> None:
        """Go on at an offset, up to the closing bracket, or to an object or array that is not closed."""
        for _ in range(tokens.MAX_STEPS):
            pos = self._many(pos, stop)
            if pos >= stop or self._data[pos] in (tokens.OBJECT_END, tokens.ARRAY_END):
                return
            if self._data[pos] in (tokens.OBJECT, tokens.ARRAY):
                end = tokens.value_end(self._data, pos, stop)
                if end is None:
                    self._value(pos, stop)
                    return
                self._closed = {pos: end}
            pos = self._one(pos, stop)

    def undo(self, token: Token) -> None:
        """Go back to before the last string or word."""
        self.state, self.key, self.index = token.state, token.key, token.element
        self.value_end, self.comma_at = token.value_end, token.comma_at
        del self.keys[token.key_count :]

    def next_byte(self, pos: int, stop: int) -> int:
        """The next byte after white space and comments; -1 at the end."""
        space = tokens.SPACE(self._data, pos, stop)
        pos = space.end() if space else pos
        return self._data[pos] if pos < stop else -1

    def _many(self, pos: int, stop: int) -> int:
        """Read members or elements that are complete, in one step; the byte after them."""
        if self._keeps_items or self.state != self._first or self._data[pos - 1] not in b",{[":
            return pos
        run = (tokens.MEMBERS if self.is_object else tokens.ELEMENTS)(self._data, pos, stop)
        if run is None or run.end() == pos:
            return pos
        if not self.is_object:
            self.index += tokens.count_of(run[0])
        elif self.wants_keys:
            self.keys += tokens.keys_of(run[0])
        self.value_end = run.end() - 1
        self.key = self.comma_at = None
        return run.end()

    def _one(self, pos: int, stop: int) -> int:
        """Read one token, or one object or array; the byte after it."""
        data = self._data
        byte = data[pos]
        if byte in (tokens.OBJECT, tokens.ARRAY):
            end = self._closed.get(pos) or tokens.shallow_end(data, pos, stop) or pos + 1
            self._value(pos, end)
            return end
        token = tokens.TOKEN(data, pos, stop)
        assert token is not None  # noqa: S101 - it matches any byte
        end = token.end()
        if token.lastgroup in ("string", "word"):
            self._scalar(pos, end)
        elif byte == tokens.COMMA:
            self.index += 1
            self.state = self._first
            self.key = self.comma_at = None
        elif byte == tokens.COLON and self.is_object:
            self.state = "value"
        return end

    def _scalar(self, pos: int, end: int) -> None:
        self.last = Token(pos, end, self.state, self.key, self.index, self.value_end, self.comma_at, len(self.keys))
        if not self.is_object or self.state == "value":
            self._value(pos, end)
            return
        if self.state == "comma":
            self.comma_at = self.value_end
        self.key, self._key_start = tokens.content(self._data[pos:end]), pos
        if self.wants_keys:
            self.keys.append(self.key)
        self.state = "colon"

    def _value(self, start: int, end: int) -> None:
        if self.state == "comma":
            self.index += 1
            self.comma_at = self.value_end
        if self._keeps_items and (not self.is_object or (self.key is not None and self.state == "value")):
            part = self.key if self.is_object else self.index
            begin = self._key_start if self.is_object else start
            self.items.append(Item("" if part is None else part, begin, start, end))
        self.value_end = end
        self.state = "comma"


def items_of(data: bytes, at: int, stop: int | None = None) -> list[Item]:
    """The members of an object, or the elements of an array.

    Args:
        data: The text.
        at: The bracket.
        stop: The byte after the text; None for the end of the data.
    """
    members = Members(data, at, keeps_items=True)
    members.read_rest(at + 1, len(data) if stop is None else stop)
    return members.items


def string_member(data: bytes, at: int, keys: tuple[str, ...]) -> str | None:
    """The string that some keys lead to in the object of a bracket; None if there is none.

    Args:
        data: The text.
        at: The bracket.
        keys: The keys.
    """
    for index, key in enumerate(keys):
        found = (
            next((one for one in items_of(data, at) if one.part == key), None) if data[at] == tokens.OBJECT else None
        )
        if found is None:
            return None
        if index == len(keys) - 1 and data[found.value] == tokens.QUOTE:
            return tokens.content(data[found.value : found.end])
        at = found.value
    return None
