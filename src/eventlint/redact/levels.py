"""A text as it was written, and decoded again and again, with the way back to its offsets.

Secrets are found in encoded text by looking at each level: a parameter of an encoded URL in a parameter is readable
after one round of decoding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

MAX_ROUNDS = 4
"""How often a text is decoded."""

_CONTINUED = "(?:%[89ABab][0-9A-Fa-f])"
_PERCENT = (
    r"(?:%[0-7][0-9A-Fa-f])++"
    rf"|(?:%(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f]){_CONTINUED})++"
    rf"|(?:(?:%[Ee]0%[ABab][0-9A-Fa-f]|%[Ee][1-9A-CEFa-cef]{_CONTINUED}|%[Ee][Dd]%[89][0-9A-Fa-f]){_CONTINUED})++"
    rf"|(?:(?:%[Ff]0%[9ABab][0-9A-Fa-f]|%[Ff][1-3]{_CONTINUED}|%[Ff]4%8[0-9A-Fa-f]){_CONTINUED}{{2}})++"
)
"""Runs of percent-encoded characters of one, two, three or four bytes of well-formed UTF-8."""
_ANY = (
    rf"{_PERCENT}|(?:\\u[0-9A-Fa-f]{{4}})++|(?:\\x[0-9A-Fa-f]{{2}})++|(?:\\[\"'\\/nrt])++|(?:&amp;)++|(?:~[01])++"
    r"|&(?:quot|apos|lt|gt|num|equals|commat|colon|sol|#[0-9]{1,5}|#[xX][0-9A-Fa-f]{1,4});"
)
"""Runs of encoded units of one width, and single units of other widths."""
_SIGNS = ("%", "\\", "&", "~")
_SHORT = str.maketrans({"n": "\n", "r": "\r", "t": "\t"})
_POINTER = str.maketrans({"0": "~", "1": "/"})
_ENTITIES = {
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
        # Where runs of units and what is between them begin here, where in the text before decoding, and how many
        # characters one character here has there.
        self._starts = starts or []
        self._sources: list[int] = []
        self._widths: list[int] = []

    @classmethod
    def decoded(cls, before: Level, expression: str) -> Level | None:
        """The next level; None if nothing is encoded."""
        pieces: list[str] = []
        starts, sources, widths = [0], [0], [1]
        at = length = 0
        for run in re.finditer(expression, before.text):
            start, encoded = run.start(), run[0]
            decoded = _characters(encoded)
            pieces += (before.text[at:start], decoded)
            length += start - at
            starts += (length, length + len(decoded))
            length += len(decoded)
            at = start + len(encoded)
            sources += (start, at)
            widths += (len(encoded) // len(decoded), 1)
        if not at:
            return None
        pieces.append(before.text[at:])
        level = cls("".join(pieces), before, starts)
        level._sources, level._widths = sources, widths
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
        return self._sources[index] + (here - self._starts[index]) * self._widths[index]


def levels(text: str) -> Iterator[Level]:
    """The text, and each text that a round of decoding gives: percent-encoding, escapes of JSON, HTML and pointers."""
    level = Level(text)
    yield level
    for _ in range(MAX_ROUNDS):
        if not any(sign in level.text for sign in _SIGNS):
            return
        decoded = Level.decoded(level, _ANY)
        if decoded is None:
            return
        level = decoded
        yield level


def percent_decoded(text: str) -> Iterator[str]:
    """The texts of the levels if only percent-encoding is decoded."""
    yield text
    for _ in range(MAX_ROUNDS):
        before, text = text, re.sub(_PERCENT, _decoded_run, text) if "%" in text else text
        if text == before:
            return
        yield text


def _decoded_run(run: re.Match[str]) -> str:
    encoded = run[0]
    return _decoded_characters(encoded) if len(encoded) <= _SHORT_RUN else _characters(encoded)


_SHORT_RUN = 12
"""The number of characters of the longest run that is decoded once for all: a long text has the same ones."""


@lru_cache(256)
def _decoded_characters(encoded: str) -> str:
    return _characters(encoded)


def _characters(run: str) -> str:
    """The characters that a run of encoded units stands for."""
    if run[0] == "%":
        return bytes.fromhex(run.replace("%", "")).decode()
    if run[0] == "&":
        return _entity(run[1:-1]) if not run.startswith("&amp;") else "&" * (len(run) // 5)
    if run[0] == "~":
        return run[1::2].translate(_POINTER)
    if run[1] in "ux":
        width = 6 if run[1] == "u" else 4
        return "".join([chr(int(run[at + 2 : at + width], 16)) for at in range(0, len(run), width)])
    return run[1::2].translate(_SHORT)


def _entity(name: str) -> str:
    """The character of an entity of HTML."""
    if name[0] != "#":
        return _ENTITIES[name]
    return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
