"""Files become tasks: small files, a file as a whole, the ranges of an NDJSON file, or the chunks of a stream."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from eventlint.bulk.block_check import Lines
from eventlint.bulk.options import BulkOptions
from eventlint.bulk.streams import ArchiveReader, Chunk, Head, chunks_of_stream
from eventlint.bulk.tasks import ChunkTask, Failure, FileTask, Identity, RangeTask, Task
from eventlint.bulk.work import identity_of
from eventlint.errors import InputError
from eventlint.inputs.content import BLANKS
from eventlint.inputs.file_names import COMPRESSED, format_of
from eventlint.inputs.files import begins_ndjson, format_of_head
from eventlint.inputs.json_files import read_line
from eventlint.inputs.opening import open_input, peek
from eventlint.inputs.record import Place
from eventlint.inputs.utf8_view import wide_encoding
from eventlint.job import Job

if TYPE_CHECKING:
    from eventlint.bulk.chunk_memory import ChunkMemory
    from eventlint.bulk.journal import Progress

_FILES_AT_ONCE = 16
_BYTES_AT_ONCE = 256 << 10
_SMALL_ARCHIVE = 64 << 10
_RATIO = 8
"""How much larger the content of an archive is supposed to be."""

_FIRST_RANGE = 128 << 10
"""The size of the first range of a file, in bytes."""

_SLOTS = 4
"""The size of the memory for chunks, in blocks."""

_LOOKED_AT = 10
"""In how many lines envelopes are looked for."""

_NOT_NDJSON = "it is not NDJSON in UTF-8; only its lines can be written to other files"


class Step(NamedTuple):
    """A task, and its job."""

    job: Job | None
    task: Task


class Start(NamedTuple):
    """The lines of a file come next.

    Attributes:
        size: The size of the content in bytes, as far as it is known.
        source: What reads an archive in a thread, which starts after this step.
    """

    size: int
    source: ArchiveReader | None = None


class Local(NamedTuple):
    """A stream that is not NDJSON, which the main process checks as a whole."""

    job: Job
    path: str
    stdin: Callable[[], BinaryIO]


class Wait(NamedTuple):
    """There is no task yet; the file descriptor becomes ready when there is one."""

    descriptor: int


class Planner:
    """Divides files into tasks."""

    def __init__(
        self,
        options: BulkOptions,
        stdin: Callable[[], BinaryIO],
        progress_of: Callable[[str], Progress | None] = lambda path: None,
    ) -> None:
        """Take how files are divided.

        Args:
            options: How files are divided.
            stdin: Returns standard input.
            progress_of: Returns how far the check of a file is; None if it begins.
        """
        self._options = options
        self._stdin = stdin
        self._progress_of = progress_of
        self._files: list[str] = []
        self._size = 0
        self._job: Job | None = None
        self._memory: ChunkMemory | None = None

    @property
    def memory(self) -> ChunkMemory:
        """The memory for chunks."""
        if self._memory is None:
            from eventlint.bulk.chunk_memory import ChunkMemory

            # A process has one task, and one of its tasks may wait for its turn; one more chunk is read meanwhile.
            processes = self._options.most_processes
            count = 3 if processes == 1 else 2 * processes + 1
            size = self._options.block_size
            self._memory = ChunkMemory(max(min(size, _SLOTS * size // count), 1), count)
        return self._memory

    def steps(self, files: Iterator[tuple[Job, str]]) -> Generator[Step | Start | Local | Wait]:
        """The steps for some files, each with its job."""
        for job, path in files:
            status = None if path == "-" else _status(path)
            if path != "-" and (status is None or self._is_whole(job, path, status)):
                yield from self._add(job, path, status.st_size if status else 0)
                continue
            yield from self._flush()
            try:
                yield from self._lines(job, path, status)
            except (OSError, InputError) as error:
                yield Step(None, Failure(path, _reason(error)))
        yield from self._flush()

    def _is_whole(self, job: Job, path: str, status: os.stat_result) -> bool:
        """Whether a file is checked as a whole, in any format."""
        options = self._options
        if job.fixes is not None or stat.S_ISDIR(status.st_mode):
            return True
        if options.is_by_line:
            return False
        if not stat.S_ISREG(status.st_mode):
            return path.endswith(COMPRESSED)
        return status.st_size <= (min(_SMALL_ARCHIVE, options.small) if path.endswith(COMPRESSED) else options.small)

    def _add(self, job: Job, path: str, size: int) -> Iterator[Step]:
        if self._job is not job or len(self._files) >= _FILES_AT_ONCE or self._size + size > _BYTES_AT_ONCE:
            yield from self._flush()
        self._job = job
        self._files.append(path)
        self._size += size

    def _flush(self) -> Iterator[Step]:
        if self._files and self._job is not None:
            yield Step(self._job, FileTask(self._job.config, tuple(self._files), self._size))
        self._files, self._size = [], 0

    def _lines(self, job: Job, path: str, status: os.stat_result | None) -> Iterator[Step | Start | Local | Wait]:
        if status is None or not (stat.S_ISREG(status.st_mode) or path.endswith(COMPRESSED)):
            return self._of_stream(job, path)
        if path.endswith(COMPRESSED):
            return self._of_archive(job, path)
        return self._of_file(job, path)

    def _of_file(self, job: Job, path: str) -> Iterator[Step | Start]:
        """The ranges of a file, if it is NDJSON."""
        with open(path, "rb", buffering=0) as raw:
            identity = identity_of(os.fstat(raw.fileno()))
            progress = self._continued(path, identity)
            if progress is not None and progress.is_done:
                return
            hint = format_of(path)
            head, is_whole, _ = peek(io.BufferedReader(raw), begins_ndjson(job.form, hint), job.max_event_size)
        lines = self._lines_of(job, head, hint, is_whole=is_whole)
        if lines is None:
            yield Step(*self._other(job, path, identity.size))
            return
        yield Start(identity.size)
        shown, envelope_at = lines
        first = 0 if progress is None else progress.next
        for start, stop in _ranges(first, identity.size, self._options.range_size):
            known = progress is not None and progress.has_envelopes
            here = shown._replace(has_envelopes=known or (envelope_at is not None and envelope_at < start))
            yield Step(job, RangeTask(job.config, path, identity.size, identity, start, stop, here))

    def _other(self, job: Job, path: str, size: int) -> tuple[Job | None, Task]:
        """The task for a file that is not NDJSON."""
        if self._options.splits:
            return None, Failure(path, _NOT_NDJSON)
        return job, FileTask(job.config, (path,), size)

    def _continued(self, path: str, identity: Identity) -> Progress | None:
        """How far the check of a file is; None if it begins.

        Raises:
            InputError: The file has changed meanwhile.
        """
        progress = self._progress_of(path)
        if progress is not None and progress.identity[2:] != identity[2:]:
            raise InputError("it has changed since the run began that --resume continues")
        return progress

    def _of_stream(self, job: Job, path: str) -> Iterator[Step | Start | Local | Wait]:
        """The chunks of standard input or a pipe, as they come."""
        opened = open_input(path, self._stdin)
        hint = format_of(job.stdin_name or "" if path == "-" else path)
        head, is_whole, stream = peek(opened.stream, begins_ndjson(job.form, hint), job.max_event_size)
        lines = self._lines_of(job, head, hint, is_whole=is_whole)
        if lines is None:
            if self._options.splits:
                raise InputError(_NOT_NDJSON)
            yield Local(job, path, lambda: stream)
            return
        descriptor = None if is_whole or path != "-" else _pollable(self._stdin)

        def read_into(view: memoryview) -> int | None:
            if is_whole:
                return 0
            if descriptor is not None and not _is_ready(descriptor):
                return None
            data = opened.stream.read1(len(view))
            view[: len(data)] = data
            return len(data)

        chunks = chunks_of_stream(Head(head, read_into).readinto, job.max_event_size, self.memory)
        with opened.stream if path != "-" else io.BytesIO():
            for step in self._chunks(job, path, chunks, lines):
                yield Wait(descriptor) if step is None and descriptor is not None else step  # type: ignore[misc]

    def _of_archive(self, job: Job, path: str) -> Iterator[Step | Start]:
        """The chunks of an archive."""
        from eventlint.bulk.archives import Archive

        raw: Any = open(path, "rb", buffering=0)  # noqa: SIM115 - the archive closes it
        identity = identity_of(os.fstat(raw.fileno()))
        is_regular = stat.S_ISREG(os.fstat(raw.fileno()).st_mode)
        archive = Archive(raw, path, *([identity.size] if is_regular else []))
        try:
            progress = self._continued(path, identity) if is_regular else None
            if progress is not None and progress.is_done:
                return
            hint = format_of(path)
            stream: Any = io.BufferedReader(Head(b"", archive.read_into), _SMALL_ARCHIVE)
            head, is_whole, _ = peek(stream, begins_ndjson(job.form, hint), job.max_event_size)
            lines = self._lines_of(job, head, hint, is_whole=is_whole and archive.damage is None)
            if lines is None:
                yield Step(*self._other(job, path, identity.size))
                return
            reader = ArchiveReader(archive, head, job.max_event_size, self.memory)
            yield Start(identity.size * _RATIO, reader)
            with reader as chunks:
                yield from self._chunks(  # type: ignore[misc]
                    job, path, iter(chunks), lines, identity, progress
                )
        finally:
            archive.close()

    def _chunks(
        self,
        job: Job,
        path: str,
        chunks: Iterator[Any],
        lines: tuple[Lines, int | None],
        identity: Identity | None = None,
        progress: Progress | None = None,
    ) -> Iterator[Step | None]:
        """The tasks for chunks; None where a stream has to be waited for."""
        shown, envelope_at = lines
        size = 0 if identity is None else identity.size
        first = 0 if progress is None else progress.next
        is_empty = True
        for chunk in chunks:
            if chunk is None:
                yield None
                continue
            if not isinstance(chunk, Chunk):
                yield Step(None, Failure(path, str(chunk)))
                continue
            is_empty = False
            block = chunk.block
            until = block.offset + (block.length or len(block.data))
            if until <= first:
                self.memory.free(chunk.slot)
                continue
            known = progress is not None and progress.has_envelopes
            here = shown._replace(has_envelopes=known or (envelope_at is not None and envelope_at < block.offset))
            yield Step(
                job,
                ChunkTask(
                    *(job.config, path, size, block.offset, until, here, block.data),
                    length=block.length,
                    is_torn=chunk.is_torn,
                    position=chunk.position,
                    identity=identity,
                    slot=chunk.slot,
                ),
            )
        if is_empty:
            yield Step(job, ChunkTask(job.config, path, size, 0, 0, shown, b""))

    def _lines_of(self, job: Job, head: bytes, hint: str | None, *, is_whole: bool) -> tuple[Lines, int | None] | None:
        """What the first lines of a file show, and the offset of the first envelope; None if it is not NDJSON."""
        if wide_encoding(head) is not None:
            return None
        form = job.form or format_of_head(head, is_whole=is_whole, hint=hint, most=job.max_event_size)
        is_line = self._options.splits and form == "json" and is_whole and b"\n" not in head.strip()
        if form != "ndjson" and not is_line:
            return None
        envelope_at = envelope_in(job, head)
        lines = Lines(is_declared=hint is not None, has_envelopes=False, are_envelopes=envelope_at is not None)
        return lines, envelope_at


def _ranges(first: int, size: int, longest: int) -> Iterator[tuple[int, int]]:
    """The beginnings and ends of ranges that grow, so that this process soon has the choice to start others."""
    start, length = first, min(_FIRST_RANGE, longest)
    while True:
        stop = min(start + length, size)
        yield start, stop
        if stop >= size:
            return
        start, length = stop, min(2 * length, longest)


def envelope_in(job: Job, head: bytes) -> int | None:
    """The offset of the first envelope in some lines at the beginning of a file; None if there is none."""
    offset = 0
    for line in head.split(b"\n")[:_LOOKED_AT]:
        if line.strip(BLANKS) and len(line) <= job.max_event_size:
            for record in read_line(line.rstrip(b"\r"), Place(), job.envelope, True, False):
                if record.event_type is not None:
                    return offset
        offset += len(line) + 1
    return None


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def _pollable(stdin: Callable[[], BinaryIO]) -> int | None:
    """The file descriptor of standard input if one can wait for it; else None."""
    import select

    try:
        descriptor = stdin().fileno()
        is_regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
    except (OSError, ValueError, AttributeError):
        return None
    return descriptor if hasattr(select, "poll") and not is_regular else None


def _is_ready(descriptor: int) -> bool:
    import select

    poll = select.poll()
    poll.register(descriptor, select.POLLIN | select.POLLHUP | select.POLLERR)
    return bool(poll.poll(0))


def wait_for(descriptor: int) -> None:
    """Wait until something can be read."""
    import select

    poll = select.poll()
    poll.register(descriptor, select.POLLIN | select.POLLHUP | select.POLLERR)
    poll.poll()


def _reason(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return strerror.lower() if strerror else str(error)
