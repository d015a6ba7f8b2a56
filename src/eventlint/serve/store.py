"""The events that arrived: the newest ones, their counts, and those who wait for more."""

from __future__ import annotations

import dataclasses
import enum
import functools
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from eventlint.redact import redact
from eventlint.serve.received import VERDICTS, Received, timestamp

KEPT = 1000
"""The default number of events that are kept."""
_MOST_BYTES = 128 * 2**20
_LARGEST_PAYLOAD = 16 * 2**20
_MINUTE = 60_000
_MOST_MINUTES = 24 * 60
_MOST_NAMES = 1000
"""How many different event types, collections and rules are counted by name."""
_LONGEST_NAME = 256
"""Longer names are redacted each time."""


class Change(enum.Enum):
    """What happens to a store, other than a new event."""

    CLEARED = "cleared"
    STOPPED = "stopped"


Listener = Callable[[Received | Change], None]
"""Called with each event that arrives, and with each change."""


class Query(NamedTuple):
    """Which events to return; None selects all.

    Attributes:
        after: The events with a greater ID.
        collection: The events for a collection, and so on.
        tier: The events with a finding of a tier.
    """

    after: int = 0
    verdict: str | None = None
    event_type: str | None = None
    collection: str | None = None
    rule: str | None = None
    tier: str | None = None

    def selects(self, event: Received) -> bool:
        """Whether an event is one of them."""
        return (
            event.id > self.after
            and self.verdict in (None, event.verdict)
            and self.event_type in (None, event.event_type)
            and self.collection in (None, event.collection)
            and (self.rule is None or self.rule in event.rules)
            and (self.tier is None or any(finding.tier == self.tier for finding in event.findings))
        )


class Store:
    """The newest events. Threads may share it."""

    def __init__(self, most: int = KEPT) -> None:
        self.most = most
        self._lock = threading.Lock()
        self._events: deque[Received] = deque()
        self._bytes = 0
        self._last = 0
        self._listeners: list[Listener] = []
        self._dropped = 0
        self._counts = _Counts()

    def add(self, event: Received) -> None:
        """Give an event its ID, and keep it."""
        with self._lock:
            self._last += 1
            event.number(self._last)
            self._counts.add(event)
            kept = event if len(event.payload or b"") <= _LARGEST_PAYLOAD else _without_payload(event)
            self._events.append(kept)
            self._bytes += kept.size
            while len(self._events) > 1 and (len(self._events) > self.most or self._bytes > _MOST_BYTES):
                self._bytes -= self._events.popleft().size
                self._dropped += 1
        self._report(kept)

    def clear(self) -> int:
        """Delete all events and counts; returns how many there were. IDs go on growing."""
        with self._lock:
            count = len(self._events)
            self._events.clear()
            self._bytes = self._dropped = 0
            self._counts = _Counts()
        self._report(Change.CLEARED)
        return count

    def stop(self) -> None:
        """End all that wait for events."""
        self._report(Change.STOPPED)

    def _report(self, change: Received | Change) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(change)

    def wait(self, count: int, timeout: float) -> list[Received]:
        """Wait, in a thread, until a number of events are kept; returns them.

        Raises:
            TimeoutError: There are fewer after ``timeout`` seconds.
        """
        changed = threading.Event()
        stop = self.listen(lambda _: changed.set())
        end = time.monotonic() + timeout
        try:
            while True:
                changed.clear()
                events = self.events()
                if len(events) >= count:
                    return events
                if not changed.wait(max(0, end - time.monotonic())):
                    raise TimeoutError(f"{len(events)} of {count} events arrived in {timeout:g} s")
        finally:
            stop()

    def events(self, query: Query | None = None) -> list[Received]:
        """The kept events, oldest first."""
        with self._lock:
            events = tuple(self._events)
        return [event for event in events if query is None or query.selects(event)]

    def get(self, number: int) -> Received | None:
        """The event with an ID; None if it is not kept."""
        with self._lock:
            first = self._events[0].id if self._events else 0
            index = number - first
            return self._events[index] if self._events and 0 <= index < len(self._events) else None

    def counts(self) -> dict[str, Any]:
        """How many events arrived, in total, by name, and by minute; dropped events are counted, too."""
        with self._lock:
            return {
                "kept": len(self._events),
                "dropped": self._dropped,
                "last_id": self._last,
                **self._counts.to_dict(),
            }

    @property
    def last_id(self) -> int:
        """The ID of the newest event; 0 without events."""
        return self._last

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call a function for each event from now on, in the thread that adds it; returns how to stop it."""
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock:
                self._listeners.remove(listener)

        return stop


def _without_payload(event: Received) -> Received:
    """The event without its bodies, which are too large to be kept."""
    request = dataclasses.replace(event.request, body=b"")
    return dataclasses.replace(event, payload=None, request=request, document=None)


class _Counts:
    """Counts of events."""

    def __init__(self) -> None:
        self.verdicts: Counter[str] = Counter()
        self.types: Counter[str] = Counter()
        self.collections: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self.minutes: OrderedDict[int, Counter[str]] = OrderedDict()

    def add(self, event: Received) -> None:
        """Count an event; names are redacted, because anybody can send any name."""
        self.verdicts[event.verdict] += 1
        _count(self.types, [event.event_type])
        _count(self.collections, [event.collection])
        _count(self.rules, event.rules)
        minute = event.time - event.time % _MINUTE
        if minute not in self.minutes:
            self.minutes[minute] = Counter()
            while len(self.minutes) > _MOST_MINUTES:
                self.minutes.popitem(last=False)
        self.minutes[minute][event.verdict] += 1

    def to_dict(self) -> dict[str, Any]:
        """The counts as a value for :func:`json.dumps`."""
        return {
            "total": sum(self.verdicts.values()),
            "verdicts": {name: self.verdicts[name] for name in VERDICTS},
            "event_types": dict(self.types),
            "collections": dict(self.collections),
            "rules": dict(self.rules),
            "minutes": [
                {"time": timestamp(minute), **{name: counts[name] for name in VERDICTS}}
                for minute, counts in sorted(self.minutes.items())
            ],
        }


_redacted = functools.lru_cache(_MOST_NAMES)(redact)


def _count(counter: Counter[str], names: Iterable[str | None]) -> None:
    for name in names:
        if name is None:
            continue
        shown = _redacted(name) if len(name) <= _LONGEST_NAME else redact(name)
        if shown in counter or len(counter) < _MOST_NAMES:
            counter[shown] += 1
