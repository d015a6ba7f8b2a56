"""What rules say: the values that they hand on, and how a value is shown in a message; it must not know any rule."""

from typing import NamedTuple

from eventlint.mirror.faults import Part
from eventlint.model import Edit, Effect, Fix
from eventlint.redact import masked

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


class Told(NamedTuple):
    """What a rule of the error tier says of a fault: the message, and perhaps a hint and a fix."""

    message: str
    hint: str | None = None
    fix: Fix | None = None


class Found(NamedTuple):
    """What a rule of the other tiers has found.

    Attributes:
        message: One sentence.
        offset: The byte that people should look at, from 0.
        pointer: The way to the value, as names and indexes.
        hint: What to write instead.
        effect: For the tier ``loss``: what happens to the event.
        fix: How it can be mended.
    """

    message: str
    offset: int = 0
    pointer: tuple[Part, ...] = ()
    hint: str | None = None
    effect: Effect | None = None
    fix: Fix | None = None


def shown(value: object, most: int = SHOWN) -> str:
    """A value as a message shows it: in quotes, on one line, without secrets, and not longer than a screen is wide."""
    text = masked(value if isinstance(value, str) else str(value))
    cut = text[:most]
    safe = "".join(character if character.isprintable() else f"\\u{ord(character):04x}" for character in cut)
    return f"'{safe}{'…' if len(text) > most else ''}'"


def safe(title: str, *edits: Edit) -> Fix:
    """A fix after which the event means the same."""
    return Fix("safe", title, edits)


def unsafe(title: str, *edits: Edit) -> Fix:
    """A fix that may change what the event means."""
    return Fix("unsafe", title, edits)
