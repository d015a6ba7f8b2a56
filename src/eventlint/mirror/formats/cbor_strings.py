"""Reads the strings of CBOR as the server does: leniently, and with references to earlier strings.

Source: Jackson's ``CBORParser``.
"""

from __future__ import annotations

from eventlint.mirror.formats.byte_input import BUFFER, ByteInput
from eventlint.mirror.formats.java_text import UNITS, of_units, signed, units
from eventlint.mirror.formats.transcript import FormatError

_BYTES, _TEXT = 2, 3
_INDEFINITE, _BREAK = 31, 0xFF
_MAX_INT = 2**31 - 1
_SHORTEST = ((24, 3), (256, 4), (65536, 5), (2**32, 7))
"""Below which number of a string, which length is worth a reference."""
_MALFORMED = "Malformed UTF-8 character at the end of a (non-chunked) text segment"
_CUT = {True: "Map key", False: "Unicode String value"}
_INVALID = {True: "byte 0x{:x} in Object property name", False: "start byte 0x{:x}"}
"""What the messages call a key, and another string."""
_MARGIN = 3
"""How many bytes older releases want to follow a string that they read in the buffer."""


class Strings:
    """Strings, and the namespaces of references to them."""

    def __init__(self, source: ByteInput, *, is_newest: bool, is_newer: bool, is_older: bool) -> None:
        self.input = source
        self._is_older = is_older
        self._is_newest = is_newest
        self._is_newer = is_newer
        self._namespaces: list[tuple[int, list[str | bytes]]] = []
        self._depth = 0
        self._left = self._chunk = 0

    # ---- references -------------------------------------------------------------------------------------------------

    def enter(self, has_namespace: bool) -> None:
        """Open an array or object."""
        if has_namespace:
            self._namespaces.append((self._depth, []))
        self._depth += 1

    def leave(self) -> None:
        """Close an array or object."""
        self._depth -= 1
        if self._namespaces and self._namespaces[-1][0] == self._depth:
            self._namespaces.pop()

    @property
    def has_namespace(self) -> bool:
        """Whether references are possible."""
        return bool(self._namespaces)

    def reference(self, index: int) -> str | bytes:
        """The earlier string with a number."""
        if not self._namespaces:
            raise self.input.error("String reference outside of a namespace")
        known = self._namespaces[-1][1]
        if not 0 <= index < len(known):
            raise self.input.error(f"String reference ({index}) out of range")
        return known[index]

    def _remember(self, content: str | bytes, size: int) -> None:
        if self._namespaces:
            known = self._namespaces[-1][1]
            shortest = next((length for below, length in _SHORTEST if len(known) < below), 11)
            if size >= shortest:
                known.append(content)

    # ---- lengths ----------------------------------------------------------------------------------------------------

    def length(self, low: int) -> int:
        """The length that the low bits of a first byte announce; -1 when it is not known."""
        source = self.input
        if low == _INDEFINITE:
            return -1
        if low < 24:
            return low
        if low > 27 and self._is_older:
            raise source.error(f"Invalid length for {source.current}: 0x{low:02X},")
        if low > 27:
            raise source.error(
                f"Invalid 5-bit length indicator for `JsonToken.{source.current}`: 0x{low:02X}; "
                "only 0x00-0x17, 0x1F allowed"
            )
        value = source.unsigned(1 << (low - 24))
        if low == 26:
            return signed(value, 32)
        if low == 27 and value > _MAX_INT:
            raise source.error(f"Illegal length for {source.current}: {signed(value, 64)}")
        return value

    def _chunk_length(self) -> int:
        """The length of the next chunk; -1 at the end."""
        source = self.input
        byte = source.next()
        if byte == _BREAK:
            return -1
        if byte >> 5 != _TEXT:
            raise source.error(
                "Mismatched chunk in chunked content: "
                f"expected major type {_TEXT} but encountered {byte >> 5} (byte 0x{byte:02X})"
            )
        size = self.length(byte & 31)
        if size < 0:
            raise source.error(f"Illegal chunked-length indicator within chunked-length value (major type {_TEXT})")
        return size

    # ---- text -------------------------------------------------------------------------------------------------------

    def read(self, low: int) -> tuple[str, FormatError | None]:
        """The content of a string, and why it cannot be read; in that case the position does not change."""
        source = self.input
        before = vars(source).copy()
        try:
            size = self.length(low)
            if size < 0:
                return self._chunked(), None
            if size == 0:
                return "", None
            needed = size + (0 if self._is_newer else _MARGIN)
            fits = needed <= BUFFER or (self._is_newest and source.at + needed > len(source.data))
            if source.available >= needed or (fits and source.try_to_load(needed) == 0):
                content = self._in_buffer(size, is_key=False)
                self._remember(content, size)
                return content, None
            return self._long(size), None
        except FormatError as error:
            vars(source).update(before)
            return "", error

    def key(self, low: int) -> str:
        """The content of a key."""
        source = self.input
        size = self.length(low)
        if size < 0:
            return self._chunked()
        if size == 0:
            content = ""
        elif size > source.available and size >= BUFFER:
            content = self._long(size)
        else:
            source.need(size)
            content = self._in_buffer(size, is_key=True)
        self._remember(content, low)
        return content

    def _in_buffer(self, size: int, *, is_key: bool) -> str:
        """A string that lies in the buffer as a whole."""
        source, data = self.input, self.input.data
        at, end = source.at, source.at + size
        source.at = end
        try:
            return data[at:end].decode()
        except UnicodeDecodeError:
            pass
        found: list[int] = []
        while at < end:
            byte = data[at]
            at += 1
            count = UNITS[byte]
            if count > 3:
                raise source.error(f"Invalid UTF-8 {_INVALID[is_key].format(byte)}")
            if at + count > end and (is_key or self._is_newer):
                raise source.error(
                    f"Truncated UTF-8 character in {_CUT[is_key]} ({size} bytes): byte 0x{byte:02X} at offset "
                    f"#{size - (end - at) - 1} indicated {count} more bytes needed"
                )
            following = data[at : at + count].ljust(count, b"\0")
            for index in range(count if count < 3 else 0):
                if following[index] & 0xC0 != 0x80:
                    source.at = at + index + 1
                    raise source.error(f"Invalid UTF-8 middle byte 0x{following[index]:x}")
            found += units(byte, following)
            at += count
        if at > end:
            raise source.error(_MALFORMED)
        return of_units(found)

    def _long(self, size: int) -> str:
        """A string that is read byte by byte."""
        source = self.input
        if size <= source.available:
            raw = source.data[source.at : source.at + size]
            try:
                content = raw.decode()
            except UnicodeDecodeError:
                pass
            else:
                source.at += size
                return content
        found: list[int] = []
        while size > 0:
            byte = source.next()
            count = UNITS[byte]
            size -= 1 + (count if count <= 3 else -1)
            if size < 0:
                raise source.error(_MALFORMED)
            found += self._character(byte, source.next)
        return of_units(found)

    def _chunked(self) -> str:
        """A string in chunks."""
        found: list[int] = []
        source = self.input
        self._left = 0
        while True:
            while self._left == 0:
                size = self._chunk_length()
                if size < 0:
                    return of_units(found)
                self._left = size
            self._left -= 1
            found += self._character(source.next(), self._next_of_chunk)

    def _next_of_chunk(self) -> int:
        if self._left == 0:
            size = self._chunk_length()
            if size <= 0:
                raise self.input.end_error(": chunked Text ends with partial UTF-8 character")
            self._left = size
        self._left -= 1
        return self.input.next()

    def _character(self, byte: int, following: object) -> list[int]:
        """The units of the character that begins with a byte."""
        count = UNITS[byte]
        if count > 3:
            raise self.input.error(f"Invalid UTF-8 start byte 0x{byte:x}")
        rest = bytearray()
        for _ in range(count):
            middle = following()  # type: ignore[operator]
            if middle & 0xC0 != 0x80:
                raise self.input.error(f"Invalid UTF-8 middle byte 0x{middle:x}")
            rest.append(middle)
        return units(byte, bytes(rest))

    # ---- bytes ------------------------------------------------------------------------------------------------------

    def read_bytes(self, low: int) -> bytes:
        """The content of a byte string."""
        size = self.length(low)
        if size < 0:
            return self._chunked_bytes()
        content = self._bytes(size)
        if size:
            self._remember(content, size)
        return content

    def _bytes(self, size: int) -> bytes:
        source = self.input
        start = source.at
        while True:
            step = min(size - (source.at - start), source.available)
            source.at += step
            if source.at - start >= size:
                return source.data[start : source.at]
            if not source.load_more():
                found = source.at - start
                raise source.end_error(f" for Binary value: expected {size} bytes, only found {found}")

    def _chunked_bytes(self) -> bytes:
        source = self.input
        parts: list[bytes] = []
        while True:
            byte = source.next()
            if byte == _BREAK:
                return b"".join(parts)
            if byte >> 5 != _BYTES:
                raise source.error(
                    f"Mismatched chunk in chunked content: expected {_BYTES} but encountered {byte >> 5}"
                )
            size = self.length(byte & 31)
            if size < 0:
                raise source.error(f"Illegal chunked-length indicator within chunked-length value (type {_BYTES})")
            parts.append(self._bytes(size))

    # ---- skipping ---------------------------------------------------------------------------------------------------

    def skip_content(self, low: int, major: int) -> None:
        """Skip a string of text or bytes."""
        if low == _INDEFINITE:
            self._skip_chunks(major)
        else:
            self._skip_one(low, major << 5 | low)

    def _skip_one(self, low: int, first_byte: int) -> None:
        source = self.input
        if low > 27:
            raise source.error(f"Invalid CBOR value token (first byte): 0x{first_byte:x}")
        size = low if low < 24 else source.unsigned(1 << (low - 24))
        size = signed(size, 64 if low == 27 else 32)
        if size < 0:
            raise source.error(
                f"Corrupt content: invalid length indicator ({size}) encountered during skipping, "
                f"current token: {source.current}"
            )
        source.skip(size)

    def _skip_chunks(self, major: int) -> None:
        source = self.input
        while True:
            byte = source.next()
            if byte == _BREAK:
                return
            if byte >> 5 != major:
                raise source.error(f"Mismatched chunk in chunked content: expected {major} but encountered {byte >> 5}")
            if byte & 31 == _INDEFINITE:
                raise source.error(f"Invalid chunked-length indicator within chunked-length value (type {major})")
            self._skip_one(byte & 31, major << 5 | _INDEFINITE)
