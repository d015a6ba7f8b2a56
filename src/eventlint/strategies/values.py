"""Strings, URLs and integers, plain ones first; which of them a field can have is decided elsewhere."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from hypothesis import strategies as st

from eventlint.spec import catalog
from eventlint.spec.nodes import Integer
from eventlint.strategies.drawing import Draw, pick, upto

LIMITS = catalog().limits
PLAIN_URL = "https://example.com/"

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
words = st.text(_LETTERS, min_size=1, max_size=8)
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)
_uuids = st.integers(0, 2**128 - 1).map(lambda number: str(UUID(int=number)))
_tokens = st.text(_LETTERS + _LETTERS.upper() + "0123456789_-", min_size=1, max_size=24)

TRICKY = (
    *("é", "ß", "日本語", "😀", "👩‍👩‍👧", "e\u0301", "\u202eright to left", "\u00a0", "\u200b", "\u2028", "\ufeff"),
    *("\ufffd", "\uffff", "\x00", "\x1f", "\x7f", "\x85", "\t", "\n", '"', "\\", "/", "\\u0041", "<b>", "' or ''='"),
    *("a, b", "//", "/*", "0", "-1", "true", "[]a"),
)
"""Strings that programs often handle wrong."""

WIDTHS = ("a", "é", "€", "😀")
"""Characters of one to four bytes in UTF-8; the last one has two UTF-16 units."""


def _longest(draw: Draw) -> str:
    """A string of as many UTF-16 units as can be searched for, or slightly fewer."""
    character = pick(draw, WIDTHS)
    return character * (LIMITS.keyword_utf16_units // (len(character.encode("utf-16-le")) // 2) - draw(upto(2)))


def text(draw: Draw) -> str:
    """Any string that can be searched for; it may be empty."""
    # The plain word is always drawn, so that anything else takes more choices and shrinks to it.
    word = draw(words)
    kind = draw(upto(21))
    if kind < 10:
        return word
    if kind < 18:
        return draw((_phrases, _uuids, _tokens, any_text)[(kind - 10) // 2])
    if kind < 20:
        return pick(draw, TRICKY)
    return "" if kind == 20 else _longest(draw)


# ---- URLs -----------------------------------------------------------------------------------------------------------

_HOSTS = ("example.com", "www.example.com", "example.org", "shop.example.net", "192.0.2.1", "[2001:db8::1]")
_ENDINGS = ("com", "org", "net", "example", "museum", "co.uk", "xn--p1ai")
_labels = st.text(_LETTERS, min_size=1, max_size=12)
_PARAMETERS = ("q", "page", "ref", "utm_source", "lang", "size", "a[]", "ü")
_SAFE = "-._~!$'()*,;:"


def _host(draw: Draw) -> str:
    return pick(draw, _HOSTS) if draw(upto(9)) < 6 else f"{draw(_labels)}.{pick(draw, _ENDINGS)}"


def _url_part(draw: Draw) -> str:
    """A word, any string percent-encoded, or letters of any script as they are."""
    kind = draw(upto(9))
    if kind < 6:
        return draw(words)
    found = draw(any_text) if kind < 8 else pick(draw, TRICKY)
    return found if kind == 9 and found.isalpha() else quote(found, safe=_SAFE)


def _query(draw: Draw) -> str:
    return "&".join(f"{pick(draw, _PARAMETERS)}={_url_part(draw)}" for _ in range(draw(upto(2)) + 1))


def url(draw: Draw) -> str:
    """An absolute web URL, or in a few draws the empty string."""
    found = f"{'http' if draw(upto(4)) == 4 else 'https'}://{_host(draw)}"
    shape = draw(upto(35))
    if shape > 32:
        return ""
    if shape & 16:
        found += f":{pick(draw, (80, 443, 8080, 65535))}"
    found += "/"
    if shape & 1:
        found += "/".join(_url_part(draw) for _ in range(draw(upto(2)) + 1))
    if shape & 8:
        found += pick(draw, (".html", ".tar.gz", "/", "//a", ";v=1", "."))
    if shape & 2:
        found += f"?{_query(draw)}"
    if shape & 4:
        found += f"#{_url_part(draw)}"
    return found + "a" * (LIMITS.keyword_utf16_units - len(found)) if shape == 31 else found


def number(draw: Draw, node: Integer) -> int:
    """An integer within the bounds of the specification; mostly a small one."""
    kind = draw(upto(9))
    low, high = node.minimum, node.maximum
    if kind < 6:
        return min(max(draw(upto(20)), low), high)
    if kind < 8:
        return draw(st.integers(low, high))
    return pick(draw, (low, high, high - 1, max(low, 0), max(low, -1), min(high, 2**24 + 1)))
