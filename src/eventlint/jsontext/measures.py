"""Measures of strings that rules and screens share."""

from __future__ import annotations

from functools import lru_cache


def byte_length(text: str) -> int:
    """The number of bytes of a string in UTF-8; a lone surrogate counts three."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


@lru_cache(4)
def key_byte_length(key: str) -> int:
    """As :func:`byte_length`, for a key that may have many values."""
    return byte_length(key)


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


def query_of(url: str) -> str:
    """The query of a URL, still percent-encoded; empty if there is none."""
    return url.partition("#")[0].partition("?")[2]
