"""Counts what guards do, safely from many threads; it must not know events or policies."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from threading import Lock
from types import MappingProxyType

Metrics = Callable[[str, int, Mapping[str, str]], object]
"""Takes the name of a counter, by how much it grew, and its labels."""

_NO_LABELS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was counted up to one moment. ``checked + unchecked + failed`` is ``sent + blocked``.

    Attributes:
        checked: Events that were looked at.
        unchecked: Events that were not: left out by the share to check, or with a body that cannot be looked at.
        failed: Events at which the guard itself failed.
        refused: Events that the server would refuse.
        violated: Events that the server would take, and that break a contract of one's own.
        lost: Other events that the server would take, and then lose.
        sent: Events that were passed on to be sent.
        blocked: Events that were not: raised, dropped, or answered on the spot.
        rules: In how many events each rule found something.
    """

    checked: int = 0
    unchecked: int = 0
    failed: int = 0
    refused: int = 0
    violated: int = 0
    lost: int = 0
    sent: int = 0
    blocked: int = 0
    rules: Mapping[str, int] = field(default_factory=dict)


_NAMES = tuple(field.name for field in fields(Counts) if field.name != "rules")


class Counters:
    """Counters that one or more guards share.

    Every event is counted in one step: who reads never sees half of one.
    """

    def __init__(self, metrics: Metrics | None = None) -> None:
        """Begin at zero.

        Args:
            metrics: Called for each counter that grows, with its name, by how much, and its labels. The names are
                those of :class:`Counts`, and ``rule`` with the label ``rule``. It is called in the thread that
                sends, outside of all locks; what it raises is logged.
        """
        self._metrics = metrics
        self._lock = Lock()
        self._counts = dict.fromkeys(_NAMES, 0)
        self._rules: Counter[str] = Counter()

    def add(self, names: Iterable[str], rules: Iterable[str] = ()) -> None:
        """Count one event.

        Args:
            names: The counters that grow by one; fields of :class:`Counts`.
            rules: The rules that found something; each one once.
        """
        with self._lock:
            for name in names:
                self._counts[name] += 1
            for rule in rules:
                self._rules[rule] += 1
        if self._metrics is None:
            return
        try:
            for name in names:
                self._metrics(name, 1, _NO_LABELS)
            for rule in rules:
                self._metrics("rule", 1, {"rule": rule})
        except Exception:  # a metrics library must not stop the sending
            logging.getLogger("eventlint").exception("the callable for metrics failed")

    def read(self) -> Counts:
        """What was counted up to now."""
        with self._lock:
            return Counts(rules=dict(self._rules), **self._counts)

    def __repr__(self) -> str:
        return f"Counters({self.read()})"
