"""Small decisions, drawn so that the first choice is the plainest; it must not know events.

Each decision is one draw of a small integer, which is fast, and shrinks to the first choice.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Draw(Protocol):
    """What Hypothesis hands to a composite strategy."""

    def __call__(self, strategy: st.SearchStrategy[T], label: object = None) -> T:
        """Draw a value."""
        ...


@functools.cache
def upto(last: int) -> st.SearchStrategy[int]:
    """Whole numbers from 0 to the last one, which is included."""
    return st.integers(0, last)


def pick(draw: Draw, choices: Sequence[T]) -> T:
    """One of some choices."""
    return choices[draw(upto(len(choices) - 1))] if len(choices) > 1 else choices[0]


def seldom(draw: Draw, one_in: int) -> bool:
    """True once in so many times; shrinks to False."""
    return draw(upto(one_in - 1)) == one_in - 1
