"""Texts, IDs, URLs and numbers, plain ones first; it must not know in which field a value stands.

A text that would look meant for something else (a placeholder, an e-mail address) is replaced by a plain one, so that
no draw is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

from hypothesis import strategies as st

from eventlint.ingest.uri_parts import uri_parts
from eventlint.jsontext.java_text import is_blank
from eventlint.redact import EMAIL, PHONE, SECRET_NAME
from eventlint.rules.placeholders import is_placeholder, parameters, query_of
from eventlint.spec import catalog
from eventlint.spec.nodes import Integer
from eventlint.strategies.drawing import Draw, pick, upto

KEYWORD = catalog().limits.keyword_utf16_units

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
words = st.text(_LETTERS, min_size=1, max_size=8)
_signs = st.text(_LETTERS + _LETTERS.upper() + "0123456789_-", min_size=1, max_size=24)
odd = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)
_uuids = st.integers(0, 2**128 - 1).map(lambda number: str(UUID(int=number)))

CURIOUS = (
    "é",
    "ß",
    "日本語",
    "😀",
    "👩‍👩‍👧",
    "e\u0301",
    "\u202eright to left",
    "\u00a0",
    "\u200b",
    "\u2028",
    "\ufeff",
    "\ufffd",
    "\uffff",
    "\x00",
    "\x1f",
    "\x7f",
    "\x85",
    "\t",
    "\n",
    '"',
    "\\",
    "/",
    "\\u0041",
    "<b>",
    "' or ''='",
    "a, b",
    "//",
    "/*",
    "0",
    "-1",
    "true",
    "[]a",
)
"""Texts that have broken programs before."""

LONG = ("a", "é", "€", "😀")
"""Characters of one to four bytes in UTF-8; the last one has two UTF-16 units."""

_EMAIL = re.compile(EMAIL)
_PHONE = re.compile(f"(?x){PHONE}")
_SECRET = re.compile(f"(?ix){SECRET_NAME}")


def units(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_personal(text: str) -> bool:
    """Whether a text holds what looks like an e-mail address or a telephone number."""
    return _EMAIL.search(text) is not None or _PHONE.search(text) is not None


def _long(draw: Draw) -> str:
    """A text of just so many UTF-16 units that it can be searched for, or of fewer."""
    character = pick(draw, LONG)
    most = KEYWORD // units(character)
    return character * (most - draw(upto(2)))


def text(draw: Draw) -> str:
    """Any text that can be searched for; perhaps empty."""
    # The plain word is always drawn, so that anything else takes more choices, and shrinks to it.
    word = draw(words)
    kind = draw(upto(19))
    if kind < 10:
        return word
    if kind < 14:
        return draw(_phrases)
    if kind < 16:
        return draw(odd)
    if kind < 18:
        return pick(draw, CURIOUS)
    return "" if kind == 18 else _long(draw)


def _ident(draw: Draw) -> str:
    word = draw(words)
    kind = draw(upto(19))
    if kind < 10:
        return word
    if kind < 13:
        return draw(_uuids)
    if kind < 16:
        return draw(_signs)
    return (draw(odd) if kind < 18 else pick(draw, CURIOUS) if kind == 18 else _long(draw)).strip()


def ident(draw: Draw) -> str:
    """An ID: not blank, without white space around it, and of no person's."""
    found = _ident(draw)
    return "a" if is_blank(found) or not found.strip() or is_placeholder(found) or is_personal(found) else found


def meant(draw: Draw, *, blank: bool, personal: bool) -> str:
    """A text that is no placeholder.

    Args:
        draw: Draws.
        blank: Whether it may be blank.
        personal: Whether it may look like personal data.
    """
    found = text(draw)
    if is_placeholder(found) or (not blank and (is_blank(found) or not found.strip())):
        return "a"
    return "a" if not personal and is_personal(found) else found


# ---- URLs -----------------------------------------------------------------------------------------------------------

_HOSTS = ("example.com", "www.example.com", "example.org", "shop.example.net", "192.0.2.1", "[2001:db8::1]")
_ENDINGS = ("com", "org", "net", "example", "museum", "co.uk", "xn--p1ai")
_labels = st.text(_LETTERS, min_size=1, max_size=12)
_KEYS = ("q", "page", "ref", "utm_source", "lang", "size", "a[]", "ü")
_SAFE = "-._~!$'()*,;:"


