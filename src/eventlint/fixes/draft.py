"""A payload after some fixes, and where each of its bytes comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from eventlint.model import Edit


class _Piece(NamedTuple):
    """A part of the edited payload: a part of the original payload, or new content.

    Attributes:
        at: The first byte in the edited payload.
        start: The first byte in the original payload; for new content, the byte that it is inserted before.
        end: The byte after it in the original payload.
        content: The new content; None for a part of the original payload.
    """

    at: int
    start: int
    end: int
    content: bytes | None = None

    @property
    def size(self) -> int:
        """The number of bytes in the edited payload."""
        return self.end - self.start if self.content is None else len(self.content)


class Draft:
    """A payload with edits.

    Attributes:
        body: The edited payload.
    """

    def __init__(self, original: bytes, pieces: list[_Piece] | None = None) -> None:
        self._original = original
        self._pieces = [_Piece(0, 0, len(original))] if pieces is None else pieces
        self.body = b"".join(
            original[piece.start : piece.end] if piece.content is None else piece.content for piece in self._pieces
        )

    def applied(self, edits: Iterable[Edit]) -> Draft:
        """The payload with more edits, which must not overlap; their offsets are those of the edited payload."""
        pieces: list[_Piece] = []
        at = size = 0

        def add(parts: Iterable[_Piece]) -> None:
            nonlocal size
            for part in parts:
                pieces.append(part._replace(at=size))
                size += part.size

        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            add(self._between(at, edit.start))
            if edit.content:
                origin = self.original(edit.start)
                add([_Piece(0, origin, origin, edit.content)])
            at = edit.end
        add(self._between(at, len(self.body)))
        return Draft(self._original, pieces)

    def _between(self, start: int, end: int) -> Iterator[_Piece]:
        """The pieces between two bytes of the edited payload."""
        for index in range(max(self._index(start), 0), len(self._pieces)):
            piece = self._pieces[index]
            if piece.at >= end:
                break
            low, high = max(start - piece.at, 0), min(end - piece.at, piece.size)
            if low >= high:
                continue
            if piece.content is None:
                yield _Piece(start, piece.start + low, piece.start + high)
            else:
                yield piece._replace(content=piece.content[low:high])

    def _index(self, offset: int) -> int:
        return bisect_right(self._pieces, offset, key=lambda piece: piece.at) - 1

    def original(self, offset: int) -> int:
        """The offset in the original payload of a byte of the edited one."""
        index = self._index(offset)
        if index < 0:
            return 0
        piece = self._pieces[index]
        return piece.start if piece.content is not None else piece.start + min(offset - piece.at, piece.size)

    def origins(self, edit: Edit) -> list[Edit]:
        """An edit of the edited payload as edits of the original payload; those of new content need none."""
        pieces = list(self._between(edit.start, edit.end))
        kept = [Edit(piece.start, piece.end, edit.content) for piece in pieces if piece.content is None]
        at = self.original(edit.start)
        return kept if pieces else [Edit(at, at, edit.content)]

    def edits(self) -> list[Edit]:
        """The edits that turn the original payload into the edited one, in their order."""
        found: list[Edit] = []
        at = 0
        content = b""
        for piece in [*self._pieces, _Piece(0, len(self._original), len(self._original))]:
            if piece.content is not None:
                content += piece.content
                continue
            if content or piece.start > at:
                found.append(Edit(at, piece.start, content))
            at, content = piece.end, b""
        return found
