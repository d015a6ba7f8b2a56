"""Regular expressions are compiled when they are first used: most texts need few of them."""

from __future__ import annotations

import re
from functools import cache

Span = tuple[int, int]
"""The start and the end of what an expression matches, in characters."""


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """The compiled form of an expression of this package; their number is fixed."""
    return re.compile(expression)
