"""Reads a payload along its specification, in the order in which the server does.

The server stops at the first fault. The walk can do the same, or find all faults: the first is the one that the server
answers with, and each later one is the next answer once those before it are fixed.

The order for a member: its key; whether the key is a duplicate; the colon; the first token of the value; whether the
key is a field; whether the type of the value is allowed; the value. Missing fields are reported at the closing brace.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

from eventlint.jsontext import integer
from eventlint.jsontext.cursor import path_to_error, skip_value
from eventlint.jsontext.java_text import is_blank
from eventlint.jsontext.measures import has_surrogate
from eventlint.jsontext.reader import END, Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror.faults import Fault
from eventlint.mirror.leaf import Leaf, LeafFilter, ValuePlace
from eventlint.mirror.nested_values import read_nested
from eventlint.mirror.plain_runs import FIRST_RUN, Run, read_elements, read_members, read_strings
from eventlint.mirror.stored_elements import StoredElements
from eventlint.mirror.token_names import TOKENS
from eventlint.mirror.walk_results import StopWalkError, WalkResults
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text

_QUOTE, _OBJECT, _ARRAY, _ARRAY_END = b'"{[]'


class Walk(WalkResults):
    """The walk over one payload, or over one string or number in it.

    Attributes:
        compared: The event's fields as rules compare them: as they are stored, but without most filters of an event
            that has many; an array with many elements reads them again. Complete only when there are no faults.
        end: The byte after the event's closing brace; None when the walk did not reach it.
    """

    def __init__(
        self,
        reader: Reader,
        node: Object,
        *,
        max_numeric_string: int | None,
        first_only: bool,
        leaf_filter: LeafFilter | None = None,
        examine: Callable[[Leaf], Iterable[Any]] | None = None,
        rereads_keys: bool = False,
        place: ValuePlace | None = None,
    ) -> None:
        """Walk over the whole payload, or over one value.

        Args:
            reader: At the start of the payload, or of the value.
            node: The specification of the event.
            max_numeric_string: How many characters a string may have where an integer is expected; None is no limit.
            first_only: Whether to stop at the first fault.
            leaf_filter: Chooses the strings and numbers to examine; None chooses none.
            examine: Examines each leaf that the filter chose.
            rereads_keys: Whether the server reads the keys of entries again after it accepted them.
            place: Where the value is, or None for the whole payload.
        """
        super().__init__(reader, leaf_filter, examine, first_only=first_only)
        self.compared: dict[str, Any] = {}
        self.end: int | None = None
        self._start, self._node = reader.pos, node
        self._is_complete = True
        self._max_numeric_string = max_numeric_string
        self._empty: dict[str, Any] = {}
        self._rereads_keys = rereads_keys
        try:
            if place is not None:
                self._value_alone(place)
                return
            self._payload(node)
            self._reread()
        except JsonSyntaxError as error:
            self.faults.append(
                Fault.of_syntax_error(error, tuple(self._path), tuple(self._enclosing), reader.token_start)
            )
        except StopWalkError:
            pass

    @functools.cached_property
    def event(self) -> dict[str, Any]:
        """The event's fields as they are stored, of an event without faults."""
        if self._is_complete:
            return self.compared
        reader = self._reader
        again = Reader(reader.data, self._start, reader.limits, reader.dialect)
        limit = self._max_numeric_string
        return Walk(
            again, self._node, max_numeric_string=limit, first_only=True, rereads_keys=self._rereads_keys
        ).compared

    # ---- objects ----------------------------------------------------------------------------------------------------

    def _payload(self, node: Object) -> None:
        reader = self._reader
        token = reader.first()
        if token != _OBJECT:
            server_offset = END if token == END else reader.start
            self._fault("expected-object", reader.start, node.parser, TOKENS[token], server_offset=server_offset)
            skip_value(reader, token)
            return
        self.compared = self._object(node)
        self.end = reader.pos

    def _value_alone(self, place: ValuePlace) -> None:
        """Read a value of a field or an entry; the reader is before it."""
        self._path, self._enclosing = [*place.pointer], [*place.enclosing]
        self._reader.opened.append(self._reader.pos)  # it is in an object
        token = self._reader.first()
        if place.entry is None:
            self._value(place.node, token)
        elif isinstance(place.node, Entries):
            self._entry(place.node, place.entry, token)

    def _reread(self) -> None:
        """The server writes an accepted event as JSON and reads that again; it cannot read all keys that it writes."""
        for offset, path in self._unreadable_keys:
            self._path[:] = path
            unit = next(ord(one) for one in str(path[-1]) if "\ud800" <= one <= "\udfff")
            self._fault("unexpected-low-surrogate", offset, unit, reading="stored")

    def _object(self, node: Object) -> dict[str, Any]:
        """Read the members of an object whose brace was read."""
        reader = self._reader
        opened_at = reader.start
        path, enclosing = self._path, self._enclosing
        fields, parser = node.fields, node.parser
        key = reader.member(True)
        if key is None and not node.required:
            return self._empty
        values: dict[str, Any] = {}
        while key is not None:
            path.append(key)
            if key in values:
                self._duplicate(key)
            reader.accept_key()
            token = reader.value()
            field = fields.get(key)
            if field is None:
                values[key] = None
                self._fault("unknown-field", reader.key_start, node, key)
                self._skip(token)
            else:
                enclosing.append((parser, key))
                values[key] = self._value(field, token)
                enclosing.pop()
            path.pop()
            key = reader.member(False)
        if node.required:
            missing = tuple([keys for keys in node.required if values.keys().isdisjoint(keys)])
            for keys in missing:
                self._fault("missing", opened_at, missing, keys)
        return values

    def _value(self, node: Node, token: int) -> Any:
        """Read the value of a field, whose first token was read."""
        if token == _QUOTE:
            if isinstance(node, Text):
                return self._string(node)
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
        parser, field = self._enclosing.pop()
        self._fault("wrong-type", self._reader.start, parser, field, TOKENS[token], node)
        self._enclosing.append((parser, field))
        return self._skip(token)

    def _skip(self, token: int) -> None:
        """Read over a value that is not stored."""
        reader = self._reader
        start, depth = reader.start, len(reader.opened)
        try:
            skip_value(reader, token)
        except JsonSyntaxError:
            if token in (_OBJECT, _ARRAY):
                self._path += path_to_error(reader, start, depth)
            raise

    # ---- strings and integers ---------------------------------------------------------------------------------------

    def _string(self, node: Text) -> str:
        string = self._reader.read_string()
        self._keep(node, string)
        if node.blank_refused and is_blank(string):
            self._fault("blank", self._reader.start, self._path[-1], node)
        return string

    def _integer_of_number(self, node: Integer) -> int | None:
        reader = self._reader
        digits, number = reader.read_number()
        try:
            value = integer.of_number(digits)
        except integer.OutOfRangeError:
            self._fault("number-range", reader.start, number, server_offset=reader.pos - 1, column_shift=1)
            return None
        return self._integer(node, value)

    def _integer_of_string(self, node: Integer) -> int | None:
        reader = self._reader
        string = reader.read_string()
        if self._max_numeric_string is not None and len(string) > self._max_numeric_string:
            self._fault("numeric-string-length", reader.start, len(string))
            return None
        try:
            value = integer.of_string(string)
        except integer.OutOfRangeError:
            self._fault("string-range", reader.start, string)
            return None
        except ValueError as error:
            self._fault("number-format", reader.start, string, str(error))
            return None
        return self._integer(node, value)

    def _integer(self, node: Integer, value: int) -> int:
        self._keep(node, value)
        if node.negative_refused and value < 0:
            self._fault("negative", self._reader.start, self._path[-1], value)
        return value

    # ---- arrays of objects ------------------------------------------------------------------------------------------

    def _elements(self, node: Objects) -> list[dict[str, Any]] | StoredElements:
        """Read the elements of an array whose bracket was read.

        The server drops one scalar before an object. It rejects two in a row, and one at the end.
        """
        objects: list[dict[str, Any]] | StoredElements = []
        scalar: tuple[int, int] | None = None
        index, run_at = 0, FIRST_RUN
        while True:
            if index >= run_at:
                run = read_elements(self._reader, node.item, self._choice(), index, scalar)
                if isinstance(run, int):
                    run_at = index + run
                else:
                    objects = self._take_elements(run, node, objects, index, scalar)
                    index, scalar = index + run.size, run.scalar
            token = self._next_element(index)
            if token == _ARRAY_END:
                if scalar is not None:
                    parser, (offset, at) = node.item.parser, scalar
                    end = self._reader.start
                    self._fault("expected-object", offset, parser, "END_ARRAY", below=(at,), server_offset=end)
                return objects
            scalar = self._element(node, token, index, scalar, objects)
            index += 1

    def _take_elements(
        self,
        run: Run,
        node: Objects,
        before: list[dict[str, Any]] | StoredElements,
        index: int,
        scalar: tuple[int, int] | None,
    ) -> list[dict[str, Any]] | StoredElements:
        """Take a run of elements: the objects before it, and those of the run."""
        objects = before
        if self._leaf_filter is not None and isinstance(before, list):
            self._is_complete = False
            objects = StoredElements(self._reader.data, before)

        def keep(start: int, end: int) -> None:
            values = run.values[start:end]
            if isinstance(objects, list):
                objects.extend(value for value in values if value is not None)
            elif values:
                ends = run.end if end == run.size else run.starts[end]
                objects.add_run(run.start if not start else run.starts[start], ends, len(values) - values.count(None))

        def step(at: int) -> None:
            before = scalar
            if at:
                before = (run.value_start(at - 1), index + at - 1) if at - 1 in run.scalars else None
            self._element(node, self._next_element(index + at), index + at, before, objects)

        self._take(run, keep, step)
        return objects

    def _element(
        self,
        node: Objects,
        token: int,
        index: int,
        scalar: tuple[int, int] | None,
        objects: list[dict[str, Any]] | StoredElements,
    ) -> tuple[int, int] | None:
        """Read an element whose first token was read; its offset and index, if it is a scalar that may be dropped.

        Args:
            node: The specification of the array.
            token: The token.
            index: The index of the element.
            scalar: The offset and the index of the element before, if it is such a scalar.
            objects: The objects so far.
        """
        reader, found = self._reader, None
        self._path.append(index)
        if token == _OBJECT:
            if scalar is not None:
                self._drop(*scalar)
            objects.append(self._object(node.item))
        elif scalar is not None:
            self._fault("expected-object", reader.start, node.item.parser, TOKENS[token])
            self._skip(token)
        elif token == _ARRAY:
            self._fault("nested-array", reader.start, TOKENS[token])
            self._skip(token)
        else:
            found = (reader.start, index)
            self._skip(token)
        self._path.pop()
        return found

    def _next_element(self, index: int) -> int:
        """The first token of the element with an index, or the closing bracket."""
        try:
            return self._reader.element(index == 0)
        except JsonSyntaxError as error:
            if error.in_element:
                self._path.append(index)
            raise

    # ---- filters ----------------------------------------------------------------------------------------------------

    def _entries(self, node: Entries) -> dict[str, list[str] | None]:
        """Read an object with any keys, whose brace was read."""
        reader = self._reader
        entries: dict[str, list[str] | None] = {}
        key = reader.member(True)
        index, run_at = 0, FIRST_RUN
        while key is not None:
            self._member(node, key, entries)
            index += 1
            if index >= run_at:
                run = read_members(reader, node, self._choice(), entries)
                if isinstance(run, int):
                    run_at = index + run
                else:
                    self._take_members(run, node, entries)
                    index += run.size
            key = reader.member(False)
        return entries

    def _take_members(self, run: Run, node: Entries, entries: dict[str, list[str] | None]) -> None:
        def keep(start: int, end: int) -> None:
            members = run.values[start:end]
            if self._leaf_filter is None:
                entries.update(members)
            else:
                self._is_complete = False
                entries.update((key, None) for key, _ in members)

        def step(at: int) -> None:
            self._member(node, self._reader.member(False) or "", entries)

        self._take(run, keep, step)

    def _member(self, node: Entries, key: str, entries: dict[str, list[str] | None]) -> None:
        """Read the value of an entry whose key was read; the server reads each value before it checks its type."""
        reader = self._reader
        self._path.append(key)
        if key in entries:
            self._duplicate(key)
        self._keep_key(node, key)
        if self._rereads_keys and has_surrogate(key):
            self._keep_unreadable_key()
        reader.accept_key()
        token = reader.value()
        offset = reader.start
        strings = entries[key] = self._entry(node, key, token)
        if strings is None:
            self._fault("filter", offset, key, TOKENS[token])
        self._path.pop()

    def _entry(self, node: Entries, key: str, token: int) -> list[str] | None:
        """Read the value of an entry; None when it is neither a string nor an array of strings."""
        if token == _ARRAY:
            return self._entry_array(node, key)
        if token == _QUOTE:
            string = self._reader.read_string()
            self._keep(node, string, key)
            return [string]
        read_nested(self._reader, token, self._path, self._duplicate)
        return None

    def _entry_array(self, node: Entries, key: str) -> list[str] | None:
        """Read the elements of an entry whose bracket was read; None when not all are strings."""
        reader = self._reader
        strings: list[str | None] = []
        index, run_at = 0, FIRST_RUN
        while True:
            if index >= run_at:
                run = read_strings(reader, node, self._choice(), key, index)
                if isinstance(run, int):
                    run_at = index + run
                else:
                    self._take_strings(run, node, key, strings, index)
                    index += run.size
            token = self._next_element(index)
            if token == _ARRAY_END:
                return None if None in strings else strings  # type: ignore[return-value]
            strings.append(self._entry_element(node, key, token, index))
            index += 1

    def _take_strings(self, run: Run, node: Entries, key: str, strings: list[str | None], index: int) -> None:
        def keep(start: int, end: int) -> None:
            values = run.values[start:end]
            if self._leaf_filter is None:
                strings.extend(values)
            else:
                self._is_complete = False
                if None in values:
                    strings.append(None)  # so that the caller knows; the others are not kept

        def step(at: int) -> None:
            strings.append(self._entry_element(node, key, self._next_element(index + at), index + at))

        self._take(run, keep, step)

    def _entry_element(self, node: Entries, key: str, token: int, index: int) -> str | None:
        """Read an element of the array of an entry; None if it is not a string."""
        reader, path = self._reader, self._path
        string = None
        path.append(index)
        if token == _QUOTE:
            string = reader.read_string()
            self._keep(node, string, key)
        else:
            read_nested(reader, token, path, self._duplicate)
        path.pop()
        return string
