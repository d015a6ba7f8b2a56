"""Finds the files of paths, folders and globs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from eventlint.inputs.file_names import format_of
from eventlint.inputs.git_ignores import Ignores, ignores_above, ignores_in, is_ignored

_SKIPPED = frozenset(
    ".git .hg .svn .venv venv node_modules __pycache__ .tox .nox .mypy_cache .ruff_cache".split()  # noqa: SIM905
)


def discover(
    paths: Iterable[str],
    exclude: Callable[[str], bool],
    fail: Callable[[str, str], None],
    exclude_named: Callable[[str], bool] | None = None,
) -> Iterator[str]:
    """Find the files of paths, folders and globs, each once and in order; ``-`` is standard input.

    Args:
        paths: Files, folders and globs.
        exclude: Asked about what was found in a folder or by a glob.
        fail: Receives each path that does not exist or cannot be read, and the reason.
        exclude_named: Asked about the files in ``paths``; None to take them all.
    """
    seen: set[str] = set()
    for path in paths:
        if path == "-" or os.path.isfile(path) or (os.path.exists(path) and not os.path.isdir(path)):
            found: Iterable[str] = () if exclude_named is not None and path != "-" and exclude_named(path) else (path,)
        elif os.path.isdir(path):
            found = _walk(path, exclude, fail)
        elif any(character in path for character in "*?["):
            from eventlint.inputs.globs import expand

            found = [match for match in sorted(set(expand(path))) if os.path.isfile(match) and not exclude(match)]
        else:
            fail(path, "no such file or folder")
            continue
        for one in found:
            if one not in seen:
                seen.add(one)
                yield one


def _walk(top: str, exclude: Callable[[str], bool], fail: Callable[[str, str], None]) -> Iterator[str]:
    """The files in a folder whose suffix indicates a format, except those that git ignores."""
    pending: list[tuple[str, Ignores]] = [(top, ignores_above(top))]
    while pending:
        folder, ignores = pending.pop()
        ignores += ignores_in(folder)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            fail(folder, (error.strerror or str(error)).lower())
            continue
        folders: list[str] = []
        for entry in entries:
            path = os.path.join(folder, entry.name) if folder != "." else entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _SKIPPED and not exclude(path) and not is_ignored(ignores, path + "/"):
                    folders.append(path)
            elif format_of(path) and entry.is_file() and not exclude(path) and not is_ignored(ignores, path):
                yield path
        pending += [(path, ignores) for path in reversed(folders)]
