"""Draws from a strategy by a seed: the same values on every run.

Hypothesis chooses what to try by what it has tried before, by its database, and by constants in the loaded code. Here
it draws from bytes instead, through its interface for fuzzers, and the bytes come from the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from eventlint.errors import UsageError

T = TypeVar("T")

_SIZES = (4096, 16_384)
"""How many bytes a value is drawn from, at first and when it needs more; Hypothesis accepts no more."""

_TRIES = 200
"""How many draws in a row may fail."""


def drawn(strategy: st.SearchStrategy[T], seed: int = 0) -> Iterator[T]:
    """Draw values from a strategy, without end.

    Each value depends on the seed and on its place in the sequence alone, for one version of Hypothesis.

    Args:
        strategy: The strategy.
        seed: Any integer.

    Raises:
        UsageError: The strategy yields nothing: its values are too large, or it rejects every draw.
    """
    found: list[T] = []

    @settings(database=None, deadline=None)
    @given(strategy)
    def keep(value: T) -> None:
        found.append(value)

    draw: Callable[[bytes], object] = keep.hypothesis.fuzz_one_input  # type: ignore[attr-defined]
    last = 0
    for number in count():
        for size in _SIZES:
            if not found:
                draw(Random(f"{seed}/{number}").randbytes(size))  # noqa: S311 - no secret
        if found:
            last = number
            yield found.pop()
        elif number - last >= _TRIES:
            raise UsageError("the strategy yields no values")
