"""Recognizes a message of the server: the reverse of :mod:`eventlint.mirror.messages`."""

from __future__ import annotations

import functools
import json
import re
from string import Formatter
from typing import Any, NamedTuple

from eventlint.mirror.messages import MESSAGES, WRAPPER

_MAX_WHOLE, _MAX_HEAD = 2_000, 10_000
"""How many characters are searched for a message, and for its head; the former takes more than linear time."""
_POSITION = r"(?:\[-?\d+:-?\d+\] )?"
_WHOLE, _INSIDE = rf"\A{_POSITION}", rf"(?:\A|[\s\"':\]]){_POSITION}"
"""Where a message begins: at the start of the text, or anywhere in a line of a log."""
_WORDS = frozenset({"header", "newer", "older", "parser", "version"})
"""The fields that are always one word."""
_HEAD_LETTERS = 8
"""How many letters in a row identify a message that was cut off."""


class Recognized(NamedTuple):
    """A message of the server.

    Attributes:
        kind: The kind of fault, or :data:`~eventlint.mirror.messages.WRAPPER`.
        values: The values in the message, by the names of the template's fields.
    """

    kind: str
    values: dict[str, str]


def recognize(message: str) -> Recognized | None:
    """The fault that a message, or text that ends in one, is about; None when it is not a message of the server."""
    whole, heads, wrappers = _patterns()
    for start, patterns, size in (
        (_WHOLE, whole, _MAX_WHOLE),
        (_WHOLE, heads, _MAX_HEAD),
        (_INSIDE, whole, _MAX_WHOLE),
        (_INSIDE, heads, _MAX_HEAD),
        (_WHOLE, wrappers, _MAX_WHOLE),
    ):
        for kind, pattern in patterns:
            match = re.search(f"{start}(?:{pattern})", message[:size], re.DOTALL)
            if match is not None:
                return Recognized(kind, match.groupdict(""))
    return None


def innermost(answer: str) -> str:
    """The most specific message of an answer in JSON; any other text as it is."""
    try:
        document: Any = json.loads(answer)
    except (ValueError, RecursionError):
        return answer.strip()
    error = document.get("error", document) if isinstance(document, dict) else document
    while isinstance(error, dict) and isinstance(error.get("caused_by"), dict):
        error = error["caused_by"]
    return str(error.get("reason", answer) if isinstance(error, dict) else error).strip()


@functools.cache
def _patterns() -> tuple[list[tuple[str, str]], ...]:
    """Regular expressions with their kinds: for messages, for heads of messages, and for wrappers."""
    whole, heads, wrappers = [], [], []
    for key, message in MESSAGES.items():
        kind = key if message.kind is None else message.kind
        pattern = head = ""
        names: set[str] = set()
        for literal, field, _, _ in Formatter().parse(message.text):
            pattern += re.escape(literal)
            if not head and re.search(rf"[^\W\d]{{{_HEAD_LETTERS}}}", re.sub(r"\W", "", literal)):
                head = pattern
            if field is not None:
                value = r"[^\s\]]*" if field in _WORDS else ".*?"
                pattern += value if field in names else f"(?P<{field}>{value})"
                names.add(field)
        if kind == WRAPPER:
            wrappers.append((kind, pattern))
        elif head or not names:
            whole.append((kind, pattern))
            heads.append((kind, head or pattern))
    return whole, heads, wrappers
