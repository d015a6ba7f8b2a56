"""The file that a request takes its body from (``< file``)."""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

from eventlint.config import repository_root

MOST = 64 << 20
"""The largest file that is read, in bytes; the server refuses larger bodies long before."""


class BodyFile(NamedTuple):
    """The content of a file, or why it was not read.

    Attributes:
        path: The path of the file, relative to the working folder if the request file's path is.
        problem: Why the file was not read; None when it was.
    """

    path: str
    content: bytes = b""
    problem: str | None = None


def read_body_file(reference: str, request_file: str | None) -> BodyFile:
    """Read the file that a request file refers to.

    Args:
        reference: The path as it is written, relative to the request file.
        request_file: The path of the request file; None for standard input, which is in the working folder.
    """
    folder = os.path.dirname(request_file or "")
    path = os.path.normpath(os.path.join(folder, reference.replace("\\", "/")))
    try:
        real = os.path.realpath(path)
        root = _root(os.path.realpath(folder or "."))
        if os.path.commonpath([root, real]) != root:
            return BodyFile(path, problem="is outside of the repository")
        mode = os.stat(real).st_mode
        if not stat.S_ISREG(mode):
            return BodyFile(path, problem="is not a regular file")
        with open(real, "rb") as file:
            content = file.read(MOST + 1)
    except FileNotFoundError:
        return BodyFile(path, problem="does not exist")
    except (OSError, ValueError) as error:
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "invalid path"
        return BodyFile(path, problem=f"cannot be read: {reason}")
    return BodyFile(path, problem="is too large") if len(content) > MOST else BodyFile(path, content)


def _root(folder: str) -> str:
    """The folder that files must be in: the repository, else the working folder, else the request file's folder."""
    root = repository_root(folder)
    if root is not None:
        return root
    working = os.path.realpath(".")
    return working if os.path.commonpath([working, folder]) == working else folder
