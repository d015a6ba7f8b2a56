"""What a case raises if a check fails."""

from __future__ import annotations


class FailedCheckError(Exception):
    """A check of a fuzzed case failed."""


def expect(holds: bool, problem: str, data: object) -> None:
    """Raise an exception unless a condition holds.

    Args:
        holds: The condition.
        problem: What is wrong if it does not.
        data: What was checked; its start is shown.
    """
    if not holds:
        raise FailedCheckError(f"{problem}: {repr(data)[:4000]}")
