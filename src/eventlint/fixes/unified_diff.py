"""Edits of a file as a unified diff, written hunk by hunk while the edits come.

The edits are known, so nothing is compared: the time is linear in the size of what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from mmap import mmap
from typing import NamedTuple

from eventlint.escaping import printable
from eventlint.fixes.edits import apply
from eventlint.model import Edit
from eventlint.redact import redact

CONTEXT = 3
"""How many lines are shown before and after a change."""

_MARGIN = 8
"""How many more lines are redacted with a hunk: a secret may be recognized by a line before it."""

_PIECE = 1 << 20
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""Spaces and separators that do not control a terminal, so that a diff with them can be applied."""

_NOT_APPLICABLE = "# This diff cannot be applied: secrets are redacted, or control characters are escaped.\n"

Data = bytes | mmap
"""The bytes of a file, or a memory map of it."""


class _Lines(NamedTuple):
    """Whole lines of a file, as offsets, and the edits in them."""

    start: int
    end: int
    edits: list[Edit]


def unified_diff(data: Data, name: str, edits: Iterable[Edit]) -> Iterator[str]:
    """The parts of a unified diff.

    Args:
        data: The file.
        name: The path to show.
        edits: The edits of the file, in the order of their offsets.
    """
    header = printable(name)
    yield f"--- {header}\n+++ {header}\n"
    line = shift = counted = 0
    is_exact = True
    for hunk in _hunks(data, _regions(data, edits)):
        start = _line_start(data, hunk[0].start, CONTEXT)
        line += _count(data, counted, start)
        counted = start
        body, old, new, is_same = _hunk(data, hunk, start, _line_end(data, hunk[-1].end, CONTEXT))
        is_exact = is_exact and is_same
        yield f"@@ -{_range(line, old)} +{_range(line + shift, new)} @@\n{body}"
        shift += new - old
    if not is_exact:
        yield _NOT_APPLICABLE


def _range(line: int, count: int) -> str:
    """The range of a hunk: an empty one names the line before it."""
    return f"{line + (count > 0)},{count}"


def _regions(data: Data, edits: Iterable[Edit]) -> Iterator[_Lines]:
    """The changed lines: each as small as possible, none overlapping."""
    current: _Lines | None = None
    for edit in edits:
        start = _line_start(data, edit.start, 0)
        is_whole = edit.end > start and data[edit.end - 1 : edit.end] == b"\n"
        before = edit.content or data[start : edit.start]
        end = edit.end if is_whole and (not before or before.endswith(b"\n")) else _line_end(data, edit.end, 1)
        if current is not None and start < current.end:
            current = _Lines(current.start, max(end, current.end), [*current.edits, edit])
            continue
        if current is not None:
            yield current
        current = _Lines(start, end, [edit])
    if current is not None:
        yield current


def _hunks(data: Data, regions: Iterable[_Lines]) -> Iterator[list[_Lines]]:
    """The changed lines of each hunk."""
    hunk: list[_Lines] = []
    for region in regions:
        if hunk and _line_end(data, hunk[-1].end, 2 * CONTEXT) < region.start:
            yield hunk
            hunk = []
        hunk.append(region)
    if hunk:
        yield hunk


def _line_start(data: Data, at: int, lines: int) -> int:
    """The start of the line of an offset, or of a number of lines before it."""
    start = data.rfind(b"\n", 0, at) + 1
    for _ in range(lines):
        if start == 0:
            return 0
        start = data.rfind(b"\n", 0, start - 1) + 1
    return start


def _line_end(data: Data, at: int, lines: int) -> int:
    """The end of a number of lines after the start of a line."""
    for _ in range(lines):
        at = data.find(b"\n", at) + 1 or len(data)
    return at


def _count(data: Data, start: int, end: int) -> int:
    """The number of lines between two offsets."""
    return sum(data[at : min(at + _PIECE, end)].count(b"\n") for at in range(start, end, _PIECE))


def _hunk(data: Data, hunk: list[_Lines], start: int, end: int) -> tuple[str, int, int, bool]:
    """The lines of a hunk, the number of its old and new lines, and whether they are those of the file."""
    first = _line_start(data, start, _MARGIN)
    edits = [edit._replace(start=edit.start - first, end=edit.end - first) for one in hunk for edit in one.edits]
    text = data[first:end]
    skipped = text[: start - first].count(b"\n")
    old, new = _split(text), _split(apply(text, edits))
    shown_old, shown_new = _shown(old), _shown(new)
    parts: list[str] = []
    old_at = new_at = skipped
    at = start
    for region in hunk:
        equal = data[at : region.start].count(b"\n")
        parts += [f" {line}" for line in shown_old[old_at : old_at + equal]]
        old_at, new_at = old_at + equal, new_at + equal
        removed = len(_split(data[region.start : region.end]))
        inner = [edit._replace(start=edit.start - region.start, end=edit.end - region.start) for edit in region.edits]
        added = len(_split(apply(data[region.start : region.end], inner)))
        parts += [f"-{line}" for line in shown_old[old_at : old_at + removed]]
        parts += [f"+{line}" for line in shown_new[new_at : new_at + added]]
        old_at, new_at, at = old_at + removed, new_at + added, region.end
    parts += [f" {line}" for line in shown_old[old_at:]]
    is_same = [*old[skipped:], *new[skipped:]] == [*shown_old[skipped:], *shown_new[skipped:]]
    return "".join(parts), len(old) - skipped, len(new) - skipped, is_same


def _split(text: bytes) -> list[str]:
    """The lines of a text, each with its line feed, or with the note of a diff that it has none."""
    *lines, rest = text.decode("utf-8", "replace").split("\n")
    last = [f"{rest}\n\\ No newline at end of file\n"] if rest else []
    return [f"{line}\n" for line in lines] + last


def _shown(lines: list[str]) -> list[str]:
    """Lines without secrets, and without control characters, which could reach a terminal."""
    whole = redact("".join(lines)).split("\n")[:-1]
    count = sum(line.count("\n") for line in lines)
    texts = whole if len(whole) == count else _redact_each(lines)
    shown: list[str] = []
    at = 0
    for line in lines:
        size = line.count("\n")
        shown.append("".join(f"{_printable(text)}\n" for text in texts[at : at + size]))
        at += size
    return shown


def _printable(text: str) -> str:
    end = "\r" if text.endswith("\r") else ""
    return printable(text.removesuffix("\r"), keep=f"\t{_SPACES}") + end


def _redact_each(lines: list[str]) -> list[str]:
    """Lines that are redacted one by one."""
    return [redact(text) for line in lines for text in line.split("\n")[:-1]]
