"""A template: the report of one event, as far as that of another event of the same shape can be predicted from it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from eventlint import spec
from eventlint.full_check import error, located
from eventlint.jsontext.decoding import Decoded
from eventlint.jsontext.locate import Parts, locate
from eventlint.jsontext.positions import Lines
from eventlint.mirror.error_chain import FirstFault
from eventlint.mirror.faults import Fault
from eventlint.mirror.reading import read_value
from eventlint.mirror.rendering import Problem, Refusal
from eventlint.mirror.walk import ValuePlace
from eventlint.model import Edit, Finding, Fix, Position, moved
from eventlint.report import Rejection, Report
from eventlint.report_templates.stored_event import stored_event
from eventlint.rules.ask import compare
from eventlint.screen.leaves import examine, leaf_filter
from eventlint.spec import Release

_MAX_LINES = 64
"""How many innermost exceptions of one template are kept."""

Test = Callable[[str], object]
"""Is true for a plain value that may matter."""


class Slot(NamedTuple):
    """Where the events of a shape have a plain value.

    Attributes:
        matters: Is true if a value may matter, so that it must be read.
        place: How it is read; None if no other value than the template's may be here if it may matter.
        after_fix: For a value that the server reads only after a fix: is true if it may matter then. None if the value
            is read already, or if what it is read as is not known.
        is_unread: Whether the server skips the value, and it is not known what it is read as after a fix.
    """

    matters: Test
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
    """A finding of a template.

    Attributes:
        before: The number of values before its position.
        slot: The number of the value that is read again if it differs and that the finding is about, or None.
    """

    finding: Finding
    before: int
    edits: tuple[LocatedEdit, ...]
    slot: int | None


class LocatedFault(NamedTuple):
    """The first fault of a template, and the number of values before each of its offsets; ``slot`` as in a finding."""

    fault: Fault
    before: int
    before_token: int
    before_server: int
    slot: int | None

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


class _Read(NamedTuple):
    """What is wrong with the values that were read: the faults by the number of the value, and what rules report."""

    faults: dict[int, Fault]
    diagnostics: list[Any]


class Template:
    """The report of one event.

    Attributes:
        values: The plain values of the event.
        is_proven: Whether it has predicted the report of another event.
        is_rejection: Whether the server rejects the event.
    """

    def __init__(
        self,
        event: bytes,
        report: Report,
        *,
        values: list[str],
        starts: list[int],
        slots: list[Slot],
        findings: list[LocatedFinding],
        fault: LocatedFault | None,
        stored: Any,
    ) -> None:
        """Take what was learned from an event.

        Args:
            event: The event.
            report: Its report.
            values: Its plain values.
            starts: Where they begin.
            slots: What is known of each.
            findings: The findings of the report, without those of rules that compare values.
            fault: The first fault; None if the server accepts the event.
            stored: How the server stores the events; None if it rejects them.
        """
        self.is_proven = False
        self.is_rejection = fault is not None
        self.values = values
        self._event, self._starts, self._slots = event, starts, slots
        self._event_type = report.event_type
        self._tests = [slot.matters for slot in slots]
        self._unread = [number for number, slot in enumerate(slots) if slot.is_unread]
        self._after_fix = [
            (number, slot.after_fix) for number, slot in enumerate(slots) if slot.after_fix is not None
        ]
        self._findings, self._fault, self._stored = findings, fault, stored
        self._first = next((at for at, one in enumerate(findings) if one.finding is report.first_error), -1)
        self._has_lost = any(one.finding.effect == "lost" for one in findings)
        self._faulty = {one.slot for one in findings if one.finding.tier == "error"}
        self._lines: dict[int, tuple[int, Problem]] = {}
        self._offsets: dict[Parts, int] = {}

    def report(self, event: bytes, values: list[str], release: Release) -> Report | None:
        """The report of another event of the same shape and type; None if it cannot be predicted."""
        if len(values) != len(self.values):  # the event contains NUL
            return None
        shift, shifts, changed = 0, [0], []
        for value, known, matters in zip(values, self.values, self._tests, strict=True):
            if value != known:
                if matters(value):
                    changed.append(len(shifts) - 1)
                shift += len(value) - len(known)
            shifts.append(shift)
        if not changed and self._fault is not None:
            findings = [_shifted(one, shifts, values) for one in self._findings]
            rejection = _SimilarFault(self._fault, shifts, event, release, self._lines)
            report = Report(self._event_type, release, tuple(findings), findings[self._first], rejection)
            report._similar = lambda: self._similarity(values, ())
            return report
        return self._read_again(event, values, shifts, changed, release)

    def _read_again(
        self, event: bytes, values: list[str], shifts: list[int], changed: list[int], release: Release
    ) -> Report | None:
        """The report of an event some values of which are read, or compared with each other."""
        read = self._read(event, shifts, changed, release)
        if read is None:
            return None
        errors = {
            slot: error(fault, event, _position(fault.offset), self._event_type) for slot, fault in read.faults.items()
        }
        kept = [(one, _shifted(one, shifts, values)) for one in self._findings if one.slot not in changed]
        diagnostics = read.diagnostics
        if self._stored is not None:
            compared = compare(
                stored_event(self._stored, values),
                spec.event(self._event_type, release),
                lambda pointers: self._located(pointers, shifts),
            )
            diagnostics += compared
        findings = [finding for _, finding in kept] + list(errors.values())
        if diagnostics:
            lines = Lines(Decoded(data=event))
            pairs = located(diagnostics, lines, self._event_type, positioned=True, is_editable=True)
            findings += [finding for _, finding in pairs]
        if any(finding.effect == "lost" for finding in findings):
            findings = [finding for finding in findings if finding.effect != "unsearchable"]
        elif self._has_lost:  # without that, the template may have more findings
            return None
        findings.sort(key=_offset)
        if self._fault is None:
            return Report(self._event_type, release, tuple(findings))
        first_one = self._findings[self._first]
        first = errors[first_one.slot] if first_one.slot in changed else None
        if first is None:
            first = next(finding for one, finding in kept if one is first_one)
        rejection: Rejection = _SimilarFault(self._fault, shifts, event, release, self._lines)
        if self._fault.slot in changed:
            rejection = FirstFault(read.faults[self._fault.slot], release, Lines(Decoded(data=event)))
        report = Report(self._event_type, release, tuple(findings), first, rejection)
        report._similar = lambda: self._similarity(values, changed)
        return report

    def _read(self, event: bytes, shifts: list[int], changed: list[int], release: Release) -> _Read | None:
        """Read values again; None if one has another number of faults than that of the template, or cannot be read."""
        wanted = leaf_filter(self._event_type, release)
        faults: dict[int, Fault] = {}
        diagnostics: list[Any] = []
        for number in changed:
            place = self._slots[number].place
            if place is None:
                return None
            start = self._starts[number] + shifts[number]
            walk = read_value(event, start, place, self._event_type, release, wanted, examine)
            if len(walk.faults) != (number in self._faulty) or any(fault.fatal for fault in walk.faults):
                return None
            faults.update((number, fault) for fault in walk.faults)
            diagnostics += walk.examined
        return _Read(faults, diagnostics)

    def _located(self, pointers: Sequence[Parts], shifts: list[int]) -> Mapping[Parts, int]:
        """The offset of each value that some pointers lead to."""
        missing = [pointer for pointer in pointers if pointer not in self._offsets]
        if missing:
            self._offsets.update(locate(self._event, 0, missing))
        return {
            pointer: offset + shifts[before(self._starts, offset)]
            for pointer, offset in ((pointer, self._offsets[pointer]) for pointer in pointers)
        }

    def _similarity(self, values: list[str], changed: Sequence[int]) -> Hashable:
        """What events have in common whose fixes have the same effects; None if that is unknown.

        A value that the server stores stays where it is, but one that it does not read may be read after a fix.
        """
        if any(matters(values[number]) for number, matters in self._after_fix):
            return None
        read = [(number, values[number]) for number in changed]
        return self, *[values[number] for number in self._unread], *read


def before(starts: Sequence[int], offset: int) -> int:
    """The number of values that begin before an offset."""
    return sum(start < offset for start in starts)


def _offset(finding: Finding) -> int:
    assert finding.position is not None  # noqa: S101 - the event was given as bytes
    return finding.position.offset


def _position(offset: int) -> Position:
    return Position(line=1, column=offset + 1, offset=offset)


def _shifted(one: LocatedFinding, shifts: Sequence[int], values: list[str]) -> Finding:
    """A finding of a template, in another event."""
    finding, shift = one.finding, shifts[one.before]
    position, fix = finding.position, finding.fix
    if position is not None and shift:
        position = Position(line=1, column=position.column + shift, offset=position.offset + shift)
    if fix is not None:
        fix = Fix(fix.safety, fix.title, tuple([_shifted_edit(edit, shifts, values) for edit in one.edits]))
    if position is finding.position and fix is finding.fix:
        return finding
    return moved(finding, position, fix)


def _shifted_edit(one: LocatedEdit, shifts: Sequence[int], values: list[str]) -> Edit:
    content = one.edit.content if one.quotes is None else f'"{values[one.quotes]}"'.encode()
    return Edit(one.edit.start + shifts[one.before_start], one.edit.end + shifts[one.before_end], content)
