"""Scans blocks of lines: counts the clean events, and returns the lines that must be checked.

There are two scanners with one interface. The native one runs the plan in a compiled library, if it is installed and
the environment variable ``EVENTLINT_NATIVE`` is not ``0``; the other one is :class:`PythonScanner`. Both may suspect a
clean line, and neither calls a line clean in which there is something to report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from eventlint.checker import Checker, finds_nothing
from eventlint.inputs.content import BLANKS
from eventlint.inputs.envelope import ABSENT, value_at
from eventlint.inputs.event_time import day_in, day_of
from eventlint.job import File, Job
from eventlint.jsontext.strict import parse

_MAX_TIME = 62
"""How many characters a timestamp has at most, without its quotation marks."""


class Key(NamedTuple):
    """What clean events are counted by.

    Attributes:
        day: The day in UTC; None if it is not known or not wanted.
    """

    event_type: str
    collection: str | None
    day: str | None


class Suspect(NamedTuple):
    """A line that must be checked.

    Attributes:
        line: The number of the line in the buffer, from 0.
        offset: The offset of its first byte in the buffer.
        length: Its length in bytes, without the newline.
        why: What is suspect, in a word; it has no influence on the result.
        leaves: The strings that are suspect, if nothing else is; else None.
    """

    line: int
    offset: int
    length: int
    why: str = ""
    leaves: Any = None


class Scan(NamedTuple):
    """What is in a buffer.

    Attributes:
        lines: The number of lines; the last one may have no newline.
        events: The number of lines that are not blank.
        suspects: The lines that must be checked, in their order.
        counts: The number of clean events by what they belong to.
    """

    lines: int
    events: int
    suspects: Sequence[Suspect]
    counts: Mapping[Key, int]


class Scanner(Protocol):
    """Scans lines."""

    def scan(self, buffer: bytes | bytearray | memoryview, event_type: str | None, *, threads: int = 1) -> Scan:
        """Scan a buffer of whole lines.

        Args:
            buffer: The lines.
            event_type: The type of the events in the lines. None means that each line is an envelope. In both cases,
                other lines are suspect.
            threads: The number of threads.
        """
        raise NotImplementedError


def scanner_of(job: Job, file: File) -> Scanner:
    """The scanner for the lines of a file: the native one if it is installed and knows the rules of the job."""
    python = PythonScanner(job, file)
    from eventlint.bulk.native_scanner import native_scanner

    return native_scanner(job, file, python) or python


def every_line(buffer: bytes | bytearray | memoryview) -> Scan:
    """All lines as suspects."""
    found: list[Suspect] = []
    at = 0
    for number, line in enumerate(bytes(buffer).split(b"\n")):
        if line.strip(BLANKS):
            found.append(Suspect(number, at, len(line)))
        at += len(line) + 1
    return Scan(number_of_lines(buffer), len(found), found, {})


def number_of_lines(buffer: bytes | bytearray | memoryview) -> int:
    """The number of lines; the last one may have no newline."""
    data = bytes(buffer) if isinstance(buffer, memoryview) else buffer
    return data.count(b"\n") + (len(data) > 0 and not data.endswith(b"\n"))


class PythonScanner:
    """Scans lines with the generated functions of the fast path."""

    def __init__(self, job: Job, file: File) -> None:
        """Take what to check, and the file that the lines are from."""
        self._checkers = [
            Checker(release, collections=job.collections, contract=job.contract) for release in job.releases
        ]
        self._event_type = job.event_type
        self._collection = file.collection
        self._envelope = job.envelope
        self._time = job.envelope.time if job.statistics else None

    def scan(self, buffer: bytes | bytearray | memoryview, event_type: str | None, *, threads: int = 1) -> Scan:
        """Scan a buffer of whole lines in one thread; see :class:`Scanner`."""
        key_of: Callable[[bytes], Key | None] = self._of_envelope
        if event_type is not None:
            key_of = lambda line: self._of_event(line, event_type)  # noqa: E731
        suspects: list[Suspect] = []
        counts: Counter[Key] = Counter()
        at, number, line = 0, 0, b""
        for number, line in enumerate(bytes(buffer).split(b"\n")):
            try:
                key = key_of(line)
            except (ValueError, RecursionError):
                key = None
            if key is not None:
                counts[key] += 1
            elif line.strip(BLANKS):
                suspects.append(Suspect(number, at, len(line)))
            at += len(line) + 1
        lines = number + (line != b"")
        return Scan(lines, counts.total() + len(suspects), suspects, counts)

    def _of_event(self, line: bytes, event_type: str) -> Key | None:
        """What a clean event in a line belongs to; None if it is suspect."""
        event = parse(line)
        if value_at(event, self._envelope.event_type) is not ABSENT:
            return None
        if not self._finds_nothing(event, event_type, self._collection):
            return None
        return Key(event_type, None, self._day(event, line))

    def _of_envelope(self, line: bytes) -> Key | None:
        """What a clean event in an envelope belongs to; None if it is suspect."""
        whole = parse(line)
        event, kind = value_at(whole, self._envelope.payload), value_at(whole, self._envelope.event_type)
        if event is ABSENT or kind is ABSENT:
            return None
        found = value_at(whole, self._envelope.collection)
        collection = found if isinstance(found, str) else None
        event_type = self._event_type or kind
        if not isinstance(event_type, str):
            return None
        if not self._finds_nothing(event, event_type, collection or self._collection):
            return None
        return Key(event_type, collection, self._day(whole, line))

    def _finds_nothing(self, event: object, event_type: str, collection: str | None) -> bool:
        return all(finds_nothing(checker, event, event_type, collection) for checker in self._checkers)

    def _day(self, whole: object, line: bytes) -> str | None:
        """The day of a line, in which :func:`day_in` would have to find the timestamp again."""
        if self._time is None:
            return None
        value = value_at(whole, self._time)
        if isinstance(value, str) and len(value) < _MAX_TIME and value.isascii() and b"\\" not in line:
            return day_of(value)
        return None if value is ABSENT else day_in(line, self._time)
