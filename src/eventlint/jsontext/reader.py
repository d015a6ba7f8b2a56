"""One token after another from the bytes of a JSON text, as the server's reader sees them.

It must not know events: what a name means, or which values are allowed, is for those who ask for the tokens.

A token is told by its first byte: ``{ } [ ] "``, ``t f n`` for a literal, ``-`` or a digit for a number. A bracket, a
number and a literal are read to their end when they are told; the content of a string waits until somebody asks for it
(:meth:`Reader.text`) or passes it over (:meth:`Reader.skip_text`). What cannot be read raises :class:`JsonSyntaxError`.

Offsets are bytes from 0 in the text that the reader was given, which is UTF-8 (see :mod:`eventlint.jsontext.decoding`).
"""

from __future__ import annotations

import re

from eventlint.jsontext import strings as texts
from eventlint.jsontext.java_text import starts_identifier
from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.number import read_number
from eventlint.jsontext.syntax_error import JsonSyntaxError

MAX_DEPTH = 1000
"""How deep brackets may be nested, the outermost counted as 1."""

MAX_COMMENTS = 10_000
"""How many comments are remembered."""

END = -1
"""The token that stands for the end of the input."""

_QUOTE, _COLON, _COMMA, _SLASH = b'":,/'
_OBJECT, _OBJECT_END, _ARRAY, _ARRAY_END = b"{}[]"
_NUMBER_STARTS = frozenset(b"-0123456789")
_LITERALS = {ord("t"): b"true", ord("f"): b"false", ord("n"): b"null"}
_VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"

# The two expressions that read most of an ordinary text in one step each; what they do not take is read step by step.
_MEMBER = re.compile(rb'[ \t\r\n]*(,?)[ \t\r\n]*"([^"\\\x00-\x1f\x80-\xff]{0,1000})"[ \t\r\n]*:[ \t\r\n]*+').match
_SPACE = re.compile(rb"[ \t\r\n]*+").match
_COMMENT_CHUNK = Lazy(rb"(?:[^*\x00-\x08\x0b\x0c\x0e-\x1f\x80-\xff]++|\*(?!/))*+")
_LINE_CHUNK = Lazy(rb"[^\x00-\x08\x0a-\x1f\x80-\xff]*+")
_PLAIN_ENTRY = (
    rb"[ \t\r\n]*+,[ \t\r\n]*+"
    rb'("[^"\\\x00-\x1f\x80-\xff]*+(?:\\["\\/bfnrt][^"\\\x00-\x1f\x80-\xff]*+)*+"|0|[1-9][0-9]{0,18}|true|false|null)'
    rb"(?=[ \t\r\n]*+[,\]])"
)
_PLAIN_ENTRIES = Lazy(rb"(?:" + _PLAIN_ENTRY + rb")++")


