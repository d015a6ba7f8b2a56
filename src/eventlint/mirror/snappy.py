"""Snappy's framing format, as the server's HTTP library reads and writes it.

Source: Netty's ``Snappy``, ``SnappyFrameDecoder`` and ``SnappyFrameEncoder``; the format's own description is
https://github.com/google/snappy/blob/main/framing_format.txt.
"""

from __future__ import annotations

import functools

_IDENTIFIER = b"\xff\x06\x00\x00sNaPpY"
_COMPRESSED, _UNCOMPRESSED, _STREAM = 0x00, 0x01, 0xFF
_SKIPPABLE = range(0x80, 0xFF)
_MIN_COMPRESSED = 18
_MAX_CHUNK = 32767
_MAX_UNCOMPRESSED = 65536 + 4
_MAX_TABLE = 1 << 14
_HASH = 0x1E35A7BD
_WORD = 0xFFFFFFFF


class SnappyError(Exception):
    """A text that is not in the framing format."""


# ---- reading --------------------------------------------------------------------------------------------------------


def unframed(data: bytes, limit: int) -> bytes | None:
    """The content of a text; what is cut off is left out. None if it is larger than the limit, in bytes.

    Raises:
        SnappyError: The text is not in the framing format.
    """
    parts: list[bytes] = []
    size = at = 0
    while at + 4 <= len(data):
        kind, length = data[at], int.from_bytes(data[at + 1 : at + 4], "little")
        if at == 0 and kind != _STREAM:
            raise SnappyError("no stream identifier")
        chunk = data[at + 4 : at + 4 + length]
        _check_kind(kind, length, chunk)
        if len(chunk) < length:
            break
        if kind in (_COMPRESSED, _UNCOMPRESSED):
            if length < 4:
                raise SnappyError("no checksum")
            part = chunk[4:] if kind == _UNCOMPRESSED else _expanded(chunk[4:])
            parts.append(part)
            size += len(part)
            if size > limit:
                return None
        at += 4 + length
    return b"".join(parts)


def _check_kind(kind: int, length: int, chunk: bytes) -> None:
    if kind == _STREAM:
        if length != 6 or not _IDENTIFIER.endswith(chunk):
            raise SnappyError("another stream identifier")
    elif kind not in (_COMPRESSED, _UNCOMPRESSED, *_SKIPPABLE):
        raise SnappyError("a reserved kind of chunk")
    elif kind == _UNCOMPRESSED and length > _MAX_UNCOMPRESSED:
        raise SnappyError("a chunk that is too large")


def _expanded(data: bytes) -> bytes:
    """The content of a compressed chunk."""
    size = shift = at = 0
    while True:
        if at >= len(data) or shift > 28:
            raise SnappyError("no length")
        size |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            break
    content = bytearray()
    while at < len(data) and len(content) <= size:
        tag = data[at]
        at += 1
        at = _literal(data, at, tag, content) if tag & 3 == 0 else _copy(data, at, tag, content)
    if len(content) != size:
        raise SnappyError("another length")
    return bytes(content)


def _literal(data: bytes, at: int, tag: int, content: bytearray) -> int:
    length = tag >> 2
    if length >= 60:
        width = length - 59
        length = int.from_bytes(data[at : at + width], "little")
        at += width
    end = at + length + 1
    if end > len(data):
        raise SnappyError("a literal that is cut off")
    content += data[at:end]
    return end


def _copy(data: bytes, at: int, tag: int, content: bytearray) -> int:
    width = (0, 1, 2, 4)[tag & 3]
    offset = int.from_bytes(data[at : at + width], "little")
    length = (tag >> 2) + 1
    if width == 1:
        offset |= tag >> 5 << 8
        length = (tag >> 2 & 7) + 4
    if not 0 < offset <= len(content) or at + width > len(data):
        raise SnappyError("a copy of what is not there")
    start = len(content) - offset
    pattern = bytes(content[start : start + length])
    content += (pattern * (length // len(pattern) + 1))[:length]
    return at + width


# ---- writing --------------------------------------------------------------------------------------------------------


def framed(data: bytes) -> bytes:
    """A text in the framing format."""
    parts = [_IDENTIFIER]
    if len(data) <= _MIN_COMPRESSED:
        parts.append(_chunk(_UNCOMPRESSED, data, data))
    else:
        for start in range(0, len(data), _MAX_CHUNK):
            piece = data[start : start + _MAX_CHUNK]
            is_short = start > 0 and len(piece) <= _MIN_COMPRESSED
            parts.append(
                _chunk(_UNCOMPRESSED, piece, piece) if is_short else _chunk(_COMPRESSED, piece, _packed(piece))
            )
    return b"".join(parts)


def _chunk(kind: int, data: bytes, written: bytes) -> bytes:
    checksum = _masked_crc32c(data).to_bytes(4, "little")
    return bytes([kind]) + (len(written) + 4).to_bytes(3, "little") + checksum + written


def _packed(data: bytes) -> bytes:
    """A text as literals and copies, as the server's library chooses them."""
    out = bytearray(_varint(len(data)))
    emitted = 0
    for start, matched, offset in _matches(data):
        _write_literal(out, data[emitted:start])
        _write_copy(out, offset, matched)
        emitted = start + matched
    _write_literal(out, data[emitted:])
    return bytes(out)


def _matches(data: bytes) -> list[tuple[int, int, int]]:
    """The repetitions: where one begins, its length, and how far before it the same bytes are."""
    found: list[tuple[int, int, int]] = []
    size = len(data)
    if size < 15:
        return found
    table = [0] * min(1 << (size - 1).bit_length(), _MAX_TABLE)
    shift = 32 - len(table).bit_length() + 1

    def hashed(index: int) -> int:
        return (int.from_bytes(data[index : index + 4], "big") * _HASH & _WORD) >> shift

    at = 1
    while True:
        skip, following = 32, at
        while True:
            at = following
            following = at + (skip >> 5)
            skip += 1
            if following > size - 4:
                return found
            slot = hashed(at)
            candidate, table[slot] = table[slot], at
            if data[at : at + 4] == data[candidate : candidate + 4]:
                break
        while True:
            length = 4
            while at + length < size and data[at + length] == data[candidate + length]:
                length += 1
            found.append((at, length, at - candidate))
            at += length
            if at >= size - 4:
                return found
            table[hashed(at - 1)] = at - 1
            slot = hashed(at)
            candidate, table[slot] = table[slot], at
            if data[at : at + 4] != data[candidate : candidate + 4]:
                break
        at += 1


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _write_literal(out: bytearray, content: bytes) -> None:
    if not content:
        return
    last = len(content) - 1
    if last < 60:
        out.append(last << 2)
    else:
        width = (last.bit_length() + 7) // 8
        out.append(59 + width << 2)
        out += last.to_bytes(width, "little")
    out += content


def _write_copy(out: bytearray, offset: int, length: int) -> None:
    while length > 64:
        step = 64 if length >= 68 else 60
        _write_part(out, offset, step)
        length -= step
    _write_part(out, offset, length)


def _write_part(out: bytearray, offset: int, length: int) -> None:
    if length < 12 and offset < 2048:
        out += bytes([1 | length - 4 << 2 | offset >> 8 << 5, offset & 0xFF])
    else:
        out += bytes([2 | length - 1 << 2, offset & 0xFF, offset >> 8])


def _masked_crc32c(data: bytes) -> int:
    table = _crc_table()
    crc = _WORD
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= _WORD
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & _WORD


@functools.cache
def _crc_table() -> list[int]:
    """The table of CRC-32C."""
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table
