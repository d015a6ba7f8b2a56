"""Draws from a strategy by a seed, the same on every run; it must not know what is drawn.

Hypothesis chooses what to try by what it has tried, by its database, and by constants in the code that is loaded. So it
is given the bytes to draw from instead, by its door for fuzzers, and the bytes come from the seed.
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
"""How many bytes a value is drawn from, first and when it needs more; Hypothesis takes no more."""

_TRIES = 200
"""How many places in a row may have no value."""


def drawn(strategy: st.SearchStrategy[T], seed: int = 0) -> Iterator[T]:
    """Values of a strategy, without end; the same for the same seed and the same version of Hypothesis.

    Each value depends on the seed and on its place alone.

    Args:
        strategy: What to draw from.
        seed: Any whole number.

    Raises:
        UsageError: The strategy gives nothing: it is too large, or refuses all that is drawn.
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
            raise UsageError("nothing can be drawn from this strategy")
