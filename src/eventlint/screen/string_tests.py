"""What generated code asks of strings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Space = dict[str, Any]
"""The names that generated code may use."""


def is_word(text: str) -> bool:
    """Whether a string of ASCII characters is a word with hyphens or underscores."""
    bare = text.replace("-", "").replace("_", "")
    return bare.isalnum() and not bare.isdigit()


def searcher(space: Space, name: str, source: str) -> Callable[[str], re.Match[str] | None]:
    """The function that searches for a regular expression, which the first call compiles.

    Args:
        space: Where generated code finds the function; the first call replaces it there.
        name: Its name.
        source: The expression.
    """

    def first(text: str) -> re.Match[str] | None:
        space[name] = search = re.compile(source).search
        return search(text)

    return first
