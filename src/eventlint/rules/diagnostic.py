"""What rules say: the values that they hand on, and how a value is shown in a message; it must not know any rule."""

from typing import NamedTuple

from eventlint.mirror.faults import Part
from eventlint.model import Edit, Effect, Fix
from eventlint.redact import redact

SHOWN = 60
"""How many characters of a value a message shows."""

KINDS_OF_VALUE = {
    "VALUE_STRING": "a string",
    "VALUE_NUMBER": "a number",
    "VALUE_BOOLEAN": "true or false",
    "VALUE_NULL": "null",
    "START_OBJECT": "an object",
    "START_ARRAY": "an array",
    "END_ARRAY": "nothing",
    "null": "nothing",
}
"""The server's names for tokens, in plain words."""


class Diagnostic(NamedTuple):
    """What a rule reports.

    Attributes:
        message: What is wrong, in one sentence.
        hint: What to write instead.
        fix: A mechanical fix.
        offset: The byte to show, from 0; meaningless for rules of the error tier, whose fault has an offset.
        pointer: The path to the value, as keys and indexes; empty for the value that the rule was asked about.
        effect: For the tier ``loss``: what happens to the event.
    """

    message: str
    hint: str | None = None
    fix: Fix | None = None
    offset: int = 0
    pointer: tuple[Part, ...] = ()
    effect: Effect | None = None


def shown(value: object, most: int = SHOWN) -> str:
    """A value as a message shows it: in quotes, on one line, without secrets, and not longer than a screen is wide."""
    text = redact(value if isinstance(value, str) else str(value))
    cut = text[:most]
    safe = "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in cut)
    return f"'{safe}{'…' if len(text) > most else ''}'"


def safe(title: str, *edits: Edit) -> Fix:
    """A fix after which the event means the same."""
    return Fix("safe", title, edits)


def unsafe(title: str, *edits: Edit) -> Fix:
    """A fix that may change what the event means."""
    return Fix("unsafe", title, edits)
