"""Integers as the server converts them from numbers and strings.

The JSON reader converts numbers, Java's ``Double.parseDouble`` converts strings; both drop the fraction.
"""

from __future__ import annotations

import re

MINIMUM = -(2**31)
MAXIMUM = 2**31 - 1
"""The range of Java's ``int``."""

EMPTY = "empty String"
TWO_POINTS = "multiple points"
NOT_A_NUMBER = 'For input string: "{text}"'
"""Java's reasons for a string that is not a number."""

_DECIMAL = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[fFdD]?"
_HEXADECIMAL = r"([-+]?0[xX](?:[0-9a-fA-F]+\.?|[0-9a-fA-F]*\.[0-9a-fA-F]+)[pP][-+]?[0-9]+)[fFdD]?"
_NAMED = r"([-+]?)(?:(NaN)|Infinity)"
_POINTS = r"[-+]?[0-9]*\.[0-9]*\."
_TRIMMED = "".join(map(chr, range(0x21)))


class OutOfRangeError(ValueError):
    """The number does not fit into 32 bits."""


def of_number(text: str) -> int:
    """The integer that the server converts a JSON number to.

    Raises:
        OutOfRangeError: It does not fit into 32 bits; the range is checked before the fraction is dropped.
    """
    if text.lstrip("-").isdigit():
        if len(text) > 11:
            raise OutOfRangeError
        value: float = int(text)
    else:
        value = float(text)
    if not MINIMUM <= value <= MAXIMUM:
        raise OutOfRangeError
    return int(value)


def of_string(text: str) -> int:
    """The integer that the server converts a string to.

    Raises:
        OutOfRangeError: It does not fit into 32 bits.
        ValueError: It is not a number; the message is Java's.
    """
    value = parse_double(text)
    if value != value:  # NaN
        return 0
    if not MINIMUM <= value <= MAXIMUM:
        raise OutOfRangeError
    return int(value)


def reason_untrimmed(reason: str, text: str) -> str:
    """The reason why a string is not a number, in newer versions of Java: it has the white space around the string."""
    trimmed = NOT_A_NUMBER.format(text=text.strip(_TRIMMED))
    return NOT_A_NUMBER.format(text=text) if reason == trimmed else reason


def parse_double(text: str) -> float:
    """The number in a string (``Double.parseDouble``).

    Raises:
        ValueError: It is not a number; the message is Java's.
    """
    trimmed = text.strip(_TRIMMED)
    if not trimmed:
        raise ValueError(EMPTY)
    if re.fullmatch(_DECIMAL, trimmed):
        return float(trimmed.rstrip("fFdD"))
    hexadecimal = re.fullmatch(_HEXADECIMAL, trimmed)
    if hexadecimal:
        return _from_hexadecimal(hexadecimal[1])
    named = re.fullmatch(_NAMED, trimmed)
    if named:
        return float("nan") if named[2] else float(named[1] + "inf")
    if re.match(_POINTS, trimmed):
        raise ValueError(TWO_POINTS)
    raise ValueError(NOT_A_NUMBER.format(text=trimmed))


def _from_hexadecimal(text: str) -> float:
    try:
        return float.fromhex(text)
    except (OverflowError, ValueError):  # an exponent that no float has
        digits, _, exponent = text.lower().partition("p")
        is_zero = not digits.strip("-+0x.")
        return 0.0 if is_zero or exponent.startswith("-") else float("-inf" if text.startswith("-") else "inf")
