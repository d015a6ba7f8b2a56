"""Reads the events in a file: opens it, determines its format, and passes it to the reader of that format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from eventlint.errors import InputError
from eventlint.inputs.file_names import format_of
from eventlint.inputs.json_files import Envelope, read_json, read_ndjson
from eventlint.inputs.record import Record


def _no_stdin() -> BinaryIO:
    raise InputError("standard input cannot be read here")


def records(
    path: str, form: str | None, envelope: Envelope, stdin: Callable[[], BinaryIO] = _no_stdin
) -> Iterator[Record]:
    """Read the events of one file; ``-`` is standard input.

    Without a format, the suffix determines it, or else the content.

    Raises:
        InputError: The file cannot be read, or it is not in the format.
    """
    form = form or format_of(path)
    damaged: type[Exception] = OSError
    try:
        stream, damaged = _open(path, stdin)
        with stream:
            if form == "ndjson":
                yield from read_ndjson(stream, envelope)
                return
            data = stream.read()
    except (OSError, EOFError, ValueError, damaged) as error:
        raise InputError(_reason(error)) from error
    if form == "har":
        from eventlint.inputs.har import read_har

        yield from read_har(data)
    elif form == "console" or (form is None and _is_console(data)):
        from eventlint.inputs.request_files import read_console

        yield from read_console(data)
    else:
        yield from read_json(data, envelope)


def _is_console(data: bytes) -> bool:
    return b"_application/analytics" in data[:65536] and data.lstrip()[:1] not in (b"{", b"[")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split()) or type(error).__name__


def _open(path: str, stdin: Callable[[], BinaryIO]) -> tuple[BinaryIO, type[Exception]]:
    """Open a file; also returns the exception for damaged content."""
    stream: Any
    if path == "-":
        return stdin(), OSError
    if path.endswith(".gz"):
        import gzip
        import zlib

        stream = gzip.open(path, "rb")  # noqa: SIM115 - the caller closes it
        return stream, zlib.error
    if path.endswith(".zst"):
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        stream = zstd.open(path, "rb")
        return stream, zstd.ZstdError
    return open(path, "rb"), OSError
