"""Finds the secrets in a text: at each level of encoding, and of each kind.

Each expression matches from a fixed start, and its repetitions are possessive or bounded, so that the time is linear in
the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventlint.redact.levels import levels
from eventlint.redact.names import Kind, is_secret, kind_of_key, kind_of_name, leads_to_secret, looks_random
from eventlint.redact.personal import NOT_A_DOMAIN, personal_spans
from eventlint.redact.quick_tests import INVISIBLE, PAIRED, may_have_sentence, may_have_unknown_key, names_of_secrets
from eventlint.redact.service_keys import find_keys

Span = tuple[int, int]

_NAME = (
    r"""(?<![\w$.\-])([\w$.\-]++)(?:\[\d{0,3}\])?[\])]{0,2}["'`]?[\])]{0,2}"""
    rf"""([\s{INVISIBLE}]{{0,3}}(?:=>|:=|[=:])\s{{0,8}})"""
)
_PARAMETER_VALUE = r"""(?:[^\s&;|#"'<>`\\]|'(?=\w)|\\(?!["'`u])|\\u(?!0026|0022))*+"""
_BARE_VALUE = r"""(?:[^\s,;&|"'<>`()\[\]{}]|'(?=\w)|,(?=\w{1,20}=))*+"""
_HEADER_VALUE = r"""(?:[^\r\n"'`]|'(?=\w))*+"""
_GROUP = r"""[\[{](?:[^\[\]{}"]|"(?:[^"\\]|\\.)*+")*+"""
_QUOTED = {quote: rf"{quote}((?:[^{quote}\\]|\\.)*+)" for quote in ('"', "'", "`")}
_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})

_SCHEMES = (
    *("bearer", "basic", "digest", "token", "api-key", "apikey", "negotiate", "ntlm", "dpop", "oauth", "splunk"),
    *("sso-key", "ssws", "geniekey"),
)
_SCHEME = rf"""(?ix)(?<![\w-]) ({"|".join(_SCHEMES)})
    [\s+]{{1,3}} ([\w.~+/=:-]{{6,}}+)"""
_DIGEST_SCHEMES = ("digest", "hawk", "aws4-hmac-sha256", "signature", "oauth")
_DIGEST = rf"""(?ix)(?<![\w-]) (?:{"|".join(_DIGEST_SCHEMES)})
    [\s+]{{1,3}} ((?:[\w-]++ \s? = (?:"[^"]*+"|'[^']*+'|[^\s,"']*+) [\s,]{{0,3}}){{1,32}})"""

_USER = r"""(?<=//)((?:[^\s/?#"'<>\\@]*+@)++)"""
_USER_WITH_SIGNS = r"""(?<=//)[^\s/?#"'<>\\@:\[]{1,100}+:(?!\d{1,5}(?:[/?#]|$))([^\s"<>\\]{1,100})(?=@[\w\[])"""
_USER_WITHOUT_SCHEME = rf"""(?x) (?<![\w@.+%-]) (?<!//) [\w.+%-]{{1,64}}+ : (?!//) ([^\s"'<>\\/]{{1,100}}) (?=@
    (?: (?:[\w-]++\.)+ {NOT_A_DOMAIN} [^\W\d_]{{2,24}} (?![\w-]) | (?:\d{{1,3}}\.){{3}} \d{{1,3}} (?![\w.-])
        | localhost\b | \[ ) )"""
_PRIVATE_KEY = r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----([^-]*+(?:-(?!----)[^-]*+)*+)"


def spans(text: str) -> list[Span]:
    """The start and the end of each secret; they may overlap."""
    found: list[Span] = []
    for level in levels(text):
        found += [level.span(start, end) for start, end in _spans(level.text)]
        if "+" in level.text:  # a space, if the text is of a form
            found += [level.span(start, end) for start, end in _spans(level.text.replace("+", " "))]
    return found


def _spans(text: str) -> Iterator[Span]:
    """The secrets of one level."""
    if "=" in text or ":" in text:
        yield from _named(text)
    yield from _pairs(text)
    if " " in text or "+" in text or "\t" in text:
        yield from _credentials(text)
    if "@" in text:
        yield from _users(text)
    if len(text) >= 10:
        yield from find_keys(text)
    if len(text) >= _SHORTEST_UNKNOWN_KEY and may_have_unknown_key(text):
        yield from _unknown_keys(text)
    if "PRIVATE KEY" in text:
        yield from (match.span(1) for match in re.finditer(_PRIVATE_KEY, text))
    yield from personal_spans(text)


_SHORTEST = 6
_DECIDING = 512
"""The number of characters of a value that decide whether it looks secret."""


