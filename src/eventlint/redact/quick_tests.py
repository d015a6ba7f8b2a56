"""Quick tests of a text. If one is negative, the expression that it stands for matches nowhere in the text.

Each test looks for a part that every match has and that is found fast. Most lines of events have none of them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import compress
from operator import itemgetter

from eventlint.redact.expressions import Span, compiled
from eventlint.redact.names import all_endings, kind_of_key
from eventlint.redact.service_keys import WORD

INVISIBLE = r"\u200b-\u200f\u2060\ufeff"
"""A character class of characters that are not seen."""

_NAME_AT_END = rf"""[\s{INVISIBLE}]{{0,3}}[\])]{{0,2}}?["'`]?[\])]{{0,2}}?(?:\]\d{{0,3}}\[)?([\w$.\-]++)"""
"""A name and what is between it and the sign after it, backwards."""

_BETWEEN = rf"""[\])]{{0,2}}[\s{INVISIBLE}]{{0,3}}"""
"""What may be between the quotation mark after a name and the sign."""

_OUTSIDE = rf"""[^\[\s{INVISIBLE}\])"'`\w$.\-]"""
"""A character that is neither in a name nor between a name and a sign."""

PAIRED = ("value", "Value")
"""Names whose values are secret if another member next to them names a secret."""


def names_of_secrets(text: str) -> set[str]:
    """The names before a sign such as ``=`` or ``:`` whose values may be secret."""
    pieces = (text.replace("=", ":") if "=" in text else text).split(":")
    pieces.pop()  # no sign follows
    lasts = list(map(_LAST, pieces))
    unknown = set(lasts) - _ENDS_OF_ORDINARY_NAMES
    if not unknown:
        return set()
    suspects = list(compress(pieces, map(unknown.__contains__, lasts)))
    # A quotation mark precedes most names, and no name contains one.
    ends = {piece[piece.rfind('"', 0, -1) + 1 :] for piece in suspects}
    names = {_kept_name_in(end) if len(end) <= _LONGEST_KEPT else _name_before_sign(end) for end in ends}
    if None in names:
        names |= {_name_before_sign(piece) for piece in suspects}
        names.discard(None)
    names.discard("")
    for end in unknown:
        if not _may_end_name(end):
            if len(_ENDS_OF_ORDINARY_NAMES) >= _MOST_KEPT:
                _ENDS_OF_ORDINARY_NAMES.clear()
            _ENDS_OF_ORDINARY_NAMES.add(end)
    return names  # type: ignore[return-value]


_END = 6
"""The number of characters before a sign of which most show that no name of a secret ends there."""

_LAST = itemgetter(slice(-_END, None))
_MOST_KEPT = 4096
_ENDS_OF_ORDINARY_NAMES: set[str] = set()
"""The last characters before signs that were read and that no name of a secret ends with."""


@lru_cache(_MOST_KEPT)
def _may_end_name(end: str) -> bool:
    """Whether the name of a secret may end with the last characters before a sign."""
    match = compiled(_NAME_AT_END).match(end[::-1])
    if match is None:
        return len(end) == _END and compiled(_OUTSIDE).search(end) is None
    name = match[1][::-1]
    if len(end) < _END or (match.end() < _END and not name.isdigit()):
        return name in PAIRED or kind_of_key(name) is not None
    name = name.lower()
    if not (name.isascii() and name.isalpha()):
        return True
    ends = _ends_of_names(len(name))
    return any(name[start:] in ends for start in range(len(name)))


@cache
def _ends_of_names(length: int) -> frozenset[str]:
    """All endings of names whose values may be secret, or their last characters."""
    return frozenset(ending[-length:] for ending in (*all_endings(), *map(str.lower, PAIRED)))


def _name_before_sign(text: str) -> str:
    """The name at the end of a text before a sign; empty if its value is not secret."""
    match = compiled(_NAME_AT_END).match(text[::-1])
    if match is None:
        return ""
    name = match[1][::-1]
    return name if name in PAIRED or kind_of_key(name) is not None else ""


_LONGEST_KEPT = 64
"""The number of characters of the longest text before a sign whose name is kept: events have the same keys."""


@lru_cache(2048)
def _kept_name_in(end: str) -> str | None:
    """The name in the end of a text after a quotation mark; None if it may be before the quotation mark."""
    last = end[-1:]
    if last and last != '"' and not last.isalnum() and compiled(_BETWEEN).fullmatch(end):
        return None
    return _name_before_sign(end)


def may_have_list_of_pairs(text: str) -> bool:
    """Whether a text may have two strings next to each other, of which the second one is not the key of a member."""
    return ('",' in text or "'," in text) and compiled(_SECOND_OF_PAIR).search(text) is not None


_SECOND_OF_PAIR = r""",\s?["'][^"'\s]{4,}+["'](?!\s{0,3}:)"""


def may_have_arguments(text: str) -> bool:
    """Whether a text may have arguments of a program: a hyphen and neither a letter nor a hyphen before it."""
    return "-" in text and compiled(r"-(?<![\w-]-)").search(text) is not None


def words_of(text: str) -> list[str]:
    """The words of a text in lower case: what white space or plus signs separate."""
    lower = text.lower()
    return (lower.replace("+", " ") if "+" in lower else lower).split()


def may_have_sentence(text: str, words: list[str]) -> bool:
    """Whether a text may have a sentence about a secret, such as ``the password is …``."""
    if _VERBS.isdisjoint([word[:3] for word in words]):
        return False
    return compiled(r"\s(?:is|was)[\s:]").search(text) is not None


_VERBS = frozenset({"is", "is:", "was"})


def may_have_scheme(text: str, words: list[str]) -> bool:
    """Whether a text may have the name of an authentication scheme and white space or a plus sign after it.

    Args:
        text: The text.
        words: Its words.
    """
    if not _ENDS_OF_SCHEMES.isdisjoint([word[-3:] for word in words]) and any(
        word.endswith((*SCHEMES, *DIGEST_SCHEMES)) for word in words
    ):
        return True
    return not text.isascii() and any(one in text for one in LIKE_ASCII)


SCHEMES = (
    *("bearer", "basic", "digest", "token", "api-key", "apikey", "negotiate", "ntlm", "dpop", "oauth", "splunk"),
    *("sso-key", "ssws", "geniekey"),
)
"""The names of authentication schemes that a credential follows."""

DIGEST_SCHEMES = ("digest", "hawk", "aws4-hmac-sha256", "signature", "oauth")
"""The names of authentication schemes that parameters follow."""

_ENDS_OF_SCHEMES = frozenset(scheme[-3:] for scheme in (*SCHEMES, *DIGEST_SCHEMES))

LIKE_ASCII = ("\u0130", "\u0131", "\u017f", "\u212a")
"""The characters outside of ASCII that equal an ASCII letter when case is ignored."""


def shape(text: str) -> str:
    """A text with a zero for each digit, a space for each sign that may be between digits, and one closing bracket.

    Characters outside of ASCII are replaced.
    """
    return text.encode("ascii", "replace").translate(_SHAPE).decode("ascii")


_SHAPE = bytes.maketrans(
    b"123456789-.\t\n\r\v\f\x1c\x1d\x1e\x1fAT]}",
    b"000000000           at))",
)


def may_have_unknown_key(text: str, text_shape: str, runs: bytes) -> bool:
    """Whether a text may have a key of a service that is not in the list.

    Args:
        text: The text.
        text_shape: Its shape.
        runs: Its long runs, see :func:`eventlint.redact.service_keys.long_runs`.
    """
    if _LETTERS_AFTER_SIGN in runs.translate(_LETTERS_AND_SIGNS) or b"-us" in runs or b"00D" in runs:
        return True
    if text.isascii():
        return "000000:" in text_shape or b".aaaaaa." in runs.translate(_LETTERS)
    return ":AA" in text or "bot" in text or compiled(r"\.[\w-]{6}\.[\w-]{27}").search(text) is not None


_LETTERS = bytes.maketrans(WORD.encode(), b"a" * len(WORD))
_LETTERS_AND_SIGNS = bytes.maketrans(WORD.encode(), b"a" * (len(WORD) - 2) + b"--")
_LETTERS_AFTER_SIGN = b"-" + 30 * b"a"


def part_with_at_signs(text: str) -> Span:
    """The part of a text, between quotation marks, that has all at signs; the text has at least one.

    No match that has an at sign and no quotation mark begins or ends outside of it.
    """
    start, end = text.rfind('"', 0, text.find("@")) + 1, text.find('"', text.rfind("@")) + 1
    return start, end or len(text)


def may_have_at_in_brackets(text_shape: str) -> bool:
    """Whether the shape of a text has the word ``at`` and a closing bracket after it, in any case."""
    return "at)" in text_shape


def may_have_phone(text: str, text_shape: str) -> bool:
    """Whether a text may have a telephone number: a plus sign and digits, or three digits and four digits."""
    if ("+" in text or ("%" in text and "%2B" in text)) and compiled(_INTERNATIONAL).search(text) is not None:
        return True
    if text.isascii():
        return "000 0000" in text_shape
    return compiled(r"\d{3}[-.\s]\d{4}").search(text) is not None


_INTERNATIONAL = r"(?:\+|%2B)[1-9](?:[\s().-]{0,2}\d){7}"
