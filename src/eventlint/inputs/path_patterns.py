"""Patterns for paths, as in a ``.gitignore``.

Patterns come from repositories that nobody vouches for. ``pathspec`` translates ``*a*a*a*b`` to a regular expression
that takes exponential time. Here, each part between two wildcards is matched only at the first place where it fits.
That finds the same paths, because the second wildcard matches whatever follows.

Most patterns need none of this: they are names, or names with ``*``. They are matched without ``pathspec``, whose
import takes as long as checking a small file.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

_STAR = "[^/]*"
_FOLDERS_FIRST = "(?:.+/)?"
_FOLDERS = "(?:/.+)?"
_SIMPLE = r"/?(?:[\w*-][\w*.-]*/)*[\w*-][\w*.-]*/?"
"""Names that may contain ``*``, joined by slashes."""
_SEPARATOR = r"(?<!^)\\(?![\[\]?!# ])|^\\(?![\[\]?!#* ])"


def compile_patterns(lines: Iterable[str]) -> Any:
    """A ``pathspec.GitIgnoreSpec`` that takes linear time for a path of limited length.

    Raises:
        ValueError: A pattern is invalid.
    """
    import pathspec

    patterns = list(pathspec.GitIgnoreSpec.from_lines(lines).patterns)
    for pattern in patterns:
        regex = getattr(pattern, "regex", None)
        if regex is not None:
            pattern.regex = re.compile(_without_backtracking(regex.pattern))
    return pathspec.GitIgnoreSpec(patterns)


@functools.lru_cache(1024)
def _compiled(patterns: tuple[str, ...]) -> Any:
    return compile_patterns(map(_with_slashes, patterns))


def _with_slashes(pattern: str) -> str:
    """A pattern with slashes in place of backslashes, except those that escape a character as in a ``.gitignore``.

    A backslash before a star is a separator: in Windows, such patterns are usual, and stars in names are impossible.
    """
    return re.sub(_SEPARATOR, "/", pattern)


def matches(patterns: tuple[str, ...], path: str, folder: str) -> bool:
    """Whether patterns, which are relative to a folder, match a path of a file or a folder."""
    if not patterns:
        return False
    try:
        name = os.path.relpath(os.path.abspath(path), os.path.abspath(folder))
    except ValueError:  # on another drive
        return False
    simple = _simple(patterns)
    if simple is not None and name.isprintable() and not name.startswith("."):
        parts = name.replace(os.sep, "/").split("/")
        return any(_fits(one, parts) for one in simple)
    spec = _compiled(patterns)
    return bool(spec.match_file(name) or spec.match_file(name + "/"))


class _Simple(NamedTuple):
    """A simple pattern.

    Attributes:
        is_anchored: Whether it is the start of a path; otherwise it is any one name in a path.
        names: The names that lead to what it matches, each split at its asterisks.
    """

    is_anchored: bool
    names: tuple[tuple[str, ...], ...]


@functools.lru_cache(1024)
def _simple(patterns: tuple[str, ...]) -> tuple[_Simple, ...] | None:
    """Patterns, if all of them are simple; otherwise None."""
    found = []
    for pattern in patterns:
        if re.fullmatch(_SIMPLE, pattern, re.ASCII) is None or "**" in pattern:
            return None
        names = tuple(tuple(name.split("*")) for name in pattern.strip("/").split("/"))
        found.append(_Simple("/" in pattern.removesuffix("/"), names))
    return tuple(found)


def _fits(pattern: _Simple, parts: list[str]) -> bool:
    """Whether a pattern matches a path or a folder above it."""
    if not pattern.is_anchored:
        return any(_fits_name(pattern.names[0], part) for part in parts)
    return len(parts) >= len(pattern.names) and all(map(_fits_name, pattern.names, parts))


def _fits_name(texts: tuple[str, ...], name: str) -> bool:
    """Whether a name consists of texts with anything between them; each is taken at the first place where it fits."""
    first, last = texts[0], texts[-1]
    if len(texts) == 1:
        return name == first
    if not name.startswith(first) or not name.endswith(last) or len(name) < len(first) + len(last):
        return False
    at, end = len(first), len(name) - len(last)
    for text in texts[1:-1]:
        at = name.find(text, at, end)
        if at < 0:
            return False
        at += len(text)
    return True


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
