"""Edits of bytes: how to apply them, and two lists of them as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eventlint.model import Edit


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Apply edits, in any order; they must not overlap."""
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += (data[at : edit.start], edit.content)
        at = edit.end
    return b"".join([*parts, data[at:]])


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
