"""Matches the usual patterns of a ``.gitignore`` in linear time, without ``pathspec``, whose import takes longer.

A usual pattern has names with ``*``, ``?`` and classes such as ``[abc]``, and ``**`` for any number of folders.
:mod:`eventlint.inputs.path_patterns` passes others, with backslashes or negated classes, to ``pathspec``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BY_FOLDER, _BY_PATH = 1, 2
"""How a pattern matches: a folder above a path, which counts less, or the path itself."""

_CLASS = r"\[\w(?:-?\w)*\]"
_GLOB = rf"(?:[^\[\]]|{_CLASS})*"

_Name = tuple[str, ...] | re.Pattern[str]
"""The strings between the asterisks of a name, or an expression for it."""


class NotSimple(Exception):  # noqa: N818 - not an error
    """A pattern is not simple."""


class SimplePatterns:
    """Patterns; the last one that matches decides."""

    __slots__ = ("_patterns",)

    def __init__(self, lines: Iterable[str]) -> None:
        """Take patterns, as in a ``.gitignore``.

        Raises:
            NotSimple: One of them is not simple.
        """
        self._patterns = tuple(filter(None, map(_parsed, lines)))[::-1]

    def includes(self, path: str) -> bool | None:
        """Whether the last pattern that matches a path is not negated; None if none matches.

        Args:
            path: A relative path with slashes, which is normalized and printable. That of a folder ends with a slash.
        """
        names = path.split("/")
        is_folder = not names[-1]
        if is_folder:
            names.pop()
        found: bool | None = None
        for pattern in self._patterns:
            how = pattern.matches(names, is_folder)
            if how == _BY_PATH:
                return pattern.is_positive
            if how and found is None:
                found = pattern.is_positive
        return found


class _Pattern:
    """One pattern.

    Attributes:
        is_positive: Whether it is not negated.
        groups: The names between two ``**``.
        is_anchored: Whether it does not begin with ``**``.
        is_open: Whether it ends with ``**``, so that it matches only what is below.
        is_of_folders: Whether it ends with a slash.
    """

    __slots__ = ("groups", "is_anchored", "is_of_folders", "is_open", "is_positive")

    def __init__(self, names: list[str], *, is_positive: bool, is_of_folders: bool) -> None:
        self.is_positive = is_positive
        self.is_of_folders = is_of_folders
        self.is_anchored = names[0] != "**"
        self.is_open = names[-1] == "**"
        self.groups: list[list[_Name]] = []
        previous = "**"
        for name in names:
            if name != "**":
                if previous == "**":
                    self.groups.append([])
                self.groups[-1].append(_name(name))
            previous = name

    def matches(self, names: list[str], is_folder: bool) -> int:
        """How it matches a path; 0 if it does not. Each group is taken at the first place where it fits."""
        if not self.groups:
            return (_BY_FOLDER if is_folder or len(names) > 1 else 0) if self.is_of_folders else _BY_PATH
        start = 0
        for number, group in enumerate(self.groups[:-1]):
            start = _find(group, names, start, len(names), is_anchored=self.is_anchored and number == 0)
            if start < 0:
                return 0
        last = self.groups[-1]
        is_fixed = self.is_anchored and len(self.groups) == 1
        if not self.is_open and not is_folder:
            at = len(names) - len(last)
            if at >= start and not (is_fixed and at) and all(map(_fits, last, names[at:])):
                return _BY_PATH
        end = len(names) if is_folder else len(names) - 1
        if _find(last, names, start, end, is_anchored=is_fixed) < 0:
            return 0
        return _BY_PATH if self.is_open and not self.is_of_folders else _BY_FOLDER


class _Everything(_Pattern):
    """The pattern ``*``."""

    __slots__ = ()

    def matches(self, names: list[str], is_folder: bool) -> int:
        """How it matches a path."""
        return _BY_PATH


def _parsed(line: str) -> _Pattern | None:
    """The pattern in a line; None for a blank line or a comment."""
    text = line.rstrip()
    if not text or text[0] == "#" or text == "/":
        return None
    is_positive = text[0] != "!"
    text = text if is_positive else text[1:]
    if "\\" in text or not text.isprintable():
        raise NotSimple
    is_of_folders = text.endswith("/")
    names = text.removesuffix("/").split("/")
    if names[0] == "" and len(names) > 1:
        del names[0]
    elif len(names) == 1:
        names.insert(0, "**")
    if "" in names:
        raise NotSimple
    if is_of_folders:
        names.append("**")
    is_everything = names[0] == "**" and names[-1] == "*" and set(names[:-1]) == {"**"}
    kind = _Everything if is_everything else _Pattern
    return kind(names, is_positive=is_positive, is_of_folders=is_of_folders)


def _name(text: str) -> _Name:
    """A name of a pattern, to be matched; only one with a question mark or a class needs an expression."""
    if "?" not in text and "[" not in text:
        return tuple(text.split("*"))
    if re.fullmatch(_GLOB, text, re.ASCII) is None:
        raise NotSimple
    parts = ["".join(map(_translated, re.findall(rf"{_CLASS}|.", part, re.ASCII))) for part in text.split("*")]
    # Atomic groups take each part at the first place where it fits, so that nothing is tried again.
    middle = "".join(f"(?>.*?{part})" for part in parts[1:-1])
    try:
        return re.compile(rf"{parts[0]}{middle}.*{parts[-1]}" if len(parts) > 1 else parts[0])
    except re.error as error:  # a range in the wrong order
        raise NotSimple from error


def _translated(part: str) -> str:
    """The expression for a class or a character of a name."""
    return part if len(part) > 1 else "." if part == "?" else re.escape(part)


def _find(group: list[_Name], names: list[str], start: int, end: int, *, is_anchored: bool) -> int:
    """The end of the first place of some names in a path; -1 if there is none."""
    last = end - len(group)
    for at in range(start, min(start, last) + 1 if is_anchored else last + 1):
        if all(map(_fits, group, names[at : at + len(group)])):
            return at + len(group)
    return -1


def _fits(pattern: _Name, name: str) -> bool:
    """Whether a name consists of texts with anything between them; each is taken at the first place where it fits."""
    if isinstance(pattern, re.Pattern):
        return pattern.fullmatch(name) is not None
    first, last = pattern[0], pattern[-1]
    if len(pattern) == 1:
        return name == first
    if not name.startswith(first) or not name.endswith(last) or len(name) < len(first) + len(last):
        return False
    at, end = len(first), len(name) - len(last)
    for text in pattern[1:-1]:
        at = name.find(text, at, end)
        if at < 0:
            return False
        at += len(text)
    return True