def _named(text: str) -> Iterator[Span]:
    """Values of parameters, members and headers with names that indicate a secret."""
    done = 0
    for match in _names(text):
        name, start, is_parameter = match[1], match.end(), match[2].strip() == "="
        kind = _kind(name, text, match)
        if kind is None or match.start() < done or (":" in match[2] and text.startswith("//", start)):
            continue
        if kind != "always" and not _begins_with_secret(text, start, name, kind, is_parameter=is_parameter):
            continue
        for first, end in _value(text, start, name, is_parameter=is_parameter):
            hidden = text[first:end]
            is_sentence = hidden.isalpha() and first == start and not is_parameter and match[2][-1:].isspace()
            if is_secret(kind, hidden) and not is_sentence:
                yield first, end
                done = end


_MOST_NAMES = 8
"""So many different names are looked for one by one."""


def _names(text: str) -> Iterator[re.Match[str]]:
    """The matches of ``_NAME`` whose name may be that of a secret."""
    names = names_of_secrets(text)
    if not names:
        return iter(())
    if len(names) > _MOST_NAMES:
        return (match for match in re.finditer(_NAME, text) if match[1] in names)
    expression = re.compile(_NAME)
    found = (expression.match(text, at) for at in sorted(at for name in names for at in _places(text, name)))
    return (match for match in found if match is not None and match[1] in names)


def _places(text: str, name: str) -> Iterator[int]:
    """Where a name is in a text."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def _kind(name: str, text: str, match: re.Match[str]) -> Kind | None:
    """The kind of a name in a text, where more is known than from the name alone."""
    kind = kind_of_key(name)
    if kind is None:
        return _kind_of_pair(text, match.start(), match.end()) if name in PAIRED else None
    return "always" if ":" in match[2] and name.lower() in _HEADERS else kind


def _begins_with_secret(text: str, start: int, name: str, kind: Kind, *, is_parameter: bool) -> bool:
    """Whether a value looks secret, as far as the next name in it, so that no character is read for several names."""
    match = re.compile("[^=:]*+=?").match(text, start, start + _DECIDING)
    deciding = match[0] if match is not None else ""
    values = _value(deciding, 0, name, is_parameter=is_parameter) if len(deciding) >= _SHORTEST else ()
    return any(is_secret(kind, deciding[first:end]) for first, end in values)


def _kind_of_pair(text: str, end: int, start: int) -> Kind | None:
    """The kind of the name next to ``"value":``, as in ``{"name": "token", "value": "..."}``."""
    before = re.search(_ATTRIBUTE_BEFORE, text[max(0, end - 130) : end]) or re.search(
        r"""["'](?:name|key|Name|Key)\\?["']\s{0,3}:\s{0,3}\\?["']([\w$.\-]{1,80})\\?["'],\s{0,3}\\?["']?$""",
        text[max(0, end - 130) : end],
    )
    after = re.compile(_NAME_AFTER).match(text, start, start + 600)
    found = before or after
    return kind_of_name(found[1]) if found else None


_ATTRIBUTE_BEFORE = r"""\b(?:name|key|id|type)=\\?["']([\w$.\-]{1,80})\\?["'][^<>]{0,80}$"""
_NAME_AFTER = r"""["'][^"']{0,500}+["']\s{0,3},\s{0,3}["'](?:name|key)["']\s{0,3}:\s{0,3}["']([\w$.\-]{1,80})["']"""
_PAIRS = (
    r"""["']([\w$.\-]{1,80}+)["']\s?,\s?["']([^"'\s]{4,}+)["'](?!\s{0,3}:)""",  # ["password", "..."]
    r"<([\w.:\-]{1,80}+)(?:\s[^<>]{0,200}+)?>(?:<!\[CDATA\[)?([^<>]{1,}+)(?:</|>)",
    r"""-(?<![\w-]-)-?([\w-]{2,80}+)\s{1,3}["']?([^\s"'-][^\s"']*+)""",
)
"""Names and values without a sign between them: in an array, in XML, and on a command line."""

_SENTENCE = r"""(?<![\w-])([\w-]{2,80}+)\s(?:is|was)[\s:]{1,3}["'`]?([\w+/=.~-]{8,}+)"""
_IN_PATH = r"""(?<=/)([\w-]{3,80}+)(?=/(?:[a-z-]{2,16}/)?([^/?#&;\s"'<>]++))"""
_SHORTEST_IN_PATH = 16
_ARGUMENTS = (
    r"""(?<![\w-])(?:-u|--user|--proxy-user)[\s=]{1,3}["']?[\w.@%-]{1,64}+:(?!//|~1|%2F|\d{1,6}(?!\S))([^\s"']++)""",
    r"""\b(?:sshpass|login|mysql\w{0,9}|mongo\w{0,9})\b[^\n|;]{0,80}?\s-p\s?(?!\d{1,5}(?!\S))([^\s"'-][^\s"']*+)""",
)
"""Passwords in the arguments of a program that name no password."""


