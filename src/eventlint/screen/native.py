"""The door to the native engine, which runs the plan over bytes, objects, lines and columns.

The engine (``native/``, in Rust) is optional: without it, the Python functions do the same, slower. It is imported only
after some events, because a check of one small file is over before the import has paid. ``EVENTLINT_NATIVE=0`` in the
environment turns it off.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, Protocol

from eventlint.named_tuples import NamedTuple
from eventlint.screen.fast_path import Clean
from eventlint.screen.plan import FORMAT, PATH, packaged
from eventlint.spec import Release, identifier_of

VARIABLE = "EVENTLINT_NATIVE"
"""The environment variable that turns the engine off when it is ``0``."""

INTERFACE = 4
"""Increased when arguments or results of a method change; ``native/python/src/lib.rs`` has the same number."""

WARM_UP = 64
"""So many events are screened by Python before the engine is imported."""

Paths = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...] | None]
"""The keys that lead to the payload, the event type, the collection, and the time of an envelope."""

Counts = dict[tuple[str, str | None, str | None], int]
"""The number of clean events by event type, collection, and time.

The time is the day in UTC if the timestamp shows it (``2024-05-31``), else the timestamp as a JSON value.
"""


class Leaf(NamedTuple):
    """A string that only rules suspect.

    Attributes:
        number: Its number among the leaves of the event type (see :meth:`Engine.leaves`).
        start: The offset of the quote before it, in bytes from the start of the event.
        end: The offset after the quote behind it.
        indexes: The index of the element in each array above it.
        key: For an entry: where its key is, with the quotes.
        element: For a string in an array of an entry: its index.
        is_key: Whether it is the key of an entry.
    """

    number: int
    start: int
    end: int
    indexes: tuple[int, ...]
    key: tuple[int, int] | None
    element: int | None
    is_key: bool


class Leaves(NamedTuple):
    """The suspect strings of an event that has nothing else that is suspect.

    Attributes:
        event_type: The event's type.
        collection: Its collection, if the envelope has one.
        time: Its time, as in :data:`Counts`.
        start: The offset of the event, in bytes from the start of its line.
        end: The offset after it.
        leaves: The strings; each has the members of :class:`Leaf`.
    """

    event_type: str
    collection: str | None
    time: str | None
    start: int
    end: int
    leaves: list[tuple[Any, ...]]


class Suspect(NamedTuple):
    """A line that must be checked.

    Attributes:
        line: Its index in the buffer, from 0.
        offset: The offset of its first byte in the buffer.
        length: How many bytes it has, without the line feed.
        why: ``syntax``, ``structure``, ``value``, ``relation``, ``envelope``, ``leaves`` or ``panic``.
        leaves: If only strings are suspect (``leaves``), these; else None.
    """

    line: int
    offset: int
    length: int
    why: str
    leaves: Leaves | None


class Engine(Protocol):
    """A compiled plan; ``native/python/src/lib.rs`` describes each method."""

    def clean_bytes(self, event_type: str, data: bytes, /) -> bool:
        """Whether bytes are exactly one clean event."""
        raise NotImplementedError

    def clean_object(self, event_type: str, event: object, /) -> bool:
        """Whether an object is a clean event."""
        raise NotImplementedError

    def screen(self, event_type: str, /) -> Any:
        """An object whose method ``is_clean`` takes bytes, strings and objects."""
        raise NotImplementedError

    def suspect_leaves(self, event_type: str, data: bytes, /) -> list[tuple[Any, ...]] | None:
        """The suspect strings of an event, if nothing else is suspect; each has the members of :class:`Leaf`."""
        raise NotImplementedError

    def leaves(self, event_type: str, /) -> list[tuple[str | None, ...]]:
        """The path of each leaf; None is an element of an array."""
        raise NotImplementedError

    def scan(
        self, buffer: Any, event_type: str | None = None, *, threads: int = 1, blocked: Iterable[str] = ()
    ) -> tuple[int, int, list[tuple[Any, ...]], Counts]:
        """The number of lines, of events, the suspects, and the number of clean events."""
        raise NotImplementedError

    def scan_column(self, array: Any, event_type: Any, /) -> list[int]:
        """The suspect rows of an Arrow array; the type of all events, or an Arrow array with the type of each."""
        raise NotImplementedError

    def take(
        self, array: Any, event_type: Any, rows: Sequence[int], /
    ) -> list[tuple[bytes, str | bytes | None, list[tuple[Any, ...]] | None]]:
        """Rows of an Arrow array: of each the event, its type, and what :meth:`suspect_leaves` returns.

        The event is empty if it is null. The type is a string if it is known, else as it is.
        """
        raise NotImplementedError

    @staticmethod
    def distinct(array: Any, /) -> list[bytes | None]:
        """The distinct strings of an Arrow array; None is a null."""
        raise NotImplementedError


@functools.cache
def library() -> Any:
    """The module of the native engine; None if it cannot be used: see :func:`why_unused`."""
    return None if why_unused() else import_module("eventlint._native")


@functools.cache
def why_unused() -> str | None:
    """Why the native engine is not used: it is turned off, not built, or of another version; else None."""
    if os.environ.get(VARIABLE) == "0":
        return f"turned off by {VARIABLE}=0"
    try:
        module = import_module("eventlint._native")
    except ModuleNotFoundError:
        return "this installation has no native engine"
    except ImportError as error:  # also in a subinterpreter
        return f"the native engine cannot be loaded: {error}"
    is_current = (module.FORMAT, getattr(module, "INTERFACE", None)) == (FORMAT, INTERFACE)
    return None if is_current else "the native engine is of another version"


def engine(release: str | Release, *, reports: bool, envelope: Paths | None = None) -> Engine | None:
    """The engine for all event types of a release; None if there is no native engine.

    Args:
        release: The release of the server.
        reports: Whether an event is clean only if no built-in rule reports anything; else if the server accepts it.
        envelope: Where the parts of an envelope are, for :meth:`Engine.scan`.
    """
    if isinstance(release, str):
        from eventlint.spec import release as known

        release = known(release)
    versions = release.era.events
    return _engine(tuple((name, identifier_of(name, versions)) for name in versions), reports, envelope)


@functools.lru_cache(64)
def _engine(types: tuple[tuple[str, str], ...], reports: bool, envelope: Paths | None = None) -> Engine | None:
    module = library()
    if module is None:
        return None
    paths = envelope
    if envelope is not None:
        *others, time = envelope
        payload = others[0]
        is_inside = time is not None and time[: len(payload)] == payload  # a clean event has no such field
        paths = (*envelope[:3], None if is_inside else time)
    try:
        made: Engine = module.Engine(_plan(types), list(types), reports=reports, envelope=paths)
    except ValueError:  # paths that overlap
        return None
    return made


def _plan(types: tuple[tuple[str, str], ...]) -> bytes:
    """A plan that has some events, as JSON."""
    if all(identifier in packaged()["events"] for _, identifier in types):
        with open(PATH, "rb") as file:
            return file.read()
    from eventlint.screen.plan_compiler import compile_plan

    return json.dumps(compile_plan(identifier for _, identifier in types)).encode()


# ---- single events --------------------------------------------------------------------------------------------------

_screens: dict[tuple[str, str, bool], Clean | None] = {}
_waiting = WARM_UP


def screen(event_type: str, release: Release, *, reports: bool) -> Clean | None:
    """The native function that decides whether an event is clean: bytes, a string, or an object.

    It is false for all that is not exactly of one of the types ``bytes``, ``str`` and ``dict``. The function is None
    for the first events of a process, and if there is no native engine.

    Args:
        event_type: The event's type.
        release: The server's release.
        reports: As for :func:`engine`.

    Raises:
        UsageError: The release has no such event type.
    """
    global _waiting
    try:
        return _screens[event_type, release.name, reports]
    except KeyError:
        pass
    if _waiting > 0:
        _waiting -= 1
        return None
    types = ((event_type, identifier_of(event_type, release.era.events)),)
    made = _engine(types, reports)
    found: Clean | None = None if made is None else made.screen(event_type).is_clean
    _screens[event_type, release.name, reports] = found
    return found


def suspect_leaves(event: bytes, event_type: str, release: Release) -> list[tuple[Any, ...]] | None:
    """As :meth:`Engine.suspect_leaves`, for an event of a type for which :func:`screen` has given a function."""
    made = _engine(((event_type, identifier_of(event_type, release.era.events)),), True)
    return None if made is None else made.suspect_leaves(event_type, event)


def is_decided(event_type: str, release: Release, *, reports: bool) -> bool:
    """Whether :func:`screen` returns what it will always return for these arguments."""
    return (event_type, release.name, reports) in _screens


# ---- lines ----------------------------------------------------------------------------------------------------------


class Scanner:
    """Scans lines for one release; it can be pickled.

    Attributes:
        release: The release of the server.
        envelope: Where the parts of an envelope are; None if lines are events.
    """

    __slots__ = ("_engine", "envelope", "release")

    def __init__(self, release: str, envelope: Paths | None = None) -> None:
        """Create a scanner.

        Raises:
            RuntimeError: There is no native engine, or it cannot read such envelopes.
            UsageError: There is no such release.
        """
        made = engine(release, reports=True, envelope=envelope)
        if made is None:
            raise RuntimeError("no native engine")
        self._engine, self.release, self.envelope = made, release, envelope

    def scan(
        self,
        buffer: Any,
        event_type: str | None = None,
        *,
        threads: int = 1,
        exists: Callable[[str], bool] | None = None,
    ) -> tuple[int, int, list[Suspect], Counts]:
        """Read the lines of a buffer, which nobody may write to in the meantime.

        Args:
            buffer: Lines that end with a line feed; the last one may lack it.
            event_type: The type of the events in all lines; None if each line is an envelope.
            threads: How many threads read.
            exists: Whether a collection exists; events of others are suspect. By default, collections are not checked.

        Returns:
            The number of lines, the number of lines that are not blank, the suspect lines in order, and the number of
            clean events.

        Raises:
            KeyError: There is no such event type.
            BufferError: The buffer is not contiguous.
        """
        lines, events, suspects, counts = self._engine.scan(buffer, event_type, threads=threads)
        if exists is not None:
            names = {collection for _, collection, _ in counts if collection is not None}
            names |= {one[4][1] for one in suspects if one[4] is not None and one[4][1] is not None}
            blocked = sorted(name for name in names if not exists(name))
            if blocked:
                again = self._engine.scan(buffer, event_type, threads=threads, blocked=blocked)
                lines, events, suspects, counts = again
        return lines, events, [_suspect(one) for one in suspects], counts

    def __reduce__(self) -> tuple[Any, ...]:
        return Scanner, (self.release, self.envelope)


def _suspect(found: tuple[Any, ...]) -> Suspect:
    line, offset, length, why, leaves = found
    return Suspect(line, offset, length, why, None if leaves is None else Leaves(*leaves))


def leaf_paths(event_type: str, identifier: str) -> list[tuple[str | None, ...]]:
    """The path of each leaf of an event type, by its number; None is an element of an array.

    Args:
        event_type: The event type.
        identifier: The ``$id`` of its schema.

    Raises:
        RuntimeError: There is no native engine.
    """
    made = _engine(((event_type, identifier),), True)
    if made is None:
        raise RuntimeError("no native engine")
    return made.leaves(event_type)
