"""The server's JSON reader: one token after another from the bytes of a JSON text.

A token is known by its first byte: ``{ } [ ] "``, ``t f n`` for a literal, ``-`` or a digit for a number. Brackets,
numbers and literals are read to their end at once; a string is read by :meth:`Reader.read_string` or
:meth:`Reader.skip_string`. What the server's reader rejects raises :class:`JsonSyntaxError`.

Offsets count bytes from 0 in the text, which is UTF-8 (see :mod:`eventlint.jsontext.decoding`).
"""

from __future__ import annotations

import re

from eventlint.jsontext import strings
from eventlint.jsontext.dialect import UTF8, Dialect
from eventlint.jsontext.java_text import starts_identifier
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.number import read_number
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.named_tuples import NamedTuple

MAX_COMMENTS = 1_000
"""How many comments a reader remembers."""

END = -1
"""The token at the end of the input."""


class ReaderLimits(NamedTuple):
    """The limits of a reader, each inclusive; None is no limit.

    Attributes:
        nesting_depth: Levels of brackets, the outermost counted as 1.
        number_digits: Digits of a number.
        key_bytes: UTF-8 bytes of a key.
    """

    nesting_depth: int | None = None
    number_digits: int | None = None
    key_bytes: int | None = None


NO_LIMITS = ReaderLimits()

_QUOTE, _COLON, _COMMA, _SLASH = b'":,/'
_OBJECT, _OBJECT_END, _ARRAY, _ARRAY_END = b"{}[]"
_NUMBER_STARTS = frozenset(b"-0123456789")
_LITERALS = {ord("t"): b"true", ord("f"): b"false", ord("n"): b"null"}
_VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

# These read most of an ordinary text in one step each; what they do not match is read step by step.
_MEMBER = re.compile(rb'[ \t\r\n]*(,?)[ \t\r\n]*"([^"\\\x00-\x1f\x80-\xff]{0,1000})"[ \t\r\n]*:[ \t\r\n]*+').match
_SPACE = re.compile(rb"[ \t\r\n]*+").match
_COMMENT_CHUNK = Lazy(rb"(?:[^*\x00-\x08\x0b\x0c\x0e-\x1f\x80-\xff]++|\*(?!/))*+")
_LINE_CHUNK = Lazy(rb"[^\x00-\x08\x0a-\x1f\x80-\xff]*+")


