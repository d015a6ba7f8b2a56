"""Applies changes to a file, or shows them as a unified diff.

The file is replaced atomically, after the last change. Bytes outside of the changes stay as they are.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import IO

from eventlint.errors import InputError
from eventlint.fixes.record_changes import Change
from eventlint.fixes.unified_diff import unified_diff
from eventlint.model import Edit
from eventlint.output.base import posix_path
from eventlint.output.files import AtomicFile, FileChangedError, cannot_write
from eventlint.output.replacing import is_unchanged

_PIECE = 1 << 20


def apply_changes(path: str, changes: Iterable[Change]) -> int:
    """Apply changes, in the order of the file, and return the number of findings that were fixed.

    A file without changes is not written.

    Args:
        path: The file.
        changes: The changes; the file is read no earlier than the first one is asked for.

    Raises:
        InputError: The file cannot be written, or it changed meanwhile; it stays as it is.
    """
    fixed = 0
    remaining = iter(changes)
    try:
        before = os.stat(path)
        first = next(remaining, None)
        if first is None:
            return 0
        with open(path, "rb") as source, AtomicFile(path, before) as target:
            if not is_unchanged(before, os.fstat(source.fileno())):
                raise FileChangedError
            for change in chain([first], remaining):
                for edit in change.edits:
                    _copy(source, target, edit.start)
                    target.write(edit.content)
                    source.seek(edit.end)
                fixed += len(change.findings)
            _copy(source, target, None)
            target.commit()
    except OSError as error:
        raise InputError(cannot_write(error)) from error
    return fixed


def _copy(source: IO[bytes], target: AtomicFile, stop: int | None) -> None:
    """Copy from the current position up to an offset; None is the end of the file."""
    while True:
        piece = source.read(_PIECE if stop is None else min(_PIECE, stop - source.tell()))
        if not piece:
            return
        target.write(piece)


def show_changes(path: str, name: str, changes: Iterable[Change], show: Callable[[str], object]) -> int:
    """Show changes, in the order of the file, as a unified diff in which secrets are redacted.

    A first line says so if that makes the diff differ from the file.

    Returns the number of findings that would be fixed.
    """
    fixed = 0
    remaining = iter(changes)
    first = next(remaining, None)
    if first is None:
        return 0

    all_changes = chain([first], remaining)

    def edits() -> Iterator[Edit]:
        nonlocal fixed
        for change in all_changes:
            fixed += len(change.findings)
            yield from change.edits

    with _mapped(path) as data:
        for part in unified_diff(data, posix_path(name), edits()):
            show(part)
    return fixed


def _mapped(path: str) -> mmap.mmap:
    """A memory map of a file."""
    try:
        with open(path, "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise InputError(str(getattr(error, "strerror", None) or error).lower()) from error
