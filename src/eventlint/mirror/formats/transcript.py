"""What a parser of YAML, CBOR or SMILE has read, written down as JSON.

The walk and the rules work on JSON. So the parser of another format writes down each token as JSON, with the places
that the server would report for it. A fault ends the transcript.
"""

from __future__ import annotations

import json
import re

from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.named_tuples import NamedTuple

OBJECT, OBJECT_END, ARRAY, ARRAY_END, STRING, KEY, BINARY, FAULT, END = b'{}[]":b!$'
"""The kinds of tokens, apart from literals and numbers: these have the kind of their first character."""

_PARSE = "json_parse_exception"
_END_OF_INPUT = "json_e_o_f_exception"


class Place(NamedTuple):
    """A place in a body.

    Attributes:
        line: The server's line; -1 in a binary format.
        column: The server's column; in a binary format, its offset in bytes from 0.
        offset: The offset from 0: in YAML in characters, otherwise in bytes.
    """

    line: int
    column: int
    offset: int


class Problem(NamedTuple):
    """What the server's parser of a format says about a body that it cannot read.

    Attributes:
        reason: The message. In a binary format, a NUL in it stands for the name of the source.
        type: The type of the exception.
        causes: The types and messages of the exceptions below it, outermost first.
        detail: The part of the message that says what is wrong; None for the whole message.
    """

    reason: str
    type: str = _PARSE
    causes: tuple[tuple[str, str], ...] = ()
    detail: str | None = None

    @property
    def summary(self) -> str:
        """What is wrong, in one line."""
        return (self.detail or self.reason).partition("\n")[0].partition(" (for ")[0].replace("\0", "")

    @property
    def is_end_of_input(self) -> bool:
        """Whether the body ends too early."""
        return self.type == _END_OF_INPUT


def end_of_input(detail: str) -> Problem:
    """The problem of a body that ends too early."""
    return Problem(f"Unexpected end-of-input{detail}", _END_OF_INPUT)


