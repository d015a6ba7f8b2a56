"""What generated code asks of strings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Space = dict[str, Any]
"""The names that generated code may use."""

StringTest = Callable[[str], bool]
"""A function that is true for a suspect string."""


def is_word(text: str) -> bool:
    """Whether a string of ASCII characters is a word with hyphens or underscores."""
    bare = text.replace("-", "").replace("_", "")
    return bare.isalnum() and not bare.isdigit()


def searcher(space: Space, name: str, source: str) -> Callable[[str], re.Match[str] | None]:
    """The function that searches for a regular expression, which the first call compiles.

    Args:
        space: Where generated code finds the function; the first call replaces it there.
        name: Its name.
        source: The expression.
    """

    def first(text: str) -> re.Match[str] | None:
        space[name] = search = re.compile(source).search
        return search(text)

    return first


_TAIL = 3


def ending_before_equals(endings: tuple[str, ...]) -> StringTest:
    """The test for an equals sign after one of some endings, which a digit, a closing bracket, or both may follow.

    Case is ignored. A regular expression would take a hundred times as long to compile as the test takes for a URL.

    Args:
        endings: Strings of at least three characters of ASCII, in lower case, without an equals sign.
    """
    by_tail: dict[str, tuple[str, ...]] = {}

    def has_ending(name: str) -> bool:
        return name.endswith(by_tail.get(name[-_TAIL:], ()))

    def is_suspect(text: str) -> bool:
        if not by_tail:
            by_tail.update(_grouped((one[-_TAIL:], one) for one in endings))
        # The long s equals a letter of ASCII when case is ignored, but is in lower case.
        *names, _ = text.lower().replace("\u017f", "s").split("=")
        for name in names:
            if name[-_TAIL:] in by_tail and has_ending(name):
                return True
            if not name[-1:].isalpha():
                without = name.removesuffix("]")
                if has_ending(without) or (without[-1:].isdecimal() and has_ending(without[:-1])):
                    return True
        return False

    return is_suspect


def text_after(characters: str, strings: tuple[str, ...]) -> StringTest:
    """The test for one of some strings directly after one of some characters.

    Args:
        characters: The characters.
        strings: The strings, none of which is empty.
    """
    width = min(map(len, strings), default=0)
    by_head: dict[str, tuple[str, ...]] = {}

    def is_suspect(text: str) -> bool:
        if not by_head:
            by_head.update(_grouped((one[:width], one) for one in strings))
        for character in characters:
            at = text.find(character) + 1
            while at:
                begun = by_head.get(text[at : at + width])
                if begun and text.startswith(begun, at):
                    return True
                at = text.find(character, at) + 1
        return False

    return is_suspect


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The second strings of pairs by their first ones."""
    groups: dict[str, list[str]] = {}
    for key, one in pairs:
        groups.setdefault(key, []).append(one)
    return {key: tuple(group) for key, group in groups.items()}
