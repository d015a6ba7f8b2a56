"""Finds secrets next to names that indicate a secret, without a sign such as ``=`` between them."""

from __future__ import annotations

from collections.abc import Iterator

from eventlint.redact.expressions import Span, compiled
from eventlint.redact.names import Kind, is_secret, kind_of_key, kind_of_name, leads_to_secret, looks_random
from eventlint.redact.quick_tests import may_have_arguments, may_have_list_of_pairs, may_have_sentence

_SHORTEST = 6
_IN_LIST = r"""["']([\w$.\-]{1,80}+)["']\s?,\s?["']([^"'\s]{4,}+)["'](?!\s{0,3}:)"""
_ELEMENT = r"<([\w.:\-]{1,80}+)(?:\s[^<>]{0,200}+)?>(?:<!\[CDATA\[)?([^<>]{1,}+)(?:</|>)"
_ARGUMENT = r"""-(?<![\w-]-)-?([\w-]{2,80}+)\s{1,3}["']?([^\s"'-][^\s"']*+)"""
"""Names and values without a sign between them: in an array, in XML, and on a command line."""

_SENTENCE = r"""(?<![\w-])([\w-]{2,80}+)\s(?:is|was)[\s:]{1,3}["'`]?([\w+/=.~-]{8,}+)"""
_IN_PATH = r"""/([\w-]{3,80}+)(?=/(?:[a-z-]{2,16}/)?([^/?#&;\s"'<>]++))"""
_SHORTEST_IN_PATH = 16
_OF_PROGRAMS = (
    r"""(?<![\w-])(?:-u|--user|--proxy-user)[\s=]{1,3}["']?[\w.@%-]{1,64}+:(?!//|~1|%2F|\d{1,6}(?!\S))([^\s"']++)""",
    r"""\b(?:sshpass|login|mysql\w{0,9}|mongo\w{0,9})\b[^\n|;]{0,80}?\s-p\s?(?!\d{1,5}(?!\S))([^\s"'-][^\s"']*+)""",
)
"""Passwords in the arguments of a program that name no password."""


def pairs(text: str, words: list[str]) -> list[Span]:
    """Values next to names that indicate a secret, without a sign that says so.

    Args:
        text: The text.
        words: Its words, see :func:`eventlint.redact.quick_tests.words_of`.
    """
    found: list[Span] = []
    if may_have_list_of_pairs(text):
        found += _next_to_each_other(_IN_LIST, text)
    if "<" in text and "</" in text:
        found += _next_to_each_other(_ELEMENT, text, kinds=("always", "usually", "sometimes"))
    if may_have_arguments(text):
        found += _next_to_each_other(_ARGUMENT, text)
        for sign, expression in zip(("-u", "-p"), _OF_PROGRAMS, strict=True):
            if sign in text:
                found += [match.span(1) for match in compiled(expression).finditer(text)]
    if "/" in text:
        found += _in_paths(text)
    if may_have_sentence(text, words):
        for match in compiled(_SENTENCE).finditer(text):
            if kind_of_key(match[1]) == "always" and looks_random(match[2]):
                found.append(match.span(2))
    return found


def _in_paths(text: str) -> Iterator[Span]:
    """Random segments of paths after segments such as ``reset-password``."""
    for match in compiled(_IN_PATH).finditer(text):
        shortest = _SHORTEST if kind_of_name(match[1]) == "always" else _SHORTEST_IN_PATH
        if len(match[2]) >= shortest and leads_to_secret(match[1]) and looks_random(match[2]):
            yield match.span(2)


def _next_to_each_other(expression: str, text: str, *, kinds: tuple[Kind, ...] = ("always",)) -> Iterator[Span]:
    """The values that an expression finds next to names of some kinds."""
    for match in compiled(expression).finditer(text):
        kind = kind_of_key(match[1])
        if kind in kinds and is_secret(kind, match[2]) and not match[2].isalpha():
            yield match.span(2)
