"""Decompresses the body of a request and compresses that of an answer, as the server's HTTP library does.

Source: Netty's ``HttpContentDecompressor``, ``HttpContentCompressor`` and ``JdkZlibDecoder``.
"""

from __future__ import annotations

import zlib

MAX_BODY = 100 * 2**20
"""The default of the server's setting ``http.max_content_length``, in bytes."""

_LEVEL = 3
"""The default of the server's setting ``http.compression_level``."""
_GZIP_BITS = 31
_GZIP_MAGIC = b"\x1f\x8b\x08"
_GZIP_HEAD = 10
_PIECE = 1 << 12
_WRITTEN = ("snappy", "gzip", "deflate")
"""The content encodings that the server writes."""
_GZIP, _DEFLATE = ("gzip", "x-gzip"), ("deflate", "x-deflate")
DECOMPRESSED = (*_GZIP, *_DEFLATE, "snappy")
"""The content encodings of a body that the server decompresses."""


class UnreadableError(Exception):
    """A body that cannot be decompressed."""


class TooLargeError(Exception):
    """A body that is larger than the server takes."""


def decompressed(body: bytes, encoding: str | None, limit: int | None = None) -> bytes:
    """The body of a request without its content encoding; what cannot be decompressed because it ends is left out.

    Time and memory are linear in the length of the body and in the limit.

    Args:
        body: The body.
        encoding: The value of ``Content-Encoding``. Encodings that the server does not know leave the body as it is.
        limit: The limit of the body, compressed or not, in bytes; None is :data:`MAX_BODY`.

    Raises:
        UnreadableError: The body is not in this encoding.
        TooLargeError: The body is larger than the limit.
    """
    name = coding(encoding)
    limit = MAX_BODY if limit is None else limit
    if len(body) > limit:
        raise TooLargeError
    try:
        if name in _GZIP:
            return _gunzipped(body, limit)
        if name in _DEFLATE:
            return _inflated(memoryview(body), _deflate_bits(body), limit)[0]
    except zlib.error as error:
        raise UnreadableError(str(error)) from error
    return _snappy(body, limit) if name == "snappy" else body


def coding(encoding: str | None) -> str:
    """The name of a content encoding in lower case; empty if there is none, which ``identity`` means, too."""
    name = (encoding or "").strip().lower()
    return "" if name == "identity" else name


def _gunzipped(body: bytes, limit: int) -> bytes:
    """The content of all members of a file."""
    parts: list[bytes] = []
    rest = memoryview(body)
    while len(rest) >= _GZIP_HEAD:
        if rest[: len(_GZIP_MAGIC)] != _GZIP_MAGIC:
            raise UnreadableError("not gzip")
        part, end = _inflated(rest, _GZIP_BITS, limit)
        rest = rest[end:]
        limit -= len(part)
        if part:
            parts.append(part)
    return b"".join(parts)


def _deflate_bits(body: bytes) -> int:
    """The window of a deflate stream, which may have the header of zlib or not."""
    head = int.from_bytes(body[:2], "big")
    return zlib.MAX_WBITS if head & 0x7800 == 0x7800 and head % 31 == 0 else -zlib.MAX_WBITS


def _inflated(body: memoryview, bits: int, limit: int) -> tuple[bytes, int]:
    """The content of a stream, and the offset of the bytes after it.

    The body is read in pieces because zlib copies all bytes after the stream, which may be one of many.
    """
    inflater = zlib.decompressobj(bits)
    content = bytearray()
    offset = 0
    while offset < len(body) and not inflater.eof:
        piece = body[offset : offset + _PIECE]
        offset += len(piece)
        content += inflater.decompress(piece, limit + 1 - len(content))
        if len(content) > limit:
            raise TooLargeError
    return bytes(content), offset - len(inflater.unused_data)


def _snappy(body: bytes, limit: int) -> bytes:
    from eventlint.mirror.snappy import SnappyError, unframed

    try:
        content = unframed(body, limit)
    except SnappyError as error:
        raise UnreadableError(str(error)) from error
    if content is None:
        raise TooLargeError
    return content


def answer_encoding(accepted: str) -> str | None:
    """The content encoding of an answer, by the request's ``Accept-Encoding``; None is none.

    The server's library looks for names anywhere in an element of the list. It prefers snappy to gzip to deflate.
    """
    star, weights = -1.0, {"br": -1.0, "zstd": -1.0, "snappy": -1.0, "gzip": -1.0, "deflate": -1.0}
    for element in accepted.split(","):
        weight = _weight(element)
        if "*" in element:
            star = weight
            continue
        name = next((name for name, known in weights.items() if name in element and weight > known), None)
        if name is not None:
            weights[name] = weight
    if max(weights.values()) > 0:
        snappy, gzip, deflate = (weights[name] for name in _WRITTEN)
        if snappy >= max(gzip, 0):
            return "snappy"
        if gzip >= max(deflate, 0):
            return "gzip"
        return "deflate" if deflate >= 0 else None
    return next((name for name in _WRITTEN if weights[name] < 0), None) if star > 0 else None


def _weight(element: str) -> float:
    _, equals, number = element.partition("=")
    try:
        return float(number) if equals else 1.0
    except ValueError:
        return 0.0


def compressed(body: bytes, encoding: str) -> bytes:
    """The body of an answer in a content encoding."""
    if encoding == "snappy":
        from eventlint.mirror.snappy import framed

        return framed(body)
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_BITS if encoding == "gzip" else zlib.MAX_WBITS)
    content = deflater.compress(body) + deflater.flush(zlib.Z_SYNC_FLUSH) + deflater.flush()
    # The server's library writes neither the time nor the system.
    return _GZIP_MAGIC + b"\0" * 7 + content[_GZIP_HEAD:] if encoding == "gzip" else content
