"""Keeps the threads of the server from waiting for each other."""

from __future__ import annotations

import asyncio
import gc
import sys

_SWITCH = 0.001
"""The seconds after which a thread that computes lets another one run: a message passes several threads."""

_NEVER = 1 << 30

_IDLE = 2.0
"""The seconds without a check after which the server counts as idle."""

_CHECKS = 500
"""How many checks there are from one search for cyclic garbage to the next."""

_MOST_CHECKS = 5000
"""How many checks there are at most, if the server is never idle."""


def avoid_pauses() -> None:
    """Have threads change quickly, and nothing search all objects for cyclic garbage while somebody waits.

    A large document has hundreds of thousands of objects, and a search through them holds all threads for more than
    100 ms. Checks make no cycles, so that most of the searches find nothing.
    """
    sys.setswitchinterval(_SWITCH)
    gc.collect()
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)


class IdleCollector:
    """Searches for cyclic garbage while the server is idle, after many checks."""

    def __init__(self) -> None:
        self._checks = 0
        self._timer: asyncio.TimerHandle | None = None

    def note(self) -> None:
        """Note that a check has ended."""
        self._checks += 1
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._checks >= _MOST_CHECKS:
            self._collect()
        elif self._checks >= _CHECKS:
            self._timer = asyncio.get_running_loop().call_later(_IDLE, self._collect)

    def _collect(self) -> None:
        self._checks = 0
        gc.collect()