class FormatError(Exception):
    """The parser cannot go on.

    Attributes:
        problem: What is wrong.
        place: Where the server's parser is; None for a place that no answer contains.
        token: The place of the current token after the error; None if it did not change.
        shown: Where the error is for people; None for the place.
        limit: The kind of error and the value, if a limit of the server is exceeded.
    """

    def __init__(
        self,
        problem: Problem,
        place: Place | None = None,
        token: Place | None = None,
        shown: Place | None = None,
        limit: tuple[str, int] | None = None,
    ) -> None:
        super().__init__(problem)
        self.shown = shown or place
        self.problem = problem
        self.place = place
        self.token = token
        self.limit = limit

    @classmethod
    def of_limit(cls, kind: str, value: int) -> FormatError:
        """The error that a limit is exceeded; for the kinds see :data:`eventlint.jsontext.syntax_error.KINDS`."""
        return cls(Problem(""), limit=(kind, value))


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: What it is.
        start: Its first byte in the transcript.
        end: The byte after it.
        text: The key, the content of a string, or the digits of a number.
        shown: The number as messages show it.
        error: Why the content cannot be read; the server finds this out only if it reads it.
        failed_at: The offset whose place is that of the token after the error.
    """

    kind: int
    start: int
    end: int
    text: str = ""
    error: JsonSyntaxError | None = None
    failed_at: int = 0
    shown: str = ""


class Transcript:
    """The tokens of a body.

    Attributes:
        text: The tokens as JSON.
        tokens: The tokens; the last one is END or FAULT, or it closes the outermost bracket.
        starts: The place of each token, by its first byte in the transcript.
        ends: The place after each token, by its last byte in the transcript.
        shown: Where the error that ends the transcript is for people, by its offset in the transcript.
    """

    def __init__(self) -> None:
        self.text = bytearray()
        self.tokens: list[Token] = []
        self.starts: dict[int, Place] = {}
        self.ends: dict[int, Place] = {}
        self.shown: dict[int, Place] = {}
        self._is_first = True

    def _add(self, kind: int, written: bytes, text: str, start: Place, end: Place) -> int:
        """Write down a token; the offset of its first byte."""
        if not self._is_first and kind not in (OBJECT_END, ARRAY_END):
            self.text += b","
        offset = len(self.text)
        self.text += written
        self.starts[offset] = start
        self.ends[len(self.text) - 1] = end
        self.tokens.append(Token(kind, offset, len(self.text), text))
        self._is_first = kind in (OBJECT, ARRAY, KEY)
        if kind == KEY:
            self.text += b":"
        return offset

    def open(self, kind: int, start: Place, end: Place) -> None:
        """An opening bracket."""
        self._add(kind, bytes([kind]), "", start, end)

    def close(self, kind: int, start: Place, end: Place) -> None:
        """A closing bracket."""
        self._add(kind, bytes([kind]), "", start, end)

    def key(self, key: str, start: Place, end: Place) -> None:
        """A key."""
        self._add(KEY, quoted(key), key, start, end)

    def string(self, content: str, start: Place, end: Place, error: FormatError | None = None) -> None:
        """A string, and why it cannot be read."""
        self._add(STRING, b'"?"' if error else quoted(content), content, start, end)
        self._attach(error, "string")

    def number(
        self, digits: str, start: Place, end: Place, error: FormatError | None = None, shown: str | None = None
    ) -> None:
        """A number, why it cannot be read, and how messages show it.

        What is not a number is 0, as Java converts it to an integer.
        """
        digits = "0" if digits == "NaN" else digits
        written = re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", digits)
        text = (digits if written else "0").encode("ascii")
        self._add(text[0], text, digits, start, end)
        self.tokens[-1] = self.tokens[-1]._replace(shown=digits if shown is None else shown)
        self._attach(error, "token")

    def literal(self, literal: bytes, start: Place, end: Place) -> None:
        """``true``, ``false`` or ``null``."""
        self._add(literal[0], literal, "", start, end)

    def binary(self, start: Place, end: Place) -> None:
        """A value of bytes, which JSON does not have."""
        self._add(BINARY, b'""', "", start, end)

    def absent(self, start: Place, end: Place) -> None:
        """A value that is missing where the server's parser gives no token."""
        self._add(END, b"null", "", start, end)

    def end(self, place: Place) -> None:
        """The end of a body without a token."""
        self.starts[END] = self.starts[-1] = place
        self.tokens.append(Token(END, len(self.text), len(self.text)))

    def fault(self, error: FormatError, token: Place) -> None:
        """An error, and the place of the current token."""
        offset = len(self.text)
        self.starts[offset] = token
        if error.shown is not None:
            self.shown[offset] = error.shown
        self.tokens.append(Token(FAULT, offset, offset, error=self._error(offset, error)))

    def _attach(self, error: FormatError | None, reading: str) -> None:
        """Add to the last token why it cannot be read."""
        if error is not None:
            token = self.tokens[-1]
            made = self._error(token.start, error)
            made.reading = reading
            failed_at = token.start
            if error.token is not None:
                failed_at = -2 - token.start  # an offset that no token has
                self.starts[failed_at] = error.token
            self.tokens[-1] = token._replace(error=made, failed_at=failed_at)

    def _error(self, offset: int, error: FormatError) -> JsonSyntaxError:
        if error.limit is not None:
            kind, value = error.limit
            return JsonSyntaxError(kind, offset, value)
        if error.place is not None:
            self.ends[offset] = error.place
        return JsonSyntaxError("format", offset, error.problem, column_shift=1)


def quoted(text: str) -> bytes:
    """A string of JSON in UTF-8."""
    written = json.dumps(text, ensure_ascii=False)
    try:
        return written.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", written).encode()


def joined(text: str) -> str:
    """A string in which surrogates that form a pair are one character, as in Java."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
