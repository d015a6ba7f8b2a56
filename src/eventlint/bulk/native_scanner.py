"""The native scanner for a job, if the library is installed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from eventlint.bulk.scanner import Key, Scan, Scanner, Suspect
from eventlint.inputs.event_time import day_of
from eventlint.job import File, Job
from eventlint.mirror.request_checks import exists
from eventlint.spec import identifier_of, release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventlint.screen.native import Counts
    from eventlint.screen.native import Scanner as Native


def native_scanner(job: Job, file: File, fallback: Scanner) -> Scanner | None:
    """The native scanner; None if there is none, or it cannot judge the events of the job.

    Args:
        job: What to check.
        file: The file that the lines are from.
        fallback: The scanner for buffers that the native one cannot judge.
    """
    from eventlint.screen import native

    if job.contract is not None or native.library() is None or len(_event_types(job)) != 1:
        return None
    collections = None if job.collections is None else frozenset(job.collections)
    if file.collection is not None and not exists(file.collection, collections):
        return None
    paths = job.envelope[:3]
    try:
        found = native.Scanner(job.releases[0], (*paths, job.envelope.time if job.statistics else None))
    except RuntimeError:
        return None
    return _NativeScanner(job, found, collections, fallback)


def _event_types(job: Job) -> set[tuple[tuple[str, str], ...]]:
    """The event types of each release, with the schema of each; one for all releases that do not differ."""
    versions = (release(name).era.events for name in job.releases)
    return {tuple((name, identifier_of(name, events)) for name in events) for events in versions}


class _NativeScanner:
    """Scans lines with the native library; see :class:`eventlint.bulk.scanner.Scanner`."""

    def __init__(self, job: Job, native: Native, collections: frozenset[str] | None, fallback: Scanner) -> None:
        self._event_type = job.event_type
        self._native = native
        self._collections = collections
        self._fallback = fallback

    def scan(self, buffer: bytes | bytearray | memoryview, event_type: str | None, *, threads: int = 1) -> Scan:
        """Scan a buffer of whole lines."""
        try:
            lines, events, suspects, counts = self._native.scan(
                buffer, event_type, threads=threads, exists=lambda name: exists(name, self._collections)
            )
        except KeyError:  # there is no such event type
            return self._fallback.scan(buffer, event_type, threads=threads)
        if event_type is None and self._event_type is not None and any(key[0] != self._event_type for key in counts):
            return self._fallback.scan(buffer, event_type, threads=threads)
        return Scan(lines, events, cast("Sequence[Suspect]", suspects), _with_days(counts))


def _with_days(counts: Counts) -> Mapping[Key, int]:
    """The counts by day, where the library has left that open."""
    found: Counter[Key] = Counter()
    for (event_type, collection, time), number in counts.items():
        found[Key(event_type, collection, None if time is None else _day(time))] += number
    return found


def _day(time: str) -> str | None:
    """The day of a timestamp: a day already, which may not exist, or a JSON value."""
    if len(time) == _DAY and time[4] == "-":
        return day_of(time)
    try:
        return day_of(json.loads(time))
    except (ValueError, RecursionError):
        return None


_DAY = len("2024-05-31")
