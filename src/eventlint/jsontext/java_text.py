"""Java's classification of characters."""

from __future__ import annotations

BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a"
    "\u2028\u2029\u205f\u3000"
)
"""All white space of ``Character.isWhitespace``; no-break spaces are not part of it."""

_START = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Sc", "Pc"})
_PART = _START | {"Nd", "Mc", "Mn", "Cf"}


def is_blank(text: str) -> bool:
    """Whether a string is empty or only white space (``String.isBlank``)."""
    return not text.strip(BLANKS)


def starts_identifier(unit: int) -> bool:
    """Whether a UTF-16 unit can begin an identifier (``Character.isJavaIdentifierStart(char)``)."""
    return _category(unit) in _START


def continues_identifier(unit: int) -> bool:
    """Whether a UTF-16 unit can continue an identifier (``Character.isJavaIdentifierPart(char)``)."""
    if unit < 0x80:
        return chr(unit).isalnum() or unit in b"_$" or unit <= 8 or 0x0E <= unit <= 0x1B or unit == 0x7F
    return unit < 0xA0 or _category(unit) in _PART


def _category(unit: int) -> str:
    from unicodedata import category

    return category(chr(unit))
