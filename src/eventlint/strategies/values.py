"""Strategies for single values, by what the contract says of them; it must not know where in an event they stand.

Values are built from small pieces and never filtered, so they are drawn fast and shrink to something short.
"""

from __future__ import annotations

import functools
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from eventlint.contract import Entries, Integer, Text

_FIRST = "abcdefghijklm0123456789é日😀"
"""With these no placeholder, template, sign or white space begins."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_éß日本😀ΩЖ"
_WORDS = st.text(st.characters(exclude_categories=["Cs", "Nd"], exclude_characters="@+%\0"), max_size=12)
"""Any text without digits and the signs of addresses, so that no number and no address can stand in it."""

_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_LABELS = st.sampled_from(["example", "shop", "www", "a-b", "x1", "news"])
_SEGMENTS = st.sampled_from(["a", "products", "42", "%C3%A9", "~jane", "a.html", "", "(1);v=2"])
_PARAMETERS = st.sampled_from(["q=shoes", "page=2", "ref=a%20b", "x", "lang=de&sort=asc"])


def _joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


@functools.cache
def identifiers() -> st.SearchStrategy[str]:
    """IDs: short words, UUIDs, and words of other scripts."""
    word = _joined(st.sampled_from(_FIRST), st.text(st.sampled_from(_LETTERS), max_size=12))
    # Not st.uuids(): it draws from a random source, which does not shrink.
    return word | st.integers(0, 2**128 - 1).map(lambda number: str(UUID(int=number)))


@functools.cache
def texts() -> st.SearchStrategy[str]:
    """Texts of a few characters, of any kind."""
    return st.just("") | _joined(st.sampled_from(_FIRST), _ANY)


@functools.cache
def queries() -> st.SearchStrategy[str]:
    """What people search for."""
    return _joined(st.sampled_from(_FIRST), _WORDS, st.sampled_from(["", " 7", " 42", "\t2024"]))


@functools.cache
def urls() -> st.SearchStrategy[str]:
    """Absolute URLs that Java reads."""
    host = st.lists(_LABELS, max_size=2).map(lambda labels: ".".join([*labels, "com"]))
    path = st.lists(_SEGMENTS, max_size=3).map(lambda parts: "".join(f"/{part}" for part in parts))
    return _joined(
        st.sampled_from(["https://", "http://", "HTTPS://"]),
        host,
        st.sampled_from(["", "", ":8080", ":"]),
        path,
        st.just("") | _PARAMETERS.map("?{}".format),
        st.sampled_from(["", "", "#top", "#a/b?c", "#"]),
    ) | path.map("https://example.com{}/a b|c".format)


def text(node: Text) -> st.SearchStrategy[str]:
    """Texts for a field that no rule finds anything in."""
    lint = node.lint
    if "padded-id" in lint:
        return identifiers()
    if "relative-url" in lint:
        return st.just("") | urls() if lint["relative-url"].get("may_be_empty") else urls()
    if "unusual-sort-direction" in lint:
        return st.sampled_from(list(lint["unusual-sort-direction"]["usual"]))
    if "empty-query" in lint:
        return queries()
    if node.blank_refused:
        return _joined(st.sampled_from(_FIRST), _ANY)
    return texts()


def integer(node: Integer) -> st.SearchStrategy[int]:
    """Numbers for a field: mostly small ones, and up to the limits."""
    small = st.integers(max(node.minimum, 0), min(node.maximum, 100))
    return small | st.integers(node.minimum, node.maximum)


def entries(_: Entries) -> st.SearchStrategy[dict[str, Any]]:
    """Filters: any names, each with a text or a list of texts."""
    names = _joined(st.sampled_from(["", *"abc", "brand", "é", "a.b", " "]), _WORDS.map(lambda word: word[:3]))
    return st.dictionaries(names, texts() | st.lists(texts(), max_size=3), max_size=3)
