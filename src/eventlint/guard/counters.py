"""Counts the events that guards check, across threads."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from threading import RLock
from types import MappingProxyType
from typing import Any

from eventlint.arguments import shown
from eventlint.errors import UsageError
from eventlint.guard.incident_log import log_failure

Metrics = Callable[[str, int, Mapping[str, str]], object]
"""Receives the name of a counter, its increase, and its labels."""

_NO_LABELS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Numbers of events at one moment. ``checked + unchecked + failed`` equals ``sent + blocked``.

    Attributes:
        checked: Events that were checked.
        unchecked: Events that were not checked: left out by the sample, or with a body that cannot be read, is too long
            or in an unknown encoding.
        failed: Events at which the guard itself failed.
        refused: Events that the server would reject.
        violated: Events that the server would accept and that violate the custom contract.
        lost: Other events that the server would accept and then lose.
        sent: Events that were sent.
        blocked: Events that were not sent: raised, dropped, or answered by a service's guard.
        rules: The number of events with a finding, for each rule.
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


_lock = RLock()
"""The lock of all counters. A signal handler may count an event, or fork, while its thread holds the lock."""

if hasattr(os, "register_at_fork"):
    # A child process gets complete counts, and a lock that no thread holds.
    os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)

_NAMES = tuple(field.name for field in fields(Counts) if field.name != "rules")


class Counters:
    """Counters that one or more guards share.

    Each event is counted atomically, so a reader never sees a part of one. A copy, a pickled one, and that of a forked
    process start with the numbers of the original, and then count separately.
    """

    def __init__(self, metrics: Metrics | None = None) -> None:
        """Start at zero.

        Args:
            metrics: Called for each counter that increases, with its name, its increase, and its labels. The names
                are the fields of :class:`Counts`, and ``rule`` with the label ``rule``. It is called in the sending
                thread, without a lock; an exception that it raises is logged.

        Raises:
            UsageError: ``metrics`` is not callable.
        """
        if metrics is not None and not callable(metrics):
            raise UsageError(f"metrics must be callable, not {shown(metrics)}")
        self._metrics = metrics
        self._counts = dict.fromkeys(_NAMES, 0)
        self._rules: Counter[str] = Counter()

    def add(self, names: Iterable[str], rules: Iterable[str] = ()) -> None:
        """Count one event.

        Args:
            names: The fields of :class:`Counts` to increase by one.
            rules: The rules that have a finding, each once.
        """
        with _lock:
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
        except Exception as error:  # a failure of the metrics library must not stop the sender
            log_failure("the metrics callable failed", error=error)

    def read(self) -> Counts:
        """The current numbers."""
        with _lock:
            return Counts(rules=dict(self._rules), **self._counts)

    def __getstate__(self) -> dict[str, Any]:
        with _lock:
            return {"_metrics": self._metrics, "_counts": dict(self._counts), "_rules": Counter(self._rules)}

    def __repr__(self) -> str:
        return f"Counters({self.read()})"
