"""Opens what cannot be replaced: devices, pipes, and the files that standard output and standard error go to."""

from __future__ import annotations

import errno
import os
import stat
import time
from typing import IO

PATIENCE = 5.0
"""The seconds to wait for a reader of a named pipe."""

_STEP = 0.02


def open_special(path: str, status: os.stat_result, *, is_output: bool) -> IO[bytes] | None:
    """Open a file for writing if it cannot be replaced; None for other files.

    Args:
        path: The file.
        status: Its status.
        is_output: Whether it is an output, and so may be the file that standard output goes to.

    Raises:
        OSError: It cannot be opened, for example because it is a folder, or a pipe that nobody reads.
    """
    for number in (
        (1, 2) if is_output else ()
    ):  # what was printed to the file must stay, and its position in the file must be common
        try:
            if os.path.samestat(os.fstat(number), status):
                return open(os.dup(number), "wb")
        except OSError:
            continue
    if stat.S_ISREG(status.st_mode):
        return None
    if stat.S_ISFIFO(status.st_mode):
        return _open_pipe(path)
    return open(path, "wb")


def _open_pipe(path: str) -> IO[bytes]:
    """Open a named pipe, and wait a short time for its reader."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic() > end:
                raise OSError(errno.ENXIO, "nobody reads from this pipe", path) from error
            time.sleep(_STEP)
        else:
            os.set_blocking(descriptor, True)
            return open(descriptor, "wb")