class Reader:
    """A place in a JSON text, and what the server's reader would remember there.

    Attributes:
        data: The text.
        pos: The next byte that has not been read.
        at: Where the value begins that was told last.
        name_at: Where the name begins (its opening quote) that was told last; its closing quote is before name_end.
        name_end: The byte after the name's closing quote.
        token: Where the token begins that the server's reader names as the current one's place; END before the first.
            In an array that is already so while the token is read.
        held: Where the token begins that was read last; END before the first.
        in_name: Whether that token is a name.
        opened: The offsets of all open brackets, outermost first.
        comments: The first byte of each comment that was read, and the byte after it; the first 10,000 are kept.
    """

    __slots__ = (
        "_colon_read",
        "at",
        "comments",
        "data",
        "held",
        "in_name",
        "name_at",
        "name_end",
        "name_limit",
        "opened",
        "pos",
        "token",
    )

    def __init__(self, data: bytes, start: int = 0, name_limit: int | None = None) -> None:
        """Begin at an offset of a text.

        Args:
            data: The text, as UTF-8.
            start: The first byte to read (after a byte order mark).
            name_limit: How many bytes a name may have; None is no limit.
        """
        self.data = data
        self.pos = start
        self.at = self.name_at = self.name_end = start
        self.token = self.held = END
        self.in_name = False
        self.opened: list[int] = []
        self.comments: list[tuple[int, int]] = []
        self.name_limit = name_limit
        self._colon_read = False

    # ---- tokens -----------------------------------------------------------------------------------------------------

    def first(self) -> int:
        """The first token of the text, or END."""
        byte = self.space_or_end()
        if byte == END:
            return END
        if byte in (_OBJECT_END, _ARRAY_END):
            raise self._wrong_close(byte)
        self.token = self.pos
        token = self._value(byte)
        self.held = self.at
        return token

    def member(self, is_first: bool) -> str | None:
        """The next name in an object, or None at its end.

        After a name, ask :meth:`value` for its value.
        """
        match = _MEMBER(self.data, self.pos)
        if match is not None and (not match[1]) == is_first:
            name_at = match.start(2) - 1
            self.name_at = name_at
            self.name_end = match.end(2) + 1
            self.pos = match.end()
            self._colon_read = True
            return match[2].decode("ascii")
        return self._odd_member(is_first)

    def accept_name(self) -> None:
        """The name is no duplicate: it is now the current token."""
        self.token = self.name_at
        self.in_name = True

    def value(self) -> int:
        """The first token of a member's value."""
        if self._colon_read:
            data = self.data
            pos = self.pos
            byte = data[pos] if pos < len(data) else END
            if byte == _QUOTE:
                self.at = self.token = self.held = pos
                self.in_name = False
                return byte
            if byte <= 0x20 or byte == _SLASH:
                byte = self._space("Object", after_comma=False)
        else:
            byte = self._space("Object", after_comma=False)
            if byte != _COLON:
                raise JsonSyntaxError(
                    "character", self.pos, byte, "was expecting a colon to separate field name and value"
                )
            self.pos += 1
            byte = self._space("Object", after_comma=False)
        token = self._value(byte)
        self.token = self.held = self.at
        self.in_name = False
        return token

    def element(self, is_first: bool) -> int:
        """The next token in an array: the first of an element, or ``]``."""
        byte = self.space_or_end()
        if byte == END:
            raise self._end_inside("Array")
        if byte == _ARRAY_END:
            return self._close(byte)
        if byte == _OBJECT_END:
            raise self._wrong_close(byte)
        if not is_first:
            if byte != _COMMA:
                raise JsonSyntaxError("character", self.pos, byte, "was expecting comma to separate Array entries")
            self.pos += 1
            byte = self._space("Array", after_comma=True)
        self.token = self.pos
        try:
            token = self._value(byte)
        except JsonSyntaxError as syntax_error:
            syntax_error.in_element = True
            raise
        self.held = self.at
        return token

    def text(self) -> str:
        """The content of the string that begins at :attr:`at`."""
        content, self.pos = texts.read(self.data, self.at, self.current_name)
        return content

    def skip_text(self) -> None:
        """Read over the string that begins at :attr:`at`, as carefully as if it were kept."""
        self.pos = texts.skip(self.data, self.at, self.current_name)

    def current_name(self) -> str:
        """The name that the server's reader has for its current token."""
        if self.held == END:
            return "null"
        if self.in_name:
            return "FIELD_NAME"
        byte = self.data[self.held]
        if byte in _NUMBER_STARTS:
            digits = re.compile(rb"-?[0-9]*").match(self.data, self.held)
            following = self.data[digits.end() : digits.end() + 1] if digits else b""
            return "VALUE_NUMBER_FLOAT" if following in (b".", b"e", b"E") else "VALUE_NUMBER_INT"
        return _JACKSON_NAMES[byte]

    # ---- the parts of tokens ----------------------------------------------------------------------------------------

    def pass_plain_elements(self) -> range:
        """Read over further elements of an array that need no second look; their bytes, with the commas before them."""
        start = self.pos
        match = _PLAIN_ENTRIES.match(self.data, start)
        if match is not None:
            self.pos = match.end()
            self.token = self.held = match.start(1)
        return range(start, self.pos)

    def _odd_member(self, is_first: bool) -> str | None:
        """As :meth:`member`, one step after another."""
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
                raise JsonSyntaxError("character", self.pos, byte, "was expecting comma to separate Object entries")
            self.pos += 1
            byte = self._space("Object", after_comma=True)
        if byte != _QUOTE:
            code, end = texts.character(self.data, self.pos, self.current_name)
            raise JsonSyntaxError(
                "character", self.pos, code, "was expecting double-quote to start field name", server_offset=end - 1
            )
        self.name_at = self.pos
        name, self.pos = texts.read_name(self.data, self.pos, self.name_limit)
        self.name_end = self.pos
        return name

    def _value(self, byte: int) -> int:
        """Read the first token of a value, whose first byte is at :attr:`pos`."""
        self.at = self.pos
        if byte == _QUOTE:
            return byte
        if byte in (_OBJECT, _ARRAY):
            if len(self.opened) >= MAX_DEPTH:
                raise JsonSyntaxError("depth", self.pos, MAX_DEPTH + 1)
            self.opened.append(self.pos)
            self.pos += 1
            return byte
        if byte in _NUMBER_STARTS:
            self.pos = read_number(self.data, self.pos, not self.opened, self.current_name)
            return byte
        literal = _LITERALS.get(byte)
        if literal is None:
            raise self._odd_value(byte)
        self._literal(literal)
        return byte

    def _literal(self, literal: bytes) -> None:
        """Read a literal, which must not be the beginning of a longer word."""
        if not self.data.startswith(literal, self.pos):
            raise self._word(literal)
        syntax_error = texts.longer_word(
            self.data, self.pos, literal.decode(), self.pos + len(literal), self.current_name
        )
        if syntax_error is not None:
            raise syntax_error
        self.pos += len(literal)

    def _odd_value(self, byte: int) -> JsonSyntaxError:
        """What is wrong where a value cannot begin."""
        inside_array = bool(self.opened) and self.data[self.opened[-1]] == _ARRAY
        if byte in (_COMMA, _OBJECT_END) or (byte == _ARRAY_END and inside_array):
            return JsonSyntaxError("character", self.pos, byte, "expected a value")
        for word in (b"NaN", b"Infinity"):
            if byte == word[0]:
                if not self.data.startswith(word, self.pos):
                    return self._word(word)
                end = self.pos + len(word)
                longer = texts.longer_word(self.data, self.pos, word.decode(), end, self.current_name)
                return longer or JsonSyntaxError(
                    "non-standard-token", self.pos, word.decode(), server_offset=end - 1, past=1
                )
        if byte == ord("+"):
            read_number(self.data, self.pos, False, self.current_name)
        if starts_identifier(byte):
            return self._word(bytes([byte]))
        return JsonSyntaxError("character", self.pos, byte, "expected a valid value " + _VALUES)

    def _word(self, word: bytes) -> JsonSyntaxError:
        """A bare word: as much of an expected word as stands here, and all that can follow in an identifier."""
        start = self.pos
        same = 1
        while same < len(word) and self.data[start + same : start + same + 1] == word[same : same + 1]:
            same += 1
        return texts.bare_word(self.data, start, word[:same].decode("latin-1"), start + same, self.current_name)

    def _close(self, byte: int) -> int:
        self.opened.pop()
        self.token = self.held = self.at = self.pos
        self.in_name = False
        self.pos += 1
        return byte

    def _wrong_close(self, byte: int) -> JsonSyntaxError:
        self.token = self.pos
        self.in_name = False
        return JsonSyntaxError("close-marker", self.pos, byte, self.opened[-1] if self.opened else END)

    # ---- between tokens ---------------------------------------------------------------------------------------------

    def _space(self, inside: str, *, after_comma: bool) -> int:
        """The next byte that is neither white space nor in a comment; the end of the input is refused."""
        byte = self.space_or_end()
        if byte == END:
            kind = "end-after-comma" if after_comma else "end"
            raise JsonSyntaxError(kind, len(self.data), inside if after_comma else f" within/between {inside} entries")
        return byte

    def space_or_end(self) -> int:
        """The next byte that is neither white space nor in a comment, or END; :attr:`pos` is its place."""
        data = self.data
        while True:
            match = _SPACE(data, self.pos)
            assert match is not None  # noqa: S101 - it matches everywhere
            self.pos = pos = match.end()
            if pos >= len(data):
                return END
            byte = data[pos]
            if byte != _SLASH:
                if byte < 0x20:
                    raise JsonSyntaxError("space", pos, byte, server_offset=pos, past=1)
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
            raise JsonSyntaxError(
                "character", self.pos + 1, following[0], "was expecting either '*' or '/' for a comment"
            )
        else:
            raise JsonSyntaxError("end", len(self.data), " in a comment")
        if len(self.comments) < MAX_COMMENTS:
            self.comments.append((start, self.pos))

    def _comment_body(self, pos: int, chunk: Lazy, *, ends_with_line: bool) -> None:
        """Read a comment to its end; its bytes must be such that a text could hold them."""
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
                pos = texts.pass_character(data, pos, self.current_name)
            elif ends_with_line and byte in b"\r\n":
                self.pos = pos
                return
            elif byte == ord("*"):
                self.pos = pos + 2
                return
            elif byte == ord("\t"):
                pos += 1
            else:
                raise JsonSyntaxError("space", pos, byte, server_offset=pos, past=1)

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


def count_plain_elements(data: bytes, passed: range) -> int:
    """How many elements :meth:`Reader.pass_plain_elements` has read over."""
    return sum(1 for _ in re.compile(_PLAIN_ENTRY).finditer(data, passed.start, passed.stop + 1))
