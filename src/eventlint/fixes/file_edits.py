"""Applies changes to a file, or shows them as a unified diff.

The file is replaced atomically, after the last change. Bytes outside of the changes stay as they are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import IO

from eventlint.errors import InputError
from eventlint.fixes.record_changes import Change
from eventlint.model import printable
from eventlint.output.base import posix_path
from eventlint.output.files import AtomicFile, cannot_write
from eventlint.redact import redact

_PIECE = 1 << 20
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""Spaces and separators that do not control a terminal, so that a diff with them can be applied."""

_NOT_EXACT = "# This diff cannot be applied: secrets are redacted, or characters that are not printable are escaped.\n"


def apply_changes(path: str, changes: Iterable[Change]) -> int:
    """Apply changes, in the order of the file, and return the number of findings that were fixed.

    A file without changes is not written.
    """
    fixed = 0
    remaining = iter(changes)
    try:
        first = next(remaining, None)
        if first is None:
            return 0
        with open(path, "rb") as source, AtomicFile(path) as target:
            for change in chain([first], remaining):
                _copy(source, target, change.start)
                target.write(change.content)
                source.seek(change.end)
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
    data: bytes | None = None
    counted = line = shift = 0
    hunks: list[str] = []
    is_exact = True
    for start, end, content, findings in changes:
        if data is None:
            data = _read(path)
        fixed += len(findings)
        first = data.rfind(b"\n", 0, start) + 1
        last = data.find(b"\n", max(end - 1, start)) + 1 or len(data)
        line += data.count(b"\n", counted, first)
        counted = first
        (old, is_old_exact), (new, is_new_exact) = (
            _shown_lines(text) for text in (data[first:last], data[first:start] + content + data[end:last])
        )
        is_exact = is_exact and is_old_exact and is_new_exact
        for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(3):
            hunks.append(_hunk(group, old, new, line, line + shift))
        shift += len(new) - len(old)
    if hunks:
        header = printable(posix_path(name))
        show(("" if is_exact else _NOT_EXACT) + f"--- {header}\n+++ {header}\n")
    for hunk in hunks:
        show(hunk)
    return fixed


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError((error.strerror or str(error)).lower()) from error


def _shown_lines(text: bytes) -> tuple[list[str], bool]:
    """Lines for a diff, redacted and printable, and whether they are the same as in the file."""
    shown = printable(redact(text.decode("utf-8", "replace")), keep=f"\n\r\t{_SPACES}")
    shown = re.sub(r"\r(?!\n)", r"\\u000d", shown)
    *lines, rest = shown.split("\n")
    last = [f"{rest}\n\\ No newline at end of file\n"] if rest else []
    return [f"{line}\n" for line in lines] + last, shown.encode() == text


def _hunk(
    group: list[tuple[str, int, int, int, int]], old: list[str], new: list[str], old_start: int, new_start: int
) -> str:
    """One hunk of a unified diff."""
    first, last = group[0], group[-1]
    parts = [
        f"@@ -{old_start + first[1] + 1},{last[2] - first[1]} +{new_start + first[3] + 1},{last[4] - first[3]} @@\n"
    ]
    for tag, begin, end, start, stop in group:
        if tag == "equal":
            parts += [f" {line}" for line in old[begin:end]]
        else:
            parts += [f"-{line}" for line in old[begin:end]]
            parts += [f"+{line}" for line in new[start:stop]]
    return "".join(parts)
