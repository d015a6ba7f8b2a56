"""Finds the files of paths, folders and globs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from eventlint.inputs.file_names import format_of

_SKIPPED = frozenset(
    ".git .hg .svn .venv venv node_modules __pycache__ .tox .nox .mypy_cache .ruff_cache".split()  # noqa: SIM905
)

_Ignores = tuple[tuple[str, Any], ...]
"""Folders with an ignore file, outermost first, and the patterns of each."""


def discover(paths: Iterable[str], exclude: Callable[[str], bool], missing: Callable[[str], None]) -> Iterator[str]:
    """Find the files of paths, folders and globs, each once and in order; ``-`` is standard input.

    ``exclude`` is asked only about what was found in a folder or by a glob; ``missing`` receives each path that does
    not exist.
    """
    seen: set[str] = set()
    for path in paths:
        if path == "-" or os.path.isfile(path) or (os.path.exists(path) and not os.path.isdir(path)):
            found: Iterable[str] = (path,)
        elif os.path.isdir(path):
            found = _walk(path, exclude)
        elif any(character in path for character in "*?["):
            import glob

            matches = sorted(glob.glob(path, recursive=True, include_hidden=False))
            found = [match for match in matches if os.path.isfile(match) and not exclude(match)]
        else:
            missing(path)
            continue
        for one in found:
            if one not in seen:
                seen.add(one)
                yield one


def _walk(top: str, exclude: Callable[[str], bool]) -> Iterator[str]:
    """The files in a folder whose suffix indicates a format, except those that git ignores."""
    pending: list[tuple[str, _Ignores]] = [(top, _ignores_above(top))]
    while pending:
        folder, ignores = pending.pop()
        ignores += _ignores_in(folder)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        folders: list[str] = []
        for entry in entries:
            path = os.path.join(folder, entry.name) if folder != "." else entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _SKIPPED and not exclude(path) and not _ignored(ignores, path + "/"):
                    folders.append(path)
            elif format_of(path) and entry.is_file() and not exclude(path) and not _ignored(ignores, path):
                yield path
        pending += [(path, ignores) for path in reversed(folders)]


def _ignores_in(folder: str) -> _Ignores:
    path = os.path.join(folder, ".gitignore")
    if not os.path.isfile(path):
        return ()
    import pathspec

    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
        return ((os.path.abspath(folder), pathspec.GitIgnoreSpec.from_lines(lines)),)
    except (OSError, ValueError):
        return ()


def _ignores_above(top: str) -> _Ignores:
    """The ignore files from the root of the repository to a folder."""
    found: _Ignores = ()
    folder = os.path.abspath(top)
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return ()
        folder = above
        found = _ignores_in(folder) + found
    return found


def _ignored(ignores: _Ignores, path: str) -> bool:
    """Whether git ignores a path; the last ignore file with a matching pattern decides."""
    if not ignores:
        return False
    absolute = os.path.abspath(path) + ("/" if path.endswith("/") else "")
    for folder, spec in reversed(ignores):
        verdict = spec.check_file(os.path.relpath(absolute, folder) + ("/" if path.endswith("/") else "")).include
        if verdict is not None:
            return bool(verdict)
    return False
