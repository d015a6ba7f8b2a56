"""Reads runs of plain elements and members in one step, and counts their problems.

A large event mostly consists of many similar elements or members. The walk reads a run with these functions where it
keeps nothing of it but its values: where there are no problems, or only problems that are counted. Otherwise it reads
the run again, step by step. The last value of a run is always left to the walk, so that the state of the reader is
right where a run ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from eventlint.jsontext.java_text import is_blank
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.strict import read_value
from eventlint.mirror.leaf import LeafFilter
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
_ELEMENT = Lazy(_S + rb"," + _S + rb"(" + _value(_LEVELS) + rb")")
_MEMBER = Lazy(_S + rb"," + _S + rb"(" + _KEY + rb")" + _S + rb":" + _S + _value(_LEVELS))


class Run:
    """The values of a run, and how many problems they have.

    Attributes:
        size: How many elements or members the run has.
        faults: How many faults the walk would find in it.
        leaves: How many strings the leaf filter would choose.
        dropped: How many elements the server would drop.
        values: The elements that are objects, or the strings of each member.
        scalar: The offset and the index of the last element, if it is a scalar that may be dropped; otherwise None.
    """

    __slots__ = ("_leaf_filter", "dropped", "faults", "leaves", "scalar", "size", "values")

    def __init__(self, leaf_filter: LeafFilter | None, size: int) -> None:
        self.faults = self.leaves = self.dropped = 0
        self.size = size
        self.values: Any = None
        self.scalar: tuple[int, int] | None = None
        self._leaf_filter = leaf_filter

    def add_object(self, node: Object, value: dict[str, Any]) -> None:
        """Count the problems of an object.

        Raises:
            ValueError: The object has a field whose values this function does not know.
        """
        fields = node.fields
        for key, inner in value.items():
            field = fields.get(key)
            if type(field) is Text and type(inner) is str:
                self._add_string(field, inner, None)
                if field.blank_refused and is_blank(inner):
                    self.faults += 1
            elif isinstance(field, Object) and type(inner) is dict:
                self.add_object(field, inner)
            elif field is None or isinstance(field, Text | Object):
                self.faults += 1
            else:
                raise ValueError
        for keys in node.required:
            if value.keys().isdisjoint(keys):
                self.faults += 1

    def add_entry(self, node: Entries, key: str, value: Any) -> list[str] | None:
        """Count the problems of the value of an entry; its strings, or None if it has another value."""
        if type(value) is str:
            self._add_string(node, value, key)
            return [value]
        if type(value) is list:
            is_valid = True
            for element in value:
                if type(element) is str:
                    self._add_string(node, element, key)
                else:
                    is_valid = False
                    self.faults += _repeats_key(element)
            if is_valid:
                return value
        else:
            self.faults += _repeats_key(value)
        self.faults += 1
        return None

    def add_key(self, key: str, raw: bytes | None) -> None:
        """Count the key of an entry if the walk would keep it."""
        if self._leaf_filter is not None and (not key.isascii() or (raw is not None and b"\\" in raw)):
            self.leaves += 1

    def _add_string(self, node: Node, value: str, entry: str | None) -> None:
        if self._leaf_filter is not None and self._leaf_filter(node, value, b"", entry):
            self.leaves += 1


def read_elements(
    reader: Reader, node: Object, leaf_filter: LeafFilter | None, index: int, scalar: tuple[int, int] | None
) -> tuple[Run | None, int]:
    """The next elements of an array, and how many elements to read step by step if they are not used.

    Args:
        reader: Behind an element; it stays there.
        node: The specification of the elements.
        leaf_filter: Chooses the strings to examine.
        index: The index of the next element.
        scalar: The offset and the index of the element before, if it is a scalar that may be dropped.

    Returns:
        The run, or None if it cannot be read in one step; and the byte after it, or the number of elements.
    """
    match = _match(reader, _ELEMENTS)
    if match is None:
        return None, _PAUSE
    start, end = reader.pos, match.start(1)
    try:
        elements, _ = read_value(f"[{reader.data[start:end].decode().lstrip()[1:]}]")
        if len(elements) < _SHORTEST:
            return None, _PAUSE
        run = Run(leaf_filter, len(elements))
        run.values = []
        for at, element in enumerate(elements, index):
            if type(element) is dict:
                run.dropped += scalar is not None
                scalar = None
                run.add_object(node, element)
                run.values.append(element)
            elif scalar is not None or type(element) is list:
                run.faults += 1
                scalar = None
            else:
                scalar = (-1, at)
    except (ValueError, RecursionError):
        return None, _LONGEST
    if scalar is not None and scalar[0] < 0:
        scalar = (_last_start(reader.data, start, end), scalar[1])
    run.scalar = scalar
    return run, end


def read_members(
    reader: Reader, node: Entries, leaf_filter: LeafFilter | None, known: dict[str, Any]
) -> tuple[Run | None, int]:
    """The next members of an object with any keys; as :func:`read_elements`.

    Args:
        reader: Behind a member; it stays there.
        node: The specification of the object.
        leaf_filter: Chooses the strings to examine.
        known: The members before.
    """
    match = _match(reader, _MEMBERS)
    if match is None:
        return None, _PAUSE
    start, end = reader.pos, match.start(1)
    try:
        members = _in_pairs(f"{{{reader.data[start:end].decode().lstrip()[1:]}}}")
    except (ValueError, RecursionError):
        return None, _LONGEST
    if len(members) < _SHORTEST:
        return None, _PAUSE
    run = Run(leaf_filter, len(members))
    values: dict[str, list[str] | None] = {}
    raw_keys = _raw_keys(reader.data, start, end)
    for key, value in members:
        if key in values or key in known:
            run.faults += 1
        run.add_key(key, next(raw_keys, None))
        values[key] = run.add_entry(node, key, value)
    run.values = values
    return run, end


_in_pairs = json.JSONDecoder(object_pairs_hook=tuple).decode


def _match(reader: Reader, run: Lazy) -> re.Match[bytes] | None:
    depth = reader.limits.nesting_depth
    if not reader.is_in_json or (depth is not None and len(reader.opened) + _LEVELS > depth):
        return None
    return run.match(reader.data, reader.pos)


def _raw_keys(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """The keys of a run as they are written, if one of its strings has an escape."""
    if data.find(b"\\", start, end) < 0:
        return
    while start < end:
        match = _MEMBER.match(data, start)
        assert match is not None  # noqa: S101 - it is a part of what matched
        yield match[1]
        start = match.end()


def _last_start(data: bytes, start: int, end: int) -> int:
    """Where the last element of a run begins."""
    at = start
    while start < end:
        match = _ELEMENT.match(data, start)
        assert match is not None  # noqa: S101 - it is a part of what matched
        at, start = match.start(1), match.end()
    return at


def _repeats_key(value: Any) -> bool:
    """Whether an object in a value, with objects as tuples of pairs, has a key twice."""
    if type(value) is tuple:
        keys = {key for key, _ in value}
        return len(keys) < len(value) or any(_repeats_key(inner) for _, inner in value if type(inner) in (tuple, list))
    return type(value) is list and any(map(_repeats_key, value))
