"""Finds the secrets in a text: at each level of encoding, and of each kind.

Each expression matches from a fixed start, and its repetitions are possessive or bounded, so that the time is linear in
the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventlint.redact.credentials import credentials, users
from eventlint.redact.expressions import Span, compiled
from eventlint.redact.levels import decoded_levels
from eventlint.redact.names import Kind, is_secret, kind_of_key, kind_of_name, looks_random
from eventlint.redact.ordinary import is_ordinary
from eventlint.redact.pairs import pairs
from eventlint.redact.personal import personal_spans
from eventlint.redact.quick_tests import (
    INVISIBLE,
    PAIRED,
    may_have_unknown_key,
    names_of_secrets,
    shape,
    words_of,
)
from eventlint.redact.service_keys import keys, long_runs, may_have_key

_NAME = (
    r"""(?<![\w$.\-])([\w$.\-]++)(?:\[\d{0,3}\])?[\])]{0,2}["'`]?[\])]{0,2}"""
    rf"""([\s{INVISIBLE}]{{0,3}}(?:=>|:=|[=:])\s{{0,8}})"""
)
_PARAMETER_VALUE = r"""(?:[^\s&;|#"'<>`\\]|'(?=\w)|\\(?!["'`u])|\\u(?!0026|0022))*+"""
_BARE_VALUE = r"""(?:[^\s,;&|"'<>`()\[\]{}]|'(?=\w)|,(?=\w{1,20}=))*+"""
_HEADER_VALUE = r"""(?:[^\r\n"'`]|'(?=\w))*+"""
_GROUP = r"""(?s)[\[{](?:[^\[\]{}"]|"(?:[^"\\]|\\.)*+")*+"""
_IN_GROUP = r"""(?s)"((?:[^"\\]|\\.)*+)"(?!\s*:)|[\w.+-]++"""
_QUOTED = {quote: rf"(?s){quote}((?:[^{quote}\\]|\\.)*+)" for quote in ('"', "'", "`")}
_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})

_PRIVATE_KEY = r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----([^-]*+(?:-(?!----)[^-]*+)*+)"


def spans(text: str) -> list[Span]:
    """The start and the end of each secret; they may overlap."""
    return [] if is_ordinary(text) else spans_of_levels(text)


def spans_of_levels(text: str) -> list[Span]:
    """Like :func:`spans`, for a text that may not be ordinary: each expression is tried at each level."""
    found = _spans_of_level(text)
    for level in decoded_levels(text):
        found += [level.span(start, end) for start, end in _spans_of_level(level.text)]
    return found


def _spans_of_level(text: str) -> list[Span]:
    """The secrets of one level; a plus sign is also a space, if the text is of a form."""
    return _spans(text) + _spans(text.replace("+", " ")) if "+" in text else _spans(text)


def _spans(text: str) -> list[Span]:
    text_shape = shape(text)
    found = personal_spans(text, text_shape)
    if "=" in text or ":" in text:
        names = names_of_secrets(text)
        if names:
            found += _named(text, names)
    words = words_of(text)
    found += pairs(text, words)
    if " " in text or "+" in text or "\t" in text:
        found += credentials(text, words)
    if "@" in text:
        found += users(text)
    runs = long_runs(text)
    if runs and may_have_key(runs):
        found += keys(text)
    if len(text) >= _SHORTEST_UNKNOWN_KEY and may_have_unknown_key(text, text_shape, runs):
        found += _unknown_keys(text)
    if "PRIVATE KEY" in text:
        found += [match.span(1) for match in compiled(_PRIVATE_KEY).finditer(text)]
    return found


_SHORTEST = 6
_DECIDING = 512
"""The number of characters of a value that decide whether it looks secret."""


def _named(text: str, names: set[str]) -> Iterator[Span]:
    """Values of parameters, members and headers with names that indicate a secret."""
    done = 0
    for match in _names(text, names):
        name, sign = match.group(1, 2)
        start, is_parameter = match.end(), sign.strip() == "="
        kind = _kind(name, text, match)
        if kind is None or match.start() < done or (":" in sign and text.startswith("//", start)):
            continue
        if kind != "always" and not _begins_with_secret(text, start, name, kind, is_parameter=is_parameter):
            continue
        for first, end in _value(text, start, name, is_parameter=is_parameter):
            hidden = text[first:end]
            is_sentence = hidden.isalpha() and first == start and not is_parameter and sign[-1:].isspace()
            if is_secret(kind, hidden) and not is_sentence:
                yield first, end
                done = end


_MOST_NAMES = 8
"""So many different names are looked for one by one."""


def _names(text: str, names: set[str]) -> Iterator[re.Match[str]]:
    """The matches of ``_NAME`` with some names."""
    expression = compiled(_NAME)
    if len(names) > _MOST_NAMES:
        yield from (match for match in expression.finditer(text) if match[1] in names)
        return
    places = set()
    for name in names:
        at = text.find(name)
        while at >= 0:
            places.add(at)
            at = text.find(name, at + 1)
    for at in sorted(places):
        match = expression.match(text, at)
        if match is not None and match[1] in names:
            yield match


