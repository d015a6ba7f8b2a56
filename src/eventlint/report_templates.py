"""Reports of events that differ from an earlier event only in plain values, without reading them again.

In an archive, the same problem occurs in many events. The *shape* of an event is its bytes without its plain values:
strings of printable ASCII without escapes, and short integers. Events of one shape have the same tokens. If the values
that differ have no influence on the report, the report of one of them is that of the others, with shifted offsets.

A value has no influence if the server stores it, and neither the server nor the screen of a rule objects to it, or if
it belongs to an unknown field. Reports of accepted events are not kept, because their values are compared with each
other. A template is used only after it has predicted the report of another event.

Source: the order of the walk is that of :mod:`eventlint.mirror.walk`, which reads each token without regard to others.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from eventlint.full_check import full_check
from eventlint.jsontext.decoding import Decoded
from eventlint.jsontext.locate import end_of
from eventlint.jsontext.positions import Lines
from eventlint.mirror.error_chain import FirstFault
from eventlint.mirror.leaf import Leaf, LeafFilter
from eventlint.mirror.reading import Reading
from eventlint.model import Edit, Finding, Fix, Position, moved
from eventlint.report import Report
from eventlint.screen.leaves import leaf_filter
from eventlint.spec import Integer, Release, Text

if TYPE_CHECKING:
    from eventlint.mirror.faults import Fault

LONGEST = 4096
"""The size in bytes of the longest event whose shape is looked up."""

MAX_SHAPES = 512
"""How many shapes are kept."""

_VALUE = re.compile(rb'((?<=[: \[]")[!#-\[\]-~][ !#-\[\]-~]*+(?=")|(?<=[: ])(?:[1-9][0-9]{0,17}|0)(?=[,}]))')
"""A plain value of a member, without quotes. It may match where no value begins, so that each match is verified."""

_DIGITS = 9
"""An integer with so many digits, or fewer, certainly fits into 32 bits."""

_COLON = re.compile(rb" ?: ?")
_QUOTE = ord('"')
_NEVER: Any = object()

Test = Callable[[bytes], bool]
"""Whether a plain value may replace that of a template."""


class _Located(NamedTuple):
    """A finding of a template, and the number of values before its place."""

    finding: Finding
    before: int
    edits: tuple[_LocatedEdit, ...]


class _LocatedEdit(NamedTuple):
    """An edit of a fix, the number of values before its start and its end, and the value that it quotes, if it does."""

    edit: Edit
    before_start: int
    before_end: int
    quotes: int | None


class _LocatedFault(NamedTuple):
    """The first fault of a template, and the number of values before each of its offsets."""

    fault: Fault
    before: int
    before_token: int
    before_server: int


class _Tests(NamedTuple):
    """Which values may replace one of a template.

    Attributes:
        test: Whether a value may replace it; None if none may.
        after_fix: For a value that the server reads only after a fix: whether nothing is reported about it then. None
            if it is not known, or the value is read already.
    """

    test: Test | None
    after_fix: Test | None = None


class _Template:
    """The report of one event.

    Attributes:
        values: The plain values of the event.
        is_proven: Whether it has predicted the report of another event.
        is_usable: Whether the server rejects the event.
    """

    def __init__(
        self, values: list[bytes], tests: list[_Tests], report: Report, starts: list[int], fault: Fault
    ) -> None:
        self.is_proven = False
        self.values, self._tests = values, [one.test for one in tests]
        self._unread = [number for number, one in enumerate(tests) if one.test is _always and one.after_fix is None]
        self._after_fix = [(number, one.after_fix) for number, one in enumerate(tests) if one.after_fix is not None]
        self._first = next((at for at, one in enumerate(report.findings) if one is report.first_error), None)
        quoted = {start: number for number, start in enumerate(starts)}
        self._findings = [_located(finding, starts, values, quoted) for finding in report.findings]
        offsets = (fault.offset, fault.token_start, fault.server_offset)
        self._fault = _LocatedFault(fault, *(_before(starts, offset) for offset in offsets))
        self.is_usable = self._first is not None

    def report(self, event: bytes, values: list[bytes], event_type: str, release: Release) -> Report | None:
        """The report of another event of the same shape; None if one of its values may matter."""
        if len(values) != len(self.values):  # the event contains NUL
            return None
        shift, shifts = 0, [0]
        for value, known, test in zip(values, self.values, self._tests, strict=True):
            if value != known:
                if test is None or not test(value):
                    return None
                shift += len(value) - len(known)
            shifts.append(shift)
        findings = [_shifted(one, shifts, values) for one in self._findings]
        assert self._first is not None  # noqa: S101 - it is usable
        refusal = _refusal(self._fault, shifts, event, release)
        report = Report(event_type, release, tuple(findings), findings[self._first], refusal)
        report._similar = functools.partial(self._similarity, values)
        return report

    def _similarity(self, values: list[bytes]) -> Hashable:
        """What events have in common whose fixes have the same effects; None if that is unknown.

        A value that the server stores stays where it is, but one that it does not read may be read after a fix.
        """
        if not all(test(values[number]) for number, test in self._after_fix):
            return None
        return self, *[values[number] for number in self._unread]


_shapes: dict[tuple[str, str, bytes], Any] = {}
"""By event type, release and shape: None after the first event, later its template; ``_NEVER`` if it has none."""


def report_of(event: bytes, event_type: str, release: Release, collection: str | None, contract: Any) -> Report:
    """The report of :func:`eventlint.full_check.full_check` for an event of a type that the release has."""
    if len(event) > LONGEST:
        return full_check(event, event_type, release, (), collection, contract)
    parts = _VALUE.split(event)
    values = parts[1::2]
    key = event_type, release.name, b"\0".join(parts[::2])
    template = _shapes.get(key, _NEVER)
    predicted = _predicted(template, event, values, event_type, release)
    if predicted is not None:
        return predicted
    report = full_check(event, event_type, release, (), collection, contract)
    _learn(key, template, event, values, report)
    return report


def known_report(event: bytes, event_type: str, release: Release) -> Report | None:
    """The report of an event as far as a template predicts it; else None, also if it has no findings."""
    if len(event) > LONGEST:
        return None
    parts = _VALUE.split(event)
    template = _shapes.get((event_type, release.name, b"\0".join(parts[::2])))
    return _predicted(template, event, parts[1::2], event_type, release)


def _predicted(template: Any, event: bytes, values: list[bytes], event_type: str, release: Release) -> Report | None:
    if template is None or template is _NEVER or not template.is_proven:
        return None
    found: Report | None = template.report(event, values, event_type, release)
    return found


def _learn(key: tuple[str, str, bytes], template: Any, event: bytes, values: list[bytes], report: Report) -> None:
    """Note an event that was checked in full."""
    event_type, _, shape = key
    if template is _NEVER:
        if key not in _shapes:
            if len(_shapes) >= MAX_SHAPES:
                _shapes.clear()
            _shapes[key] = None
    elif template is None:
        _shapes[key] = _template(event, event_type, report.release, values, report, shape)
    elif not template.is_proven and values != template.values:
        predicted = template.report(event, values, event_type, report.release)
        if predicted is not None:
            template.is_proven = is_same = _are_same(predicted, report)
            _shapes[key] = template if is_same else _NEVER


def _are_same(predicted: Report, report: Report) -> bool:
    """Whether a template has predicted a report."""
    found, known = ((one.findings, one.first_error, one.answer) for one in (predicted, report))
    return found == known


def _template(
    event: bytes, event_type: str, release: Release, values: list[bytes], report: Report, shape: bytes
) -> Any:
    """The template of an event; ``_NEVER`` if none can be made."""
    if report.first_error is None or not event.isascii() or not _PLAIN.fullmatch(shape):
        return _NEVER
    if any(finding.fatal or finding.tier == "contract" for finding in report.findings):
        return _NEVER
    starts = [match.start() - (event[match.start() - 1] == _QUOTE) for match in _VALUE.finditer(event)]
    leaves: dict[int, Leaf] = {}

    def note(leaf: Leaf) -> Sequence[Any]:
        leaves[leaf.offset] = leaf
        return ()

    reading = Reading(event, event_type, release, first_only=False, leaf_filter=lambda *_: True, examine=note)
    if reading.walk is None or reading.walk.omitted or reading.faults[0].reading == "stored":
        return _NEVER
    faults: dict[int, list[Fault]] = {}
    for fault in reading.faults:
        faults.setdefault(_value_start(event, fault), []).append(fault)
    is_suspect = leaf_filter(event_type, release)
    unread = [span for fault in reading.faults for span in _unread_container(event, fault)]
    tests = []
    for start, value in zip(starts, values, strict=True):
        token, here = b'"%s"' % value if event[start] == _QUOTE else value, faults.get(start, ())
        if not here and any(first < start < end for first, end in unread):
            tests.append(_Tests(_always))
        else:
            tests.append(_tests(token, leaves.get(start), here, is_suspect))
    made = _Template(values, tests, report, starts, reading.faults[0])
    return made if made.is_usable else _NEVER


_PLAIN = re.compile(rb"[ !-.0-~\0]*+")
"""The shape of an event on one line and without a slash, which may begin a comment; NUL is between its parts."""


def _value_start(event: bytes, fault: Fault) -> int:
    """Where the value that a fault is about begins."""
    if fault.kind != "unknown-field":
        return fault.offset
    end = end_of(event, fault.offset)
    colon = None if end is None else _COLON.match(event, end)
    return -1 if colon is None else colon.end()


def _unread_container(event: bytes, fault: Fault) -> Iterator[tuple[int, int]]:
    """The first byte and the end of an object or array that the server skips, and that no fix looks into."""
    is_unread = fault.kind == "unknown-field" or (fault.kind == "wrong-type" and isinstance(fault.args[3], Text))
    start = _value_start(event, fault)
    if is_unread and event[start : start + 1] in (b"{", b"["):
        end = end_of(event, start)
        if end is not None:
            yield start, end


def _tests(token: bytes, leaf: Leaf | None, faults: Sequence[Fault], is_suspect: LeafFilter) -> _Tests:
    """Which values may replace that of a token."""
    if faults:
        if len(faults) > 1 or not _is_unread(faults[0]):
            return _Tests(None)
        if faults[0].kind == "unknown-field":
            return _Tests(_always)
        text = faults[0].args[3]
        return _Tests(_always, lambda value: not is_suspect(text, value.decode("ascii"), b'"%s"' % value, None))
    if leaf is None or leaf.raw != token or is_suspect(leaf.node, leaf.value, leaf.raw, leaf.entry):
        return _Tests(None)
    node, entry = leaf.node, leaf.entry
    if isinstance(node, Integer):
        if token.startswith(b'"'):
            return _Tests(None)
        return _Tests(lambda value: len(value) <= _DIGITS and not is_suspect(node, int(value), value, entry))
    return _Tests(lambda value: not is_suspect(node, value.decode("ascii"), b'"%s"' % value, entry))


def _always(value: bytes) -> bool:
    return True


def _is_unread(fault: Fault) -> bool:
    """Whether a fault is an unknown field, or a number instead of a string, whose value only the fix looks at."""
    is_number = fault.kind == "wrong-type" and fault.args[2] == "VALUE_NUMBER" and isinstance(fault.args[3], Text)
    return fault.kind == "unknown-field" or is_number


def _refusal(first: _LocatedFault, shifts: list[int], event: bytes, release: Release) -> FirstFault:
    """How the server rejects another event."""
    fault = replace(
        first.fault,
        offset=first.fault.offset + shifts[first.before],
        token_start=first.fault.token_start + shifts[first.before_token],
        server_offset=first.fault.server_offset + shifts[first.before_server],
    )
    return FirstFault(fault, release, Lines(Decoded(data=event)))


def _located(finding: Finding, starts: list[int], values: list[bytes], numbers: dict[int, int]) -> _Located:
    offset = finding.position.offset if finding.position else 0
    edits = []
    for edit in finding.fix.edits if finding.fix is not None else ():
        number = numbers.get(edit.start)
        quotes = None if number is None or edit.content != b'"%s"' % values[number] else number
        edits.append(_LocatedEdit(edit, _before(starts, edit.start), _before(starts, edit.end), quotes))
    return _Located(finding, _before(starts, offset), tuple(edits))


def _before(starts: list[int], offset: int) -> int:
    return sum(start < offset for start in starts)


def _shifted(one: _Located, shifts: list[int], values: list[bytes]) -> Finding:
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


def _shifted_edit(one: _LocatedEdit, shifts: list[int], values: list[bytes]) -> Edit:
    content = one.edit.content if one.quotes is None else b'"%s"' % values[one.quotes]
    return Edit(one.edit.start + shifts[one.before_start], one.edit.end + shifts[one.before_end], content)
