"""Reads a payload along its specification, in the order in which the server does.

The server stops at the first fault. The walk can do the same, or find all faults: the first is the one that the server
answers with, and each later one is the next answer once those before it are fixed.

The order for a member: its key; whether the key is a duplicate; the colon; the first token of the value; whether the
key is a field; whether the type of the value is allowed; the value. Missing fields are reported at the closing brace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from eventlint.jsontext import integer
from eventlint.jsontext.cursor import path_to_error, skip_value
from eventlint.jsontext.java_text import is_blank
from eventlint.jsontext.measures import has_surrogate
from eventlint.jsontext.reader import END, Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror.faults import Fault, Part
from eventlint.mirror.leaf import Leaf, LeafFilter
from eventlint.mirror.nested_values import read_nested
from eventlint.mirror.plain_runs import FIRST_RUN, Run, read_elements, read_members
from eventlint.mirror.token_names import TOKENS
from eventlint.spec.nodes import Entries, Integer, Node, Object, Objects, Text

MAX_FAULTS = 1_000
"""How many faults of one payload are kept, and how many dropped elements, and results for leaves; others are counted.

A hostile payload can have millions.
"""

_QUOTE, _OBJECT, _ARRAY, _ARRAY_END = b'"{[]'


class _StopError(Exception):
    """The walk stops before the end of the payload."""


class Walk:
    """The walk over one payload.

    Attributes:
        event: The event's fields as they are stored; complete only when there are no faults.
        examined: What examining the strings and numbers that the leaf filter chose gave.
        dropped: The pointers and offsets of array elements that the server drops silently.
        omitted: How many more faults, dropped elements and chosen leaves there are than are kept.
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
    ) -> None:
        """Walk over the whole payload.

        Args:
            reader: At the start of the payload.
            node: The specification of the event.
            max_numeric_string: How many characters a string may have where an integer is expected; None is no limit.
            first_only: Whether to stop at the first fault.
            leaf_filter: Chooses the strings and numbers to examine; None chooses none.
            examine: Examines each leaf that the filter chose.
            rereads_keys: Whether the server reads the keys of entries again after it accepted them.
        """
        self.faults: list[Fault] = []
        self.event: dict[str, Any] = {}
        self.examined: list[Any] = []
        self.dropped: list[tuple[tuple[Part, ...], int]] = []
        self.omitted = 0
        self.end: int | None = None
        self._reader = reader
        self._leaf_filter = leaf_filter
        self._examine = examine or _nothing
        self._first_only = first_only
        self._max_numeric_string = max_numeric_string
        self._enclosing: list[tuple[str, str]] = []
        self._empty: dict[str, Any] = {}
        self._path: list[Part] = []
        self._rereads_keys = rereads_keys
        self._unreadable_keys: list[tuple[int, tuple[Part, ...]]] = []
        try:
            self._payload(node)
            self._reread()
        except JsonSyntaxError as error:
            self.faults.append(
                Fault.of_syntax_error(error, tuple(self._path), tuple(self._enclosing), reader.token_start)
            )
        except _StopError:
            pass

    @property
    def omitted_comments(self) -> int:
        """How many comments were read that are not kept."""
        return self._reader.comment_count - len(self._reader.comments)

    @property
    def comments(self) -> list[tuple[int, int]]:
        """The first byte of each comment that was read, and the byte after it."""
        return self._reader.comments

    def _fault(
        self,
        kind: str,
        offset: int,
        *args: Any,
        server_offset: int | None = None,
        column_shift: int = 0,
        below: tuple[Part, ...] = (),
        reading: str = "key",
    ) -> None:
        if len(self.faults) >= MAX_FAULTS:
            self.omitted += 1
            return
        reader = self._reader
        self.faults.append(
            Fault(
                kind,
                offset,
                args,
                pointer=(*self._path, *below),
                enclosing=tuple(self._enclosing),
                token_start=reader.key_start if reader.in_key else reader.token_start,
                server_offset=offset if server_offset is None else server_offset,
                column_shift=column_shift,
                reading=reading,
            )
        )
        if self._first_only:
            raise _StopError

    def _counts(self, run: Run) -> bool:
        """Count the problems of a run of values; False if some are to be kept, so that the run is read by steps."""
        if (
            (run.faults and len(self.faults) < MAX_FAULTS)
            or (run.dropped and len(self.dropped) < MAX_FAULTS)
            or (run.leaves and not self.omitted and len(self.examined) < MAX_FAULTS)
        ):
            return False
        self.omitted += run.faults + run.leaves + run.dropped
        return True

    def _duplicate(self, key: str, below: tuple[Part, ...] = ()) -> None:
        reader = self._reader
        self._fault("duplicate", reader.key_start, key, server_offset=reader.key_end - 1, column_shift=1, below=below)

    # ---- objects ----------------------------------------------------------------------------------------------------

    def _payload(self, node: Object) -> None:
        reader = self._reader
        token = reader.first()
        if token != _OBJECT:
            server_offset = END if token == END else reader.start
            self._fault("expected-object", reader.start, node.parser, TOKENS[token], server_offset=server_offset)
            skip_value(reader, token)
            return
        self.event = self._object(node)
        self.end = reader.pos

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

    def _keep(self, node: Node, value: Any, entry: str | None = None) -> None:
        """Examine a string or number if the filter chooses it."""
        if self._leaf_filter is None:
            return
        reader = self._reader
        raw = reader.data[reader.start : reader.pos]
        if self._leaf_filter(node, value, raw, entry):
            if self.omitted or len(self.examined) >= MAX_FAULTS:
                self.omitted += 1
            else:
                self.examined += self._examine(Leaf(tuple(self._path), node, reader.start, value, raw, entry))

    def _keep_key(self, node: Entries, key: str) -> None:
        """Examine the key of an entry if it is not plain ASCII."""
        if self._leaf_filter is None:
            return
        reader = self._reader
        raw = reader.data[reader.key_start : reader.key_end]
        if not raw.isascii() or b"\\" in raw:
            if self.omitted or len(self.examined) >= MAX_FAULTS:
                self.omitted += 1
            else:
                leaf = Leaf(tuple(self._path), node, reader.key_start, key, raw, key, is_name=True)
                self.examined += self._examine(leaf)

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

    def _elements(self, node: Objects) -> list[dict[str, Any]]:
        """Read the elements of an array whose bracket was read.

        The server drops one scalar before an object. It rejects two in a row, and one at the end.
        """
        reader = self._reader
        objects: list[dict[str, Any]] = []
        scalar: tuple[int, int] | None = None
        index, run_at = 0, FIRST_RUN
        while True:
            if index >= run_at:
                run, end = read_elements(reader, node.item, self._leaf_filter, index, scalar)
                run_at = index + (end if run is None else run.size)
                if run is not None and self._counts(run):
                    objects += run.values
                    index, scalar, reader.pos = run_at, run.scalar, end
            token = self._next_element(index)
            if token == _ARRAY_END:
                if scalar is not None:
                    parser, (offset, at) = node.item.parser, scalar
                    self._fault("expected-object", offset, parser, "END_ARRAY", below=(at,), server_offset=reader.start)
                return objects
            self._path.append(index)
            if token == _OBJECT:
                if scalar is not None:
                    self._drop(*scalar)
                objects.append(self._object(node.item))
                scalar = None
            elif scalar is not None:
                self._fault("expected-object", reader.start, node.item.parser, TOKENS[token])
                scalar = None
                self._skip(token)
            elif token == _ARRAY:
                self._fault("nested-array", reader.start, TOKENS[token])
                self._skip(token)
            else:
                scalar = (reader.start, index)
                self._skip(token)
            self._path.pop()
            index += 1

    def _drop(self, offset: int, index: int) -> None:
        """Keep an element that the server drops, while the path leads to the next one."""
        if len(self.dropped) >= MAX_FAULTS:
            self.omitted += 1
        else:
            self.dropped.append(((*self._path[:-1], index), offset))

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
        """Read an object with any keys, whose brace was read; the server reads each value before it checks its type."""
        reader = self._reader
        entries: dict[str, list[str] | None] = {}
        key = reader.member(True)
        index, run_at = 0, FIRST_RUN
        while key is not None:
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
            index += 1
            if index >= run_at:
                run, end = read_members(reader, node, self._leaf_filter, entries)
                run_at = index + (end if run is None else run.size)
                if run is not None and self._counts(run):
                    entries.update(run.values)
                    index, reader.pos = run_at, end
            key = reader.member(False)
        return entries

    def _keep_unreadable_key(self) -> None:
        if len(self._unreadable_keys) >= MAX_FAULTS:
            self.omitted += 1
        else:
            self._unreadable_keys.append((self._reader.key_start, tuple(self._path)))

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
        reader, path = self._reader, self._path
        strings: list[str] | None = []
        index = 0
        while True:
            token = self._next_element(index)
            if token == _ARRAY_END:
                return strings
            path.append(index)
            if token == _QUOTE:
                string = reader.read_string()
                self._keep(node, string, key)
                if strings is not None:
                    strings.append(string)
            else:
                read_nested(reader, token, path, self._duplicate)
                strings = None
            path.pop()
            index += 1


def _nothing(leaf: Leaf) -> tuple[()]:
    """Examines nothing."""
    return ()
