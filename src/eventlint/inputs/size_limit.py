"""The limit on the size of one event, and of a file that has to be read as a whole."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from eventlint.inputs.record import Place, Record

MAX_EVENT_SIZE = 64 << 20
"""The default, in bytes."""

_SHOWN = 200
"""How many bytes of what is too large are kept to show them."""

_UNITS = {"": 0, "K": 10, "M": 20, "G": 30}
_SKIPPED_AT_ONCE = 1 << 16


def parse_size(text: str) -> int:
    """A size in bytes: digits, and optionally one of the units ``K``, ``M`` and ``G``, which are powers of 1024.

    Raises:
        ValueError: It is not a size, or it is 0.
    """
    found = re.fullmatch(r"([0-9]{1,12})([KMG]?)(?:i?B)?", text.strip(), re.IGNORECASE)
    if found is None or not int(found[1]):
        raise ValueError(f"{text!r} is not a size; write a number of bytes, such as 500000, 200K, 64M or 1G")
    return int(found[1]) << _UNITS[found[2].upper()]


def too_large(body: bytes, most: int, place: Place | None = None, number: int | None = None) -> Record:
    """The record for a line, or without a place, for a whole file that is too large."""
    from eventlint.rules.error.event_too_large import finding

    problem = finding("file" if place is None else "line", most)
    shown = body[:_SHOWN].split(b"\n")[0]
    return Record(body=shown, place=place or Place(), number=number, problem=problem, blocks_fixes=place is None)


def limited_lines(stream: io.BufferedIOBase, most: int) -> Iterator[tuple[bytes, Iterator[bytes] | None]]:
    """The lines of a stream. Of a line that is too large, only the start is kept.

    Returns:
        Each line with its end; and None, or, if it is too large, an iterator over the rest of it, which has to be
        used up.
    """
    while line := stream.readline(most + 2):  # its end does not count
        if len(line.rstrip(b"\r\n")) <= most:
            yield line, None
        else:
            yield line, iter(()) if line.endswith(b"\n") else _rest(stream)


def _rest(stream: io.BufferedIOBase) -> Iterator[bytes]:
    """The rest of a line, in pieces."""
    while piece := stream.readline(_SKIPPED_AT_ONCE):
        yield piece
        if piece.endswith(b"\n"):
            return
