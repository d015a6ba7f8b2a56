"""The bytes of a body as the server's binary parsers load them: in buffers, whose state shows in reported offsets.

Source: Jackson's ``CBORParser`` and ``SmileParser``.
"""

from __future__ import annotations

from eventlint.mirror.formats.transcript import FormatError, Place, Problem, end_of_input

BUFFER = 8_000
"""The size of the server's buffer, in bytes."""


class ByteInput:
    """A position in a body.

    Attributes:
        data: The body.
        at: The next byte.
        current: The name of the current token, as messages show it.
    """

    keeps_position_at_end = True
    """Whether the parser keeps its position in the buffer when nothing more can be loaded.

    A parser that does not also computes the place of its token anew each time, as if the buffer were still the same.
    """
    needed_message = "Needed to read {needed} bytes, missed {needed} before end-of-input"

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.current = "null"
        self.is_open = True
        self._base = 0  # the first byte of the buffer
        self._end = min(BUFFER, len(data))  # the byte after the buffer
        self._processed = 0  # what the parser takes for the offset of the buffer
        self._token = Place(-1, 0, 0)
        self._token_start = 0  # in the buffer

    # ---- places -----------------------------------------------------------------------------------------------------

    def place(self) -> Place:
        """Where the parser believes that it is."""
        offset = self._processed + self.at - self._base
        return Place(-1, offset, self.at)

    def start_token(self) -> Place:
        """Begin a token here; its place."""
        self._token = self.place()
        self._token_start = self.at - self._base
        return self._token

    def token_place(self) -> Place:
        """Where the parser believes that the current token begins."""
        if self.keeps_position_at_end:
            return self._token
        return self._token._replace(column=self._processed + self._token_start)

    # ---- errors -----------------------------------------------------------------------------------------------------

    def error(self, reason: str) -> FormatError:
        """An error at the current place."""
        return FormatError(Problem(reason), self.place(), self.token_place())

    def end_error(self, detail: str | None = None) -> FormatError:
        """The error that the body ends too early; without details, it ends in the current token."""
        problem = end_of_input(f" in {self.current}" if detail is None else detail)
        return FormatError(problem, self.place(), self.token_place())

    # ---- bytes ------------------------------------------------------------------------------------------------------

    @property
    def available(self) -> int:
        """How many bytes the buffer still has."""
        return self._end - self.at

    def load_more(self) -> bool:
        """Load the next buffer; whether there is one."""
        if not self.is_open:
            return False
        self._processed += self._end - self._base
        if self._end < len(self.data):
            self._base, self._end = self._end, min(self._end + BUFFER, len(self.data))
            return True
        self.is_open = False
        if not self.keeps_position_at_end:
            self._base = self._end
        return False

    def next(self) -> int:
        """The next byte."""
        if self.at >= self._end and not self.load_more():
            raise self.end_error()
        byte = self.data[self.at]
        self.at += 1
        return byte

    def unsigned(self, size: int) -> int:
        """The next bytes as an unsigned integer."""
        if self.available >= size:
            self.at += size
            return int.from_bytes(self.data[self.at - size : self.at], "big")
        value = 0
        for _ in range(size):
            value = value << 8 | self.next()
        return value

    def try_to_load(self, needed: int) -> int:
        """Load so many bytes into one buffer; how many are missing."""
        if not self.is_open:
            return needed
        self._processed += self.at - self._base
        self._base = self.at
        self._end = min(max(self._end, self._base + BUFFER), len(self.data))
        missing = self.at + needed - self._end
        if missing > 0:
            self.is_open = False
            return missing
        return 0

    def need(self, needed: int) -> None:
        """Load so many bytes into one buffer."""
        if self.available >= needed:
            return
        if not self.is_open:
            raise self.error(f"Needed to read {needed} bytes, reached end-of-input")
        missing = self.try_to_load(needed)
        if missing > 0:
            raise self.error(self.needed_message.format(needed=needed, got=needed - missing))

    def skip(self, size: int) -> None:
        """Skip bytes."""
        while True:
            step = min(size, self.available)
            self.at += step
            size -= step
            if size <= 0:
                return
            if not self.load_more():
                raise self.end_error()
