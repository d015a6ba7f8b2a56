"""Small decisions, each drawn as one small integer: fast, and shrinks to the first and plainest choice."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Draw(Protocol):
    """The function that Hypothesis passes to a composite strategy."""

    def __call__(self, strategy: st.SearchStrategy[T], label: object = None) -> T:
        """Draw a value."""
        ...


@functools.cache
def upto(last: int) -> st.SearchStrategy[int]:
    """Integers from 0 to ``last``, inclusive."""
    return st.integers(0, last)


def pick(draw: Draw, choices: Sequence[T]) -> T:
    """One of the choices."""
    return choices[draw(upto(len(choices) - 1))] if len(choices) > 1 else choices[0]


def seldom(draw: Draw, one_in: int) -> bool:
    """True in one of ``one_in`` draws; shrinks to False."""
    return draw(upto(one_in - 1)) == one_in - 1
