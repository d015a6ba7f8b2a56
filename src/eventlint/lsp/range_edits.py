"""Edits of ranges of one text that are applied together, however large the text is."""

from __future__ import annotations

from typing import NamedTuple

from eventlint.lsp.positions import LINE_END, Positions, TextPosition, utf8


class RangeEdit(NamedTuple):
    """An edit of a range of a text, as an editor sends it."""

    start: TextPosition
    end: TextPosition
    content: str


class RangeEdits:
    """Edits whose ranges can be found in the text before all of them.

    The range of each edit is one of the text after the edits that were added before it. If the edits are in the order
    of the text, the range is moved by what the earlier edits inserted and removed. If they are in the opposite order,
    the earlier edits did not move it.
    """

    def __init__(self, positions: Positions) -> None:
        self._positions = positions
        self._edits: list[tuple[int, int, bytes]] = []
        self._is_forward: bool | None = None
        self._is_closed = False
        self._low = self._after_old = self._after_new = TextPosition(0, 0)
        self._left = self._right = b""

    @property
    def start(self) -> int:
        """The first byte of all edits."""
        return min((first for first, _, _ in self._edits), default=0)

    def add(self, edit: RangeEdit) -> bool:
        """Add an edit; returns False if its range cannot be found in the text, so that it is not added."""
        start, end = edit.start, max(edit.start, edit.end)
        is_forward = self._is_forward
        if self._is_closed:
            return False
        if self._edits:
            if is_forward is not True and end <= self._low:
                is_forward = False
            elif is_forward is not False and start >= self._after_new:
                is_forward = True
                start, end = self._in_old(start), self._in_old(end)
            else:
                return False
            self._is_forward = is_forward
        first = self._positions.offset(start)
        self._note(first, max(self._positions.offset(end), first), utf8(edit.content))
        return True

    def _in_old(self, position: TextPosition) -> TextPosition:
        """Where a position behind all edits was before them."""
        lines = self._after_new.line - self._after_old.line
        moved = self._after_new.character - self._after_old.character if position.line == self._after_new.line else 0
        return TextPosition(position.line - lines, position.character - moved)

    def _note(self, first: int, last: int, content: bytes) -> None:
        data, positions = self._positions.data, self._positions
        left, right = data[max(first - 1, 0) : first], data[last : last + 1]
        if self._edits and self._is_forward and first == self._edits[-1][1]:
            left = self._left
        elif self._edits and not self._is_forward and last == self._edits[-1][0]:
            right = self._right
        around = left + content[:1] + content[-1:] + right
        self._is_closed = b"\r" in around and b"\n" in around  # it may be one line ending where there were two
        self._low = positions.position(first)
        begin = self._low
        if self._edits and self._is_forward:
            lines = self._after_new.line - self._after_old.line
            moved = self._after_new.character - self._after_old.character if begin.line == self._after_old.line else 0
            begin = TextPosition(begin.line + lines, begin.character + moved)
        added = list(LINE_END.finditer(content))
        units = positions.units(content[added[-1].end() :] if added else content)
        self._after_new = TextPosition(begin.line + len(added), units if added else begin.character + units)
        self._after_old = positions.position(last)
        self._left, self._right = content[-1:] or left, content[:1] or right  # what the next edit may be beside
        self._edits.append((first, last, content))

    def applied(self) -> bytes:
        """The text after the edits."""
        data, parts, at = self._positions.data, [], 0
        for first, last, content in self._edits if self._is_forward else reversed(self._edits):
            parts += [data[at:first], content]
            at = last
        return b"".join([*parts, data[at:]])
