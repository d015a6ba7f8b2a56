"""Atomic writes: a file is replaced only when its new content is complete, and keeps what else belongs to it."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import IO

from eventlint.errors import InputError
from eventlint.output.replacing import copy_attributes, exchange, is_unchanged, overwrite, reserve, uninterrupted
from eventlint.output.special_files import open_special

_PREFIX = ".eventlint-"
"""How the name of a temporary file begins. It has no suffix, so that a file that is left behind is never read."""

_pending: set[str] = set()
"""The temporary files of this process."""


class FileChangedError(OSError):
    """A file changed while its new content was made."""

    def __init__(self) -> None:
        super().__init__(errno.EBUSY, "it changed meanwhile; run the command again")


class AtomicFile:
    """A file that is written under a temporary name in the same folder and takes its final name at the end.

    An existing file keeps its owner, mode, extended attributes and hard links, a symbolic link stays a link to the
    replaced file, and a new file gets the mode that the umask allows. A device or a pipe cannot be replaced, so it is
    written directly, and so is the file that standard output or standard error already goes to.
    """

    def __init__(self, path: str, expected: os.stat_result | None = None) -> None:
        """Create the temporary file.

        Args:
            path: The file.
            expected: The status of the file that may be replaced, and no other; None to replace any.

        Raises:
            OSError: The file cannot be written.
        """
        self._temporary: str | None = None
        self._expected = expected
        self._before = _status(path)
        special = None if self._before is None else open_special(path, self._before, is_output=expected is None)
        if special is not None:
            self._file: IO[bytes] = special
            return
        self._target = os.path.realpath(path)
        if self._before is not None and not os.access(self._target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        permissions = 0o666 if self._before is None else 0o600
        self._temporary = os.path.join(os.path.dirname(self._target), _PREFIX + os.urandom(8).hex())
        _pending.add(self._temporary)
        try:
            descriptor = os.open(self._temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, permissions)
            self._file = open(descriptor, "wb")  # noqa: SIM115 - commit or discard closes it
        except BaseException:
            _remove(self._temporary)
            raise

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._file.write(data)

    def commit(self) -> None:
        """Give the file its final name.

        Raises:
            FileChangedError: It is not the expected file; it stays as it is.
            OSError: It cannot be written; the old file stays as it is, unless the message names another that has its
                new content.
        """
        if self._temporary is None:
            self._file.close()
            return
        if self._before is not None:  # its old content is lost, so the new one must be on the disk
            self._file.flush()
            os.fsync(self._file.fileno())
        self._file.close()
        if self._before is None:
            os.replace(self._temporary, self._target)
        else:
            self._replace(self._temporary)
        _pending.discard(self._temporary)
        self._temporary = None

    def _replace(self, temporary: str) -> None:
        """Replace an existing file, or write to it if its attributes cannot be kept otherwise."""
        try:
            now = os.stat(self._target)
        except FileNotFoundError:
            if self._expected is not None:
                raise FileChangedError from None
            os.replace(temporary, self._target)
            return
        self._refuse_changed(now)
        if now.st_nlink > 1 or not copy_attributes(self._target, now, temporary):
            self._overwrite(temporary)
            return
        with uninterrupted():
            if self._expected is not None and exchange(temporary, self._target):
                if not is_unchanged(self._expected, os.stat(temporary)):
                    exchange(temporary, self._target)
                    raise FileChangedError
                _remove(temporary)
                return
            try:
                os.replace(temporary, self._target)
            except OSError as error:
                if error.errno != errno.EBUSY:
                    raise
            else:
                return
        self._overwrite(temporary)  # it is mounted, as a single file of a container is

    def _overwrite(self, temporary: str) -> None:
        """Write the new content into the existing file."""
        with uninterrupted(), open(self._target, "r+b", buffering=0) as target:
            self._refuse_changed(os.fstat(target.fileno()))
            reserve(target, os.path.getsize(temporary))
            try:
                overwrite(temporary, target)
            except OSError as error:
                _pending.discard(temporary)
                self._temporary = None
                reason = f"{error.strerror or error}; its new content is in {os.path.relpath(temporary)}"
                raise OSError(error.errno, reason) from error
        _remove(temporary)

    def _refuse_changed(self, now: os.stat_result) -> None:
        if self._expected is not None and not is_unchanged(self._expected, now):
            raise FileChangedError

    def discard(self) -> None:
        """Remove the temporary file; without effect after a commit."""
        with suppress(OSError):
            self._file.close()
        if self._temporary is not None:
            _remove(self._temporary)
            self._temporary = None

    def __enter__(self) -> AtomicFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()


_BINARY: int = getattr(os, "O_BINARY", 0)


def _status(path: str) -> os.stat_result | None:
    """The status of a file; None if there is none."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _remove(temporary: str) -> None:
    with suppress(OSError):
        os.unlink(temporary)
    _pending.discard(temporary)


def remove_temporary_files() -> None:
    """Remove the temporary files that this process has left behind because a signal ended it."""
    for path in list(_pending):
        _remove(path)


def forget_temporary_files() -> None:
    """Leave the temporary files to the process that created them; for a process that was forked from it."""
    _pending.clear()


def write_atomically(path: str, data: bytes) -> None:
    """Write a file so that nobody ever reads half of it.

    Raises:
        InputError: The file cannot be written; the old content is untouched.
    """
    try:
        with AtomicFile(path) as file:
            file.write(data)
            file.commit()
    except OSError as error:
        raise InputError(cannot_write(error, path)) from error


def cannot_write(error: OSError, path: str = "") -> str:
    """The message for a file that cannot be written; without a path when the caller adds it."""
    return f"{path}: cannot be written: {error.strerror or error}".removeprefix(": ")