def _host(draw: Draw) -> str:
    kind = draw(upto(9))
    if kind < 6:
        return pick(draw, _HOSTS)
    return f"{draw(_labels)}.{pick(draw, _ENDINGS)}"


def _part(draw: Draw) -> str:
    """A part of a path or a query: a word, or any text as it is percent-encoded, or letters as they are."""
    kind = draw(upto(9))
    if kind < 6:
        return draw(words)
    found = draw(odd) if kind < 8 else pick(draw, CURIOUS)
    if kind == 9 and found.isalpha():
        return found
    return quote(found, safe=_SAFE)


def _query(draw: Draw) -> str:
    return "&".join(f"{pick(draw, _KEYS)}={_part(draw)}" for _ in range(draw(upto(2)) + 1))


def url(draw: Draw) -> str:
    """An absolute URL of the web that can be taken apart, without a user, a secret, or personal data."""
    found = f"{'http' if draw(upto(4)) == 4 else 'https'}://{_host(draw)}"
    shape = draw(upto(31))
    if shape & 16:
        found += f":{pick(draw, (80, 443, 8080, 65535))}"
    found += "/"
    if shape & 1:
        found += "/".join(_part(draw) for _ in range(draw(upto(2)) + 1))
    if shape & 8:
        found += pick(draw, (".html", ".tar.gz", "/", "//a", ";v=1", "."))
    if shape & 2:
        found += f"?{_query(draw)}"
    if shape & 4:
        found += f"#{_part(draw)}"
    if shape == 31:
        found += "a" * (KEYWORD - len(found))
    return found if _is_ordinary(found) else "https://example.com/"


def _is_ordinary(found: str) -> bool:
    parts = uri_parts(found)
    return (
        parts is not None
        and parts.user_info is None
        and parts.scheme is not None
        and units(found) <= KEYWORD
        and not is_personal(query_of(found))
        and not any(_SECRET.fullmatch(name) for name, _ in parameters(found))
    )


# ---- numbers --------------------------------------------------------------------------------------------------------


def number(draw: Draw, node: Integer) -> int:
    """A whole number within the bounds of the contract; mostly a small one."""
    kind = draw(upto(9))
    low, high = node.minimum, node.maximum
    if kind < 6:
        return min(max(draw(upto(20)), low), high)
    if kind < 8:
        return draw(st.integers(low, high))
    return pick(draw, (low, high, high - 1, max(low, 0), max(low, -1), min(high, 2**24 + 1)))


# ---- what a rule of the tier lint would find ------------------------------------------------------------------------

Odd = Callable[[Draw], str]

BY_LINT: dict[str, Odd] = {
    "padded-id": lambda draw: pick(draw, ("a ", " a", "\ta", "a\n", "\u00a0a", " 日本語 ")),
    "placeholder-value": lambda draw: pick(draw, ("undefined", "null", "NaN", "[object Object]", "{{ a }}", "${a}")),
    "personal-data": lambda draw: pick(draw, ("a@example.com", "+4930123456789", "(555) 555-0100")),
    "relative-url": lambda draw: pick(draw, ("/a", "a", "../a", "?q=a", "#a", "//example.com/a")),
    "local-url": lambda draw: pick(
        draw, ("http://localhost/", "http://127.0.0.1:8080/a", "http://[::1]/", "http://a.local/")
    ),
    "secret-in-url": lambda draw: f"https://example.com/?{pick(draw, ('token', 'api_key', 'sid', 'password'))}=a",
    "empty-query": lambda draw: pick(draw, ("", " ", "\t\n", "\u00a0")),
    "unusual-sort-direction": lambda draw: pick(draw, ("DESC", "descending", "", "up", "Asc")),
}
"""For each rule of the tier lint that looks at one text: texts that it finds."""

_IN_QUERY = "https://example.com/?q="


def by_lint(draw: Draw, rule: str, *, is_url: bool) -> str:
    """A text that a rule of the tier lint finds."""
    found = BY_LINT[rule](draw)
    if is_url and rule == "placeholder-value":
        return pick(draw, ("undefined", "null", "NaN"))
    return _IN_QUERY + quote(found, safe="@") if is_url and rule == "personal-data" else found
