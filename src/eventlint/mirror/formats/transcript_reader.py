"""A reader over a transcript, in place of the JSON reader."""

from __future__ import annotations

from eventlint.jsontext.reader import END as NO_TOKEN
from eventlint.jsontext.reader import Reader
from eventlint.mirror.formats.transcript import (
    ARRAY,
    ARRAY_END,
    END,
    FAULT,
    KEY,
    OBJECT,
    STRING,
    Token,
    Transcript,
)


class TranscriptReader(Reader):
    """A position in a transcript; for the attributes see :class:`~eventlint.jsontext.reader.Reader`."""

    is_in_json = False

    __slots__ = ("_at", "_token", "_tokens")

    def __init__(self, transcript: Transcript) -> None:
        super().__init__(bytes(transcript.text))
        self._tokens = transcript.tokens
        self._token = Token(END, 0, 0)
        self._at = 0

    def first(self) -> int:
        """The first token of the body, or END."""
        token = self._next("token")
        if token.kind == END:
            self.start = token.start
            return NO_TOKEN
        return self._value_of(token)

    def member(self, is_first: bool) -> str | None:
        """The next key of an object, or None at its end."""
        token = self._next("key")
        if token.kind != KEY:
            self._close_at(token)
            return None
        self.key_start = self.token_start = token.start
        self.key_end = token.end
        self.in_key = True
        self.pos = token.end
        return token.text

    def value(self, *, skipped: bool = False) -> int:
        """The first token of a member's value."""
        return self._value_of(self._next("token"))

    def element(self, is_first: bool) -> int:
        """The next token in an array: the first of an element, or ``]``."""
        token = self._next("token", in_element=True)
        if token.kind == ARRAY_END:
            self._close_at(token)
            return ARRAY_END
        return self._value_of(token)

    def read_string(self) -> str:
        """The content of the current string."""
        self._check()
        return self._token.text

    def skip_string(self) -> None:
        """Skip the current string."""
        self.pos = self._token.end

    def read_number(self) -> tuple[str, str]:
        """The digits of the current number, and the number as messages show it."""
        self._check()
        return self._token.text, self._token.shown

    def check_scalar(self) -> None:
        """Check a number that is read although it is not stored."""
        if self._token.kind != STRING:
            self._check()

    def _check(self) -> None:
        self.pos = self._token.end
        if self._token.error is not None:
            self.token_start = self._token.failed_at
            raise self._token.error

    def _next(self, reading: str, *, in_element: bool = False) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == FAULT:
            error = token.error
            assert error is not None  # noqa: S101 - a fault has an error
            self.token_start = token.start
            error.reading = reading
            error.in_element = in_element
            raise error
        return token

    def _value_of(self, token: Token) -> int:
        self._token = token
        self.start = self.token_start = self.last_token = token.start
        self.in_key = False
        self.pos = token.start if token.kind == STRING else token.end
        if token.kind in (OBJECT, ARRAY):
            self.opened.append(token.start)
        return NO_TOKEN if token.kind == END else token.kind

    def _close_at(self, token: Token) -> None:
        self.opened.pop()
        self.token_start = self.last_token = self.start = token.start
        self.in_key = False
        self.pos = token.end
