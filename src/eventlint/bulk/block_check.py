"""Checks blocks of lines of one file: clean events are counted, and suspect lines are checked as in a whole file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from eventlint.bulk.blocks import Block
from eventlint.bulk.options import BulkOptions
from eventlint.bulk.sampling import SKIPPED
from eventlint.bulk.scanner import Key, Scan, Suspect, every_line, number_of_lines, scanner_of
from eventlint.file_check import check_record, screen_of
from eventlint.inputs.content import BLANKS, begins_event, is_value
from eventlint.inputs.json_files import read_line
from eventlint.inputs.record import Place, Record
from eventlint.inputs.size_limit import too_large
from eventlint.job import File, Job, event_type_of
from eventlint.output import Rendered, Summary
from eventlint.output.groups import Event
from eventlint.spec import release

if TYPE_CHECKING:
    from eventlint.report import Report
    from eventlint.screen.native import Leaves

_CREDIT, _TRIED_AGAIN = 16, 16
"""After how many suspect lines that the fast path suspects too, it is asked only about one in how many lines."""

UNREAD = "damaged in the archive"
"""Why a line is not checked of which a part could not be read."""


class Lines(NamedTuple):
    """What the first lines of a file show about the others.

    Attributes:
        is_declared: Whether the file is meant to be JSON.
        has_envelopes: Whether an earlier line has an envelope.
        are_envelopes: Whether the lines are scanned as envelopes.
    """

    is_declared: bool
    has_envelopes: bool
    are_envelopes: bool


class Found(NamedTuple):
    """What a line has that is not clean.

    Attributes:
        findings: The findings of one event; empty if the event was not checked.
        offset: The offset of the line in the content of the file, from 0.
        length: The length of the line in bytes, without its newline.
        unchecked: Why the event was not checked; None if it was.
    """

    findings: list[Rendered]
    offset: int
    length: int
    line: int
    unchecked: str | None = None


class Tools:
    """What is needed for the lines of a file, and is the same for all its ranges."""

    def __init__(self, job: Job, file: File) -> None:
        """Take what to check, and the file."""
        self.job, self.file = job, file
        self.release = release(job.releases[0])
        self.screen = screen_of(job, file)
        self.scanner = scanner_of(job, file)


class BlockChecker:
    """Checks the blocks of a file, or of a range of it, in their order.

    Attributes:
        lines: The number of lines so far.
        counts: The counts since they were last taken.
        has_envelopes: Whether a line so far has an envelope.
        until: The offset after the last line that was checked, if the limit was reached before the end; else None.
    """

    def __init__(self, tools: Tools, lines: Lines, options: BulkOptions, limit: int | None = None) -> None:
        """Take what to check.

        Args:
            tools: What to check, and the file.
            lines: What the first lines of the file show.
            options: Which lines are checked.
            limit: The number of events after which nothing is checked; None for no limit.
        """
        job, file = tools.job, tools.file
        self.lines = 0
        self.counts = Summary()
        self.until: int | None = None
        self.has_envelopes = lines.has_envelopes
        self._job, self._file, self._shown = job, file, lines
        self._event_type = None if lines.are_envelopes else job.event_type or file.event_type
        self._screen, self._release, self._scanner = tools.screen, tools.release, tools.scanner
        self._sample = options.sample
        self._key = 0 if options.sample is None else options.sample.key(file.name)
        self._left = limit
        self._credit, self._tries = _CREDIT, 0

    @property
    def is_full(self) -> bool:
        """Whether the limit is reached."""
        return self._left is not None and self.counts.events >= self._left

    def take_counts(self) -> Summary:
        """The counts since the last call."""
        counts, self.counts = self.counts, Summary()
        if self._left is not None:
            self._left -= counts.events
        return counts

    def check(self, block: Block, *, is_torn: bool = False) -> Iterator[Found]:
        """Check a block; returns what is not clean, in the order of the lines.

        ``is_torn`` is whether a part of its only line may be missing. It is checked if it looks like a whole one.
        """
        data = block.data
        if is_torn and not _is_whole(bytes(data)):
            self.counts.leave_unchecked(UNREAD)
            yield Found([], block.offset, len(data), self.lines + 1, UNREAD)
            scan = Scan(1, 1, (), {})
        elif block.length:
            scan = Scan(1, 1, [Suspect(0, 0, block.length)], {})
            if self._sample is not None and not self._sample.has(self._key, block.offset):
                self.counts.skip(SKIPPED)
                scan = Scan(1, 0, (), {})
        elif self._sample is not None:
            scan = self._of_sample(data, block.offset)
        else:
            scan = self._scan(data)
        self._count(scan.counts)
        for suspect in scan.suspects:
            if self.is_full:
                self.until = block.offset + suspect.offset
                self.lines += suspect.line
                return
            start = bytes(data[suspect.offset : suspect.offset + suspect.length])
            yield from self._check_line(start, suspect, block.offset + suspect.offset)
        self.lines += scan.lines

    def _scan(self, data: bytes | bytearray | memoryview) -> Scan:
        """Scan lines; where the order of the lines matters, all of them are suspect."""
        if len(data) > self._job.max_event_size:
            return every_line(data)
        scan = self._scanner.scan(data, self._event_type)
        if self._left is not None and self._can_fill(scan, data):
            return every_line(data)
        if self._event_type is None and not self.has_envelopes and scan.counts and scan.suspects:
            before = bytes(data[: scan.suspects[0].offset])
            return scan if before.strip(BLANKS) else every_line(data)  # a line before all suspects is an envelope
        return scan

    def _can_fill(self, scan: Scan, data: bytes | bytearray | memoryview) -> bool:
        """Whether the limit can be reached in a block."""
        assert self._left is not None  # noqa: S101 - the caller asked
        if self.counts.events + scan.events >= self._left:
            return True
        starts = (bytes(data[one.offset : one.offset + one.length]) for one in scan.suspects)
        return any(start.lstrip(BLANKS).startswith(b"[") for start in starts)  # it contains several events

    def _of_sample(self, data: bytes | bytearray | memoryview, offset: int) -> Scan:
        """Scan the chosen lines; the others are counted as skipped."""
        assert self._sample is not None  # noqa: S101 - the caller asked
        lines = bytes(data).split(b"\n")
        chosen: list[tuple[int, int]] = []
        at = skipped = 0
        for number, line in enumerate(lines):
            if self._sample.has(self._key, offset + at):
                chosen.append((number, at))
            elif line.strip(BLANKS):
                skipped += 1
            at += len(line) + 1
        if skipped:
            self.counts.skip(SKIPPED, skipped)
        scan = self._scan(b"\n".join([lines[number] for number, _ in chosen] + [b""]))
        suspects = [
            suspect._replace(line=chosen[suspect.line][0], offset=chosen[suspect.line][1]) for suspect in scan.suspects
        ]
        return scan._replace(lines=number_of_lines(data), suspects=suspects)

    def _count(self, counts: Mapping[Key, int]) -> None:
        """Count clean events."""
        if not counts:
            return
        self.has_envelopes = self.has_envelopes or self._event_type is None
        for (event_type, collection, day), number in counts.items():
            self.counts.events += number
            if self._job.statistics:
                event = Event(event_type, self._file.collection if collection is None else collection, None, day)
                self.counts.count_event(event, number)

    def _check_line(self, line: bytes, suspect: Suspect, offset: int) -> Iterator[Found]:
        """Check the events in a line; ``line`` is its start if it is too large."""
        body = line.rstrip(b"\r")
        number = self.lines + suspect.line + 1
        for record in self._records(body, Place(line=number, offset=offset), suspect, len(line)):
            self.has_envelopes = self.has_envelopes or record.event_type is not None
            before = dict(self.counts.reasons)
            findings = check_record(
                *(self._job, self._file, record, self.counts),
                is_suspect=True,
                report=self._report(line, record, suspect.leaves),
            )
            reasons = (reason for reason, count in self.counts.reasons.items() if count != before.get(reason))
            unchecked = next(reasons, None)
            if findings or unchecked is not None:
                yield Found(findings, offset, suspect.length, number, unchecked)
            if self.is_full:
                return

    def _report(self, line: bytes, record: Record, leaves: Leaves | None) -> Report | None:
        """The report of an event in a line if only some of its strings are suspect; None if it must be read."""
        if leaves is None or len(self._job.releases) != 1 or record.problem is not None or record.unchecked is not None:
            return None
        event_type = event_type_of(self._job, self._file, record)
        if record.body != line[leaves.start : leaves.end] or event_type != leaves.event_type:
            return None
        from eventlint.full_check import leaf_report

        return leaf_report(record.body, leaves.event_type, self._release, leaves.leaves)

    def _records(self, body: bytes, place: Place, suspect: Suspect, size: int) -> Iterator[Record]:
        """The events in a line, of which the first bytes were read."""
        if suspect.length > size or len(body) > self._job.max_event_size:
            most = self._job.max_event_size
            yield too_large(body[: most + 2], most, place, place.line)
            return
        clean = self._screened(body) if suspect.leaves is None else None
        if clean is not None:
            yield clean
        elif body.strip(BLANKS):
            yield from read_line(body, place, self._job.envelope, self._shown.is_declared, self.has_envelopes)

    def _screened(self, body: bytes) -> Record | None:
        """The record for a line in which nothing is to be found. This is not tried if it has rarely helped so far."""
        self._tries += 1
        if self._credit <= 0 and self._tries % _TRIED_AGAIN:
            return None
        clean = self._screen(body)
        self._credit = self._credit - 1 if clean is None else _CREDIT
        return clean


def _is_whole(line: bytes) -> bool:
    """Whether a line, of which a part may be missing, is one JSON value that can be an event."""
    return begins_event(line) and is_value(line)
