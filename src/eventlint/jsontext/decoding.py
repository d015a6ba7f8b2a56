"""Detects the encoding of a JSON text as the server's reader does, and converts the text to UTF-8.

The reader looks at the first four bytes for a byte order mark, then for zero bytes where a wider encoding has them
around ASCII characters. It gets a text in a wider encoding in buffers of limited size, so that it reads what precedes
the buffer with a character that cannot be decoded.
"""

from __future__ import annotations

import re
from array import array
from itertools import accumulate

from eventlint.jsontext.measures import utf16_length
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.named_tuples import NamedTuple

UNSUPPORTED_ORDER = "Unsupported UCS-4 endianness ({order}) detected"
INVALID_UTF_32 = "Invalid UTF-32 character 0x{value:x} (above 0x0010ffff) at char #{character}, byte #{byte})"
INCOMPLETE_UTF_32 = (
    "Unexpected EOF in the middle of a 4-byte UTF-32 char: got {got}, needed 4, at char #{character}, byte #{byte})"
)
"""The reader's reasons for an encoding that it cannot read."""

CANNOT_DECODE = 0xFF
"""The byte in :attr:`Decoded.readable` where the reader meets what cannot be decoded; UTF-8 does not have it."""

_BUFFER_BYTES, _BUFFER_UNITS = 8000, 4000
"""The size of the reader's buffers, in bytes for UTF-32 and in UTF-16 units for UTF-16."""
_UTF8_MARK = b"\xef\xbb\xbf"
_MARKS = (
    (b"\x00\x00\xfe\xff", 4, "utf-32-be"),
    (b"\xff\xfe\x00\x00", 4, "utf-32-le"),
    (b"\xfe\xff", 2, "utf-16-be"),
    (b"\xff\xfe", 2, "utf-16-le"),
)
_UNSUPPORTED_MARKS = {b"\x00\x00\xff\xfe": "2143", b"\xfe\xff\x00\x00": "3412"}
_SURROGATES = r"[\ud800-\udbff](?s:.)?|[\udc00-\udfff]"

_NONE = array("q")


class Decoded(NamedTuple):
    """A text as UTF-8, with its original encoding.

    Attributes:
        data: The text as UTF-8; each lone surrogate as three bytes.
        start: Where it begins in ``data``, after a byte order mark.
        encoding: Python's name of the original encoding.
        unit: The bytes of a code unit of that encoding: 1, 2 or 4.
        mark: The bytes of the byte order mark, or 0.
        error: Why the text after ``data`` cannot be decoded; empty when the whole text is in ``data``.
        buffer_starts: Where the reader's buffers begin in ``data``, except the first.
        replaced: Where ``data`` has U+FFFD for invalid UTF-16 that has another length than that character.
        extras: How many bytes all until there have in the original encoding beyond the two of that character.
    """

    data: bytes
    start: int = 0
    encoding: str = "utf-8"
    unit: int = 1
    mark: int = 0
    error: str = ""
    buffer_starts: tuple[int, ...] = ()
    replaced: array[int] = _NONE
    extras: array[int] = _NONE

    @property
    def readable(self) -> bytes:
        """What the reader gets: ``data``, or the buffers before the error and then :data:`CANNOT_DECODE`."""
        if not self.error:
            return self.data
        end = self.buffer_starts[-1] if self.buffer_starts else 0
        return self.data[:end] + bytes([CANNOT_DECODE])


def decode(body: bytes) -> Decoded:
    """Convert a text to UTF-8.

    Raises:
        JsonSyntaxError: The encoding is not supported, or the text cannot be decoded to its end.
    """
    text = decode_start(body)
    if text.error:
        raise JsonSyntaxError("encoding", len(text.data), text.error)
    return text


def decode_start(body: bytes) -> Decoded:
    """Convert a text to UTF-8, up to what cannot be decoded.

    Raises:
        JsonSyntaxError: The encoding is not supported.
    """
    head = body[:4]
    if len(head) == 4 and head.startswith(_UTF8_MARK):
        return Decoded(data=body, start=3, mark=3)
    if 0 not in head and head[:2] not in (b"\xfe\xff", b"\xff\xfe"):
        return Decoded(data=body)
    found = _encoding(head)
    if found is None:
        return Decoded(data=body)
    encoding, mark = found
    return _utf16(body, encoding, mark) if encoding.startswith("utf-16") else _utf32(body, encoding, mark)


