"""Which of the files that were found, or that the command line names, are checked."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from eventlint.cli.job_resolver import JobResolver
from eventlint.job_settings import Matcher, excluded, included, matcher

_Identity = tuple[int, int]


class FileFilter:
    """Leaves out files and folders that a pattern excludes, and files of eventlint: outputs, baselines, contracts."""

    def __init__(self, jobs: JobResolver, exclude: Iterable[str], written: Iterable[str]) -> None:
        """Take what the command line excludes, and the files that this run or another one writes."""
        self._jobs = jobs
        self._from_command_line = matcher(exclude, ".")
        self._by_config: dict[str | None, tuple[Matcher, Matcher]] = {}
        self._written = {os.path.realpath(path) for path in written}
        self._names = {os.path.basename(path) for path in self._written}
        streams = map(_identity_of_stream, (sys.stdout, sys.stderr))
        self._identities = set(filter(None, (*streams, *map(_identity_of_linked, self._written))))

    def is_excluded(self, path: str) -> bool:
        """Whether to leave out a file or folder that was found in a folder or by a glob."""
        return self._is_matched(path, 0) or self.is_output(path) or self._jobs.is_of_contract(path)

    def is_excluded_by_name(self, path: str) -> bool:
        """Whether ``--force-exclude`` leaves out a file that the command line names."""
        return self._is_matched(path, 0) or not self._is_matched(path, 1)

    def is_output(self, path: str) -> bool:
        """Whether a file is an output of this run or a baseline."""
        if self._identities and _identity(path) in self._identities:
            return True
        return os.path.basename(path) in self._names and os.path.realpath(path) in self._written

    def _is_matched(self, path: str, which: int) -> bool:
        """Whether a path is excluded (0) or included (1)."""
        config = self._jobs.config(path)
        if config.path not in self._by_config:
            self._by_config[config.path] = (excluded(config), included(config))
        return self._by_config[config.path][which](path) or (which == 0 and self._from_command_line(path))


def _identity(path: str) -> _Identity | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _identity_of_linked(path: str) -> _Identity | None:
    """The device and the inode of a file that has several names."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) and status.st_nlink > 1 else None


def _identity_of_stream(stream: Any) -> _Identity | None:
    """The device and the inode of standard output or error, if it is a regular file."""
    try:
        status = os.fstat(stream.fileno())
    except (AttributeError, OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def without_outputs(paths: Iterable[str], files: FileFilter, note: Callable[[str], None]) -> Iterator[str]:
    """The paths except those of outputs; ``note`` receives each output that was left out."""
    for path in paths:
        if path != "-" and files.is_output(path):
            note(path)
        else:
            yield path
