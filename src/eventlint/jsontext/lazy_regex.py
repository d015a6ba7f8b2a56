"""Regular expressions that are compiled when first used, because compiling dominates a short run."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

PATIENCE = 1 << 15
"""About as many bytes are read token by token in the time in which a large expression is compiled."""

_SHORT = 4096
"""If this many bytes or fewer are left in a text, an eighth of them counts: the text has many values to ask about."""


class Lazy:
    """A regular expression for bytes.

    Attributes:
        match: As ``re.Pattern.match``. The first call compiles the expression, or matches nothing until it is worth it.
    """

    __slots__ = ("match",)

    def __init__(self, source: bytes, patience: int = 0) -> None:
        """Begin with an expression that is not compiled.

        Args:
            source: The expression.
            patience: About how many bytes it is asked about, in all calls together, before it is compiled. Until then
                it matches nothing. It is for large expressions that only make reading faster.
        """
        self.match: Callable[..., re.Match[bytes] | None] = self._compile(source, patience)

    def _compile(self, source: bytes, patience: int) -> Callable[..., re.Match[bytes] | None]:
        offered = 0

        def first(data: bytes, pos: int = 0, end: int = sys.maxsize) -> re.Match[bytes] | None:
            nonlocal offered
            left = min(len(data), end) - pos
            offered += left if left > _SHORT else left // 8
            if offered < patience:
                return None
            self.match = re.compile(source).match
            return self.match(data, pos, end)

        return first
