"""Regular expressions in linear time, as the engine of custom contracts runs them."""

from __future__ import annotations

import functools
import re
import warnings
from typing import TYPE_CHECKING

from eventlint.schemas import regex_language

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_UNSUPPORTED = (
    (re.compile(r"\(\?<?[=!]"), "lookaround is not supported"),
    (re.compile(r"\\(?:[1-9]|k<)|\(\?P="), "backreferences are not supported"),
    (re.compile(r"\(\?>"), "atomic groups are not supported"),
    (re.compile(r"\\u[dD][89a-fA-F]"), "surrogates are not characters"),
    (re.compile(r"\[\^?\]"), "empty sets are not supported"),
)
_CLASS = re.compile(r"\[\^?\]?((?:[^\]\\]|\\.)*)\]", re.DOTALL)
_SET_OPERATION = re.compile(r"&&|--|~~|\[")
_ESCAPED = re.compile(r"\\.", re.DOTALL)


@functools.lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Draft202012Validator | None:
    from jsonschema_rs import Draft202012Validator, RegexOptions

    try:
        return Draft202012Validator({"pattern": pattern}, pattern_options=RegexOptions())
    except ValueError:
        return None


@functools.lru_cache(maxsize=1024)
def why_unsupported(pattern: str) -> str | None:
    """Why an expression cannot be used in a schema, as a part of a sentence; None when it can.

    Lookaround and backreferences are rejected, since no linear-time engine has them; so are expressions that other
    engines read in another sense.
    """
    bare = _ESCAPED.sub("x", pattern)  # so that a set with nothing else stays a set
    if any(_SET_OPERATION.search(inside) for inside in _CLASS.findall(bare)):
        return "escape [, &&, -- and ~~ inside a set"
    if _compiled(encodable(pattern)) is not None:
        return None
    for unsupported, reason in _UNSUPPORTED:
        if unsupported.search(pattern.replace("\\\\", "")):
            return reason
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            return str(error)
    return "it is too large, or not part of the supported syntax"


def search(pattern: str, text: str) -> bool | None:
    """Whether a string contains a match of an expression; None when the expression is not supported."""
    compiled = _compiled(encodable(pattern))
    return None if compiled is None else compiled.is_valid(encodable(text))


def search_ahead(pattern: str, text: str) -> bool | None:
    """As :func:`search`, also for expressions with lookaheads, which no custom contract may have.

    Args:
        pattern: The expression.
        text: A string.
    """
    found = search(pattern, text)
    if found is not None or not is_comparable(pattern):
        return found
    try:
        return regex_language.matches(pattern, text)
    except (regex_language.TooComplexError, RecursionError):
        return None


@functools.lru_cache(maxsize=1024)
def is_comparable(pattern: str) -> bool:
    """Whether an expression is supported in a comparison, where lookaheads are allowed."""
    if why_unsupported(pattern) is None:
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
        regex_language.Terms().search(regex_language.tree_of(pattern))
    except (re.error, OverflowError, RecursionError, regex_language.TooComplexError):
        return False
    return True


_SURROGATE = re.compile("[\ud800-\udfff]")
_STAND_IN = re.compile("[\U000fd800-\U000fdfff]")
_SHIFT = 0xF0000


def encodable(text: str) -> str:
    """A string that has UTF-8: each lone surrogate is replaced by a character for private use."""
    return text if text.isascii() else _SURROGATE.sub(lambda found: chr(ord(found[0]) + _SHIFT), text)


def original(text: str) -> str:
    """A string with the lone surrogates that :func:`encodable` replaced."""
    return text if text.isascii() else _STAND_IN.sub(lambda found: chr(ord(found[0]) - _SHIFT), text)
