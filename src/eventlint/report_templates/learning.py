"""Makes a template from an event that was checked in full, by reading the event again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from typing import Any

from eventlint import spec
from eventlint.full_check import errors_of
from eventlint.jsontext.locate import end_of
from eventlint.mirror.faults import Fault, Part
from eventlint.mirror.leaf import Leaf, ValuePlace
from eventlint.mirror.reading import Reading
from eventlint.mirror.walk_results import MAX_FAULTS
from eventlint.model import Finding
from eventlint.report import Report
from eventlint.report_templates.shape import Shape, filled, has_only_values, is_regular, tokens
from eventlint.report_templates.stored_event import CannotBeStoredError, StoredShape
from eventlint.report_templates.template import (
    LocatedEdit,
    LocatedFault,
    LocatedFinding,
    Slot,
    Template,
    Test,
    always,
    before,
    never,
    offset_of,
)
from eventlint.rules import rule, rule_of
from eventlint.rules.ask import ask_about
from eventlint.screen.leaves import leaf_test
from eventlint.spec import Integer, Node, Object, Objects, Release, Text

_DIGITS = 9
"""An integer with so many digits, or fewer, certainly fits into 32 bits."""

_READ_ALONE = frozenset({"blank", "negative", "number-range", "string-range", "number-format", "numeric-string-length"})
"""The kinds of fault that depend on nothing but one plain value, where it is, and the release."""

_STRING, _NUMBER = "", f"-{'1' * 18}"
"""The values in the outline of a shape. Nothing but a JSON number looks like this number."""

_COLON = re.compile(rb" ?: ?")


def template_of(event: bytes, shape: Shape, report: Report) -> Template | None:
    """The template of an event in ASCII of a type that the release has; None if none can be made.

    Args:
        event: The event.
        shape: Its shape.
        report: Its report.
    """
    if any(finding.tier == "contract" for finding in report.findings):
        return None
    if not (is_regular(shape) and has_only_values(event.decode("ascii"))):
        return None
    leaves: dict[int, Leaf] = {}

    def note(leaf: Leaf) -> Sequence[Any]:
        if leaf.raw:  # else it is in a run, which is read again step by step because of the result
            leaves[leaf.offset] = leaf
        return (leaf,)

    event_type, release = report.event_type, report.release
    reading = Reading(event, event_type, release, first_only=False, leaf_filter=lambda *_: True, examine=note)
    if reading.walk is None or reading.walk.omitted or not all(_is_predictable(one, event) for one in reading.faults):
        return None
    learned = _Learned(event, reading, leaves, event_type, release)
    plain = tokens(event.decode("ascii"))
    slots = [learned.slot(start, token) for start, token in plain]
    starts = [slot.start for slot in slots]
    read_alone = {slot.start for slot in slots if slot.place is not None}
    if len(reading.faults) + len(read_alone) > MAX_FAULTS:
        return None
    if any(_may_hide(leaf) for leaf in leaves.values() if leaf.offset not in read_alone):
        return None
    errors = [
        (_located_fault(fault, event, starts), finding)
        for fault, finding in errors_of(reading, event_type, positioned=True)
        if fault.offset not in read_alone
    ]
    faults = [_located_fault(fault, event, starts) for fault in reading.faults if fault.offset not in read_alone]
    if [fault.read_at for fault in faults] != sorted(fault.read_at for fault in faults):
        return None
    stored = None
    if not faults:
        try:
            stored = StoredShape(shape, event_type, release)
        except CannotBeStoredError:
            return None
        if not reading.faults and stored.ask(shape.values, deepcopy) != reading.walk.compared:
            return None
    others = [finding for finding in report.findings if _is_constant(finding, read_alone)]
    constant = sorted([*(finding for _, finding in errors), *others], key=offset_of)
    located = [_located(finding, starts, shape.values) for finding in constant]
    first = errors[0] if errors else None
    outline = filled(shape, [_STRING if token[0] == '"' else _NUMBER for _, token in plain])
    return Template(event, event_type, release, outline, shape.values, slots, located, faults[:1], first, stored)


def _is_constant(finding: Finding, read_alone: Collection[int]) -> bool:
    """Whether a finding of the tiers loss and lint does not depend on values that are read alone, or compared."""
    if finding.tier == "error" or rule(finding.rule).examines == "event":
        return False
    return offset_of(finding) not in read_alone


def _may_hide(leaf: Leaf) -> bool:
    """Whether what rules report about a leaf that is no plain value may depend on what they report about others."""
    return any(diagnostic.effect in ("lost", "unsearchable") for _, diagnostic in ask_about(leaf))


def _is_predictable(fault: Fault, event: bytes) -> bool:
    """Whether a fault is the same in all events of a shape, or depends on one value.

    Of those that end the reading, this is only certain for an unexpected character if the rule does not look at what is
    around it; it does for a fix.
    """
    if not fault.fatal:
        return fault.reading != "stored"
    describe = rule_of(fault).module.describe
    return fault.kind == "character" and describe(fault, event) == describe(fault, None)


class _Learned:
    """What is known of one event."""

    def __init__(
        self, event: bytes, reading: Reading, leaves: dict[int, Leaf], event_type: str, release: Release
    ) -> None:
        self._event, self._leaves = event, leaves
        self._event_type, self._release = event_type, release
        self._root = spec.event(event_type, release)
        self._faults: dict[int, list[Fault]] = {}
        for fault in reading.faults:
            self._faults.setdefault(_value_start(event, fault), []).append(fault)
        self._skipped = [span for fault in reading.faults for span in _skipped_container(event, fault)]
        self._end = next((fault.offset for fault in reading.faults if fault.fatal), len(event))
        self._dropped = {offset for _, offset in reading.walk.dropped} if reading.walk is not None else set()

    def slot(self, start: int, token: str) -> Slot:
        """What is known of the plain value that begins at an offset."""
        faults, leaf = self._faults.get(start, ()), self._leaves.get(start)
        if faults:
            return self._faulty(start, faults, leaf, token)
        if start > self._end or any(first < start < end for first, end in self._skipped):
            return Slot(start, never, is_unread=True)
        if start in self._dropped:
            return Slot(start, never)
        if leaf is None or leaf.is_name or leaf.raw != token.encode():
            return Slot(start, None)
        is_converted = isinstance(leaf.node, Integer) and leaf.raw != b"%d" % leaf.value
        test = always if is_converted else self._test(leaf.node, leaf.entry)
        return Slot(start, test, self._place(leaf.pointer, leaf.entry))

    def _faulty(self, start: int, faults: Sequence[Fault], leaf: Leaf | None, token: str) -> Slot:
        """What is known of a plain value that has faults."""
        fault = faults[0]
        if len(faults) > 1:
            return Slot(start, None)
        if fault.kind in _READ_ALONE:
            if leaf is not None and leaf.raw != token.encode():
                return Slot(start, None)
            return Slot(start, always, self._place(fault.pointer, None))
        if fault.kind == "unknown-field":
            return Slot(start, never, is_unread=True)
        if fault.kind != "wrong-type":
            return Slot(start, None)
        expected = fault.args[3]
        if isinstance(expected, Text):  # a number, which a fix converts
            return Slot(start, never, after_fix=self._test(expected, None))
        return Slot(start, never, is_unread=True)  # no fix looks at a scalar in place of an object or array

    def _place(self, pointer: tuple[Part, ...], entry: str | None) -> ValuePlace:
        """Where a value of a field or an entry is. An object in place of an array has no index in the pointer."""
        node: Any = self._root
        enclosing: list[tuple[str, str]] = []
        for part in pointer:
            if isinstance(node, Objects):
                node = node.item
            if isinstance(part, str) and isinstance(node, Object):
                enclosing.append((node.parser, part))
                node = node.fields[part]
        return ValuePlace(node, pointer, tuple(enclosing), entry)

    def _test(self, node: Node, entry: str | None) -> Test:
        """The test that is true if a plain value of a node may matter; also if it is a negative number."""
        test = leaf_test(self._event_type, self._release, node, entry)
        if not isinstance(node, Integer):
            return test
        return lambda value: len(value) > _DIGITS or value < "0" or test(value)


def _value_start(event: bytes, fault: Fault) -> int:
    """Where the value that a fault is about begins."""
    if fault.kind != "unknown-field":
        return fault.offset
    end = end_of(event, fault.offset)
    colon = None if end is None else _COLON.match(event, end)
    return -1 if colon is None else colon.end()


def _skipped_container(event: bytes, fault: Fault) -> Iterator[tuple[int, int]]:
    """The first byte and the end of an object or array that the server skips, and that no fix looks into."""
    start = _value_start(event, fault)
    is_skipped = fault.kind == "unknown-field" or (fault.kind == "wrong-type" and isinstance(fault.args[3], Text))
    is_filter = fault.kind == "filter" and event[start : start + 1] == b"{"  # its keys, which are read, are no values
    if is_filter or (is_skipped and event[start : start + 1] in (b"{", b"[")):
        end = end_of(event, start)
        if end is not None:
            yield start, end


def _located(finding: Finding, starts: list[int], values: list[str]) -> LocatedFinding:
    """A finding with what is before it."""
    numbers = {start: number for number, start in enumerate(starts)}
    edits = []
    for edit in finding.fix.edits if finding.fix is not None else ():
        number = numbers.get(edit.start)
        quotes = None if number is None or edit.content != f'"{values[number]}"'.encode() else number
        edits.append(LocatedEdit(edit, before(starts, edit.start), before(starts, edit.end), quotes))
    return LocatedFinding(finding, before(starts, offset_of(finding)), tuple(edits))


def _located_fault(fault: Fault, event: bytes, starts: list[int]) -> LocatedFault:
    """A fault with what is before it."""
    read_at = fault.offset
    if fault.kind == "missing":  # the server meets it at the closing brace
        read_at = end_of(event, fault.offset) or len(event)
    elif fault.kind == "expected-object":
        read_at = fault.server_offset
    offsets = fault.offset, fault.token_start, fault.server_offset
    return LocatedFault(fault, read_at, *(before(starts, offset) for offset in offsets))
