"""The files that lines are written to: replaced when the run is complete, or grown by a run that can be continued."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import BinaryIO, Protocol

from eventlint.bulk.journal import Journal, refuse_special
from eventlint.bulk.options import BulkOptions, LineFiles, Result
from eventlint.bulk.split import LineSplitter
from eventlint.errors import InputError
from eventlint.output import Rendered, Summary
from eventlint.output.files import AtomicFile, cannot_write


class _File(Protocol):
    def write(self, data: bytes) -> None: ...
    def commit(self) -> None: ...
    def discard(self) -> None: ...


class GrowingFile:
    """A file that keeps what was written when the run stops."""

    def __init__(self, path: str, size: int) -> None:
        """Open the file, and remove what is in it after a number of bytes."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        self._file: BinaryIO = open(descriptor, "wb")  # noqa: SIM115 - commit or discard closes it
        os.ftruncate(descriptor, size)
        self._file.seek(size)
        self._kept = size

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._file.write(data)

    def keep(self) -> int:
        """Keep what was written so far, and return the size of the file."""
        self._file.flush()
        self._kept = self._file.tell()
        return self._kept

    def commit(self) -> None:
        """Close the file."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Remove what is not to be kept; without effect after a commit."""
        if self._file.closed:
            return
        descriptor = os.dup(self._file.fileno())
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            os.ftruncate(descriptor, self._kept)
        os.close(descriptor)


class _Sink:
    """Writes to a file, and names it in errors."""

    def __init__(self, file: _File, path: str) -> None:
        self._file = file
        self._path = path

    def write(self, data: bytes) -> None:
        """Append bytes.

        Raises:
            InputError: The file cannot be written.
        """
        try:
            self._file.write(data)
        except OSError as error:
            raise InputError(cannot_write(error, self._path)) from error


class LineOutput:
    """Writes lines, and notes the state of the run.

    Attributes:
        journal: The state; None for a run that cannot be continued.
    """

    def __init__(self, files: LineFiles, fail_on: frozenset[str], options: BulkOptions, run: str) -> None:
        """Open the files.

        Args:
            files: The files.
            fail_on: The tiers whose findings reject a line.
            options: How files are divided.
            run: What identifies the run if it is continued.

        Raises:
            InputError: A file cannot be written, or the state cannot be used.
        """
        paths = {name: path for name, path in files.of_lines().items() if path is not None}
        for path in paths.values() if files.state is not None else ():
            refuse_special(path)
        sizes = {name: _size(path) for name, path in paths.items()}
        self.journal = None if files.state is None else Journal(files.state, run, sizes)
        self._growing: dict[str, GrowingFile] = {}
        self._files: dict[str, _File] = {}
        self._paths = paths
        try:
            for name, path in paths.items():
                self._open(name, path)
        except BaseException:
            self.discard()
            if self.journal is not None:
                self.journal.remove_new()
            raise
        self._splitter = LineSplitter(
            {name: _Sink(file, paths[name]) for name, file in self._files.items()},
            *(fail_on, options.sample),
            cursor_of=lambda path: 0 if self.journal is None else self.journal.written(path),
        )

    def _open(self, name: str, path: str) -> None:
        try:
            if self.journal is None:
                self._files[name] = AtomicFile(path)
            else:
                self._files[name] = self._growing[name] = GrowingFile(path, self.journal.sizes[name])
        except OSError as error:
            raise InputError(cannot_write(error, path)) from error

    def add(self, result: Result, findings: list[Rendered], name: str, summary: Summary) -> None:
        """Write what is known after a result.

        Args:
            result: The result.
            findings: Its findings, without those that are not reported.
            name: The name of the file.
            summary: The counts of the run so far.
        """
        try:
            self._splitter.add(result, findings, name)
            if self.journal is not None and result.done is not None and result.task is not None:
                self.journal.write(result.task, result.done, summary, self._kept())
        except OSError as error:  # the lines are read again
            raise InputError(f"{name}: {error.strerror or error}") from error

    def _kept(self) -> dict[str, int]:
        kept: dict[str, int] = {}
        for name, file in self._growing.items():
            try:
                kept[name] = file.keep()
            except OSError as error:
                raise InputError(cannot_write(error, self._paths[name])) from error
        return kept

    def commit(self, summary: Summary) -> None:
        """Complete the files."""
        self._splitter.close()
        kept = self._kept()
        for name, file in self._files.items():
            try:
                file.commit()
            except OSError as error:
                raise InputError(cannot_write(error, self._paths[name])) from error
        if self.journal is not None:
            self.journal.complete(summary, kept)

    def discard(self) -> None:
        """Remove what was not completed, except what a continued run needs; without effect after a commit."""
        for file in self._files.values():
            file.discard()
        if self.journal is not None:
            self.journal.close()


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0
