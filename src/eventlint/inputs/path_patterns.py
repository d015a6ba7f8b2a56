"""Patterns for paths, as in a ``.gitignore``.

Patterns come from repositories that nobody vouches for. ``pathspec`` translates ``*a*a*a*b`` to a regular expression
that takes exponential time. Here, each part between two wildcards is matched only at the first place where it fits.
That finds the same paths, because the second wildcard matches whatever follows.

Most patterns need none of this: :mod:`eventlint.inputs.simple_patterns` matches them without ``pathspec``, whose import
takes as long as checking a small file.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from eventlint.errors import ConfigError
from eventlint.inputs.simple_patterns import NotSimple, SimplePatterns

_STAR = "[^/]*"
_FOLDERS_FIRST = "(?:.+/)?"
_FOLDERS = "(?:/.+)?"
_SEPARATOR = r"(?<!^)\\(?![\[\]?!# ])|^\\(?![\[\]?!#* ])"


def compile_patterns(lines: Iterable[str]) -> Any:
    """A ``pathspec.GitIgnoreSpec`` that takes linear time for a path of limited length.

    Raises:
        ConfigError: A pattern is invalid.
    """
    import pathspec

    patterns = [pattern for line in lines for pattern in _parsed(line)]
    for pattern in patterns:
        regex = getattr(pattern, "regex", None)
        if regex is not None:
            pattern.regex = re.compile(_without_backtracking(regex.pattern))
    return pathspec.GitIgnoreSpec(patterns)


def _parsed(line: str) -> Any:
    import pathspec

    try:
        return pathspec.GitIgnoreSpec.from_lines([line]).patterns
    except (ValueError, re.error) as error:
        raise ConfigError(f"invalid path pattern {line!r}") from error


def valid_patterns(lines: Iterable[str]) -> list[str]:
    """The patterns that are not invalid."""
    found = []
    for line in lines:
        with suppress(ConfigError):
            _parsed(line)
            found.append(line)
    return found


class PathPatterns:
    """Patterns, as in a ``.gitignore``; the last one that matches a path decides."""

    __slots__ = ("_lines", "_others", "_simple")

    def __init__(self, lines: Iterable[str]) -> None:
        """Take patterns.

        Raises:
            ConfigError: A pattern is invalid.
        """
        self._lines = tuple(lines)
        self._others: Any = None
        self._simple: SimplePatterns | None = None
        try:
            self._simple = SimplePatterns(self._lines)
        except NotSimple:
            self._others = compile_patterns(self._lines)

    def includes(self, path: str) -> bool | None:
        """Whether the last pattern that matches a path is not negated; None if none matches.

        Args:
            path: A path relative to the folder of the patterns. That of a folder ends with a slash.
        """
        if self._simple is not None and path.isprintable() and path != "./" and not path.startswith("../"):
            return self._simple.includes(path)
        if self._others is None:
            self._others = compile_patterns(self._lines)
        found: bool | None = self._others.check_file(path).include
        return found


@functools.lru_cache(1024)
def _compiled(patterns: tuple[str, ...]) -> PathPatterns:
    return PathPatterns(map(_with_slashes, patterns))


def _with_slashes(pattern: str) -> str:
    """A pattern with slashes in place of backslashes, except those that escape a character as in a ``.gitignore``.

    A backslash before a star is a separator: in Windows, such patterns are usual, and stars in names are impossible.
    """
    return re.sub(_SEPARATOR, "/", pattern) if "\\" in pattern else pattern


def matches(patterns: tuple[str, ...], path: str, folder: str) -> bool:
    """Whether patterns, which are relative to a folder, match a path of a file or a folder.

    Raises:
        ConfigError: A pattern is invalid.
    """
    if not patterns:
        return False
    try:
        name = os.path.relpath(os.path.abspath(path), os.path.abspath(folder)).replace(os.sep, "/")
    except ValueError:  # on another drive
        return False
    found = _compiled(patterns)
    return bool(found.includes(name) or found.includes(name + "/"))


def _without_backtracking(regex: str) -> str:
    """The regular expression of a pattern, with atomic groups around the parts between two wildcards."""
    start, *parts = _by_wildcard(regex, (_FOLDERS_FIRST, _FOLDERS))
    found = [_segments(start)]
    for number, (wildcard, text) in enumerate(zip(parts[::2], parts[1::2], strict=True)):
        if number < len(parts) // 2 - 1:
            lazy = "(?:.+?/)??" if wildcard == _FOLDERS_FIRST else "(?:/.+?)??"
            found.append(f"(?>{lazy}{_segments(text)}(?=/))")
        else:
            found.append(wildcard + _segments(text))
    return "".join(found)


def _segments(regex: str) -> str:
    """The same for wildcards inside of a segment."""
    start, *parts = _by_wildcard(regex, (_STAR,))
    found = [start]
    for number, text in enumerate(parts[1::2]):
        is_between = number < len(parts) // 2 - 1 and "/" not in text.replace("[^/]", "")
        found.append(f"(?>[^/]*?{text})" if is_between else _STAR + text)
    return "".join(found)


@functools.cache
def _wildcard() -> str:
    return "|".join(f"({re.escape(text)})" for text in (_STAR, _FOLDERS_FIRST, _FOLDERS))


def _by_wildcard(regex: str, wildcards: tuple[str, ...]) -> list[str]:
    """Split at wildcards: text, wildcard, text, wildcard, text."""
    parts = [""]
    for part in filter(None, re.split(_wildcard(), regex)):
        if part in wildcards:
            parts += [part, ""]
        else:
            parts[-1] += part
    return parts
