"""Edits of bytes: how to apply them, and two lists of them as one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from eventlint.model import Edit, Finding


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Apply edits, in any order; they must not overlap."""
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += (data[at : edit.start], edit.content)
        at = edit.end
    return b"".join([*parts, data[at:]])


class Origins:
    """Where the bytes of an edited text were in the original text."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        """Take the edits of the original text, in their order."""
        self._edits = edits
        self._starts: list[int] = []
        shift = 0
        for edit in edits:
            self._starts.append(edit.start + shift)
            shift += len(edit.content) - (edit.end - edit.start)

    def offset(self, offset: int, *, is_end: bool = False) -> int:
        """The offset in the original text; inside of new content, where the old content began or, as an end, ended."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        edit, within = self._edits[index], offset - self._starts[index]
        if within < len(edit.content):
            return edit.end if is_end and within else edit.start
        return edit.end + within - len(edit.content)

    def finding(self, finding: Finding) -> Finding:
        """A finding of the edited text with the offsets of the original text; its line and column stay as they are."""
        if not self._edits:
            return finding
        position, fix = finding.position, finding.fix
        if position is not None:
            position = replace(position, offset=self.offset(position.offset))
        if fix is not None:
            edits = [
                edit._replace(start=self.offset(edit.start), end=self.offset(edit.end, is_end=True))
                for edit in fix.edits
            ]
            fix = fix._replace(edits=tuple(edits))
        return replace(finding, position=position, fix=fix)


def compose(first: Sequence[Edit], second: Sequence[Edit], between: bytes) -> list[Edit]:
    """The edits that have the effect of two lists of edits, in their order.

    Args:
        first: The edits that are applied first.
        second: The edits of the result of the first.
        between: The result of the first edits.
    """
    if not first:
        return sorted(second)
    spans: list[tuple[int, int, int, Edit | None]] = [(edit.start, edit.end, 0, edit) for edit in second]
    shift = 0
    for edit in sorted(first):
        growth = len(edit.content) - (edit.end - edit.start)
        spans.append((edit.start + shift, edit.start + shift + len(edit.content), growth, None))
        shift += growth
    spans.sort(key=lambda span: span[:2])
    composed: list[Edit] = []
    shift = at = 0
    while at < len(spans):
        start, end, growth, _ = spans[at]
        stop = at + 1
        while stop < len(spans) and spans[stop][0] <= end:
            end = max(end, spans[stop][1])
            growth += spans[stop][2]
            stop += 1
        inner = [
            Edit(edit.start - start, edit.end - start, edit.content) for *_, edit in spans[at:stop] if edit is not None
        ]
        composed.append(Edit(start - shift, end - shift - growth, apply(between[start:end], inner)))
        shift += growth
        at = stop
    return composed