def _pairs(text: str) -> Iterator[Span]:
    """Values next to names that indicate a secret, without a sign that says so."""
    signs = ('",', "</", "-")
    for number, (sign, expression) in enumerate(zip(signs, _PAIRS, strict=True)):
        if sign in text or (number == 0 and "'," in text):
            for match in re.finditer(expression, text):
                kind = kind_of_key(match[1])
                if (kind == "always" or sign == "</") and is_secret(kind, match[2]) and not match[2].isalpha():
                    yield match.span(2)
    if "/" in text:
        for match in re.finditer(_IN_PATH, text):
            shortest = _SHORTEST if kind_of_name(match[1]) == "always" else _SHORTEST_IN_PATH
            if len(match[2]) >= shortest and leads_to_secret(match[1]) and looks_random(match[2]):
                yield match.span(2)
    if may_have_sentence(text):
        for match in re.finditer(_SENTENCE, text):
            if kind_of_key(match[1]) == "always" and looks_random(match[2]):
                yield match.span(2)
    for sign, expression in zip(("-u", "-p"), _ARGUMENTS, strict=True):
        if sign in text:
            yield from (match.span(1) for match in re.finditer(expression, text))


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
    for match in re.finditer(_UNKNOWN_KEY, text):
        letters = match[1] or ""
        if match[2] or (looks_random(letters) and not letters.islower() and not letters.isupper()):
            yield match.span()


def _value(text: str, start: int, name: str, *, is_parameter: bool) -> Iterator[Span]:
    """The value that begins at an offset; of an array or object, the strings and numbers in it."""
    sign = text[start : start + 1]
    if sign == "\\":  # the next level of decoding shows where the value ends
        return
    if sign in _QUOTED and sign:
        match = re.compile(_QUOTED[sign], re.DOTALL).match(text, start)
        if match and not (is_parameter and match[1][:1] in (",", "]", "}", ":", ")", "")):
            yield match.span(1)
    elif sign and sign in "[{" and not is_parameter:
        group = re.compile(_GROUP, re.DOTALL).match(text, start)
        if group is not None:
            for one in re.finditer(r'"((?:[^"\\]|\\.)*+)"(?!\s*:)|[\w.+-]++', group[0], re.DOTALL):
                which = 0 if one[1] is None else 1
                yield start + one.start(which), start + one.end(which)
    elif is_parameter:
        yield from _matched(_PARAMETER_VALUE, text, start)
    else:
        yield from _matched(_HEADER_VALUE if name.lower() in _HEADERS else _BARE_VALUE, text, start)


def _matched(expression: str, text: str, start: int) -> Iterator[Span]:
    match = re.compile(expression).match(text, start)
    if match is not None:
        yield match.span()


def _credentials(text: str) -> Iterator[Span]:
    """What follows the name of an authentication scheme."""
    # Searching without regard to case takes long; it also finds letters that only look like those of ASCII.
    lower = text.lower() if text.isascii() else None
    if lower is None or any(scheme in lower for scheme in _SCHEMES):
        for match in re.finditer(_SCHEME, text):
            is_form = text[match.end(1)] == "+"
            if _is_credential(match[2].partition("+")[0] if is_form else match[2], match[1].lower()):
                yield match.span(2)
    if "=" in text and (lower is None or any(scheme in lower for scheme in _DIGEST_SCHEMES)):
        yield from (match.span(1) for match in re.finditer(_DIGEST, text))


def _is_credential(value: str, scheme: str) -> bool:
    """Whether the word after the name of a scheme is a credential rather than a word of a sentence."""
    value = value.rstrip(".:")
    pieces = re.split(r"[-./:_]", value)
    if all(piece.isalpha() and (piece.islower() or piece.istitle() or piece.isupper()) for piece in pieces if piece):
        if len(pieces) == 1:
            return len(value) >= 20
        return scheme == "bearer" and len(value) >= 10 and "-" not in value
    if scheme == "basic" and len(value) < 12 and not re.fullmatch("[0-9A-Za-z+/]+=*", value):
        return False
    return len(value) >= 6


def _users(text: str) -> Iterator[Span]:
    """Users and passwords in URLs."""
    if "//" in text:
        yield from ((match.start(), match.end() - 1) for match in re.finditer(_USER, text))
        yield from (match.span(1) for match in re.finditer(_USER_WITH_SIGNS, text))
    if ":" in text:
        yield from (match.span(1) for match in re.finditer(_USER_WITHOUT_SCHEME, text))


def spans_at_cuts(text: str, *, is_start_cut: bool, is_end_cut: bool) -> list[Span]:
    """What may be a part of a secret because the text is cut off there.

    Args:
        text: A part of a longer text.
        is_start_cut: Whether the longer text has characters before it.
        is_end_cut: Whether it has characters after it.
    """
    found = []
    if is_start_cut:
        match = re.match(r'(?:[^"\\]|\\.)*+', text, re.DOTALL)
        if match:
            found.append(match.span())
    if is_end_cut:
        user = re.search(r"""(?<=//)[^\s/?#"'<>@]++$""", text)
        if user:
            found.append(user.span())
    return found
