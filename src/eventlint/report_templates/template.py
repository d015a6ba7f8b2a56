"""A template: the report of one event, as far as that of another event of the same shape can be predicted from it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING, Any, NamedTuple

from eventlint import spec
from eventlint.full_check import error, located
from eventlint.jsontext.decoding import Decoded
from eventlint.jsontext.locate import Parts, locate
from eventlint.jsontext.positions import Lines
from eventlint.mirror.error_chain import FirstFault
from eventlint.mirror.faults import Fault
from eventlint.mirror.leaf import ValuePlace
from eventlint.mirror.reading import ValueReader
from eventlint.mirror.rendering import Problem, Refusal
from eventlint.model import Edit, Finding, Fix, Position, moved, new_position
from eventlint.report import Report
from eventlint.report_templates.stored_event import StoredShape
from eventlint.rules.ask import compare
from eventlint.screen.leaves import examine
from eventlint.spec import Release

if TYPE_CHECKING:
    from eventlint.report import Rejection
    from eventlint.rules import Rule
    from eventlint.rules.diagnostic import Diagnostic

_MAX_LINES = 64
"""How many innermost exceptions of one template are kept."""

_NEVER = 2**62
"""After the end of each event."""

Test = Callable[[str], object]
"""Is true for a plain value that may matter."""


def always(value: str) -> bool:
    """The test of a value that must be read in each event."""
    return True


def never(value: str) -> bool:
    """The test of a value that never matters."""
    return False


class Slot(NamedTuple):
    """Where the events of a shape have a plain value.

    Attributes:
        start: Where it begins in the template's event.
        matters: Is true if a value must be read; None if no other value than the template's may be here.
        place: How a value is read that matters; None if none matters.
        after_fix: For a value that the server reads only after a fix: is true if it may matter then. None if the value
            is read already, or if what it is read as is not known.
        is_unread: Whether the server skips the value, and it is not known what it is read as after a fix.
    """

    start: int
    matters: Test | None
    place: ValuePlace | None = None
    after_fix: Test | None = None
    is_unread: bool = False


class LocatedEdit(NamedTuple):
    """An edit of a fix, the number of values before its start and its end, and the value that it quotes, if it does."""

    edit: Edit
    before_start: int
    before_end: int
    quotes: int | None


class LocatedFinding(NamedTuple):
    """A finding that all events of a shape have, and the number of values before its position."""

    finding: Finding
    before: int
    edits: tuple[LocatedEdit, ...]


class LocatedFault(NamedTuple):
    """A fault that all events of a shape have, and the number of values before each of its offsets.

    Attributes:
        read_at: Up to which offset the server has read when it meets the fault.
    """

    fault: Fault
    read_at: int
    before: int
    before_token: int
    before_server: int

    def shifted(self, shifts: Sequence[int]) -> Fault:
        """The fault in an event whose values have other lengths."""
        return replace(
            self.fault,
            offset=self.fault.offset + shifts[self.before],
            token_start=self.fault.token_start + shifts[self.before_token],
            server_offset=self.fault.server_offset + shifts[self.before_server],
        )


class _SimilarFault(NamedTuple):
    """The first fault of an event that a template predicts; its answer is built when it is asked for.

    Attributes:
        known: What the innermost exceptions are, by the offset that they show. Nothing else differs in them.
    """

    first: LocatedFault
    shifts: Sequence[int]
    event: bytes
    release: Release
    known: dict[int, tuple[int, Problem]]

    def _fault(self) -> FirstFault:
        return FirstFault(self.first.shifted(self.shifts), self.release, Lines(Decoded(data=self.event)))

    def refusal(self) -> Refusal:
        """See :meth:`eventlint.mirror.error_chain.FirstFault.refusal`."""
        return self._fault().refusal()

    def innermost(self) -> tuple[int, Problem]:
        """See :meth:`eventlint.mirror.error_chain.FirstFault.innermost`."""
        offset = self.first.fault.server_offset + self.shifts[self.first.before_server]
        found = self.known.get(offset)
        if found is None:
            if len(self.known) >= _MAX_LINES:
                self.known.clear()
            found = self.known[offset] = self._fault().innermost()
        return found


class Predicted(NamedTuple):
    """What the report of an event was predicted from.

    Attributes:
        template: The template.
        values: The plain values of the event.
        shifts: How far what follows the first values, none to all, is shifted from where it is in the template's event.
        is_constant: Whether the report has the findings of the template, and no others.
    """

    template: Template
    values: list[str]
    shifts: list[int]
    is_constant: bool


class Repeated:
    """What is known of the event of a report that was returned again, because the same event came again.

    Attributes:
        shown: What is shown of it, None before the first question; see :mod:`eventlint.output.predicted`.
    """

    shown: Any = None


def predicted_from(report: Report) -> Predicted | Repeated | None:
    """What a report was predicted from; None if the event was checked in full, and did not come again yet."""
    found = report._predicted
    return found if isinstance(found, Predicted | Repeated) else None


class Template:
    """What the reports of the events of one shape have in common.

    Attributes:
        outline: The text of the shape with one value wherever a string is, and one wherever a number is.
        findings: The findings that do not depend on a value, in their order.
        values: The plain values of the event that it was made from.
        is_proven: Whether it has predicted the report of another event.
        is_rejection: Whether the server rejects all events of the shape.
        shown: What is shown of the findings, None before the first question; see :mod:`eventlint.output.predicted`.
    """

    shown: Any = None

    def __init__(
        self,
        event: bytes,
        event_type: str,
        release: Release,
        outline: str,
        values: list[str],
        slots: list[Slot],
        findings: list[LocatedFinding],
        faults: list[LocatedFault],
        first: tuple[LocatedFault, Finding] | None,
        stored: StoredShape | None,
    ) -> None:
        """Take what was learned from an event.

        Args:
            event: The event.
            event_type: Its type.
            release: The server's release.
            outline: See above.
            values: Its plain values.
            slots: What is known of the places of the values.
            findings: See above.
            faults: The first fault that does not depend on a value, if there is one.
            first: The first of these faults that has a finding, and this finding.
            stored: How the server stores an event of the shape whose values have no faults; None if it rejects it.
        """
        self.is_proven = False
        self.is_rejection = bool(faults)
        self.outline, self.values, self.findings = outline, values, findings
        self._event, self._event_type, self._slots = event, event_type, slots
        self._node = spec.event(event_type, release)
        self._reader = ValueReader(event_type, release, examine)
        self._lengths = [*map(len, values)]
        self._fixed = [(number, values[number]) for number, slot in enumerate(slots) if slot.matters is None]
        self._tests = [(number, slot.matters) for number, slot in enumerate(slots) if slot.matters not in (None, never)]
        self._unread = [number for number, slot in enumerate(slots) if slot.is_unread]
        self._after_fix = [(number, slot.after_fix) for number, slot in enumerate(slots) if slot.after_fix is not None]
        self._stored = stored
        self._fault = faults[0] if faults else None
        self._first_at = first[0].read_at if first else _NEVER
        self._first = next((at for at, one in enumerate(findings) if first and one.finding is first[1]), None)
        self._unplaced = tuple(one.finding for one in findings), first[1] if first else None
        self._lines: dict[int, tuple[int, Problem]] = {}
        self._offsets: dict[Parts, int] = {}

    def report(self, event: bytes, values: list[str], release: Release) -> Report | None:
        """The report of another event of the same shape and type; None if it cannot be predicted."""
        if len(values) != len(self.values):  # the event contains NUL
            return None
        for number, known in self._fixed:
            if values[number] != known:
                return None
        read = [number for number, matters in self._tests if matters(values[number])]
        shifts = [0, *accumulate(map(sub, map(len, values), self._lengths))]
        if read or self._fault is None:
            return self._read_again(event, values, shifts, read, release)
        rejection = _SimilarFault(self._fault, shifts, event, release, self._lines)
        report = Report(self._event_type, release, *self._unplaced, rejection)
        report._place = (lambda: self._placed(shifts, values)), []
        report._similar = lambda: self._similarity(values, ())
        report._predicted = Predicted(self, values, shifts, True)
        return report

    def _placed(self, shifts: list[int], values: list[str]) -> tuple[tuple[Finding, ...], Finding | None]:
        """The findings that do not depend on a value, and the first error among them."""
        findings = tuple([_shifted(one, shifts, values) for one in self.findings])
        return findings, findings[self._first] if self._first is not None else None

    def _read_again(
        self, event: bytes, values: list[str], shifts: list[int], read: list[int], release: Release
    ) -> Report | None:
        """The report of an event of which some values must be read, or all must be compared with each other."""
        constant, first = self._placed(shifts, values)
        findings = list(constant)
        rejection: Rejection | None = None
        if self._fault is not None:
            rejection = _SimilarFault(self._fault, shifts, event, release, self._lines)
        faults, diagnostics = self._read(event, shifts, read)
        if any(fault.fatal for _, fault in faults):
            return None
        if not faults and self._stored is not None:
            diagnostics += self._stored.ask(values, lambda stored: self._compared(stored, shifts))
        if faults:
            errors = [error(fault, event, _position(fault.offset), self._event_type) for _, fault in faults]
            findings += errors
            if faults[0][0] < self._first_at:
                first = errors[0]
            if self._fault is None or faults[0][0] < self._fault.read_at:
                rejection = FirstFault(faults[0][1], release, Lines(Decoded(data=event)))
        if diagnostics:
            positions = {diagnostic.offset: _position(diagnostic.offset) for _, diagnostic in diagnostics}
            findings += [one for _, one in located(diagnostics, positions, self._event_type, is_editable=True)]
        if len(findings) > 1:
            findings.sort(key=offset_of)
        report = Report(self._event_type, release, tuple(findings), first, rejection)
        if rejection is not None:
            report._similar = lambda: self._similarity(values, read)
        report._predicted = Predicted(self, values, shifts, False)
        return report

    def _read(
        self, event: bytes, shifts: list[int], numbers: list[int]
    ) -> tuple[list[tuple[int, Fault]], list[tuple[Rule, Diagnostic]]]:
        """Read some values: their faults with the offset in the template's event, and what rules report."""
        faults: list[tuple[int, Fault]] = []
        diagnostics: list[tuple[Rule, Diagnostic]] = []
        for number in numbers:
            slot = self._slots[number]
            assert slot.place is not None  # noqa: S101 - a value matters only if it can be read
            walk = self._reader.read(event, slot.start + shifts[number], slot.place)
            faults += [(slot.start, fault) for fault in walk.faults]
            diagnostics += walk.examined
        return faults, diagnostics

    def _compared(self, event: dict[str, object], shifts: list[int]) -> list[tuple[Rule, Diagnostic]]:
        """What rules report that compare several values."""
        return list(compare(event, self._node, lambda pointers: self._located(pointers, shifts)))

    def _located(self, pointers: Sequence[Parts], shifts: list[int]) -> Mapping[Parts, int]:
        """The offset of each value that some pointers lead to."""
        missing = [pointer for pointer in pointers if pointer not in self._offsets]
        if missing:
            self._offsets.update(locate(self._event, 0, missing))
        starts = [slot.start for slot in self._slots]
        offsets = {pointer: self._offsets[pointer] for pointer in pointers}
        return {pointer: offset + shifts[before(starts, offset)] for pointer, offset in offsets.items()}

    def _similarity(self, values: list[str], read: Sequence[int]) -> Hashable:
        """What events have in common whose fixes have the same effects; None if that is unknown.

        A value that the server stores stays where it is, but one that it does not read may be read after a fix.
        """
        if any(matters(values[number]) for number, matters in self._after_fix):
            return None
        known = [(number, values[number]) for number in read]
        return self, *[values[number] for number in self._unread], *known


