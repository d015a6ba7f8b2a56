"""Which encoding the bytes of a JSON text are in, as the server's reader guesses it; it must not know JSON.

The reader looks at the first four bytes: for a byte order mark, else for zero bytes where ASCII would have them in a
wider encoding. A text in a wider encoding is told anew in UTF-8, so that there is one reader for all.
"""

from typing import NamedTuple

from eventlint.jsontext.syntax_error import JsonSyntaxError

_UTF8_MARK = b"\xef\xbb\xbf"
_MARKS = (
    (b"\x00\x00\xfe\xff", 4, "utf-32-be"),
    (b"\xff\xfe\x00\x00", 4, "utf-32-le"),
    (b"\xfe\xff", 2, "utf-16-be"),
    (b"\xff\xfe", 2, "utf-16-le"),
)
_ODD_MARKS = {b"\x00\x00\xff\xfe": "2143", b"\xfe\xff\x00\x00": "3412"}


class Decoded(NamedTuple):
    """A text as UTF-8, and what it was before.

    Attributes:
        data: The text as UTF-8; lone surrogates as three bytes each.
        start: Where it begins in ``data``, after a byte order mark.
        encoding: The name of the encoding that it came in, as Python names it.
        unit: How many bytes a unit of that encoding has: 1, 2 or 4.
        mark: How many bytes its byte order mark has, or 0.
    """

    data: bytes
    start: int = 0
    encoding: str = "utf-8"
    unit: int = 1
    mark: int = 0


def decode(body: bytes) -> Decoded:
    """Tell a text in UTF-8.

    Args:
        body: The bytes as they came.

    Raises:
        JsonSyntaxError: The encoding is one that the server's reader does not know, or the bytes do not hold it.
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
    unit = int(encoding[4:6]) // 8
    return Decoded(data=_utf8(body, encoding, mark, unit), encoding=encoding, unit=unit, mark=mark)


def _encoding(head: bytes) -> tuple[str, int] | None:
    """The wider encoding that the first bytes tell of, and the length of its mark; fewer than four have no mark."""
    zeros = tuple(byte == 0 for byte in head)
    if len(head) == 4:
        if head in _ODD_MARKS:
            raise JsonSyntaxError("encoding", 0, f"Unsupported UCS-4 endianness ({_ODD_MARKS[head]}) detected")
        for mark, length, name in _MARKS:
            if head.startswith(mark):
                return name, length
        if zeros[:3] == (True, True, True):
            return "utf-32-be", 0
        if zeros[1:] == (True, True, True):
            return "utf-32-le", 0
        for order, shape in (("3412", (True, False, True, True)), ("2143", (True, True, False, True))):
            if zeros == shape:
                raise JsonSyntaxError("encoding", 0, f"Unsupported UCS-4 endianness ({order}) detected")
    if len(head) >= 2:
        if zeros[0]:
            return "utf-16-be", 0
        if zeros[1]:
            return "utf-16-le", 0
    return None


def _utf8(body: bytes, encoding: str, mark: int, unit: int) -> bytes:
    """The text of a wider encoding as UTF-8; Java puts U+FFFD where UTF-16 is broken, and gives up on UTF-32."""
    if unit == 2:
        return body[mark:].decode(encoding, "replace").encode("utf-8")
    whole = len(body) - (len(body) - mark) % 4
    try:
        text = body[mark:whole].decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        raise JsonSyntaxError("encoding", mark + error.start, "Invalid UTF-32 character") from error
    if whole < len(body):
        raise JsonSyntaxError("encoding", whole, "Unexpected EOF in the middle of a 4-byte UTF-32 char")
    return text.encode("utf-8", "surrogatepass")
