"""Atomic writes: a file is replaced only when its new content is complete."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import IO

from eventlint.errors import InputError


class AtomicFile:
    """A file that is written under a temporary name in the same folder and takes its final name at the end.

    An existing file keeps its mode, a symbolic link stays a link to the replaced file, and a new file gets the mode
    that the umask allows. A device or a pipe cannot be replaced, so it is written directly.
    """

    def __init__(self, path: str) -> None:
        """Create the temporary file."""
        self._target = os.path.realpath(path)
        self._temporary: str | None = None
        try:
            mode = os.stat(self._target).st_mode
        except FileNotFoundError:
            mode = None
        if mode is not None and not stat.S_ISREG(mode):
            self._file: IO[bytes] = open(self._target, "wb")  # noqa: SIM115 - commit or discard closes it
            return
        name = os.path.join(os.path.dirname(self._target), f".eventlint-{os.urandom(8).hex()}")
        permissions = 0o666 if mode is None else stat.S_IMODE(mode)
        self._file = open(name, "xb", opener=lambda name, flags: os.open(name, flags, permissions))  # noqa: SIM115
        self._temporary = name
        if mode is not None:
            os.chmod(name, permissions)

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._file.write(data)

    def commit(self) -> None:
        """Give the file its final name."""
        self._file.close()
        if self._temporary is not None:
            os.replace(self._temporary, self._target)
            self._temporary = None

    def discard(self) -> None:
        """Remove the temporary file; without effect after a commit."""
        with suppress(OSError):
            self._file.close()
        if self._temporary is not None:
            with suppress(OSError):
                os.unlink(self._temporary)
            self._temporary = None

    def __enter__(self) -> AtomicFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()


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