def before(starts: Sequence[int], offset: int) -> int:
    """The number of values that begin before an offset."""
    return sum(start < offset for start in starts)


def _position(offset: int) -> Position:
    """The position of an offset in an event on one line, in ASCII."""
    return new_position(1, offset + 1, offset)


def offset_of(finding: Finding) -> int:
    """The offset of a finding in an event that was given as bytes."""
    assert finding.position is not None  # noqa: S101 - the event was given as bytes
    return finding.position.offset


def _shifted(one: LocatedFinding, shifts: Sequence[int], values: list[str]) -> Finding:
    """A finding of a template, in another event."""
    finding, shift = one.finding, shifts[one.before]
    position, fix = finding.position, finding.fix
    if position is not None and shift:
        position = _position(position.offset + shift)
    if fix is not None:
        fix = Fix(fix.safety, fix.title, tuple([_shifted_edit(edit, shifts, values) for edit in one.edits]))
    if position is finding.position and fix is finding.fix:
        return finding
    return moved(finding, position, fix)


def _shifted_edit(one: LocatedEdit, shifts: Sequence[int], values: list[str]) -> Edit:
    content = one.edit.content if one.quotes is None else f'"{values[one.quotes]}"'.encode()
    return Edit(one.edit.start + shifts[one.before_start], one.edit.end + shifts[one.before_end], content)
