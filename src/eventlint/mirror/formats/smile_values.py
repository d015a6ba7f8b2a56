"""Reads the keys, strings and numbers of SMILE as the server does: leniently.

Source: Jackson's ``SmileParser``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from eventlint.mirror.formats import java_text
from eventlint.mirror.formats.byte_input import ByteInput
from eventlint.mirror.formats.java_text import UNITS, of_units, signed, units
from eventlint.mirror.formats.transcript import FormatError, Problem

_END_OF_STRING = 0xFC


class Values:
    """The values of a body."""

    def __init__(self, source: ByteInput, max_number: int | None) -> None:
        self.input = source
        self._max_number = max_number

    def attempt(self, read: Callable[[], str]) -> tuple[str | None, FormatError | None]:
        """What is read, or why it cannot be read; in that case the position does not change."""
        source = self.input
        before = vars(source).copy()
        try:
            return read(), None
        except FormatError as error:
            vars(source).update(before)
            return None, error

    # ---- strings ----------------------------------------------------------------------------------------------------

    def short_ascii(self, size: int) -> str:
        """ASCII of a known size."""
        source = self.input
        source.need(size)
        source.at += size
        return source.data[source.at - size : source.at].decode("ascii", "replace")

    def short_unicode(self, size: int, what: str) -> str:
        """UTF-8 of a known size."""
        source, data = self.input, self.input.data
        source.need(size)
        at, end = source.at, source.at + size
        try:
            content = data[at:end].decode()
        except UnicodeDecodeError:
            pass
        else:
            source.at = end
            return content
        is_value = what != "Name"
        if is_value:
            source.at = end
        found: list[int] = []
        while at < end:
            byte = data[at]
            at += 1
            count = UNITS[byte]
            if count <= 3 and at + count > end:
                raise source.error(
                    f"Truncated UTF-8 character in Short Unicode {'String value' if is_value else 'Name'} ({size} "
                    f"bytes): byte 0x{byte:02X} at offset #{size - (end - at) - 1} indicated {count} more bytes needed"
                )
            if count > 3:
                if not is_value:
                    source.at = at
                raise source.error(f"Invalid byte 0x{byte:02X} in short Unicode text block")
            found += units(byte, data[at : at + count])
            at += count
        source.at = end
        return of_units(found)

    def long_ascii(self) -> str:
        """ASCII up to the mark of the end; Java extends the sign of other bytes."""
        raw = self._up_to_end()
        return raw.decode() if raw.isascii() else of_units([byte if byte < 0x80 else 0xFF00 | byte for byte in raw])

    def long_unicode(self) -> str:
        """UTF-8 up to the mark of the end."""
        source = self.input
        found: list[int] = []
        while True:
            byte = source.next()
            if byte == _END_OF_STRING:
                return of_units(found)
            count = UNITS[byte]
            if count > 3:
                raise source.error(f"Invalid UTF-8 start byte 0x{byte:x}")
            rest = bytearray()
            for _ in range(count):
                middle = source.next()
                if middle & 0xC0 != 0x80:
                    raise source.error(f"Invalid UTF-8 middle byte 0x{middle:x}")
                rest.append(middle)
            found += units(byte, bytes(rest))

    def long_name(self) -> str:
        """A key in UTF-8 up to the mark of the end."""
        source = self.input
        raw = self._up_to_end()
        try:
            return raw.decode()
        except UnicodeDecodeError:
            pass
        found: list[int] = []
        at = 0
        while at < len(raw):
            byte = raw[at]
            at += 1
            count = UNITS[byte]
            if count > 3:
                raise source.error(f"Invalid UTF-8 start byte 0x{byte:x}")
            if at + count > len(raw):
                raise source.end_error(" in long field name")
            for middle in raw[at : at + count]:
                if middle & 0xC0 != 0x80:
                    raise source.error(f"Invalid UTF-8 middle byte 0x{middle:x}")
            found += units(byte, raw[at : at + count])
            at += count
        return of_units(found)

    def _up_to_end(self) -> bytes:
        source = self.input
        start = source.at
        while True:
            found = source.data.find(_END_OF_STRING, source.at, source.at + source.available)
            if found >= 0:
                source.at = found + 1
                return source.data[start:found]
            source.at += source.available
            if not source.load_more():
                raise source.end_error()

    # ---- numbers ----------------------------------------------------------------------------------------------------

    def integer(self) -> int:
        """An integer of up to 32 bits."""
        source = self.input
        fast = source.available > 5
        start = source.at
        value = 0
        for _ in range(5):
            byte = source.next()
            if byte >= 0x80:
                return java_text.zigzag(value << 6 | byte & 0x3F)
            value = value << 7 | byte
        if fast:
            source.at = start
        raise source.error("Corrupt input; 32-bit VInt extends beyond 5 data bytes")

    def unsigned(self) -> int:
        """A length, as a signed integer of 32 bits."""
        source = self.input
        value = 0
        for _ in range(4):
            byte = source.next()
            if byte >= 0x80:
                return value << 6 | byte & 0x3F
            value = value << 7 | byte
        byte = source.next()
        if byte < 0x80:
            raise source.error(
                f"Overflow in VInt (current token {source.current}): 5th byte (0x{byte:2X}) of 5-byte sequence must "
                "have its highest bit set to indicate end"
            )
        if value >> 25:
            raise source.error(
                f"Overflow in VInt (current token {source.current}): 1st byte (0x{value >> 21:2X}) of 5-byte sequence "
                "must have its top 4 bits zeroes"
            )
        return signed(value << 6 | byte & 0x3F, 32)

    def lazy_number(self, byte: int) -> str:
        """A number that the server reads only if it is stored, as text."""
        if byte == 0x25:
            return str(self._long())
        if byte == 0x26:
            return str(self._big_integer())
        if byte == 0x28:
            bits = self._sevens(4) << 7
            bits += signed(self.input.next(), 8)
            return java_text.single(struct.unpack(">f", (bits & 0xFFFFFFFF).to_bytes(4, "big"))[0])
        if byte == 0x29:
            bits = (self._sevens(4) << 28) + self._sevens(4)
            for _ in range(2):
                bits = (bits << 7) + signed(self.input.next(), 8)
            return java_text.double(struct.unpack(">d", (bits & (1 << 64) - 1).to_bytes(8, "big"))[0])
        scale = java_text.zigzag(self.unsigned())
        return java_text.decimal(self._big_integer(), scale)

    def _sevens(self, count: int) -> int:
        """So many bytes of seven bits each, in 32 bits."""
        value = 0
        for _ in range(count):
            value = (value << 7) + signed(self.input.next(), 8)
        return signed(value, 32)

    def _long(self) -> int:
        source = self.input
        fast = source.available > 11
        start = source.at
        value = self._sevens(4)
        while not fast or source.at < start + 11:
            byte = source.next()
            if byte >= 0x80:
                return java_text.zigzag(value << 6 | byte & 0x3F, 64)
            value = signed((value << 7) + byte, 64)
        source.at = start
        raise source.error("Corrupt input; 64-bit VInt extends beyond 11 data bytes")

    def _big_integer(self) -> int:
        size = self.unsigned()
        raw = self._seven_bit_bytes(size)
        if self._max_number is not None and len(raw) > self._max_number:
            raise FormatError.of_limit("number-length", len(raw))
        return int.from_bytes(raw, "big", signed=True)

    def _seven_bit_bytes(self, size: int) -> bytes:
        source = self.input
        if size < 0:
            raise FormatError(Problem(str(size), "negative_array_size_exception"), source.place())
        found = bytearray()
        while size - len(found) >= 7:
            self._need_encoded(8, size, len(found))
            found += _seven(source.data[source.at : source.at + 8])
            source.at += 8
        left = size - len(found)
        if left:
            self._need_encoded(left + 1, size, len(found))
            raw = source.data[source.at : source.at + left + 1]
            source.at += left + 1
            value = 0
            for index, byte in enumerate(raw[:-1]):
                value = (value << 7) + signed(byte, 8)
                if index:
                    found.append(value >> (7 - index) & 0xFF)
            found.append((value << left) + signed(raw[-1], 8) & 0xFF)
        return bytes(found)

    def _need_encoded(self, needed: int, size: int, done: int) -> None:
        source = self.input
        if source.available < needed and source.try_to_load(needed) > 0:
            encoded = (7 + 8 * size) // 7
            raise source.end_error(
                f" for Binary value (7-bit): expected {size} payload bytes (from {encoded} encoded), "
                f"only decoded {done}"
            )

    # ---- skipping ---------------------------------------------------------------------------------------------------

    def skip(self, byte: int) -> None:
        """Skip the content of a value that begins with a byte."""
        source = self.input
        if byte == 0x25:
            source.skip(4)
            while source.next() < 0x80:
                pass
        elif byte in (0x28, 0x29):
            source.skip(5 if byte == 0x28 else 10)
        elif byte in (0x26, 0x2A, 0xE8):
            if byte == 0x2A:
                self.unsigned()
            self._skip_seven_bit_bytes()
        elif byte < 0xC0:
            source.skip((byte & 0x3F) + (1 if byte < 0x80 else 2))
        elif byte == 0xFD:
            size = self.unsigned()
            if size < 0:
                raise source.error(f"Internal error: _skipBytes() called with negative value: {size}")
            source.skip(size)
        else:
            self._up_to_end()

    def _skip_seven_bit_bytes(self) -> None:
        size = self.unsigned()
        chunks = int(size / 7)
        encoded = signed(chunks * 8, 32)
        if encoded < 0:
            raise self.input.error(
                f"Invalid content: invalid 7-bit binary encoded byte length (0x{size & 0xFFFFFFFF:X}) exceeds maximum "
                "valid value"
            )
        rest = size - 7 * chunks
        self.input.skip(encoded + (1 + rest if rest > 0 else 0))


def _seven(raw: bytes) -> bytes:
    """Seven bytes from eight bytes of seven bits each."""
    parts = [signed(byte, 8) for byte in raw]
    first = (parts[0] << 25) + (parts[1] << 18) + (parts[2] << 11) + (parts[3] << 4) + (parts[4] >> 3)
    second = ((parts[4] & 7) << 21) + (parts[5] << 14) + (parts[6] << 7) + parts[7]
    return (first & 0xFFFFFFFF).to_bytes(4, "big") + (second & 0xFFFFFF).to_bytes(3, "big")
