"""Writes generated files to a folder: never over files of somebody else, and never through links out of the folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping

from eventlint.config import is_inside
from eventlint.errors import InputError
from eventlint.output.files import cannot_write, write_atomically


def write_files(folder: str, files: Mapping[str, bytes], *, force: bool, mark: bytes | None = None) -> None:
    """Write files to a folder, each atomically; missing folders are created.

    Nothing is written if one of the files cannot be replaced.

    Args:
        folder: The folder.
        files: The content of each file, by its path with slashes.
        force: Whether to replace files that exist.
        mark: The last line of files that may be replaced without ``force``; None to replace none of them.

    Raises:
        InputError: A file exists, a link leads out of the folder, or a file cannot be written.
    """
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise InputError(f"{folder}: is not a folder")
    paths = {name: os.path.join(folder, *name.split("/")) for name in files}
    for path in paths.values():
        if not is_inside(path, folder):
            raise InputError(f"{path}: a link leads out of the folder; remove it")
        _refuse_existing(path, lambda path: force or (mark is not None and _has_mark(path, mark)))
    for name, content in files.items():
        path = paths[name]
        try:
            os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
        except OSError as error:
            raise InputError(cannot_write(error, path)) from error
        write_atomically(path, content)


def _refuse_existing(path: str, is_replaceable: Callable[[str], bool]) -> None:
    try:
        mode = os.lstat(path).st_mode
    except OSError:  # it does not exist, or writing it will fail with the same error
        return
    if stat.S_ISDIR(mode):
        raise InputError(f"{path}: is a folder")
    if not is_replaceable(path):
        raise InputError(f"{path}: already exists; use --force to replace it")


def _has_mark(path: str, mark: bytes) -> bool:
    """Whether a file ends with a mark."""
    try:
        if not os.path.isfile(path):
            return False
        with open(path, "rb") as file:
            file.seek(-min(os.path.getsize(path), len(mark) + 2), os.SEEK_END)
            return file.read().rstrip().endswith(mark)
    except OSError:
        return False
