"""Writes the lines of NDJSON files to other files: those that pass, those that are rejected, and the reasons."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO, Protocol

from eventlint.bulk.blocks import blocks
from eventlint.bulk.options import Line, Result
from eventlint.bulk.sampling import Sample
from eventlint.bulk.tasks import ChunkTask, LineTask, RangeTask
from eventlint.errors import InputError
from eventlint.inputs.content import BLANKS
from eventlint.output import Rendered

_PIECE = 256 << 10


class Sink(Protocol):
    """A file that is written."""

    def write(self, data: bytes) -> None:
        """Append bytes."""


class LineSplitter:
    """Divides lines. Everything is written as it comes, so that nothing is kept in memory."""

    def __init__(
        self,
        sinks: Mapping[str, Sink],
        fail_on: frozenset[str],
        sample: Sample | None,
        cursor_of: Callable[[str], int] = lambda path: 0,
    ) -> None:
        """Take where to write.

        Args:
            sinks: The files, by the names of :class:`eventlint.bulk.options.LineFiles`.
            fail_on: The tiers whose findings reject a line.
            sample: The lines that are checked; the others are not written.
            cursor_of: Returns the offset from which the lines of a file have not been written yet.
        """
        self._sinks = sinks
        self._fail_on = fail_on
        self._sample = sample
        self._cursor_of = cursor_of
        self._path: str | None = None
        self._source: BinaryIO | None = None
        self._chunk: ChunkTask | None = None
        self._base = self._cursor = self._key = 0
        self._reasons: tuple[Line, list[Rendered], list[str]] | None = None

    def add(self, result: Result, findings: Sequence[Rendered], name: str) -> None:
        """Write what is known after a result.

        Args:
            result: The result.
            findings: Its findings, without those that are not reported.
            name: The name of the file in the reasons.
        """
        task, line = result.task, result.line
        if not isinstance(task, LineTask):
            return
        self._open(task, name)
        if line is not None:
            reasons = [one for one in findings if one.finding.tier in self._fail_on]
            if reasons or line.unchecked is not None:
                self._reject(line, reasons, name)
        if result.done is not None:
            self._write_reasons(name)
            self._copy_clean(result.done.end.until)

    def _open(self, task: LineTask, name: str) -> None:
        """Open the source of a task."""
        if task.path != self._path:
            self.close()
            self._path, self._cursor = task.path, self._cursor_of(task.path)
            self._key = 0 if self._sample is None else self._sample.key(name)
            if isinstance(task, RangeTask):
                self._source, self._base = open(task.path, "rb", buffering=0), 0  # noqa: SIM115
        if isinstance(task, ChunkTask) and self._chunk is not task:
            self._source, self._base, self._chunk = io.BytesIO(task.data), task.start, task

    def _reject(self, line: Line, reasons: list[Rendered], name: str) -> None:
        if self._reasons is None or self._reasons[0].offset != line.offset:
            self._write_reasons(name)
            self._reasons = (line, [], [])
            self._copy_clean(line.offset)
            self._copy("rejected", line.offset + line.length)
        self._reasons[1].extend(reasons)
        if line.unchecked is not None:
            self._reasons[2].append(line.unchecked)

    def _write_reasons(self, name: str) -> None:
        if self._reasons is None:
            return
        line, findings, unchecked = self._reasons
        self._reasons = None
        if "reasons" in self._sinks:
            reason = {"unchecked": unchecked[0]} if unchecked else {}
            document = {
                "path": name,
                "line": line.number,
                "rules": [one.finding.rule for one in findings],
                "pointers": [one.finding.pointer for one in findings],
                **reason,
            }
            self._sinks["reasons"].write(json.dumps(document).encode() + b"\n")

    def _copy(self, name: str, until: int) -> None:
        """Write one line, which may be too large to read at once."""
        last = b""
        for piece in self._pieces(until):
            if name in self._sinks:
                self._sinks[name].write(piece)
            last = piece
        if last.endswith(b"\n"):
            return
        if name in self._sinks:
            self._sinks[name].write(b"\n")
        if self._source is not None and self._source.read(1) == b"\n":
            self._cursor += 1

    def _copy_clean(self, until: int) -> None:
        """Write the lines up to an offset."""
        if "clean" not in self._sinks:
            self._cursor = max(self._cursor, until)
            return
        offset = self._cursor
        if isinstance(self._source, io.BytesIO):
            data: Iterator[bytes] = iter([b"".join(self._pieces(until))])
        else:
            data = self._blocks(until)
        for block in data:
            if block:
                self._sinks["clean"].write(self._chosen(block, offset))
            offset += len(block)

    def _blocks(self, until: int) -> Iterator[bytes]:
        pieces = self._pieces(until)
        rest = b""

        def read_into(view: memoryview) -> int:
            nonlocal rest
            rest = rest or next(pieces, b"")
            count = min(len(view), len(rest))
            view[:count] = rest[:count]
            rest = rest[count:]
            return count

        for block in blocks(read_into, sys.maxsize, size=_PIECE):
            if block is not None:
                yield bytes(block.data)

    def _chosen(self, data: bytes, offset: int) -> bytes:
        """The lines that are written, each with a newline; blank lines are left out."""
        end = b"" if data.endswith(b"\n") else b"\n"
        has_blank = data[:1] in (b"\n", b"\r", b" ", b"\t") or b"\n\n" in data or b"\n\r" in data or b"\n " in data
        if self._sample is None and not has_blank and b"\n\t" not in data and b"\xef\xbb\xbf" not in data:
            return data + end
        found: list[bytes] = []
        for line in _lines(data + end):
            if line.strip(BLANKS) and (self._sample is None or self._sample.has(self._key, offset)):
                found.append(line)
            offset += len(line)
        return b"".join(found)

    def _pieces(self, until: int) -> Iterator[bytes]:
        """The bytes from the cursor to an offset."""
        assert self._source is not None  # noqa: S101 - it was opened
        self._source.seek(self._cursor - self._base)
        while self._cursor < until:
            piece = self._source.read(min(_PIECE, until - self._cursor))
            if not piece:
                raise InputError(f"{self._path}: the file became shorter while it was read")
            self._cursor += len(piece)
            yield piece

    def close(self) -> None:
        """Close the source."""
        if self._source is not None:
            self._source.close()
        self._source = None


def _lines(data: bytes) -> Iterator[bytes]:
    """The lines of some bytes, each with its newline."""
    for line in data.split(b"\n")[:-1]:
        yield line + b"\n"
