"""One walk over a payload along the contract, as the server makes it; it must not know how a fault is worded.

The server stops at the first fault. The walk can do the same, or go on and find them all: then the first in its list is
the one that the server tells, and each later one is what the server would tell if those before it were mended.

A member is read in this order: its name; whether the name is a duplicate; the colon; the value's first token; whether
the name is known; whether the kind of value is allowed; the value. What is missing is told at the closing brace.
"""

from __future__ import annotations

from typing import Any

from eventlint.jsontext import integer
from eventlint.jsontext.cursor import path_to_error, skip_value
from eventlint.jsontext.java_text import is_blank
from eventlint.jsontext.reader import END, Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror.faults import Fault, Part
from eventlint.mirror.leaf import Leaf, LeafFilter
from eventlint.mirror.token_names import TOKENS
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text

MAX_NUMERIC_STRING = 1000
"""How many characters a string may have where an integer is expected, with the trait that limits it."""

MAX_FAULTS = 10_000
"""How many faults of one payload are kept; more help nobody, and a hostile payload could have millions."""

_QUOTE, _OBJECT, _ARRAY, _ARRAY_END = b'"{[]'


class _StopError(Exception):
    """The walk is over before the end of the payload."""


class Walk:
    """The walk over one payload.

    Attributes:
        faults: What was found, in the order in which the server would meet it.
        event: The event's fields as they are stored; of use when there are no faults.
        leaves: The texts and numbers that were read, and were to be kept; at most as many as faults.
        dropped: The pointers and offsets of elements that are read away in silence.
        end: The byte after the event's closing brace, when it was reached; else None.
    """

    def __init__(
        self,
        reader: Reader,
        node: Object,
        *,
        limit_strings: bool,
        first_only: bool,
        leaf_filter: LeafFilter | None = None,
    ) -> None:
        """Walk over the whole payload.

        Args:
            reader: At the beginning of the payload.
            node: What the event should be.
            limit_strings: Whether strings are limited where an integer is expected.
            first_only: Whether to stop at the first fault.
            leaf_filter: Tells which texts and numbers are kept as leaves; None keeps none.
        """
        self.faults: list[Fault] = []
        self.event: dict[str, Any] = {}
        self.leaves: list[Leaf] = []
        self.dropped: list[tuple[tuple[Part, ...], int]] = []
        self.end: int | None = None
        self._reader = reader
        self._leaf_filter = leaf_filter
        self._most = 1 if first_only else MAX_FAULTS
        self._limit_strings = limit_strings
        self._chain: list[tuple[str, str]] = []
        self._path: list[Part] = []
        try:
            self._payload(node)
        except JsonSyntaxError as syntax_error:
            self._broken(syntax_error)
        except _StopError:
            pass

    @property
    def comments(self) -> list[tuple[int, int]]:
        """The first byte of each comment that was read, and the byte after it."""
        return self._reader.comments

    # ---- faults -----------------------------------------------------------------------------------------------------

    def _fault(
        self,
        kind: str,
        offset: int,
        *args: Any,
        server_offset: int | None = None,
        past: int = 0,
        below: tuple[Part, ...] = (),
    ) -> None:
        self.faults.append(
            Fault(
                kind,
                offset,
                args,
                pointer=(*self._path, *below),
                chain=tuple(self._chain),
                token=self._reader.token if not self._reader.in_name else self._reader.name_at,
                server_offset=offset if server_offset is None else server_offset,
                past=past,
            )
        )
        if len(self.faults) >= self._most:
            raise _StopError

    def _broken(self, syntax_error: JsonSyntaxError) -> None:
        self.faults.append(
            Fault(
                syntax_error.kind,
                syntax_error.at,
                syntax_error.args,
                pointer=tuple(self._path),
                chain=tuple(self._chain),
                token=self._reader.token,
                server_offset=syntax_error.server_offset,
                past=syntax_error.past,
                where=syntax_error.where,
                fatal=True,
            )
        )

    # ---- values -----------------------------------------------------------------------------------------------------

    def _payload(self, node: Object) -> None:
        try:
            token = self._reader.first()
        except JsonSyntaxError as syntax_error:
            syntax_error.where = "token"
            raise
        if token != _OBJECT:
            told = END if token == END else self._reader.at
            self._fault("expected-object", self._reader.at, node.parser, TOKENS[token], server_offset=told)
            skip_value(self._reader, token)
            return
        self.event = self._object(node)
        self.end = self._reader.pos

    def _object(self, node: Object) -> dict[str, Any]:
        """Read the members of an object whose brace was read."""
        reader = self._reader
        opened_at = reader.at
        path, chain = self._path, self._chain
        fields, parser = node.fields, node.parser
        found: dict[str, Any] = {}
        seen: set[str] = set()
        name = reader.member(True)
        while name is not None:
            path.append(name)
            if name in seen:
                self._fault("duplicate", reader.name_at, name, server_offset=reader.name_end - 1, past=1)
            seen.add(name)
            reader.accept_name()
            token = reader.value()
            field = fields.get(name)
            if field is None:
                self._fault("unknown-field", reader.name_at, node, name)
                self._pass(token)
            else:
                chain.append((parser, name))
                found[name] = self._value(field, token)
                chain.pop()
            path.pop()
            name = reader.member(False)
        missing = tuple(names for names in node.required if seen.isdisjoint(names))
        for names in missing:
            self._fault("missing", opened_at, missing, names)
        return found

    def _value(self, node: Node, token: int) -> Any:
        """Read the value of a field, whose first token was told."""
        if token == _QUOTE:
            if isinstance(node, Text):
                return self._text(node)
            if isinstance(node, Integer):
                return self._integer_of_string(node)
        elif token == _OBJECT:
            if isinstance(node, Object):
                return self._object(node)
            if isinstance(node, Entries):
                return self._entries(node)
            if isinstance(node, Objects):
                return [self._object(node.item)]
        elif token == _ARRAY:
            if isinstance(node, Objects):
                return self._elements(node)
        elif isinstance(node, Integer) and TOKENS[token] == "VALUE_NUMBER":
            return self._integer_of_number(node)
        parser, name = self._chain.pop()
        self._fault("wrong-type", self._reader.at, parser, name, TOKENS[token], node)
        self._chain.append((parser, name))
        return self._pass(token)

    def _pass(self, token: int) -> None:
        """Read over a value that nobody wants."""
        reader = self._reader
        start, depth = reader.at, len(reader.opened)
        try:
            skip_value(reader, token)
        except JsonSyntaxError as syntax_error:
            syntax_error.where = "token"
            self._way_inside(token, start, depth)
            raise

    def _way_inside(self, token: int, start: int, depth: int) -> None:
        """Reading a value broke off: what leads to the place inside of it belongs to the path."""
        if token in (_OBJECT, _ARRAY):
            reader = self._reader
            self._path += path_to_error(reader.data, start, reader.opened[:depth])

    def _read_text(self) -> str:
        try:
            return self._reader.text()
        except JsonSyntaxError as syntax_error:
            syntax_error.where = "text"
            raise

    def _leaf(self, node: Node, value: Any, entry: str | None = None) -> None:
        """LeafFilter what was read, when somebody wants it."""
        if self._leaf_filter is None or len(self.leaves) >= MAX_FAULTS:
            return
        reader = self._reader
        raw = reader.data[reader.at : reader.pos]
        if self._leaf_filter(node, value, raw, entry):
            self.leaves.append(Leaf(tuple(self._path), node, reader.at, value, raw, entry))

    def _entry_name(self, node: Entries, name: str) -> None:
        """LeafFilter the name of an entry, when somebody wants it."""
        if self._leaf_filter is None or len(self.leaves) >= MAX_FAULTS:
            return
        reader = self._reader
        raw = reader.data[reader.name_at : reader.name_end]
        if not raw.isascii() or b"\\" in raw:
            self.leaves.append(Leaf(tuple(self._path), node, reader.name_at, name, raw, name, is_name=True))

    def _text(self, node: Text) -> str:
        reader = self._reader
        text = self._read_text()
        self._leaf(node, text)
        if node.blank_refused and is_blank(text):
            self._fault("blank", reader.at, self._path[-1], node)
        return text

    def _integer_of_number(self, node: Integer) -> int | None:
        reader = self._reader
        text = reader.data[reader.at : reader.pos].decode("ascii")
        try:
            value = integer.of_number(text)
        except integer.OutOfRangeError:
            self._fault("number-range", reader.at, text, server_offset=reader.pos - 1, past=1)
            return None
        return self._integer(node, value)

    def _integer_of_string(self, node: Integer) -> int | None:
        reader = self._reader
        text = self._read_text()
        if self._limit_strings and len(text) > MAX_NUMERIC_STRING:
            self._fault("numeric-string-length", reader.at, len(text))
            return None
        try:
            value = integer.of_string(text)
        except integer.OutOfRangeError:
            self._fault("string-range", reader.at, text)
            return None
        except ValueError as error:
            self._fault("number-format", reader.at, text, str(error))
            return None
        return self._integer(node, value)

    def _integer(self, node: Integer, value: int) -> int:
        self._leaf(node, value)
        if node.negative_refused and value < 0:
            self._fault("negative", self._reader.at, self._path[-1], value)
        return value

    # ---- arrays of objects ------------------------------------------------------------------------------------------

    def _elements(self, node: Objects) -> list[dict[str, Any]]:
        """Read the elements of an array whose bracket was read.

        One scalar before an object is read away. Two in a row are refused, and so is one that nothing follows.
        """
        reader = self._reader
        found: list[dict[str, Any]] = []
        scalar: tuple[int, int] | None = None
        index = 0
        while True:
            token = self._next_element(index)
            if token == _ARRAY_END:
                if scalar is not None:
                    offset, at = scalar
                    self._fault(
                        "expected-object", offset, node.item.parser, TOKENS[token], below=(at,), server_offset=reader.at
                    )
                return found
            self._path.append(index)
            if token == _OBJECT:
                if scalar is not None and len(self.dropped) < MAX_FAULTS:
                    self.dropped.append(((*self._path[:-1], scalar[1]), scalar[0]))
                found.append(self._object(node.item))
                scalar = None
            elif scalar is not None:
                self._fault("expected-object", reader.at, node.item.parser, TOKENS[token])
                scalar = None
                self._pass(token)
            elif token == _ARRAY:
                self._fault("nested-array", reader.at, TOKENS[token])
                self._pass(token)
            else:
                scalar = (reader.at, index)
                self._pass(token)
            self._path.pop()
            index += 1

    def _next_element(self, index: int) -> int:
        """The first token of the element with an index, or the closing bracket."""
        try:
            return self._reader.element(index == 0)
        except JsonSyntaxError as syntax_error:
            syntax_error.where = "token"
            if syntax_error.in_element:
                self._path.append(index)
            raise

    # ---- filters ----------------------------------------------------------------------------------------------------

    def _entries(self, node: Entries) -> dict[str, list[str]]:
        """Read an object with any names, whose brace was read; each value is read to its end and then judged."""
        reader = self._reader
        found: dict[str, list[str]] = {}
        seen: set[str] = set()
        name = reader.member(True)
        while name is not None:
            self._path.append(name)
            if name in seen:
                self._fault("duplicate", reader.name_at, name, server_offset=reader.name_end - 1, past=1)
            seen.add(name)
            self._entry_name(node, name)
            reader.accept_name()
            token = reader.value()
            offset = reader.at
            values = self._entry(node, name, token)
            if values is None:
                self._fault("filter", offset, name, TOKENS[token])
            else:
                found[name] = values
            self._path.pop()
            name = reader.member(False)
        return found

    def _entry(self, node: Entries, name: str, token: int) -> list[str] | None:
        """Read a filter's value to its end; None when it is neither a string nor an array of strings."""
        if token == _QUOTE:
            text = self._read_text()
            self._leaf(node, text, name)
            return [text]
        if token != _ARRAY:
            self._pass_checked(token)
            return None
        values: list[str] | None = []
        index = 0
        while True:
            token = self._next_element(index)
            if token == _ARRAY_END:
                return values
            self._path.append(index)
            if token == _QUOTE:
                text = self._read_text()
                self._leaf(node, text, name)
                if values is not None:
                    values.append(text)
            else:
                self._pass_checked(token)
                values = None
            self._path.pop()
            index += 1

    def _pass_checked(self, token: int) -> None:
        """Read over a value as the server does when it keeps it: names in one object must differ.

        Only the first duplicate is told: all of the value is wrong anyway.
        """
        if token == _QUOTE:
            self._read_text()
        if token not in (_OBJECT, _ARRAY):
            return
        reader = self._reader
        start, depth = reader.at, len(reader.opened)
        try:
            self._pass_container()
        except JsonSyntaxError:
            self._way_inside(token, start, depth)
            raise

    def _element_or_end(self, is_first: bool) -> int:
        try:
            return self._reader.element(is_first)
        except JsonSyntaxError as syntax_error:
            syntax_error.where = "token"
            raise

    def _pass_container(self) -> None:
        """Read over an object or array whose bracket was read, and tell the first duplicate in it."""
        reader = self._reader
        floor = len(reader.opened) - 1
        told = False
        names: list[set[str]] = [set()]
        is_first = True
        while len(reader.opened) > floor:
            if reader.data[reader.opened[-1]] == _OBJECT:
                name = reader.member(is_first)
                if name is None:
                    names.pop()
                    is_first = False
                    continue
                if name in names[-1] and not told:
                    told = True
                    self._fault(
                        "duplicate", reader.name_at, name, server_offset=reader.name_end - 1, past=1, below=(name,)
                    )
                names[-1].add(name)
                reader.accept_name()
                token = reader.value()
            else:
                token = self._element_or_end(is_first)
                if token == _ARRAY_END:
                    names.pop()
            if token == _QUOTE:
                self._read_text()
            is_first = token in (_OBJECT, _ARRAY)
            if is_first:
                names.append(set())
