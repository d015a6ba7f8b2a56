"""The body of a request in a HAR file, as the server received it.

Recorders differ: the body is a string in ``postData.text`` or ``postData`` itself, binary data is in base64 or one
character per byte, a compressed body is decompressed or not, and a body that the recorder did not keep is left out
while its size remains. Source: http://www.softwareishard.com/blog/har-12-spec/#postData, and the recordings in
``tests/inputs/har``.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

NOT_RECORDED = "body not recorded"
PARTLY_RECORDED = "body recorded only in part"
NOT_DECOMPRESSED = "compressed body cannot be read"
"""Why there is no body to check."""

MAX_DECOMPRESSED = 16 * 1024 * 1024
"""The maximum number of bytes of a decompressed body."""

_POST_DATA = frozenset(("mimeType", "text", "params", "encoding", "comment"))
"""The keys of ``postData``."""
_BASE64 = re.compile("[A-Za-z0-9+/]+").fullmatch
_URL_SAFE = str.maketrans("-_", "+/")
_GZIP = b"\x1f\x8b"
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_GZIP_IN_BASE64 = "H4sI"
_COMPRESSED: dict[str, tuple[bytes, ...]] = {"gzip": (_GZIP,), "x-gzip": (_GZIP,), "deflate": _ZLIB}


class Body(NamedTuple):
    """The body of a request.

    Attributes:
        content: The bytes that the server reads, after decompression.
        unchecked: Why the body is unknown; else None.
        is_decompressed: Whether the request contained the body in a compressed form.
    """

    content: bytes = b""
    unchecked: str | None = None
    is_decompressed: bool = False


def body_of(
    request: Mapping[str, Any],
    headers: Mapping[str, str],
    raw: Callable[..., bytes],
    *,
    was_sent: bool = True,
) -> Body:
    """The body of a recorded request.

    Args:
        request: The value of ``request`` in the entry.
        headers: The headers with lowercase names; empty if the recorder left them out.
        raw: Returns the bytes of the value that some keys in ``request`` lead to.
        was_sent: Whether there was an answer. A request that failed may be recorded without its body and its size.

    Raises:
        ValueError: The body is neither a string nor an object.
    """
    data = request.get("postData")
    keys: tuple[str, ...] = ("postData",)
    text = data
    if isinstance(data, Mapping) and (not data or not _POST_DATA.isdisjoint(data)):
        keys, text = ("postData", "text"), data.get("text")
    if isinstance(text, Mapping) and text:  # the event itself instead of a string
        return Body(raw(*keys))
    if not text:
        text = ""
    if not isinstance(text, str):
        raise ValueError("the body is not a string")
    encoding = headers.get("content-encoding", "").strip().lower()
    length = _size(headers.get("content-length"))
    sizes = (_size(request.get("bodySize")), length)
    if not text:
        is_empty = was_sent and not encoding and 0 in sizes and not any(sizes)
        return Body(unchecked=None if is_empty else NOT_RECORDED)
    is_declared = isinstance(data, Mapping) and str(data.get("encoding")).lower() == "base64"
    is_base64 = is_declared or (encoding in _COMPRESSED and text.startswith(_GZIP_IN_BASE64))
    content = (from_base64(text) if is_base64 else None) or _bytes(text, None if encoding else length)
    if content.startswith(_COMPRESSED.get(encoding, ()) if headers else _GZIP):
        return _decompressed(content)
    if text.startswith(("\x1f\ufffd", "x\ufffd")) and encoding:  # the recorder replaced bytes that are not UTF-8
        return Body(unchecked=NOT_DECOMPRESSED)
    if not encoding and max(size or 0 for size in sizes) > len(content) and not _is_json(content):
        return Body(unchecked=PARTLY_RECORDED)
    return Body(content, is_decompressed=encoding in _COMPRESSED)


def _size(value: object) -> int | None:
    """A number of bytes; None when it is unknown."""
    try:
        size = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        return None
    return size if size >= 0 else None


def from_base64(text: str) -> bytes | None:
    """The bytes of a string in base64, or None: some recorders declare base64 and write plain text."""
    import base64

    packed = "".join(text.split()).translate(_URL_SAFE).rstrip("=")
    if not _BASE64(packed) or len(packed) % 4 == 1:
        return None
    return base64.b64decode(packed + "=" * (-len(packed) % 4))


def _bytes(text: str, length: int | None) -> bytes:
    """The bytes that a recorder represents as a string; ``length`` is their number if it is known."""
    is_binary = text.startswith(("\x1f\x8b", "\x78\x9c", "\x78\xda")) or length == len(text)
    if is_binary and not text.isascii() and max(text) <= "\xff":
        return text.encode("latin-1")  # a character for each byte, as Firefox records what is not UTF-8
    for errors in ("strict", "surrogateescape"):  # mitmproxy records a byte that is not UTF-8 as a surrogate
        try:
            return text.encode("utf-8", errors)
        except UnicodeEncodeError:
            pass
    return text.encode("utf-8", "surrogatepass")


def _decompressed(content: bytes) -> Body:
    """The body after decompression, up to the limit."""
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        plain = stream.decompress(content, MAX_DECOMPRESSED)
    except zlib.error:
        return Body(unchecked=NOT_DECOMPRESSED)
    return Body(plain, is_decompressed=True) if stream.eof else Body(unchecked=NOT_DECOMPRESSED)


def _is_json(content: bytes) -> bool:
    """Whether the body is complete: one JSON value."""
    import json

    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
