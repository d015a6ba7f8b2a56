"""What a rule reports, and how messages show values."""

from __future__ import annotations

from functools import lru_cache

from eventlint.escaping import printable
from eventlint.mirror.faults import Part
from eventlint.model import Edit, Effect, Fix
from eventlint.named_tuples import NamedTuple
from eventlint.redact import CONTEXT, redact_part

SHOWN = 60
"""The maximum number of characters of a value in a message."""

KINDS_OF_VALUE = {
    "VALUE_STRING": "a string",
    "VALUE_NUMBER": "a number",
    "VALUE_BOOLEAN": "true or false",
    "VALUE_NULL": "null",
    "VALUE_EMBEDDED_OBJECT": "bytes",
    "START_OBJECT": "an object",
    "START_ARRAY": "an array",
    "END_ARRAY": "nothing",
    "null": "nothing",
}
"""The server's token names, in plain English."""


class Diagnostic(NamedTuple):
    """A problem that a rule reports.

    Attributes:
        message: What is wrong, including the value, in at most a dozen words.
        hint: What to write instead.
        offset: The byte offset, from 0. Ignored for rules of the tier ``error``, whose fault has an offset.
        pointer: The path to the value, as keys and indexes. Empty for the value that the rule checked.
        effect: For the tier ``loss``: what happens to the event.
    """

    message: str
    hint: str | None = None
    fix: Fix | None = None
    offset: int = 0
    pointer: tuple[Part, ...] = ()
    effect: Effect | None = None


def shown(value: object, most: int = SHOWN) -> str:
    """Format a value for a message: quoted, on one line, redacted, and truncated."""
    text = value if isinstance(value, str) else str(value)
    return _shown(text[: most + CONTEXT], most)


@lru_cache(256)
def _shown(text: str, most: int) -> str:
    """A text for a message. Many findings may be about values of one key, so that the last texts are kept."""
    return f"'{printable(redact_part(text, 0, most))}{'…' if len(text) > most else ''}'"


def safe(title: str, *edits: Edit) -> Fix:
    """Create a fix that does not change the meaning of the event."""
    return Fix("safe", title, edits)


def unsafe(title: str, *edits: Edit) -> Fix:
    """Create a fix that may change the meaning of the event."""
    return Fix("unsafe", title, edits)
