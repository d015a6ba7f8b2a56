"""Where the bytes of an event are in its file, if the file does not contain the event byte for byte.

A client may remove comments, replace variables, or write a string differently before it sends an event. The event is
then made of segments. An *exact* segment is in the file as it is sent; all others were replaced, and no fix may touch
them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from eventlint.model import Edit, Position

_LINE_END = re.compile(rb"\r\n|\n|\r")
_OTHER_LINE = re.compile(rb"[\r\n]\s*\S")
_CONTENT = re.compile(rb"[^\r\n]")


class SourceText:
    """The content of a text file, and its lines.

    Attributes:
        data: The content as UTF-8.
        original: The content of the file, without changes.
        holes: The parts that are not part of the requests, such as the ``>`` of a quote in Markdown, in their order:
            for each, its first byte and the byte after it. They are blank in ``data``, and no fix may touch them.
        is_editable: Whether offsets in ``data`` are offsets in the file.
    """

    def __init__(
        self,
        data: bytes,
        original: bytes | None = None,
        holes: Iterable[tuple[int, int]] = (),
        *,
        is_editable: bool = True,
    ) -> None:
        self.data = data
        self.original = data if original is None else original
        self.holes = list(holes)
        self.is_editable = is_editable
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(data))]
        self._last = (0, 0, 1)

    def line(self, offset: int) -> int:
        """The line of a byte, from 1."""
        return bisect_right(self.starts, offset)

    def end(self, offset: int) -> int:
        """The first byte after the line of a byte, including the line ending."""
        line = self.line(offset)
        return self.starts[line] if line < len(self.starts) else len(self.data)

    def position(self, offset: int) -> Position:
        """The position of a byte."""
        line = self.line(offset)
        start = self.starts[line - 1]
        last_line, last, column = self._last
        if last_line != line or last > offset:
            mark = 3 if start == 0 and self.data.startswith(b"\xef\xbb\xbf") else 0
            last, column = min(start + mark, offset), 1
        column += len(self.data[last:offset].decode("utf-8", "replace"))
        self._last = (line, offset, column)
        return Position(line=line, column=column, offset=offset)


class Segment(NamedTuple):
    """A part of an event, and the part of the file that it comes from.

    Attributes:
        start: The first byte in the event.
        end: The byte after it in the event.
        at: The first byte in the file.
        until: The byte after it in the file.
        is_exact: Whether both parts are the same bytes, which a fix may edit.
    """

    start: int
    end: int
    at: int
    until: int
    is_exact: bool


class SourceMap(NamedTuple):
    """The segments of an event, in their order, without gaps."""

    text: SourceText
    segments: tuple[Segment, ...]

    def position(self, offset: int) -> Position:
        """The position in the file of a byte of the event."""
        segment = self._segment(offset)
        if segment is None:
            return self.text.position(0)
        within = offset - segment.start
        is_aligned = segment.until - segment.at == segment.end - segment.start
        at = segment.at + within if is_aligned else segment.at if offset < segment.end else segment.until
        return self.text.position(min(at, segment.until))

    def allows(self, edit: Edit) -> bool:
        """Whether a fix may make an edit of the event: the file has all of its bytes, and it removes nothing else."""
        return self.edits(edit) is not None and (bool(edit.content) or not self._removes_lines(edit))

    def edits(self, edit: Edit) -> list[Edit] | None:
        """An edit of the event as edits of the file; None if the file does not have all of its bytes."""
        parts: list[Edit] = []
        content = edit.content
        first = self._index(edit.start)
        if edit.start == edit.end:
            around = self.segments[max(first - 1, 0) : first + 1]
            segment = next((one for one in around if one.is_exact and one.start <= edit.start <= one.end), None)
            if segment is None:
                return None
            at = segment.at + edit.start - segment.start
            return [Edit(at, at, content)]
        for segment in self.segments[max(first, 0) :]:
            if segment.start >= edit.end:
                break
            if not segment.is_exact:
                return None
            shift = segment.at - segment.start
            start, end = max(edit.start, segment.start) + shift, min(edit.end, segment.end) + shift
            if parts and parts[-1].end == start:
                parts[-1] = parts[-1]._replace(end=end)
            else:
                parts.append(Edit(start, end, content))
                content = b""
        return parts or None

    def _removes_lines(self, edit: Edit) -> bool:
        """Whether an edit removes what is on other lines: prose, or another event."""
        first, last = self._segment(edit.start), self._segment(max(edit.end - 1, edit.start))
        if first is None or last is None:
            return False
        removed = self.text.data[first.at + edit.start - first.start : last.at + edit.end - last.start]
        return _OTHER_LINE.search(removed) is not None

    def _index(self, offset: int) -> int:
        return bisect_right(self.segments, offset, key=lambda segment: segment.start) - 1

    def _segment(self, offset: int) -> Segment | None:
        return self.segments[max(self._index(offset), 0)] if self.segments else None


class EventBuilder:
    """Builds an event and its map from parts of a file, in their order."""

    def __init__(self, text: SourceText) -> None:
        self._text = text
        self._parts: list[bytes] = []
        self._segments: list[Segment] = []
        self._size = 0

    def keep(self, start: int, end: int, *, is_exact: bool = True) -> None:
        """Add a part of the file as it is."""
        for begin, stop in self._text.holes[bisect_right(self._text.holes, (start, start)) :] if is_exact else ():
            if begin >= end:
                break
            if begin > start:
                self._add(self._text.data[start:begin], start, begin, is_exact=True)
            self._add(self._text.data[begin:stop], begin, stop, is_exact=False)
            start = stop
        if start < end:
            self._add(self._text.data[start:end], start, end, is_exact=is_exact)

    def blank(self, start: int, end: int) -> None:
        """Add spaces in place of a part of the file; line endings stay."""
        if start < end:
            self._add(_CONTENT.sub(b" ", self._text.data[start:end]), start, end, is_exact=False)

    def replace(self, start: int, end: int, content: bytes) -> None:
        """Add other bytes in place of a part of the file."""
        self._add(content, start, end, is_exact=False)

    def _add(self, content: bytes, at: int, until: int, *, is_exact: bool) -> None:
        self._parts.append(content)
        size = self._size
        self._size += len(content)
        self._segments.append(Segment(size, self._size, at, until, is_exact and self._text.is_editable))

    def build(self) -> tuple[bytes, SourceMap]:
        """The event without white space at its end, and its map."""
        body = b"".join(self._parts).rstrip()
        segments = [
            segment._replace(end=min(segment.end, len(body)), until=segment.until - max(segment.end - len(body), 0))
            if segment.end - segment.start == segment.until - segment.at
            else segment
            for segment in self._segments
            if segment.start < len(body) or segment.start == segment.end == 0
        ]
        return body, SourceMap(self._text, tuple(segments))
