"""What generated code asks of strings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Space = dict[str, Any]
"""The names that generated code may use."""


def byte_length(text: str) -> int:
    """The number of bytes of a string in UTF-8; a lone surrogate counts three."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def utf16_length(text: str) -> int:
    """The number of UTF-16 code units of a string."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def has_surrogate(text: str) -> bool:
    """Whether a string has a lone surrogate, so that UTF-8 cannot encode it."""
    try:
        str.encode(text)
    except UnicodeEncodeError:
        return True
    return False


def is_word(text: str) -> bool:
    """Whether a string of ASCII characters is a word with hyphens or underscores."""
    bare = text.replace("-", "").replace("_", "")
    return bare.isalnum() and not bare.isdigit()


def query_of(url: str) -> str:
    """The query of a URL, still percent-encoded; empty if there is none."""
    return url.partition("#")[0].partition("?")[2]


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