class Reader:
    """A position in a JSON text, with the state that the server's reader has there.

    Attributes:
        data: The text.
        pos: The next byte to read.
        start: The first byte of the current value.
        key_start: The opening quote of the current key.
        key_end: The byte after the closing quote of the current key.
        token_start: Where the token begins that the server's messages name as the current one; END before the first.
            In an array this token is current even while it is read.
        last_token: Where the last token begins that was read completely; END before the first.
        in_key: Whether that token is a key.
        opened: The offsets of all open brackets, outermost first.
        comments: The first byte of each comment and the byte after it; the first 1,000 are kept.
        comment_count: How many comments there are.
        dialect: What this reader does differently from the server's other one.
        is_in_json: Whether it reads JSON itself, so that code may look at the bytes around :attr:`pos`.
    """

    is_in_json = True

    __slots__ = (
        "_colon_read",
        "comment_count",
        "comments",
        "data",
        "dialect",
        "in_key",
        "key_end",
        "key_start",
        "last_token",
        "limits",
        "opened",
        "pos",
        "start",
        "token_start",
    )

    def __init__(self, data: bytes, start: int = 0, limits: ReaderLimits = NO_LIMITS, dialect: Dialect = UTF8) -> None:
        self.data = data
        self.dialect = dialect
        self.pos = start
        self.start = self.key_start = self.key_end = start
        self.token_start = self.last_token = END
        self.in_key = False
        self.opened: list[int] = []
        self.comments: list[tuple[int, int]] = []
        self.comment_count = 0
        self.limits = limits
        self._colon_read = False

    # ---- tokens -----------------------------------------------------------------------------------------------------

    def first(self) -> int:
        """The first token of the text, or END."""
        try:
            byte = self.space_or_end()
            if byte == END:
                return END
            if byte in (_OBJECT_END, _ARRAY_END):
                raise self._wrong_close(byte)
            self.token_start = self.pos
            token = self._value(byte)
        except JsonSyntaxError as error:
            error.reading = "token"
            raise
        self.last_token = self.start
        return token

    def member(self, is_first: bool) -> str | None:
        """The next key of an object, or None at its end; after a key, :meth:`value` reads its value."""
        if self.data[self.pos : self.pos + 1] == b"}":
            self._close(_OBJECT_END)
            return None
        match = _MEMBER(self.data, self.pos)
        if match is not None and (not match[1]) == is_first:
            self.key_start = match.start(2) - 1
            self.key_end = match.end(2) + 1
            self.pos = match.end()
            self._colon_read = True
            return match[2].decode("ascii")
        return self._member_by_steps(is_first)

    def accept_key(self) -> None:
        """Make the key the current token, as the server's reader does when it is not a duplicate."""
        self.token_start = self.key_start
        self.in_key = True

    def value(self, *, skipped: bool = False) -> int:
        """The first token of a member's value, in an object with a parser or in one that the server skips."""
        if self._colon_read:
            data = self.data
            pos = self.pos
            byte = data[pos] if pos < len(data) else END
            if byte == _QUOTE:
                self.start = self.token_start = self.last_token = pos
                self.in_key = False
                return byte
            if byte <= 0x20 or byte == _SLASH:
                byte = self._space("Object", after_comma=False)
        else:
            byte = self._space("Object", after_comma=False)
            if byte != _COLON:
                raise self._unexpected("was expecting a colon to separate field name and value")
            self.pos += 1
            byte = self._space("Object", after_comma=False)
        token = self._value(byte, is_skipped=skipped)
        self.token_start = self.last_token = self.start
        self.in_key = False
        return token

    def element(self, is_first: bool) -> int:
        """The next token in an array: the first of an element, or ``]``."""
        data, pos = self.data, self.pos
        if not is_first:
            following = data[pos : pos + 2]
            if following == b',"':
                self.pos = self.start = self.token_start = self.last_token = pos + 1
                return _QUOTE
            if following == b",{" and len(self.opened) != self.limits.nesting_depth:
                self.start = self.token_start = self.last_token = pos + 1
                self.opened.append(pos + 1)
                self.pos = pos + 2
                return _OBJECT
        return self._element_by_steps(is_first)

    def _element_by_steps(self, is_first: bool) -> int:
        """As :meth:`element`, step by step."""
        in_element = False
        try:
            byte = self.space_or_end()
            if byte == END:
                raise self._end_inside("Array")
            if byte == _ARRAY_END:
                return self._close(byte)
            if byte == _OBJECT_END:
                raise self._wrong_close(byte)
            if not is_first:
                if byte != _COMMA:
                    raise self._unexpected("was expecting comma to separate Array entries")
                self.pos += 1
                byte = self._space("Array", after_comma=True)
            self.token_start = self.pos
            in_element = True
            token = self._value(byte)
        except JsonSyntaxError as error:
            error.reading = "token"
            error.in_element = in_element
            raise
        self.last_token = self.start
        return token

    def read_string(self) -> str:
        """The content of the string that begins at :attr:`start`."""
        try:
            content, self.pos = strings.read(self.data, self.start, self.current_token_name, self.dialect)
        except JsonSyntaxError as error:
            error.reading = "string"
            raise
        return content

    def skip_string(self) -> None:
        """Skip the string that begins at :attr:`start`, with the same checks as :meth:`read_string`."""
        self.pos = strings.skip(self.data, self.start, self.current_token_name, self.dialect)

    def read_number(self) -> tuple[str, str]:
        """The digits of the number that begins at :attr:`start`, and the number as messages show it."""
        number = self.data[self.start : self.pos].decode("ascii")
        return number, number

    def check_scalar(self) -> None:
        """Check a scalar that is read although it is not stored; here its token was checked."""

    def current_token_name(self) -> str:
        """The server's name for the current token."""
        if self.last_token == END:
            return "null"
        if self.in_key:
            return "FIELD_NAME"
        byte = self.data[self.last_token]
        if byte in _NUMBER_STARTS:
            digits = re.compile(rb"-?[0-9]*").match(self.data, self.last_token)
            following = self.data[digits.end() : digits.end() + 1] if digits else b""
            return "VALUE_NUMBER_FLOAT" if following in (b".", b"e", b"E") else "VALUE_NUMBER_INT"
        return _JACKSON_NAMES[byte]

    # ---- parts of tokens --------------------------------------------------------------------------------------------

    def _member_by_steps(self, is_first: bool) -> str | None:
        """As :meth:`member`, step by step."""
        self._colon_read = False
        byte = self.space_or_end()
        if byte == END:
            raise self._end_inside("Object")
        if byte == _OBJECT_END:
            self._close(byte)
            return None
        if byte == _ARRAY_END:
            raise self._wrong_close(byte)
        if not is_first:
            if byte != _COMMA:
                raise self._unexpected("was expecting comma to separate Object entries")
            self.pos += 1
            byte = self._space("Object", after_comma=True)
        if byte != _QUOTE:
            code, end = strings.character(self.data, self.pos, self.current_token_name, self.dialect)
            raise JsonSyntaxError(
                "character", self.pos, code, "was expecting double-quote to start field name", server_offset=end - 1
            )
        self.key_start = self.pos
        key, self.pos = strings.read_key(self.data, self.pos, self.limits.key_bytes, self.dialect)
        self.key_end = self.pos
        return key

    def _value(self, byte: int, *, is_skipped: bool = True) -> int:
        """Read the first token of the value that begins at :attr:`pos`."""
        self.start = self.pos
        if byte == _QUOTE:
            return byte
        if byte in (_OBJECT, _ARRAY):
            if len(self.opened) == self.limits.nesting_depth:
                raise JsonSyntaxError("depth", self.pos, len(self.opened) + 1)
            self.opened.append(self.pos)
            self.pos += 1
            return byte
        if byte in _NUMBER_STARTS:
            self.pos = read_number(
                self.data, self.pos, not self.opened, self.limits.number_digits, self.current_token_name, self.dialect
            )
            return byte
        literal = _LITERALS.get(byte)
        if literal is None:
            raise self._invalid_value(byte, is_skipped)
        self._literal(literal)
        return byte

    def _literal(self, literal: bytes) -> None:
        """Read a literal, and reject one that begins a longer word."""
        if not self.data.startswith(literal, self.pos):
            raise self._word(literal)
        error = strings.longer_word(
            self.data, self.pos, literal.decode(), self.pos + len(literal), self.current_token_name, self.dialect
        )
        if error is not None:
            raise error
        self.pos += len(literal)

    def _unexpected(self, expected: str) -> JsonSyntaxError:
        """The error for the character at :attr:`pos`."""
        code = strings.next_code(self.data, self.pos, self.current_token_name, self.dialect)
        return JsonSyntaxError("character", self.pos, code, expected)

    def _invalid_value(self, byte: int, is_skipped: bool) -> JsonSyntaxError:
        """The error where no value begins."""
        inside_array = bool(self.opened) and self.data[self.opened[-1]] == _ARRAY
        missing = self.dialect.missing_values if is_skipped else self.dialect.missing_member_values
        if byte in missing and (byte != _ARRAY_END or inside_array):
            return JsonSyntaxError("character", self.pos, byte, "expected a value")
        for word in (b"NaN", b"Infinity"):
            if byte == word[0]:
                if not self.data.startswith(word, self.pos):
                    return self._word(word)
                end = self.pos + len(word)
                longer = strings.longer_word(
                    self.data, self.pos, word.decode(), end, self.current_token_name, self.dialect
                )
                return longer or JsonSyntaxError(
                    "non-standard-token", self.pos, word.decode(), server_offset=end - 1, column_shift=1
                )
        if byte == ord("+"):
            read_number(self.data, self.pos, False, None, self.current_token_name, self.dialect)
        code, end = byte, self.pos + 1
        if self.dialect.in_units:
            code, end = strings.character(self.data, self.pos, self.current_token_name, self.dialect)
        if starts_identifier(code):
            return strings.bare_word(self.data, self.pos, chr(code), end, self.current_token_name, self.dialect)
        return JsonSyntaxError("character", self.pos, code, "expected a valid value " + _VALUES)

    def _word(self, word: bytes) -> JsonSyntaxError:
        """The error for a bare word: it may begin like an expected word and goes on as an identifier can."""
        start = self.pos
        same = 1
        while same < len(word) and self.data[start + same : start + same + 1] == word[same : same + 1]:
            same += 1
        return strings.bare_word(
            self.data, start, word[:same].decode(), start + same, self.current_token_name, self.dialect
        )

    def _close(self, byte: int) -> int:
        self.opened.pop()
        self.token_start = self.last_token = self.start = self.pos
        self.in_key = False
        self.pos += 1
        return byte

    def _wrong_close(self, byte: int) -> JsonSyntaxError:
        self.token_start = self.pos
        self.in_key = False
        return JsonSyntaxError("close-marker", self.pos, byte, self.opened[-1] if self.opened else END)

    # ---- between tokens ---------------------------------------------------------------------------------------------

    def _space(self, inside: str, *, after_comma: bool) -> int:
        """The next byte after white space and comments; the end of the input is an error."""
        byte = self.space_or_end()
        if byte == END:
            kind = "end-after-comma" if after_comma else "end"
            raise JsonSyntaxError(kind, len(self.data), inside if after_comma else f" within/between {inside} entries")
        return byte

    def space_or_end(self) -> int:
        """The next byte after white space and comments, or END; :attr:`pos` is its offset."""
        data = self.data
        pos = self.pos
        if pos < len(data) and (byte := data[pos]) > 0x20 and byte != _SLASH:
            return byte
        while True:
            match = _SPACE(data, self.pos)
            assert match is not None  # noqa: S101 - it matches everywhere
            self.pos = pos = match.end()
            if pos >= len(data):
                return END
            byte = data[pos]
            if byte != _SLASH:
                if byte < 0x20:
                    raise JsonSyntaxError("space", pos, byte, server_offset=pos, column_shift=1)
                return byte
            self._comment()

    def _comment(self) -> None:
        start = self.pos
        following = self.data[self.pos + 1 : self.pos + 2]
        if following == b"*":
            self._comment_body(self.pos + 2, _COMMENT_CHUNK, ends_with_line=False)
        elif following == b"/":
            self._comment_body(self.pos + 2, _LINE_CHUNK, ends_with_line=True)
        elif following:
            code = strings.next_code(self.data, self.pos + 1, self.current_token_name, self.dialect)
            raise JsonSyntaxError("character", self.pos + 1, code, "was expecting either '*' or '/' for a comment")
        else:
            raise JsonSyntaxError("end", len(self.data), " in a comment")
        self.comment_count += 1
        if len(self.comments) < MAX_COMMENTS:
            self.comments.append((start, self.pos))

    def _comment_body(self, pos: int, chunk: Lazy, *, ends_with_line: bool) -> None:
        """Read a comment to its end and check its characters."""
        data = self.data
        size = len(data)
        while True:
            match = chunk.match(data, pos)
            assert match is not None  # noqa: S101 - it matches everywhere
            pos = match.end()
            if pos >= size:
                if ends_with_line:
                    self.pos = pos
                    return
                raise JsonSyntaxError("end", size, " in a comment")
            byte = data[pos]
            if byte >= 0x80:
                pos = strings.skip_character(data, pos, self.current_token_name)
            elif ends_with_line and byte in b"\r\n":
                self.pos = pos
                return
            elif byte == ord("*"):
                self.pos = pos + 2
                return
            elif byte == ord("\t"):
                pos += 1
            else:
                raise JsonSyntaxError("space", pos, byte, server_offset=pos, column_shift=1)

    def _end_inside(self, kind: str) -> JsonSyntaxError:
        return JsonSyntaxError("end", len(self.data), f": expected close marker for {kind}", self.opened[-1])


_JACKSON_NAMES = {
    _OBJECT: "START_OBJECT",
    _OBJECT_END: "END_OBJECT",
    _ARRAY: "START_ARRAY",
    _ARRAY_END: "END_ARRAY",
    _QUOTE: "VALUE_STRING",
    ord("t"): "VALUE_TRUE",
    ord("f"): "VALUE_FALSE",
    ord("n"): "VALUE_NULL",
}
