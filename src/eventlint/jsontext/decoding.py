"""Detects the encoding of a JSON text as the server's reader does, and converts the text to UTF-8.

The reader looks at the first four bytes for a byte order mark, then for zero bytes where a wider encoding has them
around ASCII characters.
"""

from typing import NamedTuple

from eventlint.jsontext.syntax_error import JsonSyntaxError

UNSUPPORTED_ORDER = "Unsupported UCS-4 endianness ({order}) detected"
INVALID_UTF_32 = "Invalid UTF-32 character"
INCOMPLETE_UTF_32 = "Unexpected EOF in the middle of a 4-byte UTF-32 char"
"""The reader's reasons for an encoding that it cannot read."""

_UTF8_MARK = b"\xef\xbb\xbf"
_MARKS = (
    (b"\x00\x00\xfe\xff", 4, "utf-32-be"),
    (b"\xff\xfe\x00\x00", 4, "utf-32-le"),
    (b"\xfe\xff", 2, "utf-16-be"),
    (b"\xff\xfe", 2, "utf-16-le"),
)
_UNSUPPORTED_MARKS = {b"\x00\x00\xff\xfe": "2143", b"\xfe\xff\x00\x00": "3412"}


class Decoded(NamedTuple):
    """A text as UTF-8, with its original encoding.

    Attributes:
        data: The text as UTF-8; each lone surrogate as three bytes.
        start: Where it begins in ``data``, after a byte order mark.
        encoding: Python's name of the original encoding.
        unit: The bytes of a code unit of that encoding: 1, 2 or 4.
        mark: The bytes of the byte order mark, or 0.
    """

    data: bytes
    start: int = 0
    encoding: str = "utf-8"
    unit: int = 1
    mark: int = 0


def decode(body: bytes) -> Decoded:
    """Convert a text to UTF-8."""
    head = body[:4]
    if len(head) == 4 and head.startswith(_UTF8_MARK):
        return Decoded(data=body, start=3, mark=3)
    if 0 not in head and head[:2] not in (b"\xfe\xff", b"\xff\xfe"):
        return Decoded(data=body)
    found = _encoding(head)
    if found is None:
        return Decoded(data=body)
    encoding, mark = found
    unit = int(encoding[4:6]) // 8
    return Decoded(data=_utf8(body, encoding, mark, unit), encoding=encoding, unit=unit, mark=mark)


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


def _utf8(body: bytes, encoding: str, mark: int, unit: int) -> bytes:
    """A text in a wider encoding as UTF-8. Java replaces invalid UTF-16 with U+FFFD and rejects invalid UTF-32."""
    if unit == 2:
        return body[mark:].decode(encoding, "replace").encode("utf-8")
    whole = len(body) - (len(body) - mark) % 4
    try:
        text = body[mark:whole].decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        raise JsonSyntaxError("encoding", mark + error.start, INVALID_UTF_32) from error
    if whole < len(body):
        raise JsonSyntaxError("encoding", whole, INCOMPLETE_UTF_32)
    return text.encode("utf-8", "surrogatepass")
