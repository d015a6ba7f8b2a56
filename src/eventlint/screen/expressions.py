"""Regular expressions of terms that many strings make long: what they have in common is tested first."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

_FOLDED = {"k": "\u212a", "s": "\u017f"}
"""The characters outside of ASCII that equal an ASCII letter when case is ignored."""

ENCODED_IN_NAME = r"%(?:25|2[DdEe]|3[0-9Dd]|4[1-9A-Fa-f]|5[0-9AaFf]|5[Dd]=|6[1-9A-Fa-f]|7[0-9Aa]|[Ee]2%84%[Aa][Aa])"
"""A percent-encoded character that the name of a parameter may have, an equals sign, or a percent sign.

The Kelvin sign is one of them, because its lower case is a letter of ASCII."""


def any_of(strings: Iterable[str], *, ignoring_case: bool = False) -> str:
    """An expression for one of some strings, as a tree of their characters; of two prefixes, the shorter one counts."""
    tree: dict[str, Any] = {}
    for one in strings:
        node = tree
        for character in one:
            node = node.setdefault(character, {})
        node[""] = {}
    return _of_tree(tree, ignoring_case=ignoring_case)


def _of_tree(node: dict[str, Any], *, ignoring_case: bool) -> str:
    if "" in node:
        return ""
    by_rest: dict[str, list[str]] = {}
    for character, below in node.items():
        by_rest.setdefault(_of_tree(below, ignoring_case=ignoring_case), []).append(character)
    alternatives = [_class("".join(characters), ignoring_case) + rest for rest, characters in by_rest.items()]
    return alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"


@functools.lru_cache(1024)
def _class(characters: str, ignoring_case: bool) -> str:
    """An expression for one of some characters."""
    found = set(characters)
    if ignoring_case:
        found |= {one.upper() for one in characters} | {_FOLDED[one] for one in characters if one in _FOLDED}
    inside = "".join(map(re.escape, sorted(found)))
    return f"[{inside}]" if len(found) > 1 else inside


_LAST = 3


@functools.lru_cache(16)
def last_characters(endings: tuple[str, ...]) -> str:
    """An equals sign after the last characters of one of some endings, or after a digit or closing bracket."""
    tails = any_of(dict.fromkeys(ending[-_LAST:] for ending in endings), ignoring_case=True)
    return rf"=(?<=(?:{tails}|{'.' * (_LAST - 1)}[\d\]])=)"


@functools.lru_cache(16)
def name_with_ending(endings: tuple[str, ...]) -> str:
    """An equals sign after one of some endings, which a digit, a closing bracket, or both may follow."""
    by_length: dict[int, list[str]] = {}
    for ending in endings:
        by_length.setdefault(len(ending), []).append(ending)
    groups = [any_of(strings, ignoring_case=True) for _, strings in sorted(by_length.items())]
    plain = "|".join(f"(?<={group}=)" for group in groups)
    continued = "|".join(f"(?<={group}{end}=)" for group in groups for end in (r"[\d\]]", r"\d\]"))
    return rf"=(?:{plain}|(?<=[\d\]]=)(?:{continued}))"
