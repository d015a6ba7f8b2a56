"""The types of scalars in YAML, as the server finds them.

Source: SnakeYAML's ``Resolver`` and Jackson's ``YAMLParser``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from eventlint.jsontext.integer import parse_double
from eventlint.mirror.formats.transcript import Problem

_INTEGER = re.compile(
    r"[-+]?0b_*[01][01_]*|[-+]?0_*[0-7][0-7_]*|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x_*[0-9a-fA-F][0-9a-fA-F_]*"
    r"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
)
_FRACTION = re.compile(
    r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"
    r"|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_BOOLEAN = re.compile("yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF")
_TRUE = frozenset({"y", "yes", "on", "true"})
_FALSE = frozenset({"n", "no", "off", "false"})
_NULL = re.compile("~|null|Null|NULL| ")
_STANDARD = "tag:yaml.org,2002:"
_LONGEST_NUMBER = 1_024
"""From how many characters on a number is taken for a string."""
_BASES = {"b": 2, "B": 2, "x": 16, "X": 16}
_DIGITS = {2: re.compile("[01]+"), 8: re.compile("[0-7]+"), 16: re.compile("[0-9a-fA-F]+")}


class Scalar(NamedTuple):
    """A scalar with its type.

    Attributes:
        kind: ``string``, ``number``, ``true``, ``false``, ``null``, or ``binary``; ``none`` where the server's parser
            gives no token.
        value: The value of a number, in JSON.
        problem: Why the value of a number cannot be read.
        length: The length of a number, where the server limits it; otherwise 0.
    """

    kind: str
    value: str = ""
    problem: Problem | None = None
    length: int = 0


STRING = Scalar("string")


class InvalidNumberError(Exception):
    """A number that the server's parser does not accept even as a token."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def resolve(text: str, tag: str | None, *, is_plain: bool) -> Scalar:
    """The type of a scalar.

    Args:
        text: Its content.
        tag: Its tag; None if it has none.
        is_plain: Whether it has neither quotes nor a tag that names a type.

    Raises:
        InvalidNumberError: The server rejects it here already.
    """
    if not text:
        return STRING if tag not in (None, "!") or not is_plain else Scalar("null")
    if tag is None or tag == "!":
        return _implicit(text) if is_plain else STRING
    name = tag.removeprefix(_STANDARD).partition(",")[0] if tag.startswith(_STANDARD) else tag
    if name == "binary":
        return Scalar("binary")
    if name == "bool":
        return _boolean(text) or STRING
    if name == "int":
        return _integer(text)
    if name == "float":
        return _fraction(text)
    return Scalar("null") if name == "null" else STRING


def _implicit(text: str) -> Scalar:
    first = text[0]
    if first in "yYnNtTfFoO" and _BOOLEAN.fullmatch(text):
        return _boolean(text) or STRING
    if first in "-+0123456789." and len(text) <= _LONGEST_NUMBER:
        if first != "." and _INTEGER.fullmatch(text):
            return _integer(text)
        if _FRACTION.fullmatch(text):
            return _fraction(text)
    return Scalar("null") if _NULL.fullmatch(text) else STRING


def _boolean(text: str) -> Scalar | None:
    word = text.lower()
    return Scalar("true") if word in _TRUE else Scalar("false") if word in _FALSE else None


def _integer(text: str) -> Scalar:
    sign, digits = (text[0], text[1:]) if text[0] in "-+" else ("", text)
    if not digits:
        return Scalar("none")
    if digits[0] == "0":
        if len(digits) == 1:
            return Scalar("number", "0")
        if digits[1] in _BASES:
            return _based(digits[2:], _BASES[digits[1]], sign)
        return _based(digits[1:], 8, sign) if digits[1] in "0123456789_" else STRING
    cleaned = digits.replace("_", "")
    if not re.fullmatch("[0-9_]+", digits):
        return STRING
    value = ("-" if sign == "-" else "") + cleaned
    return Scalar("number", value or "0", length=len(cleaned) + (sign == "-") if len(cleaned) > 18 else 0)


def _based(digits: str, base: int, sign: str) -> Scalar:
    cleaned = digits.replace("_", "")
    if not _DIGITS[base].fullmatch(cleaned):
        reason = f'For input string: "{cleaned}"' + (f" under radix {base}" if cleaned else "")
        problem = f"Invalid base-{base} number ('{cleaned}'), problem: {reason}"
        raise InvalidNumberError(Problem(problem))
    value = int(cleaned, base)
    return Scalar("number", str(-value if sign == "-" else value), length=len(cleaned) if len(cleaned) > 63 else 0)


def _fraction(text: str) -> Scalar:
    cleaned = text.replace("_", "")
    try:
        value = parse_double(cleaned)
    except ValueError:
        reason = f"Malformed numeric value '{text}'"
        return Scalar("number", "0", Problem(reason, causes=(("number_format_exception", "illegal syntax"),)))
    return Scalar("number", "NaN" if value != value else repr(value), length=len(cleaned))
