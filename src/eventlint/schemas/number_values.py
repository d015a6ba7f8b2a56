"""Numbers within bounds, that are multiples of some numbers and not of others."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eventlint.schemas.solver import Case

_MOST_TRIES = 20_000
_FEW = 4_000


def numbers(case: Case, kind: str) -> Iterator[Any]:
    """Different numbers for a case, simple ones first.

    Args:
        case: What must hold.
        kind: ``integer`` or ``fraction``.
    """
    from eventlint.schemas.solver import UNKNOWN

    try:
        yield from _numbers(case, kind)
    except (OverflowError, ValueError, ZeroDivisionError):
        yield UNKNOWN


class _Range:
    def __init__(self, case: Case) -> None:
        self.low: Fraction | None = None
        self.high: Fraction | None = None
        self.is_low_open = self.is_high_open = False
        self.steps: list[Fraction] = []
        self.gaps: list[Fraction] = []
        self.excluded: set[Fraction] = set()
        for name, *values in case.facts:
            if name in ("minimum", "exclusiveMinimum"):
                limit, is_open = exact(values[0]), name != "minimum"
                if self.low is None or (limit, is_open) > (self.low, self.is_low_open):
                    self.low, self.is_low_open = limit, is_open
            elif name in ("maximum", "exclusiveMaximum"):
                limit, is_open = exact(values[0]), name != "maximum"
                if self.high is None or (-limit, is_open) > (-self.high, self.is_high_open):
                    self.high, self.is_high_open = limit, is_open
            elif name == "multipleOf":
                self.steps.append(exact(values[0]))
            elif name == "no multiple":
                self.gaps.append(exact(values[0]))
            elif name == "excluded":
                self.excluded |= {
                    exact(one) for one in values[0] if isinstance(one, int | float) and not isinstance(one, bool)
                }

    def has(self, value: Fraction) -> bool:
        """Whether a number is in the range, and no multiple that is not wanted."""
        if self.low is not None and (value < self.low or (self.is_low_open and value == self.low)):
            return False
        if self.high is not None and (value > self.high or (self.is_high_open and value == self.high)):
            return False
        return all(value % gap for gap in self.gaps) and value not in self.excluded

    def is_exhausted(self, step: Fraction | None) -> bool:
        """Whether the numbers that were tried are all of them.

        Args:
            step: What they are multiples of; None if they may be anything.
        """
        if self.low is None or self.high is None:
            return False
        if step is None:
            return self.low >= self.high
        return (self.high - self.low) / step < _FEW


def exact(number: float) -> Fraction:
    """A number of JSON, as it is written."""
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def _numbers(case: Case, kind: str) -> Iterator[Any]:
    from eventlint.schemas.solver import UNKNOWN

    limits = _Range(case)
    is_whole = kind == "integer"
    steps = [*limits.steps, *([Fraction(1)] if is_whole else [])]
    step = Fraction(0)
    if not steps:
        found = _dense(limits)
    else:
        step = steps[0]
        for one in steps[1:]:
            step = Fraction(
                math.lcm(step.numerator * one.denominator, one.numerator * step.denominator),
                step.denominator * one.denominator,
            )
        if any(step % gap == 0 for gap in limits.gaps) or (not is_whole and step.denominator == 1):
            return
        found = _stepped(limits, step)
    known: set[Fraction] = set()
    for tried, value in enumerate(found):
        if tried > _MOST_TRIES:
            break
        if value not in known and limits.has(value) and (value.denominator == 1) == is_whole:
            known.add(value)
            made = _as_json(value)
            yield UNKNOWN if made is None else made
    if not limits.is_exhausted(step if steps else None):
        yield UNKNOWN


def _as_json(value: Fraction) -> Any:
    """A number that is written exactly; None if that is impossible."""
    if value.denominator == 1:
        return value.numerator
    made = float(value)
    return made if exact(made) == value else None


def _stepped(limits: _Range, step: Fraction) -> Iterator[Fraction]:
    """Multiples of a number, from zero or from a bound; all of them if they are few."""
    first = math.ceil(limits.low / step) if limits.low is not None else None
    last = math.floor(limits.high / step) if limits.high is not None else None
    if first is not None and last is not None:
        if last - first < _FEW:
            order: Iterator[int] = iter(sorted(range(first, last + 1), key=abs))
        else:
            order = itertools.chain(range(first, first + _FEW), range(last, last - _FEW, -1))
    elif first is not None:
        order = (
            itertools.count(first)
            if first >= 0
            else itertools.chain(range(min(-first, _FEW)), range(first, first + _FEW))
        )
    elif last is not None:
        order = itertools.chain([min(last, 0)], itertools.count(last, -1))
    else:
        order = (n for at in itertools.count() for n in (at, -at))
    return (step * n for n in order)


def _dense(limits: _Range) -> Iterator[Fraction]:
    """Numbers of a range, simple ones first."""
    low, high = limits.low, limits.high
    if low is not None and high is not None:
        if low > high:
            return
        yield from (low, high)
        for parts in (2, 3, 4, 5, 7, 8, 10, 16):
            yield from (low + (high - low) * Fraction(at, parts) for at in range(1, parts))
        yield from (low + (high - low) / 2**at for at in range(5, 40))
        return
    start = low if low is not None else high if high is not None else Fraction(0)
    sign = -1 if low is None and high is not None else 1
    yield start
    for at in range(1, _FEW):
        yield from (start + sign * Fraction(at, 2), start + sign * at)
    for at in range(2, 30):
        yield start + sign * Fraction(1, at)
        yield Fraction(math.floor(start)) + sign * (1 + Fraction(1, 2**at))
