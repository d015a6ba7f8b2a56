"""Draws from a strategy by a seed, the same on every run; it must not know what is drawn.

Hypothesis chooses what to try by what it has tried, by its database, and by constants in the code that is loaded. So it
is given the bytes to draw from instead, by its door for fuzzers, and the bytes come from the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

T = TypeVar("T")

_BYTES = 4096
_MOST_BYTES = 2**20


def drawn(strategy: st.SearchStrategy[T], seed: int = 0) -> Iterator[T]:
    """Values of a strategy, without end; the same for the same seed and the same version of Hypothesis.

    Each value depends on the seed and on its place alone.

    Args:
        strategy: What to draw from.
        seed: Any whole number.
    """
    found: list[T] = []

    @settings(database=None, deadline=None)
    @given(strategy)
    def keep(value: T) -> None:
        found.append(value)

    draw: Callable[[bytes], object] = keep.hypothesis.fuzz_one_input  # type: ignore[attr-defined]
    number = 0
    while True:
        size = _BYTES
        while not found and size <= _MOST_BYTES:
            # A value may need more bytes than there are, and is then drawn anew from more.
            draw(Random(f"{seed}/{number}").randbytes(size))  # noqa: S311 - no secret
            size *= 4
        yield from found
        found.clear()
        number += 1