def _encoding(head: bytes) -> tuple[str, int] | None:
    """The wider encoding that the first bytes show, and the length of its mark; fewer than four bytes have none."""
    zeros = tuple(byte == 0 for byte in head)
    if len(head) == 4:
        if head in _UNSUPPORTED_MARKS:
            raise JsonSyntaxError("encoding", 0, UNSUPPORTED_ORDER.format(order=_UNSUPPORTED_MARKS[head]))
        for mark, length, name in _MARKS:
            if head.startswith(mark):
                return name, length
        if zeros[:3] == (True, True, True):
            return "utf-32-be", 0
        if zeros[1:] == (True, True, True):
            return "utf-32-le", 0
        for order, shape in (("3412", (True, False, True, True)), ("2143", (True, True, False, True))):
            if zeros == shape:
                raise JsonSyntaxError("encoding", 0, UNSUPPORTED_ORDER.format(order=order))
    if len(head) >= 2:
        if zeros[0]:
            return "utf-16-be", 0
        if zeros[1]:
            return "utf-16-le", 0
    return None


def _utf16(body: bytes, encoding: str, mark: int) -> Decoded:
    """A text in UTF-16. Java replaces what is invalid with U+FFFD, a high surrogate together with the next unit."""
    raw = body[mark:]
    replaced, extras = _NONE, _NONE
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text, replaced, extras = _replace_invalid(raw, encoding)
    starts: list[int] = []
    start = at = 0
    while len(text) - start >= _BUFFER_UNITS // 2:
        part = text[start : start + _BUFFER_UNITS]
        if not part.isascii():
            units = part.encode("utf-16-le")[: 2 * _BUFFER_UNITS]
            part = units.decode("utf-16-le", "ignore")  # without half of a pair that does not fit
        start += len(part)
        if start == len(text):
            break
        at += len(part.encode())
        starts.append(at)
    return Decoded(text.encode(), 0, encoding, 2, mark, "", tuple(starts), replaced, extras)


def _replace_invalid(raw: bytes, encoding: str) -> tuple[str, array[int], array[int]]:
    """A text with U+FFFD for invalid UTF-16, and where this has another length; see :attr:`Decoded.replaced`."""
    odd = len(raw) % 2
    text = raw[: len(raw) - odd].decode(encoding, "surrogatepass")
    offsets, extras = array("q"), array("q")
    size = at = extra = 0

    def replacement(match: re.Match[str]) -> str:
        nonlocal size, at, extra, odd
        start, end = match.span()
        if start > at:
            size += len(text[at:start].encode())
        at = end
        high = text[start] < "\udc00"
        if end - start == 2:  # a high surrogate, together with the next unit
            extra += 2
        elif high and end == len(text) and odd:  # with the last byte
            extra, odd = extra + 1, 0
        else:
            size += 3
            return "\ufffd"
        offsets.append(size)
        extras.append(extra)
        is_half = end - start == 2 and text[start + 1] > "\uffff"  # the other half of its pair is alone
        size += 6 if is_half else 3
        return "\ufffd\ufffd" if is_half else "\ufffd"

    replaced = re.sub(_SURROGATES, replacement, text)
    if odd:
        size += len(text[at:].encode())
        offsets.append(size)
        extras.append(extra - 1)
        replaced += "\ufffd"
    return replaced, offsets, extras


def _utf32(body: bytes, encoding: str, mark: int) -> Decoded:
    """A text in UTF-32, which may have surrogates, up to a code point that does not exist or is not complete."""
    end = len(body) - (len(body) - mark) % 4
    error = ""
    buffer_start = end
    try:
        text = body[mark:end].decode(encoding, "surrogatepass")
    except UnicodeDecodeError as invalid:
        end = mark + invalid.start
        buffer_start = end - end % _BUFFER_BYTES
        text = body[mark:end].decode(encoding, "surrogatepass")
        value = int.from_bytes(body[end : end + 4], "big" if encoding == "utf-32-be" else "little")
        error = INVALID_UTF_32.format(value=value - 0x10000 & 0xFFFFFFFF, character=utf16_length(text), byte=end + 3)
    else:
        if end < len(body):
            error = INCOMPLETE_UTF_32.format(got=len(body) - end, character=utf16_length(text), byte=len(body))
    data = text.encode("utf-8", "surrogatepass")
    starts = list(range(_BUFFER_BYTES, end, _BUFFER_BYTES))
    if error and buffer_start > mark and buffer_start not in starts[-1:]:
        starts.append(buffer_start)
    lengths = (
        len(text[(low - mark) // 4 : (high - mark) // 4].encode("utf-8", "surrogatepass"))
        for low, high in zip((mark, *starts), starts, strict=False)
    )
    return Decoded(data, 0, encoding, 4, mark, error, tuple(accumulate(lengths)))
