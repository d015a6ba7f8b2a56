"""Converts offsets in a transcript to places in the body."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from eventlint.jsontext.decoding import Decoded
from eventlint.jsontext.positions import Lines
from eventlint.mirror.formats.transcript import Place, Transcript
from eventlint.model import Position


class TranscriptLines(Lines):
    """The lines of a body in YAML, or the bytes of one in a binary format."""

    __slots__ = ("_body", "_offsets", "_transcript", "format")

    def __init__(self, body: bytes, text: Decoded, transcript: Transcript, format_name: str) -> None:
        super().__init__(text)
        self._body = body
        self._transcript = transcript
        self._offsets: list[int] | None = None
        self.format = format_name

    def server(self, offset: int, column_shift: int = 0) -> tuple[int, int]:
        """The server's line and column: of a token, or with a ``column_shift`` of the end of a token."""
        place = self._place(offset, after=column_shift > 0)
        return place.line, place.column

    def source_place(self, offset: int, column_shift: int = 0) -> str:
        """A place as it stands in the description of the source."""
        line, column = self.server(offset, column_shift)
        return f"line: {line}, column: {column}" if line >= 0 else f"byte offset: #{column}"

    def positions(self, offsets: Iterable[int]) -> dict[int, Position]:
        """The position of each token; in a binary format in line 1."""
        found: dict[int, Position] = {}
        text = self._body.decode("utf-8", "replace") if self.format == "yaml" else ""
        counted = size = 0
        places = {offset: self._transcript.shown.get(offset) or self._place(offset) for offset in set(offsets)}
        for offset, place in sorted(places.items(), key=lambda item: item[1].offset):
            if place.line < 0:
                at = min(place.offset, len(self._body))
                found[offset] = Position(line=1, column=at + 1, offset=at)
                continue
            size += len(text[counted : place.offset].encode())
            counted = max(counted, place.offset)
            found[offset] = Position(line=place.line, column=place.column, offset=min(size, len(self._body)))
        return found

    def _place(self, offset: int, *, after: bool = False) -> Place:
        """The place of a token that begins at an offset, or of the end of one that ends there."""
        transcript = self._transcript
        first, second = (transcript.ends, transcript.starts) if after else (transcript.starts, transcript.ends)
        return first.get(offset) or second.get(offset) or self._before(offset)

    def _before(self, offset: int) -> Place:
        """The place of the token that an offset is in."""
        if self._offsets is None:
            self._offsets = sorted(self._transcript.starts)
        index = bisect_right(self._offsets, offset) - 1
        return self._transcript.starts[self._offsets[index]] if index >= 0 else Place(1, 1, 0)
