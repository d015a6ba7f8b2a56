"""Reads SMILE as the server does.

Source: Jackson's ``SmileParser``, and the specification of the format.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from eventlint.mirror.formats import java_text
from eventlint.mirror.formats.byte_input import ByteInput
from eventlint.mirror.formats.smile_values import Values
from eventlint.mirror.formats.transcript import (
    ARRAY,
    ARRAY_END,
    OBJECT,
    OBJECT_END,
    FormatError,
    Place,
    Problem,
    Transcript,
)

SIGNATURE = b":)\n"
_SHARED_NAMES, _SHARED_STRINGS = 1, 2
"""Bits of the header."""
_MAX_SHARED = 1024
_LITERALS = {0x21: b"null", 0x22: b"false", 0x23: b"true"}
_NO_HEADER = "Input does not start with Smile format header"
_PARSE = "x_content_parse_exception"
_START = "[Source: \0; byte offset: #UNKNOWN]"
_ROOT_START = "[Source: \0; line: 1]"


class Options(NamedTuple):
    """How a release reads SMILE.

    Attributes:
        max_depth: How deep values may be nested.
        max_number: How many bytes a number may have.
        needs_signature: Whether a body must begin with the signature.
    """

    max_depth: int | None
    max_number: int | None
    needs_signature: bool


class _Input(ByteInput):
    keeps_position_at_end = False
    needed_message = "Needed to read {needed} bytes, only got {got} before end-of-input"


def read(data: bytes, options: Options) -> Transcript:
    """The transcript of a body."""
    return _Parser(data, options).run()


class _Parser:
    def __init__(self, data: bytes, options: Options) -> None:
        self.input = _Input(data)
        self.values = Values(self.input, options.max_number)
        self.options = options
        self.out = Transcript()
        self.levels: list[int] = []  # the open brackets
        self.names: list[str] | None = []
        self.shared: list[str] | None = None

    def run(self) -> Transcript:
        source = self.input
        try:
            if self.options.needs_signature and not source.data.startswith(SIGNATURE):
                raise FormatError(Problem(_NO_HEADER, _PARSE))
            if not self.root():
                self.out.end(source.token_place())
            while self.levels:
                source.start_token()
                if self.levels[-1] == ARRAY:
                    self.value()
                elif self.key():
                    source.start_token()
                    self.value()
        except FormatError as error:
            self.out.fault(error, source.token_place())
        return self.out

    def root(self) -> bool:
        """Read the first token after a header; False at the end of the body."""
        source = self.input
        source.start_token()
        if source.available <= 0 and not source.load_more():
            return False
        if source.data[source.at] == SIGNATURE[0]:
            source.at += 1
            self.header()
            if (source.available > 0 or source.load_more()) and source.data[source.at] == SIGNATURE[0]:
                return False
            return self.root()
        if source.data[source.at] == 0xFF:
            source.at += 1
            return False
        return self.value()

    def header(self) -> None:
        """Read a header after its first byte."""
        source = self.input
        if source.next() != SIGNATURE[1] or source.next() != SIGNATURE[2]:
            raise source.error("Unrecognized token byte 0x3A (malformed segment header?")
        flags = source.next()
        if flags >> 4:
            raise source.error(
                f"Header version number bits (0x{flags >> 4:X}) indicate unrecognized version; "
                "only 0x0 accepted by parser"
            )
        if not flags & _SHARED_NAMES:
            self.names = None
        if flags & _SHARED_STRINGS:
            self.shared = []

    # ---- keys -------------------------------------------------------------------------------------------------------

    def key(self) -> bool:
        """Read a key; False at the end of the object."""
        source = self.input
        byte = source.next()
        place = source.token_place()
        if byte == 0xFB:
            self.close(OBJECT_END, "END_OBJECT", place)
            return False
        if byte == 0x20:
            key = ""
        elif 0x30 <= byte <= 0x33:
            key = self.shared_name((byte & 3) << 8 | source.next())
        elif byte == 0x34:
            key = self.new_name(self.values.long_name())
        elif 0x40 <= byte < 0x80:
            key = self.shared_name(byte & 0x3F)
        elif 0x80 <= byte < 0xC0:
            key = self.new_name(self.values.short_ascii((byte & 0x3F) + 1))
        elif 0xC0 <= byte < 0xF8:
            key = self.new_name(self.values.short_unicode((byte & 0x3F) + 2, "Name"))
        else:
            raise source.error(f"Invalid type marker byte 0x{byte:x} for expected field name (or END_OBJECT marker)")
        self.out.key(key, place, source.place())
        source.current = "FIELD_NAME"
        return True

    def new_name(self, name: str) -> str:
        if self.names is not None:
            if len(self.names) == _MAX_SHARED:
                self.names.clear()
            self.names.append(name)
        return name

    def shared_name(self, index: int) -> str:
        if self.names is None:
            raise self.input.error(
                "Encountered shared name reference, even though document header explicitly declared no shared name "
                "references are included"
            )
        if index >= len(self.names):
            raise self.input.error(
                f"Invalid shared name reference {index}; only got {len(self.names)} names in buffer (invalid content)"
            )
        return self.names[index]

    # ---- values -----------------------------------------------------------------------------------------------------

    def value(self) -> bool:
        """Read the first token of a value, or the end of an array; False at the end of the body."""
        source = self.input
        if source.available <= 0 and not source.load_more():
            return self.end()
        byte = source.next()
        place = source.token_place()
        if 0 < byte < 0x20:
            self.string(self.shared_string(byte - 1), place)
        elif byte >> 5 == 1:
            self.simple(byte, place)
        elif 0x40 <= byte < 0xC0:
            self.short_string(byte, place)
        elif byte >> 5 == 6:
            self.number("VALUE_NUMBER_INT", str(java_text.zigzag(byte & 0x1F)), place)
        elif byte >= 0xE0:
            self.structure(byte, place)
        else:
            raise self.unknown(byte)
        return True

    def end(self) -> bool:
        """The end of the body where a token is expected; False at the root."""
        if not self.levels:
            return False
        kind = "Array" if self.levels[-1] == ARRAY else "Object"
        raise self.input.end_error(f": expected close marker for {kind} (start marker at {_START})")

    def unknown(self, byte: int) -> FormatError:
        return self.input.error(f"Invalid type marker byte 0x{byte:x} for expected value token")

    def string(self, content: str, place: Place, error: FormatError | None = None) -> None:
        self.input.current = "VALUE_STRING"
        self.out.string(content, place, self.input.place(), error)

    def number(self, token: str, digits: str, place: Place, error: FormatError | None = None) -> None:
        self.input.current = token
        self.out.number(digits, place, self.input.place(), error)

    def simple(self, byte: int, place: Place) -> None:
        """An empty string, a literal, or a number."""
        source = self.input
        if byte == 0x20:
            self.string("", place)
        elif byte in _LITERALS:
            literal = _LITERALS[byte]
            source.current = f"VALUE_{literal.decode().upper()}"
            self.out.literal(literal, place, source.place())
        elif byte == 0x24:
            self.number("VALUE_NUMBER_INT", str(self.values.integer()), place)
        elif 0x25 <= byte <= 0x2A and byte != 0x27:
            source.current = "VALUE_NUMBER_INT" if byte <= 0x26 else "VALUE_NUMBER_FLOAT"
            digits, error = self.values.attempt(lambda: self.values.lazy_number(byte))
            self.number(source.current, digits or "0", place, error)
            if error is not None:
                self.values.skip(byte)
        elif byte == 0x3A:
            self.header()
            self.out.absent(place, source.place())
        else:
            raise self.unknown(byte)

    def short_string(self, byte: int, place: Place) -> None:
        """A string of at most 65 bytes; shared ones are read at once."""
        values, size = self.values, byte & 0x3F

        def content() -> str:
            return values.short_ascii(size + 1) if byte < 0x80 else values.short_unicode(size + 2, "String value")

        if self.shared is None:
            self.lazy_string(byte, content, place)
            return
        text = content()
        if len(self.shared) == _MAX_SHARED:
            self.shared.clear()
        self.shared.append(text)
        self.string(text, place)

    def lazy_string(self, byte: int, content: Callable[[], str], place: Place) -> None:
        """A string that the server reads only if it is stored."""
        self.input.current = "VALUE_STRING"
        text, error = self.values.attempt(content)
        self.string(text or "", place, error)
        if error is not None:
            self.values.skip(byte)

    def shared_string(self, index: int) -> str:
        if self.shared is None:
            raise self.input.error(
                "Encountered shared text value reference, even though document header did not declare shared text "
                "value references may be included"
            )
        if index >= len(self.shared):
            raise self.input.error(
                f"Invalid shared text value reference {index}; only got {len(self.shared)} names in buffer "
                "(invalid content)"
            )
        return self.shared[index]

    def structure(self, byte: int, place: Place) -> None:
        """A bracket, a long string, or bytes."""
        source, values = self.input, self.values
        if byte == 0xE0:
            self.lazy_string(byte, values.long_ascii, place)
        elif byte == 0xE4:
            self.lazy_string(byte, values.long_unicode, place)
        elif byte in (0xE8, 0xFD):
            source.current = "VALUE_EMBEDDED_OBJECT"
            self.out.binary(place, source.place())
            values.skip(byte)
        elif 0xEC <= byte <= 0xEF:
            self.string(self.shared_string((byte & 3) << 8 | source.next()), place)
        elif byte == 0xF8:
            self.open(ARRAY, "START_ARRAY", place)
        elif byte == 0xF9:
            if not self.levels or self.levels[-1] != ARRAY:
                raise self.wrong_close()
            self.close(ARRAY_END, "END_ARRAY", place)
        elif byte == 0xFA:
            self.open(OBJECT, "START_OBJECT", place)
        elif byte == 0xFB:
            raise source.error("Invalid type marker byte 0xFB in value mode (would be END_OBJECT in key mode)")
        elif byte == 0xFF:
            self.out.absent(place, source.place())
        else:
            raise self.unknown(byte)

    def wrong_close(self) -> FormatError:
        container, start = ("Object", _START) if self.levels else ("root", _ROOT_START)
        return self.input.error(f"Unexpected close marker ']': expected '}}' (for {container} starting at {start})")

    def open(self, kind: int, token: str, place: Place) -> None:
        limit = self.options.max_depth
        if limit is not None and len(self.levels) >= limit:
            raise FormatError.of_limit("depth", len(self.levels) + 1)
        self.levels.append(kind)
        self.input.current = token
        self.out.open(kind, place, self.input.place())

    def close(self, kind: int, token: str, place: Place) -> None:
        self.levels.pop()
        self.input.current = token
        self.out.close(kind, place, self.input.place())
