"""Makes a template from an event that was checked in full, by reading the event again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from eventlint import spec
from eventlint.jsontext.locate import end_of
from eventlint.mirror.faults import Fault, Part
from eventlint.mirror.leaf import Leaf
from eventlint.mirror.reading import Reading
from eventlint.mirror.walk import ValuePlace
from eventlint.model import Finding
from eventlint.report import Report
from eventlint.report_templates.shape import Shape, is_regular, tokens
from eventlint.report_templates.stored_event import CannotBeStoredError, stored_event, stored_shape
from eventlint.report_templates.template import LocatedEdit, LocatedFault, LocatedFinding, Slot, Template, Test, before
from eventlint.rules import rule, rule_of
from eventlint.screen.leaves import leaf_filter, string_test
from eventlint.spec import Entries, Integer, Node, Objects, Release, Text

_DIGITS = 9
"""An integer with so many digits, or fewer, certainly fits into 32 bits."""

_READ_ALONE = frozenset({"blank", "negative", "number-range", "string-range", "number-format", "numeric-string-length"})
"""The kinds of fault that depend on nothing but one plain value, where it is, and the release."""

_COLON = re.compile(rb" ?: ?")


def template_of(event: bytes, shape: Shape, report: Report, *, has_contract: bool) -> Template | None:
    """The template of an event in ASCII of a type that the release has; None if none can be made.

    Args:
        event: The event.
        shape: Its shape.
        report: Its report.
        has_contract: Whether the report is also about a custom contract.
    """
    if not is_regular(shape) or any(finding.tier == "contract" for finding in report.findings):
        return None
    if report.first_error is None and has_contract:
        return None
    leaves: dict[int, Leaf] = {}

    def note(leaf: Leaf) -> Sequence[Any]:
        leaves[leaf.offset] = leaf
        return ()

    event_type, release = report.event_type, report.release
    reading = Reading(event, event_type, release, first_only=False, leaf_filter=lambda *_: True, examine=note)
    if reading.walk is None or reading.walk.omitted or not all(_is_predictable(fault, event) for fault in reading.faults):
        return None
    learned = _Learned(event, reading, leaves, event_type, release)
    places = tokens(event.decode("ascii"))
    slots = [learned.slot(start, token) for start, token in places]
    stored = None
    if not reading.faults:
        try:
            stored = stored_shape(shape, event_type, release)
        except CannotBeStoredError:
            return None
        if stored_event(stored, shape.values) != reading.walk.compared:
            return None
    starts = [start for start, _ in places]
    read_alone = {start: number for number, start in enumerate(starts) if slots[number].place is not None}
    compared = not reading.faults
    findings = [
        _located(finding, starts, shape.values, read_alone)
        for finding in report.findings
        if not (compared and rule(finding.rule).examines == "event")
    ]
    first = _located_fault(reading.faults[0], starts, read_alone) if reading.faults else None
    return Template(
        event,
        report,
        values=shape.values,
        starts=starts,
        slots=slots,
        findings=findings,
        fault=first,
        stored=stored,
    )


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
        self._is_suspect = leaf_filter(event_type, release)
        self._faults: dict[int, list[Fault]] = {}
        for fault in reading.faults:
            self._faults.setdefault(_value_start(event, fault), []).append(fault)
        self._skipped = [span for fault in reading.faults for span in _skipped_container(event, fault)]
        self._end = next((fault.offset for fault in reading.faults if fault.fatal), len(event))
        self._dropped = {offset for _, offset in reading.walk.dropped} if reading.walk is not None else set()

    def slot(self, start: int, token: str) -> Slot:
        """What is known of the plain value that begins at an offset."""
        faults, leaf = self._faults.get(start, ()), self._leaves.get(start)
        if start > self._end or (not faults and any(first < start < end for first, end in self._skipped)):
            return Slot(_never, is_unread=True)
        if start in self._dropped and not faults:
            return Slot(_never)
        if faults:
            return self._faulty(faults, leaf, token)
        if leaf is None or leaf.is_name or leaf.raw != token.encode():
            return _FIXED
        place = ValuePlace(leaf.node, leaf.pointer, (), leaf.entry)
        if self._is_suspect(leaf.node, leaf.value, leaf.raw, leaf.entry):
            return Slot(_always, place)
        return Slot(self._test(leaf.node, leaf.entry), place)

    def _faulty(self, faults: Sequence[Fault], leaf: Leaf | None, token: str) -> Slot:
        """What is known of a plain value that has faults."""
        fault = faults[0]
        if len(faults) > 1:
            return _FIXED
        if fault.kind in _READ_ALONE:
            if leaf is not None and leaf.raw != token.encode():
                return _FIXED
            return Slot(_always, ValuePlace(_node_at(self._root, fault.pointer), fault.pointer, fault.enclosing))
        if fault.kind == "unknown-field":
            return Slot(_never, is_unread=True)
        if fault.kind != "wrong-type":
            return _FIXED
        expected = fault.args[3]
        if isinstance(expected, Text):  # a number, which a fix converts
            return Slot(_never, after_fix=self._test(expected, None))
        return Slot(_never, is_unread=True)  # no fix looks at a scalar in place of an object or array

    def _test(self, node: Node, entry: str | None) -> Test:
        """The test that is true if a plain value of a node may matter; also if it is a negative number."""
        if isinstance(node, Text | Entries):
            return string_test(self._event_type, self._release, node, entry)
        is_suspect = self._is_suspect
        return lambda value: (
            len(value) > _DIGITS or value < "0" or is_suspect(node, int(value), value.encode(), entry)
        )


def _never(value: str) -> bool:
    return False


def _always(value: str) -> bool:
    return True


_FIXED = Slot(_always)


def _node_at(node: Any, pointer: Sequence[Part]) -> Node:
    """The specification of a value; an object in place of an array has no index in the pointer."""
    for part in pointer:
        if isinstance(node, Objects):
            node = node.item
        if isinstance(part, str):
            node = node.fields[part]
    found: Node = node
    return found


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
    is_skipped = (
        fault.kind == "unknown-field"
        or (fault.kind == "wrong-type" and isinstance(fault.args[3], Text))
        or (fault.kind == "filter" and event[start : start + 1] == b"{")
    )
    if is_skipped and event[start : start + 1] in (b"{", b"["):
        end = end_of(event, start)
        if end is not None:
            yield start, end


def _located(finding: Finding, starts: list[int], values: list[str], read_alone: dict[int, int]) -> LocatedFinding:
    """A finding with what is before it."""
    offset = finding.position.offset if finding.position else 0
    numbers = {start: number for number, start in enumerate(starts)}
    edits = []
    for edit in finding.fix.edits if finding.fix is not None else ():
        number = numbers.get(edit.start)
        quotes = None if number is None or edit.content != f'"{values[number]}"'.encode() else number
        edits.append(LocatedEdit(edit, before(starts, edit.start), before(starts, edit.end), quotes))
    return LocatedFinding(finding, before(starts, offset), tuple(edits), read_alone.get(offset))


def _located_fault(fault: Fault, starts: list[int], read_alone: dict[int, int]) -> LocatedFault:
    """A fault with what is before it."""
    offsets = fault.offset, fault.token_start, fault.server_offset
    at, token, server = (before(starts, offset) for offset in offsets)
    return LocatedFault(fault, at, token, server, read_alone.get(fault.offset))
