"""How many events the tests draw, and how they check each."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import find as _find
from hypothesis import strategies as st

from eventlint import Finding

T = TypeVar("T")

DRAWS = int(os.environ.get("EVENTLINT_DRAWS", "150"))
"""How many events of each kind are drawn; the environment can raise it."""


SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much)
"""Hypothesis's health checks that are about speed; long strings are drawn on purpose."""


def for_each(strategy: st.SearchStrategy[T], assertion: Callable[[T], object], draws: int = DRAWS) -> None:
    """Check what a strategy draws; Hypothesis shrinks and shows what fails."""

    @settings(max_examples=draws, database=None, suppress_health_check=SLOW)
    @given(strategy)
    def run(value: T) -> None:
        assertion(value)

    run()


def least(strategy: st.SearchStrategy[T], condition: Callable[[T], bool]) -> T:
    """The value that a strategy shrinks to."""
    return _find(strategy, condition, settings=settings(database=None, max_examples=5000))


def reported(findings: tuple[Finding, ...], *tiers: str) -> list[tuple[str, str, str]]:
    """The tier, the rule and the pointer of each finding of some tiers."""
    return [(finding.tier, finding.rule, finding.pointer) for finding in findings if finding.tier in tiers]
