"""A text as it was written, and decoded again and again, with the way back to its offsets.

Secrets are found in encoded text by looking at each level: a parameter of an encoded URL in a parameter is readable
after one round of decoding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

MAX_ROUNDS = 4
"""How often a text is decoded."""

_CONTINUED = "%[89ABab][0-9A-Fa-f]"
_PERCENT = (
    rf"%[0-7][0-9A-Fa-f]|%[C-Dc-d][0-9A-Fa-f]{_CONTINUED}|%[Ee][0-9A-Fa-f](?:{_CONTINUED}){{2}}"
    rf"|%[Ff][0-4](?:{_CONTINUED}){{3}}"
)
_ANY = (
    rf"{_PERCENT}|\\(?:u[0-9A-Fa-f]{{4}}|x[0-9A-Fa-f]{{2}}|[\"'\\/nrt])"
    r"|&(?:amp|quot|apos|lt|gt|num|equals|commat|colon|sol|#[0-9]{1,5}|#[xX][0-9A-Fa-f]{1,4});|~[01]"
)
_SIGNS = ("%", "\\", "&", "~")
_SHORT = {"n": "\n", "r": "\r", "t": "\t"}
_ENTITIES = {
    "amp": "&",
    "quot": '"',
    "apos": "'",
    "lt": "<",
    "gt": ">",
    "num": "#",
    "equals": "=",
    "commat": "@",
    "colon": ":",
    "sol": "/",
}


class Level:
    """A decoded text.

    Attributes:
        text: The text.
    """

    def __init__(self, text: str, before: Level | None = None, starts: list[int] | None = None) -> None:
        self.text = text
        self._before = before
        self._starts = starts or []  # the offsets here, alternately with the offsets in the text before decoding
        self._sources: list[int] = []

    @classmethod
    def decoded(cls, before: Level, expression: str) -> Level | None:
        """The next level; None if nothing is encoded."""
        pieces: list[str] = []
        starts, sources = [0], [0]
        at = length = 0
        for unit in re.finditer(expression, before.text):
            pieces.append(before.text[at : unit.start()])
            pieces.append(_character(unit[0]))
            length += unit.start() - at + len(pieces[-1])
            at = unit.end()
            starts.append(length - len(pieces[-1]))
            sources.append(unit.start())
            starts.append(length)
            sources.append(at)
        if not at:
            return None
        pieces.append(before.text[at:])
        level = cls("".join(pieces), before, starts)
        level._sources = sources
        return level

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A range of this text as a range of the text before the first round of decoding."""
        level = self
        while level._before is not None:
            start, end = level._offset(start), level._offset(end)
            level = level._before
        return start, end

    def _offset(self, here: int) -> int:
        index = bisect_right(self._starts, here) - 1
        return self._sources[index] + here - self._starts[index]


def levels(text: str) -> Iterator[Level]:
    """The text, and each text that a round of decoding gives: percent-encoding, escapes of JSON, HTML and pointers."""
    return _levels(text, _ANY, _SIGNS)


def percent_levels(text: str) -> Iterator[Level]:
    """Like :func:`levels`, but only percent-encoding is decoded."""
    return _levels(text, _PERCENT, _SIGNS[:1])


def _levels(text: str, expression: str, signs: tuple[str, ...]) -> Iterator[Level]:
    level = Level(text)
    yield level
    for _ in range(MAX_ROUNDS):
        if not any(sign in level.text for sign in signs):
            return
        decoded = Level.decoded(level, expression)
        if decoded is None:
            return
        level = decoded
        yield level


def _character(unit: str) -> str:
    """The character that an encoded unit stands for."""
    if unit[0] == "%":
        return bytes.fromhex(unit.replace("%", "")).decode("utf-8", "replace")
    if unit[0] == "&":
        return _entity(unit[1:-1])
    if unit[0] == "~":
        return "~" if unit[1] == "0" else "/"
    if unit[1] in "ux":
        return chr(int(unit[2:], 16))
    return _SHORT.get(unit[1], unit[1])


def _entity(name: str) -> str:
    """The character of an entity of HTML."""
    if name[0] != "#":
        return _ENTITIES[name]
    return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
