"""Finds secrets and personal data in text and redacts them.

These are redacted, also when they are percent-encoded, escaped, or inside an encoded URL or JSON document:

- values of parameters, members, and headers whose names indicate a secret (see :mod:`eventlint.redact.names`);
- keys of well-known services (see :mod:`eventlint.redact.service_keys`) and JSON Web Tokens;
- credentials after the name of an HTTP authentication scheme, such as ``Bearer``;
- the user and the password in a URL;
- e-mail addresses and telephone numbers.

Each character becomes an asterisk, so that columns stay the same. The time is linear in the length of the text.
"""

from __future__ import annotations

from functools import cache, lru_cache
from types import ModuleType

CONTEXT = 2000
"""The number of characters next to the shown part of a text that are searched for the start or end of a secret."""

_SHORTEST = 6
"""A text with fewer characters cannot contain a secret and a sign of it."""

_SHORTEST_KEY = 14
"""Fewer letters cannot be the key of a service."""

_LONGEST_KEPT = 200
"""The number of characters of the longest text whose redacted form is kept."""


def redact(text: str) -> str:
    """Replace each character of a secret with an asterisk."""
    if len(text) < _SHORTEST or (len(text) < _SHORTEST_KEY and text.isalpha()):
        return text
    return _redacted_again(text) if len(text) <= _LONGEST_KEPT else _redacted(text)


def _redacted(text: str) -> str:
    found = _scan().spans(text)
    return _with_asterisks(text, found) if found else text


@cache
def _scan() -> ModuleType:
    """The module that finds secrets; a run without findings does not need it."""
    from eventlint.redact import scan

    return scan


_redacted_again = lru_cache(512)(_redacted)
"""For short texts: many findings have the same pointer, message or hint, and most pass through several functions."""


def redact_pointer(pointer: str) -> str:
    """Redact a JSON Pointer; values next to each other in an array share the work for the pointer to the array."""
    above, separator, last = pointer.rpartition("/")
    if len(last) <= _LONGEST_INDEX and last.isdigit():
        return f"{_redact_shared(above)}{separator}{last}"
    return redact(pointer)


_LONGEST_INDEX = 6
_redact_shared = lru_cache(64)(redact)


def redact_part(text: str, start: int, end: int) -> str:
    """Redact a part of a long text, without reading all of the text.

    A part that begins in the middle of a string is redacted up to the end of the string, because the name before it is
    unknown.

    Args:
        text: The whole text.
        start: The offset of the first character of the part, from 0.
        end: The offset after its last character.
    """
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    window = redact(text[first:last])
    if first > 0 or last < len(text):
        cuts = _scan().spans_at_cuts(text[first:last], is_start_cut=first > 0, is_end_cut=last < len(text))
        window = _with_asterisks(window, cuts)
    return window[start - first : end - first]


def _with_asterisks(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with an asterisk for each character of some spans, except line endings."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        start = max(start, at)
        hidden = text[start:end]
        pieces.append(text[at:start])
        pieces.append("*" * len(hidden) if "\n" not in hidden else "\n".join("*" * len(p) for p in hidden.split("\n")))
        at = end
    return "".join(pieces) + text[at:]
