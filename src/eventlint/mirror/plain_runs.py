"""Reads runs of plain elements and members in one step, and finds out which of them have problems.

A large event mostly consists of many similar elements or members. The walk takes the values of a run at once, and reads
only those again, step by step, that have a problem to keep. The last value of a run is always left to the walk, so that
the state of the reader is right where a run ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from eventlint.jsontext.java_text import is_blank
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.strict import may_repeat_key
from eventlint.mirror.faults import Part
from eventlint.mirror.leaf import Leaf, LeafFilter
from eventlint.named_tuples import NamedTuple
from eventlint.spec.nodes import Entries, Node, Object, Text

FIRST_RUN = 16
"""How many elements or members are read step by step before the first run."""

_LONGEST, _SHORTEST, _PAUSE = 100, 8, 8
_LEVELS = 6

_S = rb"[ \t\r\n]*+"
_CHARACTERS = rb'[^"\\\x00-\x1f]'
_ESCAPE = rb'\\(?:["\\/bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})'
_STRING = rb'"' + _CHARACTERS + rb"*+(?:" + _ESCAPE + _CHARACTERS + rb'*+)*+"'
_KEY = rb'"(?:' + _CHARACTERS + rb"|" + _ESCAPE + rb'){0,1000}+"'
_NUMBER = rb"-?(?:0|[1-9][0-9]{0,17}+)(?:\.[0-9]{1,17}+)?+(?:[eE][-+]?[0-9]{1,2}+)?+"
_SCALAR = _STRING + rb"|" + _NUMBER + rb"|true|false|null"


def _value(levels: int) -> bytes:
    """Matches every plain value with a number of levels of brackets, and more: the JSON parser has the last word."""
    if not levels:
        return rb"(?:" + _SCALAR + rb")"
    member = rb"(?:" + _KEY + _S + rb":" + _S + rb")?+" + _value(levels - 1) + _S + rb"(?:," + _S + rb")?+"
    return rb"(?:" + _SCALAR + rb"|[\[{]" + _S + rb"(?:" + member + rb")*+[\]}])"


def _run(entry: bytes, end: bytes) -> bytes:
    return rb"(?:(" + _S + rb"," + _S + entry + rb")(?=" + _S + end + rb")){2," + b"%d" % _LONGEST + rb"}+"


_ELEMENTS = Lazy(_run(_value(_LEVELS), rb"[,\]]"))
_MEMBERS = Lazy(_run(_KEY + _S + rb":" + _S + _value(_LEVELS), rb"[,}]"))
_COMMA = Lazy(_S + rb"," + _S)
_ENTRY = Lazy(_S + rb"," + _S + rb"(?:" + _KEY + _S + rb":" + _S + rb")?+" + _value(_LEVELS))
_MEMBER = Lazy(_S + rb"," + _S + rb"(" + _KEY + rb")" + _S + rb":" + _S + _value(_LEVELS))


class Choice(NamedTuple):
    """The strings of runs to examine.

    Attributes:
        leaf_filter: Chooses them; None chooses none.
        keeps: Whether they are examined, and not only counted.
    """

    leaf_filter: LeafFilter | None
    keeps: bool


class Problem(NamedTuple):
    """What is wrong with one value of a run, or may be.

    Attributes:
        at: The number of the value in the run, from 0.
        faults: How many faults the walk would find in it.
        dropped: How many elements the server would drop because of it.
        leaves: The strings that the leaf filter chooses. Their offsets, bytes and pointers are not known, except the
            last part of the pointer; none of them has a lone surrogate or malformed UTF-8. None if they are only
            counted.
        leaf_count: How many such strings there are.
    """

    at: int
    faults: int
    dropped: int
    leaves: list[Leaf] | None
    leaf_count: int


class Run:
    """The values of a run.

    Attributes:
        size: How many elements or members the run has.
        start: The byte before its first comma.
        end: The byte after its last value.
        keys: How many keys the objects among the elements have.
        values: The elements, those that are not kept as None; or the members, as pairs of a key and its strings.
        problems: The values with problems.
        counted: How many leaves other values have that are only counted.
        scalar: The offset and the index of the last element, if it is a scalar that may be dropped; otherwise None.
        scalars: The numbers of such elements.
    """

    __slots__ = (
        *("_data", "_leaf_count", "_leaf_filter", "_leaves", "_starts", "counted", "end", "keys", "problems"),
        *("scalar", "scalars", "size", "start", "values"),
    )

    def __init__(self, data: bytes, start: int, end: int, choice: Choice) -> None:
        self.start, self.end, self.size = start, end, 0
        self.keys = 0
        self.values: list[Any] = []
        self.problems: list[Problem] = []
        self.scalar: tuple[int, int] | None = None
        self.scalars: set[int] = set()
        self._data = data
        self._leaf_filter = choice.leaf_filter
        self._leaves: list[Leaf] | None = [] if choice.keeps else None
        self._leaf_count = self.counted = 0
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """For each value, where the walk continues to read it: the byte after the value before it."""
        if self._starts is None:
            self._starts = [self.start]
            while len(self._starts) < self.size:
                match = _ENTRY.match(self._data, self._starts[-1])
                assert match is not None  # noqa: S101 - it is a part of what matched
                self._starts.append(match.end())
        return self._starts

    def value_start(self, at: int) -> int:
        """The first byte of an element."""
        match = _COMMA.match(self._data, self.starts[at])
        assert match is not None  # noqa: S101 - it is a part of what matched
        return match.end()

    def add(self, value: Any, faults: int, dropped: int = 0) -> None:
        """Add a value with the leaves that were chosen since the last one."""
        if faults or dropped or self._leaves:
            self.problems.append(Problem(self.size, faults, dropped, self._leaves, self._leaf_count))
            if self._leaves:
                self._leaves = []
        else:
            self.counted += self._leaf_count
        self._leaf_count = 0
        self.size += 1
        self.values.append(value)

    def faults_of_object(self, node: Object, value: dict[str, Any]) -> int:
        """How many faults an object has.

        Raises:
            ValueError: The object has a field whose values this function does not know.
        """
        fields, faults = node.fields, 0
        self.keys += len(value)
        for key, inner in value.items():
            field = fields.get(key)
            kind = type(field)
            if kind is Text and type(inner) is str:
                self._add_string(field, inner)  # type: ignore[arg-type]
                faults += field.blank_refused and is_blank(inner)  # type: ignore[union-attr]
            elif kind is Object and type(inner) is dict:
                faults += self.faults_of_object(field, inner)  # type: ignore[arg-type]
            elif field is None or kind is Text or kind is Object:
                faults += 1
                self.keys += _key_count(inner)
            else:
                raise ValueError
        for keys in node.required:
            faults += value.keys().isdisjoint(keys)
        return faults

    def strings_of_entry(self, node: Entries, key: str, value: Any) -> tuple[list[str] | None, int]:
        """The strings of an entry, or None if it has another value; and how many faults it has."""
        if type(value) is str:
            self._add_string(node, value, key, key)
            return [value], 0
        if type(value) is not list:
            return None, 1 + _repeats_key(value)
        faults = 0
        strings: list[str] | None = value
        for index, element in enumerate(value):
            if type(element) is str:
                self._add_string(node, element, key, index)
            else:
                strings = None
                faults += _repeats_key(element)
        return strings, faults + (strings is None)

    def add_key(self, node: Entries, key: str, raw: bytes | None) -> None:
        """Choose the key of an entry as the walk does."""
        if self._leaf_filter is not None and (not key.isascii() or (raw is not None and b"\\" in raw)):
            self._leaf_count += 1
            if self._leaves is not None:
                self._leaves.append(Leaf((key,), node, 0, key, b"", key, is_name=True))

    def _add_string(self, node: Node, value: str, entry: str | None = None, part: Part = "") -> None:
        if self._leaf_filter is not None and self._leaf_filter(node, value, b"", entry):
            self._leaf_count += 1
            if self._leaves is not None:
                self._leaves.append(Leaf((part,), node, 0, value, b"", entry))


def read_elements(
    reader: Reader, node: Object, choice: Choice, index: int, scalar: tuple[int, int] | None
) -> Run | int:
    """The next elements of an array, or how many elements to read step by step instead.

    Args:
        reader: Behind an element; it stays there.
        node: The specification of the elements.
        choice: The strings to examine.
        index: The index of the next element.
        scalar: The offset and the index of the element before, if it is a scalar that may be dropped.
    """
    is_scalar = scalar is not None

    def add(run: Run, element: Any) -> None:
        nonlocal is_scalar
        if type(element) is dict:
            run.add(element, run.faults_of_object(node, element), int(is_scalar))
        else:
            run.keys += _key_count(element)
            run.add(None, int(is_scalar or type(element) is list))
            if not is_scalar and type(element) is not list:
                is_scalar = True
                run.scalars.add(run.size - 1)
                return
        is_scalar = False

    run = _read(reader, _ELEMENTS, choice, elements_of, add)
    if isinstance(run, int):
        return run
    text = content(run._data, run.start, run.end)
    if may_repeat_key(text, run.keys) and _repeats_key(_in_pairs(f"[{text}]")):
        return _LONGEST
    if is_scalar:
        run.scalar = run.value_start(run.size - 1), index + run.size - 1
    return run


def read_strings(reader: Reader, node: Entries, choice: Choice, key: str, index: int) -> Run | int:
    """The next elements of the array of an entry; as :func:`read_elements`."""

    def add(run: Run, element: Any) -> None:
        is_string = type(element) is str
        if is_string:
            run._add_string(node, element, key, index + run.size)
        run.add(element if is_string else None, 0 if is_string else _repeats_key(element))

    return _read(reader, _ELEMENTS, choice, lambda text: _in_pairs(f"[{text}]"), add)


def read_members(reader: Reader, node: Entries, choice: Choice, known: dict[str, Any]) -> Run | int:
    """The next members of an object with any keys; as :func:`read_elements`.

    Args:
        reader: Behind a member; it stays there.
        node: The specification of the object.
        choice: The strings to examine.
        known: The members before.
    """
    keys: set[str] = set()
    raw_keys: list[bytes] = []

    def add(run: Run, member: tuple[str, Any]) -> None:
        if not run.size and run._data.find(b"\\", run.start, run.end) >= 0:
            raw_keys.extend(_raw_keys(run._data, run.start, run.end))
        key, value = member
        run.add_key(node, key, raw_keys[run.size] if raw_keys else None)
        strings, faults = run.strings_of_entry(node, key, value)
        run.add((key, strings), faults + (key in keys or key in known))
        keys.add(key)

    return _read(reader, _MEMBERS, choice, lambda text: _in_pairs(f"{{{text}}}"), add)


def elements_of(text: str) -> list[Any]:
    """The elements of an array, without its brackets."""
    found: list[Any] = json.loads(f"[{text}]")
    return found


_in_pairs = json.JSONDecoder(object_pairs_hook=tuple).decode


def _read(
    reader: Reader,
    pattern: Lazy,
    choice: Choice,
    parse: Callable[[str], Iterable[Any]],
    add: Callable[[Run, Any], None],
) -> Run | int:
    """A run of values that a function adds, or how many values to read step by step."""
    match = _match(reader, pattern)
    if match is None:
        return _PAUSE
    run = Run(reader.data, reader.pos, match.start(1), choice)
    try:
        for value in parse(content(run._data, run.start, run.end)):
            add(run, value)
    except (ValueError, RecursionError):
        return _LONGEST
    return run if run.size >= _SHORTEST else _PAUSE


def content(data: bytes, start: int, end: int) -> str:
    """The values between two bytes, without the comma before the first.

    Raises:
        ValueError: They are not UTF-8.
    """
    return data[start:end].decode().lstrip()[1:]


def _match(reader: Reader, run: Lazy) -> re.Match[bytes] | None:
    depth = reader.limits.nesting_depth
    if not reader.is_in_json or (depth is not None and len(reader.opened) + _LEVELS > depth):
        return None
    return run.match(reader.data, reader.pos)


def _raw_keys(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """The keys of a run as they are written."""
    while start < end:
        match = _MEMBER.match(data, start)
        assert match is not None  # noqa: S101 - it is a part of what matched
        yield match[1]
        start = match.end()


def _key_count(value: Any) -> int:
    """How many keys the objects in a value have."""
    if type(value) is dict:
        return len(value) + sum(map(_key_count, value.values()))
    return sum(map(_key_count, value)) if type(value) is list else 0


def _repeats_key(value: Any) -> bool:
    """Whether an object in a value, with objects as tuples of pairs, has a key twice."""
    if type(value) is tuple:
        keys = {key for key, _ in value}
        return len(keys) < len(value) or any(_repeats_key(inner) for _, inner in value if type(inner) in (tuple, list))
    return type(value) is list and any(map(_repeats_key, value))
