"""Finds credentials after the names of HTTP authentication schemes, and users and passwords in URLs."""

from __future__ import annotations

from collections.abc import Iterator

from eventlint.redact.expressions import Span, compiled
from eventlint.redact.personal import NOT_A_DOMAIN
from eventlint.redact.quick_tests import DIGEST_SCHEMES, SCHEMES, may_have_scheme, part_with_at_signs

_SCHEME = rf"""(?ix)(?<![\w-]) ({"|".join(SCHEMES)})
    [\s+]{{1,3}} ([\w.~+/=:-]{{6,}}+)"""
_DIGEST = rf"""(?ix)(?<![\w-]) (?:{"|".join(DIGEST_SCHEMES)})
    [\s+]{{1,3}} ((?:[\w-]++ \s? = (?:"[^"]*+"|'[^']*+'|[^\s,"']*+) [\s,]{{0,3}}){{1,32}})"""

_USER = r"""//((?:[^\s/?#"'<>\\@]*+@)++)"""
_USER_WITH_SIGNS = r"""//[^\s/?#"'<>\\@:\[]{1,100}+:(?!\d{1,5}(?:[/?#]|$))([^\s"<>\\]{1,100})(?=@[\w\[])"""
_USER_WITHOUT_SCHEME = rf"""(?x) (?<![\w@.+%-]) (?<!//) [\w.+%-]{{1,64}}+ : (?!//) ([^\s"'<>\\/]{{1,100}}) (?=@
    (?: (?:[\w-]++\.)+ {NOT_A_DOMAIN} [^\W\d_]{{2,24}} (?![\w-]) | (?:\d{{1,3}}\.){{3}} \d{{1,3}} (?![\w.-])
        | localhost\b | \[ ) )"""
_COLON_BEFORE_AT = r""":[^\s"'<>\\/@]{0,100}+@"""
"""What each match of the expression above has, and few texts without one."""


def credentials(text: str, words: list[str]) -> Iterator[Span]:
    """What follows the name of an authentication scheme.

    Args:
        text: The text.
        words: Its words, see :func:`eventlint.redact.quick_tests.words_of`.
    """
    if not may_have_scheme(text, words):
        return
    for match in compiled(_SCHEME).finditer(text):
        is_form = text[match.end(1)] == "+"
        if _is_credential(match[2].partition("+")[0] if is_form else match[2], match[1].lower()):
            yield match.span(2)
    if "=" in text:
        yield from (match.span(1) for match in compiled(_DIGEST).finditer(text))


def _is_credential(value: str, scheme: str) -> bool:
    """Whether the word after the name of a scheme is a credential rather than a word of a sentence."""
    value = value.rstrip(".:")
    pieces = compiled("[-./:_]").split(value)
    if all(piece.isalpha() and (piece.islower() or piece.istitle() or piece.isupper()) for piece in pieces if piece):
        if len(pieces) == 1:
            return len(value) >= 20
        return scheme == "bearer" and len(value) >= 10 and "-" not in value
    if scheme == "basic" and len(value) < 12 and not compiled("[0-9A-Za-z+/]+=*").fullmatch(value):
        return False
    return len(value) >= 6


def users(text: str) -> Iterator[Span]:
    """Users and passwords in URLs; the text has an at sign."""
    part = part_with_at_signs(text)
    if "//" in text:
        yield from ((match.start(1), match.end() - 1) for match in compiled(_USER).finditer(text, *part))
        yield from (match.span(1) for match in compiled(_USER_WITH_SIGNS).finditer(text, *part))
    if compiled(_COLON_BEFORE_AT).search(text, *part) is not None:
        yield from (match.span(1) for match in compiled(_USER_WITHOUT_SCHEME).finditer(text, *part))
