"""Globs as in a shell: ``*``, ``?`` and ``[...]`` in a name, and ``**`` for any number of folders.

In contrast to ``glob.glob``, ``**`` does not follow links to folders, which can form cycles. Hidden files match only a
pattern that begins with a dot.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

_HAS_WILDCARD = re.compile(r"[*?\[]")


def expand(pattern: str) -> Iterator[str]:
    """The existing paths that match a glob, in no order; some may occur twice. None match a slash at the end."""
    drive, rest = os.path.splitdrive(pattern)
    names = rest.replace(os.sep, "/").split("/")
    if names[-1] == "":  # only folders match
        return iter(())
    is_absolute = names[0] == "" and len(names) > 1
    return _expand(drive + os.sep if is_absolute else "", [name for name in names if name])


def _expand(folder: str, names: list[str]) -> Iterator[str]:
    if not names:
        if folder:
            yield folder
        return
    name, rest = names[0], names[1:]
    if name == "**":
        while rest[:1] == ["**"]:
            rest = rest[1:]
        for below in _folders(folder):
            yield from _expand(below, rest or ["*"])
    elif not _HAS_WILDCARD.search(name):
        path = os.path.join(folder, name)
        if os.path.lexists(path):
            yield from _expand(path, rest)
    else:
        import fnmatch

        match = re.compile(fnmatch.translate(name)).match
        for entry in _entries(folder):
            is_hidden = entry.name.startswith(".") and not name.startswith(".")
            if not is_hidden and match(entry.name) and (not rest or _is_folder(entry, follow=True)):
                yield from _expand(os.path.join(folder, entry.name), rest)


def _folders(top: str) -> Iterator[str]:
    """A folder and all folders below it that are neither hidden nor links."""
    pending = [top]
    while pending:
        folder = pending.pop()
        yield folder
        entries = [entry for entry in _entries(folder) if not entry.name.startswith(".")]
        pending += [os.path.join(folder, entry.name) for entry in entries if _is_folder(entry, follow=False)]


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder; nothing if it cannot be read."""
    try:
        with os.scandir(folder or os.curdir) as entries:
            return list(entries)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str], *, follow: bool) -> bool:
    try:
        return entry.is_dir(follow_symlinks=follow)
    except OSError:
        return False
