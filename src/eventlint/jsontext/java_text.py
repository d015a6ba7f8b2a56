"""What Java thinks of a character or a number; it must not know JSON or events."""

from __future__ import annotations

import unicodedata

from eventlint.model import BLANKS

_START = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Sc", "Pc"})
_PART = _START | {"Nd", "Mc", "Mn", "Cf"}


def is_blank(text: str) -> bool:
    """Whether a text is empty or only white space, as ``String.isBlank`` of Java says."""
    return not text.strip(BLANKS)


def starts_identifier(unit: int) -> bool:
    """Whether a UTF-16 unit can begin an identifier (``Character.isJavaIdentifierStart(char)``)."""
    return unicodedata.category(chr(unit)) in _START


def continues_identifier(unit: int) -> bool:
    """Whether a UTF-16 unit can stand in an identifier (``Character.isJavaIdentifierPart(char)``)."""
    if unit < 0x80:
        return chr(unit).isalnum() or unit in b"_$" or unit <= 8 or 0x0E <= unit <= 0x1B or unit == 0x7F
    return unit < 0xA0 or unicodedata.category(chr(unit)) in _PART
