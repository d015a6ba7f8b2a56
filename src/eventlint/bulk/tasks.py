"""What a worker is asked for, and what it sends back. Everything can be pickled."""

from __future__ import annotations

from typing import NamedTuple

from eventlint.bulk.block_check import Found, Lines
from eventlint.output import Summary


class Identity(NamedTuple):
    """What identifies the content of a file, as far as its status shows it."""

    device: int
    inode: int
    size: int
    modified: int

    def is_start_of(self, now: Identity) -> bool:
        """Whether it is the same file, to which something may have been appended."""
        return now[:2] == self[:2] and now.size >= self.size


class FileTask(NamedTuple):
    """Some files, each of which is checked as a whole, in any format."""

    config: str | None
    paths: tuple[str, ...]
    size: int


class RangeTask(NamedTuple):
    """The lines of an NDJSON file that begin at an offset from ``start`` to ``stop``, without the latter."""

    config: str | None
    path: str
    size: int
    identity: Identity
    start: int
    stop: int
    lines: Lines


class ChunkTask(NamedTuple):
    """Some lines of a stream.

    Attributes:
        start: The offset of the first one in the content.
        stop: The offset after the last one.
        length: As in :class:`eventlint.bulk.blocks.Block`.
        is_torn: Whether a part of its only line may be missing.
        position: The number of bytes of the file that were read up to here, before decompression; for the progress.
        identity: The file, if the check of it can be continued.
        slot: Where the data is in the memory for chunks; -1 if it is elsewhere.
    """

    config: str | None
    path: str
    size: int
    start: int
    stop: int
    lines: Lines
    data: bytes | bytearray | memoryview
    length: int = 0
    is_torn: bool = False
    position: int = 0
    identity: Identity | None = None
    slot: int = -1


class Failure(NamedTuple):
    """A file, or a part of it, that cannot be read."""

    path: str
    reason: str


Task = FileTask | RangeTask | ChunkTask | Failure


class Part(NamedTuple):
    """What was found so far, in the order of the lines, and the counts since the last part."""

    found: list[Found]
    counts: Summary


class Diff(NamedTuple):
    """A part of a unified diff."""

    text: str


class End(NamedTuple):
    """The end of a task.

    Attributes:
        lines: The number of lines in it.
        has_envelopes: Whether a line up to its end has an envelope.
        digest: The SHA-256 of its bytes; empty if it is not wanted.
        offset: The offset of its first line.
        until: The offset after its last line.
    """

    lines: int = 0
    has_envelopes: bool = False
    digest: str = ""
    offset: int = 0
    until: int = 0


class Done(NamedTuple):
    """A task is done, and all its results came before.

    Attributes:
        lines: The number of lines of the file so far.
    """

    end: End
    lines: int


LineTask = RangeTask | ChunkTask
Message = Part | Diff | Failure | End
