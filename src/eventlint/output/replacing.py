"""The steps of replacing a file: comparing and copying its attributes, exchanging two files, writing into a file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

_PIECE = 1 << 20
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def is_unchanged(before: os.stat_result, now: os.stat_result) -> bool:
    """Whether two statuses are of the same file with the same content, as far as a status shows it."""
    names = ("st_dev", "st_ino", "st_size", "st_mtime_ns")
    return all(getattr(before, name) == getattr(now, name) for name in names)


def copy_attributes(source: str, status: os.stat_result, target: str) -> bool:
    """Give a file the owner, mode and extended attributes of another one; returns whether all could be copied."""
    try:
        made = os.stat(target)
        if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
            os.chown(target, status.st_uid, status.st_gid)
        _copy_extended_attributes(source, target)
        os.chmod(target, stat.S_IMODE(status.st_mode))  # at the end, because a new owner resets some bits
    except OSError:
        return False
    return True


def _copy_extended_attributes(source: str, target: str) -> None:
    if not hasattr(os, "listxattr"):
        return
    wanted, existing = _extended_attributes(source), _extended_attributes(target)
    for name in existing.keys() - wanted.keys():
        os.removexattr(target, name)
    for name, value in wanted.items():
        if existing.get(name) != value:
            os.setxattr(target, name, value)


def _extended_attributes(path: str) -> dict[str, bytes]:
    try:
        return {name: os.getxattr(path, name) for name in os.listxattr(path)}
    except OSError as error:
        if error.errno == errno.ENOTSUP:
            return {}
        raise


def exchange(one: str, other: str) -> bool:
    """Exchange two files in one step; returns False, without effect, where that is not possible.

    In contrast to ``os.replace``, nothing is lost if the other file is not the expected one. The function is
    ``renameat2`` of Linux: https://man7.org/linux/man-pages/man2/rename.2.html
    """
    try:
        import ctypes

        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (ImportError, OSError, TypeError, AttributeError):
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0


def reserve(target: IO[bytes], size: int) -> None:
    """Make sure that a file can grow to a size in bytes, as far as the system can promise that.

    Raises:
        OSError: The disk is full, for example. The file is unchanged.
    """
    before = os.fstat(target.fileno()).st_size
    if size <= before or not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(target.fileno(), before, size - before)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            os.ftruncate(target.fileno(), before)
            raise


def overwrite(source: str, target: IO[bytes]) -> None:
    """Write the content of one file into another one, which keeps everything else."""
    with open(source, "rb") as content:
        while piece := content.read(_PIECE):
            while piece:
                piece = piece[target.write(piece) :]
        target.truncate()
        os.fsync(target.fileno())


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back the signals that end a run, for steps that must be done together."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
