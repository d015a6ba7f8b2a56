"""Regular expressions that are compiled when they are first needed; it must not know what they match.

Compiling is most of what a short run would wait for, and few runs need all expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable


class Lazy:
    """An expression for bytes.

    Attributes:
        match: As that of a compiled expression. The first call compiles it, and puts the compiled one in its place.
    """

    __slots__ = ("match",)

    def __init__(self, source: bytes) -> None:
        self.match: Callable[..., re.Match[bytes] | None] = self._compile(source)

    def _compile(self, source: bytes) -> Callable[..., re.Match[bytes] | None]:
        def first(data: bytes, pos: int = 0) -> re.Match[bytes] | None:
            self.match = re.compile(source).match
            return self.match(data, pos)

        return first
