"""Reads CBOR as the server does.

Source: Jackson's ``CBORParser``.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from eventlint.mirror.formats import java_text
from eventlint.mirror.formats.byte_input import ByteInput
from eventlint.mirror.formats.cbor_strings import Strings
from eventlint.mirror.formats.transcript import (
    ARRAY,
    ARRAY_END,
    OBJECT,
    OBJECT_END,
    FormatError,
    Place,
    Transcript,
)

_POSITIVE, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _OBJECT, _TAG, _OTHER = range(8)
_BREAK = 0xFF
_INDEFINITE = 31
_BIG_POSITIVE, _BIG_NEGATIVE, _DECIMAL, _STRING_REFERENCE, _NAMESPACE = 2, 3, 4, 25, 256
_LITERALS = {20: b"false", 21: b"true", 22: b"null", 23: b"null"}
_MAX_INT = 2**31 - 1


class _Level:
    """An open array or object; ``expected`` is the number of its entries, or -1."""

    __slots__ = ("expected", "index", "is_object")

    def __init__(self, is_object: bool, expected: int) -> None:
        self.is_object = is_object
        self.expected = expected
        self.index = -1

    def expects_more(self) -> bool:
        self.index += 1
        return self.index != self.expected


class Options(NamedTuple):
    """How a release reads CBOR.

    Attributes:
        max_depth: How deep values may be nested.
        max_number: How many bytes a number may have.
        is_newest: Whether it loads strings that are longer than the buffer.
        is_newer: Whether it is the newer of two readers of strings.
        is_older: Whether the older reader words its errors.
    """

    max_depth: int | None
    max_number: int | None
    is_newest: bool
    is_newer: bool
    is_older: bool


def read(data: bytes, options: Options) -> Transcript:
    """The transcript of a body."""
    return _Parser(data, options).run()


class _Parser:
    def __init__(self, data: bytes, options: Options) -> None:
        self.input = ByteInput(data)
        self.strings = Strings(
            self.input, is_newest=options.is_newest, is_newer=options.is_newer, is_older=options.is_older
        )
        self.options = options
        self.out = Transcript()
        self.levels = [_Level(False, -1)]

    def run(self) -> Transcript:
        self.input.start_token()
        try:
            if not self.value():
                self.out.end(self.input.token_place())
            while len(self.levels) > 1:
                self.input.start_token()
                if not self.levels[-1].is_object:
                    self.value()
                elif self.key():
                    self.input.start_token()
                    self.value(after_key=True)
        except FormatError as error:
            self.out.fault(error, self.input.token_place())
        return self.out

    # ---- tokens -----------------------------------------------------------------------------------------------------

    def close(self, place: Place) -> bool:
        level = self.levels.pop()
        self.strings.leave()
        self.out.close(OBJECT_END if level.is_object else ARRAY_END, place, self.input.place())
        self.input.current = "END_OBJECT" if level.is_object else "END_ARRAY"
        return False

    def end(self) -> bool:
        """The end of the body where a token is expected; False at the root."""
        level = self.levels[-1]
        if len(self.levels) == 1:
            return False
        kind = "Object" if level.is_object else "Array"
        if level.expected >= 0:
            unit = "properties" if level.is_object else "elements"
            left = max(0, level.expected - level.index)
            detail = f" in {kind} value: expected {left} more {unit} (start token at \0)"
        else:
            unit = "a property" if level.is_object else "an element"
            detail = f" in {kind} value: expected {unit} or close marker (0xFF) (start token at \0)"
        raise self.input.end_error(detail)

    def head(self) -> tuple[int, set[int]] | None:
        """The first byte of an item, and the tags before it; None at the end of the body."""
        source = self.input
        tags: set[int] = set()
        while True:
            if source.available <= 0 and not source.load_more():
                return None
            byte = source.next()
            if byte >> 5 != _TAG:
                return byte, tags
            tags.add(self.tag(byte & 31))

    def tag(self, low: int) -> int:
        if low < 24:
            return low
        if low > 27:
            raise self.input.error(f"Invalid low bits for Tag token: 0x{low:x}")
        value = self.input.unsigned(1 << (low - 24))
        if low == 27:
            value = java_text.signed(value, 64)
            if not -_MAX_INT - 1 <= value <= _MAX_INT:
                raise self.input.error(f"Illegal Tag value: {value}")
        return java_text.signed(value, 32)

    def key(self) -> bool:
        """Read a key; False at the end of the object."""
        source, place = self.input, self.input.token_place()
        if not self.levels[-1].expects_more():
            return self.close(place)
        head = self.head()
        if head is None:
            return self.end()
        byte, tags = head
        if byte >> 5 == _TEXT:
            key = self.strings.key(byte & 31)
        elif byte == _BREAK:
            if self.levels[-1].expected < 0:
                return self.close(place)
            raise self.unexpected_break()
        else:
            key = self.other_key(byte, tags)
        self.out.key(key, place, source.place())
        source.current = "FIELD_NAME"
        return True

    def other_key(self, byte: int, tags: set[int]) -> str:
        """A key that is not a string."""
        major, low = byte >> 5, byte & 31
        if major == _BYTES:
            return self.strings.read_bytes(low).decode("utf-8", "replace")
        if major not in (_POSITIVE, _NEGATIVE):
            raise self.input.error(
                f"Unsupported major type ({major}) for CBOR Objects, not (yet?) supported, only Strings"
            )
        if low > 27:
            raise self.input.error(f"Invalid length indicator for ints ({low}), token 0x{byte:x}")
        value = low if low < 24 else self.input.unsigned(1 << (low - 24))
        if low == 27:
            value = java_text.signed(value, 64)
        is_reference = _STRING_REFERENCE in tags
        if is_reference and (low == 27 or value > _MAX_INT):
            raise self.input.error("String reference index too large")
        value = -value - 1 if major == _NEGATIVE else value
        if is_reference:
            found = self.strings.reference(value)
            return found if isinstance(found, str) else found.decode("utf-8", "replace")
        return str(java_text.signed(value, 64))

    def value(self, *, after_key: bool = False) -> bool:
        """Read the first token of a value, or the end of an array; False at the end of the body."""
        source, place = self.input, self.input.token_place()
        if not after_key and not self.levels[-1].expects_more():
            self.close(place)
            return True
        head = self.head()
        if head is None:
            return self.end()
        byte, tags = head
        major, low = byte >> 5, byte & 31
        if major in (_POSITIVE, _NEGATIVE):
            self.integer(byte, tags, place)
        elif major == _BYTES:
            self.bytes_value(low, tags, place)
        elif major == _TEXT:
            source.current = "VALUE_STRING"
            content, error = self.strings.read(low)
            self.out.string(content, place, source.place(), error)
            if error is not None:
                self.strings.skip_content(low, _TEXT)
        elif major == _ARRAY:
            self.array(low, tags, place)
        elif major == _OBJECT:
            self.strings.enter(_NAMESPACE in tags)
            source.current = "START_OBJECT"
            self.open(OBJECT, True, self.strings.length(low), place)
        else:
            self.other(byte, place)
        return True

    def open(self, kind: int, is_object: bool, size: int, place: Place) -> None:
        limit = self.options.max_depth
        if limit is not None and len(self.levels) > limit:
            raise FormatError.of_limit("depth", len(self.levels))
        self.levels.append(_Level(is_object, size))
        self.out.open(kind, place, self.input.place())

    def array(self, low: int, tags: set[int], place: Place) -> None:
        self.strings.enter(_NAMESPACE in tags)
        size = self.strings.length(low)
        if _DECIMAL not in tags:
            self.input.current = "START_ARRAY"
            self.open(ARRAY, False, size, place)
            return
        self.input.current = "START_ARRAY"
        if size != 2:
            raise self.input.error(
                f"Unexpected array size ({size}) for tagged 'bigfloat' value; should have exactly 2 number elements"
            )
        parts = [self.part(name, left) for name, left in (("first", 2), ("second", 1))]
        self.strings.leave()
        if not -_MAX_INT - 1 <= parts[0] <= _MAX_INT:
            raise self.input.error(f"Numeric value ({parts[0]}) out of range of int (-2147483648 - 2147483647)")
        self.number("VALUE_NUMBER_FLOAT", java_text.decimal(parts[1], -parts[0]), place)

    def part(self, name: str, left: int) -> int:
        """An integer of a decimal fraction, which has so many left."""
        head = self.head()
        if head is None:
            detail = f" in Array value: expected {left} more elements (start token at \0)"
            raise self.input.end_error(detail)
        byte, tags = head
        major, low = byte >> 5, byte & 31
        if major in (_POSITIVE, _NEGATIVE):
            return self.integer_of(byte)
        if major == _BYTES and tags & {_BIG_POSITIVE, _BIG_NEGATIVE}:
            return self.big_integer(self.strings.read_bytes(low), tags)
        kinds = {_BYTES: "VALUE_EMBEDDED_OBJECT", _TEXT: "VALUE_STRING", _ARRAY: "START_ARRAY", _OBJECT: "START_OBJECT"}
        kind = kinds.get(major) or {20: "VALUE_FALSE", 21: "VALUE_TRUE", 22: "VALUE_NULL", 23: "VALUE_NULL"}.get(
            low, "VALUE_NUMBER_FLOAT"
        )
        raise self.input.error(
            f"Unexpected token ({kind}) as the {name} part of 'bigfloat' value: should get VALUE_NUMBER_INT"
        )

    # ---- scalars ----------------------------------------------------------------------------------------------------

    def number(self, token: str, digits: str, place: Place) -> None:
        self.input.current = token
        self.out.number(digits, place, self.input.place())

    def integer_of(self, byte: int) -> int:
        low = byte & 31
        if low > 27:
            raise self.invalid_token(byte)
        value = low if low < 24 else self.input.unsigned(1 << (low - 24))
        return -value - 1 if byte >> 5 == _NEGATIVE else value

    def integer(self, byte: int, tags: set[int], place: Place) -> None:
        value = self.integer_of(byte)
        if _STRING_REFERENCE not in tags or byte >> 5 == _NEGATIVE:
            self.number("VALUE_NUMBER_INT", str(value), place)
            return
        if not self.strings.has_namespace:
            raise self.input.error("String reference outside of a namespace")
        if value > _MAX_INT or byte & 31 == 27:
            raise self.input.error("String reference index too large")
        found = self.strings.reference(value)
        if isinstance(found, str):
            self.input.current = "VALUE_STRING"
            self.out.string(found, place, self.input.place())
        else:
            self.binary_of(found, tags, place)

    def bytes_value(self, low: int, tags: set[int], place: Place) -> None:
        if tags & {_BIG_POSITIVE, _BIG_NEGATIVE}:
            self.binary_of(self.strings.read_bytes(low), tags, place)
            return
        self.input.current = "VALUE_EMBEDDED_OBJECT"
        self.out.binary(place, self.input.place())
        self.strings.skip_content(low, _BYTES)

    def binary_of(self, found: bytes, tags: set[int], place: Place) -> None:
        """Bytes that are a large integer if they are tagged so."""
        if tags & {_BIG_POSITIVE, _BIG_NEGATIVE}:
            self.number("VALUE_NUMBER_INT", str(self.big_integer(found, tags)), place)
        else:
            self.input.current = "VALUE_EMBEDDED_OBJECT"
            self.out.binary(place, self.input.place())

    def big_integer(self, found: bytes, tags: set[int]) -> int:
        limit = self.options.max_number
        if limit is not None and len(found) > limit:
            raise FormatError.of_limit("number-length", len(found))
        value = int.from_bytes(found, "big", signed=True)
        return value if _BIG_POSITIVE in tags else -value

    def other(self, byte: int, place: Place) -> None:
        """A literal, a fraction, a break, or a simple value."""
        low, source = byte & 31, self.input
        if low in _LITERALS:
            literal = _LITERALS[low]
            source.current = f"VALUE_{literal.decode().upper()}"
            self.out.literal(literal, place, source.place())
        elif low == 25:
            bits = struct.pack(">H", source.unsigned(2))
            self.number("VALUE_NUMBER_FLOAT", java_text.single(struct.unpack(">e", bits)[0]), place)
        elif low == 26:
            bits = struct.pack(">I", source.unsigned(4))
            self.number("VALUE_NUMBER_FLOAT", java_text.single(struct.unpack(">f", bits)[0]), place)
        elif low == 27:
            bits = struct.pack(">Q", source.unsigned(8))
            self.number("VALUE_NUMBER_FLOAT", java_text.double(struct.unpack(">d", bits)[0]), place)
        elif low == _INDEFINITE:
            level = self.levels[-1]
            if not level.is_object and len(self.levels) > 1 and level.expected < 0:
                self.close(place)
            else:
                raise self.unexpected_break()
        else:
            self.simple(low, byte, place)

    def simple(self, low: int, byte: int, place: Place) -> None:
        if low > 24:
            raise self.invalid_token(byte)
        value = low if low < 24 else self.input.next()
        if low == 24 and value < 32:
            raise self.input.error(
                f"Invalid second byte for simple value: 0x{value:x} (only values 0x20 - 0xFF allowed)"
            )
        self.number("VALUE_NUMBER_INT", str(value), place)

    def unexpected_break(self) -> FormatError:
        level = self.levels[-1]
        if len(self.levels) == 1:
            return self.input.error("Unexpected Break (0xFF) token in Root context")
        kind = "Object" if level.is_object else "Array"
        return self.input.error(f"Unexpected Break (0xFF) token in definite length ({level.expected}) {kind}")

    def invalid_token(self, byte: int) -> FormatError:
        if byte == _BREAK:
            return self.input.error("Mismatched BREAK byte (0xFF): encountered where value expected")
        return self.input.error(f"Invalid CBOR value token (first byte): 0x{byte:x}")
