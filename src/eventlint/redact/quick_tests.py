"""Quick tests of a text. If one is negative, the expression that it stands for matches nowhere in the text.

Each test looks for a part that every match has and that is found fast. Most lines of events have none of them.
"""

from __future__ import annotations

import re

from eventlint.redact.names import kind_of_key

INVISIBLE = r"\u200b-\u200f\u2060\ufeff"
"""A character class of characters that are not seen."""

_BEFORE_SIGN = (
    rf"""(?:>=|=:|[=:])[\s{INVISIBLE}]{{0,3}}"""
    r"""[\])]{0,2}?["'`]?[\])]{0,2}?(?:\]\d{0,3}\[)?([\w$.\-]++)"""
)
"""A name and the sign after it, backwards: signs are rare, and names are not."""

PAIRED = ("value", "Value")
"""Names whose values are secret if another member next to them names a secret."""


def names_of_secrets(text: str) -> set[str]:
    """The names before a sign such as ``=`` or ``:`` whose values may be secret."""
    names = {name[::-1] for name in re.findall(_BEFORE_SIGN, text[::-1])}
    return {name for name in names if name in PAIRED or kind_of_key(name) is not None}


def may_have_sentence(text: str) -> bool:
    """Whether a text may have a sentence about a secret, such as ``the password is …``."""
    return ("is" in text or "was" in text) and re.search(r"\s(?:is|was)[\s:]", text) is not None


def may_have_unknown_key(text: str) -> bool:
    """Whether a text may have a key of a service that is not in the list."""
    if ":AA" in text or "-us" in text or "bot" in text or "00D" in text:
        return True
    return re.search(r"[_-][0-9A-Za-z]{30}|\.[\w-]{6}\.[\w-]{27}", text) is not None


def may_have_phone(text: str) -> bool:
    """Whether a text may have a telephone number: with a plus sign, or with four digits at its end."""
    return "+" in text or "%2B" in text or re.search(r"[-.\s]\d{4}(?![\w-])", text) is not None
