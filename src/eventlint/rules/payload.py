"""The payload as rules of the tiers loss and lint examine it."""

import re
from collections.abc import Collection
from functools import cached_property

from eventlint.jsontext.decoding import Decoded
from eventlint.jsontext.locate import Parts, end_of, locate
from eventlint.jsontext.reader import END, Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror.walk import Walk

_COMMA = re.compile(rb"[ \t\r\n]*,[ \t\r\n]*").match


class Payload:
    """One payload that was read, with or without faults.

    Attributes:
        text: The payload as UTF-8, and what it was before.
        walk: The walk over it.
        data: Its bytes in UTF-8; all offsets are in them.
    """

    def __init__(self, text: Decoded, walk: Walk) -> None:
        self.text = text
        self.walk = walk
        self.data = text.data

    @cached_property
    def _rest(self) -> tuple[int | None, Reader | None]:
        """The first byte after the event that is neither white space nor in a comment; and the reader until there.

        It may be the first that cannot be decoded.
        """
        if self.walk.end is None:
            return None, None
        reader = Reader(self.data, self.walk.end)
        try:
            byte = reader.space_or_end()
        except JsonSyntaxError:
            byte = 0
        ends = byte == END and not self.text.error
        return None if ends else reader.pos, reader

    @property
    def trailing(self) -> int | None:
        """The first byte after the event that is neither white space nor in a comment; None when there is none."""
        return self._rest[0]

    @property
    def comments(self) -> list[tuple[int, int]]:
        """The first byte of each comment, and the byte after it; those before the event, in it, and right after it."""
        _, after = self._rest
        return self.walk.comments + (after.comments if after else [])

    @property
    def omitted(self) -> int:
        """How many problems are only counted, comments included."""
        _, after = self._rest
        more = after.comment_count - len(after.comments) if after else 0
        return self.walk.omitted + self.walk.omitted_comments + more

    def offsets(self, pointers: Collection[Parts]) -> dict[Parts, int]:
        """The first byte of each value that some pointers lead to."""
        return locate(self.data, self.text.start, pointers)

    def next_element(self, offset: int) -> int | None:
        """Where the next element of an array begins, after the scalar at an offset.

        None if there is a comment between them.
        """
        end = end_of(self.data, offset)
        match = _COMMA(self.data, end) if end is not None else None
        return match.end() if match else None
