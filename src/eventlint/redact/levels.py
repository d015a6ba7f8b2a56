"""A text as it was written, and decoded again and again, with the way back to its offsets.

Secrets are found in encoded text by looking at each level: a parameter of an encoded URL in a parameter is readable
after one round of decoding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from eventlint.redact.expressions import compiled

MAX_ROUNDS = 4
"""How often a text is decoded."""


def _run(unit: str) -> str:
    """An expression for one or more units in a row, which begins with the sign of a unit: it is searched for fast."""
    return f"{unit}(?:{unit})*+"


_DIGIT = "[0-9A-Fa-f]"
_NEXT = f"%[89ABab]{_DIGIT}"
_PERCENT = "|".join(
    (
        _run(f"%[0-7]{_DIGIT}"),
        _run(f"%(?:[Cc][2-9A-Fa-f]|[Dd]{_DIGIT}){_NEXT}"),
        _run(f"%[Ee](?:0%[ABab]{_DIGIT}|[1-9A-CEFa-cef]{_NEXT}|[Dd]%[89]{_DIGIT}){_NEXT}"),
        _run(f"%[Ff](?:0%[9ABab]{_DIGIT}|[1-3]{_NEXT}|4%8{_DIGIT}){_NEXT}{_NEXT}"),
    )
)
"""Runs of percent-encoded characters of one, two, three or four bytes of well-formed UTF-8."""

_ANY = "|".join(
    (
        _PERCENT,
        *map(_run, (rf"\\u{_DIGIT}{{4}}", rf"\\x{_DIGIT}{{2}}", r"\\[\"'\\/nrt]", "&amp;", "~[01]")),
        "&(?:quot|apos|lt|gt|num|equals|commat|colon|sol|#[0-9]{1,5}|#[xX][0-9A-Fa-f]{1,4});",
    )
)
"""Runs of encoded units of one width, and single units of other widths."""

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
        for run in compiled(expression).finditer(before.text):
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


def decoded_levels(text: str) -> Iterator[Level]:
    """The texts that rounds of decoding give: of percent-encoding, escapes of JSON, HTML and pointers."""
    if not _may_be_encoded(text):
        return
    level = Level(text)
    for _ in range(MAX_ROUNDS):
        decoded = Level.decoded(level, _ANY) if _may_be_encoded(level.text) else None
        if decoded is None:
            return
        level = decoded
        yield level


def _may_be_encoded(text: str) -> bool:
    """Whether a text has one of the signs with which an encoded character begins."""
    return "%" in text or "\\" in text or "&" in text or "~" in text


def percent_decoded(text: str) -> Iterator[str]:
    """The texts of the levels if only percent-encoding is decoded."""
    yield text
    for _ in range(MAX_ROUNDS):
        before, text = text, compiled(_PERCENT).sub(_decoded_run, text) if "%" in text else text
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
