"""Regular expressions that are compiled when first used, because compiling dominates a short run."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable


class Lazy:
    """A regular expression for bytes.

    Attributes:
        match: As ``re.Pattern.match``. The first call compiles the expression.
    """

    __slots__ = ("match",)

    def __init__(self, source: bytes) -> None:
        self.match: Callable[..., re.Match[bytes] | None] = self._compile(source)

    def _compile(self, source: bytes) -> Callable[..., re.Match[bytes] | None]:
        def first(data: bytes, pos: int = 0, end: int = sys.maxsize) -> re.Match[bytes] | None:
            self.match = re.compile(source).match
            return self.match(data, pos, end)

        return first