def _kind(name: str, text: str, match: re.Match[str]) -> Kind | None:
    """The kind of a name in a text, where more is known than from the name alone."""
    kind = kind_of_key(name)
    if kind is None:
        return _kind_of_pair(text, match.start(), match.end()) if name in PAIRED else None
    return "always" if ":" in match[2] and name.lower() in _HEADERS else kind


def _begins_with_secret(text: str, start: int, name: str, kind: Kind, *, is_parameter: bool) -> bool:
    """Whether a value looks secret, as far as the next name in it, so that no character is read for several names."""
    match = compiled("[^=:]*+=?").match(text, start, start + _DECIDING)
    deciding = match[0] if match is not None else ""
    if len(deciding) < _SHORTEST:
        return False
    values = _value(deciding, 0, name, is_parameter=is_parameter)
    return any(is_secret(kind, deciding[first:end]) for first, end in values)


def _kind_of_pair(text: str, end: int, start: int) -> Kind | None:
    """The kind of the name next to ``"value":``, as in ``{"name": "token", "value": "..."}``."""
    near = text[max(0, end - 130) : end]
    before = compiled(_ATTRIBUTE_BEFORE).search(near) or compiled(_NAME_BEFORE).search(near)
    after = compiled(_NAME_AFTER).match(text, start, start + 600)
    found = before or after
    return kind_of_name(found[1]) if found else None


_ATTRIBUTE_BEFORE = r"""\b(?:name|key|id|type)=\\?["']([\w$.\-]{1,80})\\?["'][^<>]{0,80}$"""
_NAME_BEFORE = r"""["'](?:name|key|Name|Key)\\?["']\s{0,3}:\s{0,3}\\?["']([\w$.\-]{1,80})\\?["'],\s{0,3}\\?["']?$"""
_NAME_AFTER = r"""["'][^"']{0,500}+["']\s{0,3},\s{0,3}["'](?:name|key)["']\s{0,3}:\s{0,3}["']([\w$.\-]{1,80})["']"""

_SHORTEST_UNKNOWN_KEY = 34
_UNKNOWN_KEY = (
    r"(?<![0-9A-Za-z_-])[a-z][a-z0-9]{1,9}(?:[_-][a-z0-9]{1,8}){0,2}[_-]([0-9A-Za-z]{30,}+)"
    r"|((?<!\d)\d{8,10}:AA[\w-]{30,}+|\bbot\d{6,12}:[\w-]{30,}+"
    r"|(?<![\w-])[0-9a-f]{32}-us\d{1,2}(?!\w)|(?<![\w.-])[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,}+"
    r"|\b00D[0-9A-Za-z]{12,15}![\w.]{20,}+)"
)
"""A key of a service that is not in the list: a word, and many random letters and digits; or a key that is known by its
form: of bots of Telegram and Discord, of Mailchimp, and of Salesforce."""


def _unknown_keys(text: str) -> Iterator[Span]:
    for match in compiled(_UNKNOWN_KEY).finditer(text):
        letters = match[1] or ""
        if match[2] or (looks_random(letters) and not letters.islower() and not letters.isupper()):
            yield match.span()


def _value(text: str, start: int, name: str, *, is_parameter: bool) -> Iterator[Span]:
    """The value that begins at an offset; of an array or object, the strings and numbers in it."""
    sign = text[start : start + 1]
    if sign == "\\":  # the next level of decoding shows where the value ends
        return
    if sign in _QUOTED and sign:
        match = compiled(_QUOTED[sign]).match(text, start)
        if match and not (is_parameter and match[1][:1] in (",", "]", "}", ":", ")", "")):
            yield match.span(1)
    elif sign and sign in "[{" and not is_parameter:
        group = compiled(_GROUP).match(text, start)
        if group is not None:
            for one in compiled(_IN_GROUP).finditer(group[0]):
                which = 0 if one[1] is None else 1
                yield start + one.start(which), start + one.end(which)
    elif is_parameter:
        yield from _matched(_PARAMETER_VALUE, text, start)
    else:
        yield from _matched(_HEADER_VALUE if name.lower() in _HEADERS else _BARE_VALUE, text, start)


def _matched(expression: str, text: str, start: int) -> Iterator[Span]:
    match = compiled(expression).match(text, start)
    if match is not None:
        yield match.span()


def spans_at_cuts(text: str, *, is_start_cut: bool, is_end_cut: bool) -> list[Span]:
    """What may be a part of a secret because the text is cut off there.

    Args:
        text: A part of a longer text.
        is_start_cut: Whether the longer text has characters before it.
        is_end_cut: Whether it has characters after it.
    """
    found = []
    if is_start_cut:
        match = compiled(r'(?s)(?:[^"\\]|\\.)*+').match(text)
        if match:
            found.append(match.span())
    if is_end_cut:
        user = compiled(r"""(?<=//)[^\s/?#"'<>@]++$""").search(text)
        if user:
            found.append(user.span())
    return found
