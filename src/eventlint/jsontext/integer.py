"""Integers as the server makes them of numbers and of strings; it must not know where they stand.

A number is read by the JSON reader; a string by ``Double.parseDouble`` of Java. Either is cut off at its point.
"""

from __future__ import annotations

import re

MINIMUM = -(2**31)
MAXIMUM = 2**31 - 1

_DECIMAL = r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?[fFdD]?"
_HEXADECIMAL = r"([-+]?0[xX](?:[0-9a-fA-F]+\.?|[0-9a-fA-F]*\.[0-9a-fA-F]+)[pP][-+]?[0-9]+)[fFdD]?"
_NAMED = r"([-+]?)(?:(NaN)|Infinity)"
_POINTS = r"[-+]?[0-9]*\.[0-9]*\."
_TRIMMED = "".join(map(chr, range(0x21)))


class OutOfRangeError(ValueError):
    """The number does not fit into 32 bits."""


def of_number(text: str) -> int:
    """The integer that the server makes of a JSON number.

    Raises:
        OutOfRangeError: It does not fit into 32 bits; this is judged before the fraction is cut off.
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
    """The integer that the server makes of a string.

    Raises:
        OutOfRangeError: It does not fit into 32 bits.
        ValueError: It is no number; the text of the error is Java's.
    """
    value = parse_double(text)
    if value != value:  # NaN
        return 0
    if not MINIMUM <= value <= MAXIMUM:
        raise OutOfRangeError
    return int(value)


def parse_double(text: str) -> float:
    """The number in a text, as ``Double.parseDouble`` of Java reads it.

    Raises:
        ValueError: It is no number; the text of the error is Java's.
    """
    trimmed = text.strip(_TRIMMED)
    if not trimmed:
        raise ValueError("empty String")
    if re.fullmatch(_DECIMAL, trimmed):
        return float(trimmed.rstrip("fFdD"))
    hexadecimal = re.fullmatch(_HEXADECIMAL, trimmed)
    if hexadecimal:
        return _from_hexadecimal(hexadecimal[1])
    named = re.fullmatch(_NAMED, trimmed)
    if named:
        return float("nan") if named[2] else float(named[1] + "inf")
    if re.match(_POINTS, trimmed):
        raise ValueError("multiple points")
    raise ValueError(f'For input string: "{trimmed}"')


def _from_hexadecimal(text: str) -> float:
    try:
        return float.fromhex(text)
    except (OverflowError, ValueError):  # an exponent that no float has
        digits, _, exponent = text.lower().partition("p")
        is_zero = not digits.strip("-+0x.")
        return 0.0 if is_zero or exponent.startswith("-") else float("-inf" if text.startswith("-") else "inf")
