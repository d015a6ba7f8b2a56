"""Finds files and reads the events in each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from eventlint.errors import InputError
from eventlint.inputs.file_formats import Envelope, read_console, read_har, read_json, read_ndjson
from eventlint.inputs.record import Record

SUFFIXES = {
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".har": "har",
    ".http": "console",
    ".console": "console",
    ".es": "console",
}
"""The format of a file, by its suffix."""

FORMATS = ("json", "ndjson", "console", "har")
COMPRESSED = (".gz", ".zst")
"""The suffixes of compressed files."""

_SKIPPED = frozenset(
    ".git .hg .svn .venv venv node_modules __pycache__ .tox .nox .mypy_cache .ruff_cache".split()  # noqa: SIM905
)

_Ignores = tuple[tuple[str, Any], ...]
"""Folders with an ignore file, outermost first, and the patterns of each."""


def name_of(path: str) -> str:
    """The file name without the suffix of a compression."""
    name = os.path.basename(path)
    return name.rsplit(".", 1)[0] if name.endswith(COMPRESSED) else name


def format_of(path: str) -> str | None:
    """The format that the suffix of a file indicates, or None."""
    return SUFFIXES.get(os.path.splitext(name_of(path))[1].lower())


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


def _no_stdin() -> BinaryIO:
    raise InputError("standard input cannot be read here")


def records(
    path: str, form: str | None, envelope: Envelope, stdin: Callable[[], BinaryIO] = _no_stdin
) -> Iterator[Record]:
    """Read the events of one file; ``-`` is standard input.

    Without a format, the suffix determines it, or else the content.

    Raises:
        InputError: The file cannot be read, or it is not in the format.
    """
    form = form or format_of(path)
    damaged: type[Exception] = OSError
    try:
        stream, damaged = _open(path, stdin)
        with stream:
            if form == "ndjson":
                yield from read_ndjson(stream, envelope)
                return
            data = stream.read()
    except (OSError, EOFError, ValueError, damaged) as error:
        raise InputError(_reason(error)) from error
    if form == "har":
        yield from read_har(data)
    elif form == "console" or (form is None and _is_console(data)):
        yield from read_console(data)
    else:
        yield from read_json(data, envelope)


def _is_console(data: bytes) -> bool:
    return b"_application/analytics" in data[:65536] and data.lstrip()[:1] not in (b"{", b"[")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split()) or type(error).__name__


def _open(path: str, stdin: Callable[[], BinaryIO]) -> tuple[BinaryIO, type[Exception]]:
    """Open a file; also returns the exception for damaged content."""
    stream: Any
    if path == "-":
        return stdin(), OSError
    if path.endswith(".gz"):
        import gzip
        import zlib

        stream = gzip.open(path, "rb")  # noqa: SIM115 - the caller closes it
        return stream, zlib.error
    if path.endswith(".zst"):
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        stream = zstd.open(path, "rb")
        return stream, zstd.ZstdError
    return open(path, "rb"), OSError
