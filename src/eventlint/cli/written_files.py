"""Conflicts between the files that a run writes, and between these and the files that it reads."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Hashable, Iterable

from eventlint.errors import UsageError
from eventlint.escaping import printable


def refuse_shared(written: Iterable[tuple[str, str]]) -> None:
    """Refuse two outputs in one file.

    Args:
        written: The outputs: the option or the setting of each, and its path.

    Raises:
        UsageError: Two paths are of the same file, also through links.
    """
    options: dict[Hashable, str] = {}
    for option, path in written:
        identity = _identity(path)
        if identity in options:
            raise UsageError(f"{options[identity]} and {option} write to the same file: {printable(path)}")
        if identity is not None:
            options[identity] = option


def refuse_inputs(written: Iterable[tuple[str, str]], paths: Iterable[str], always: Collection[str]) -> None:
    """Refuse to replace an input by an output, which would lose the events in it.

    An output may be among several inputs, because a pattern of the shell also matches the report of an earlier run. It
    is not read then.

    Args:
        written: The outputs: the option or the setting of each, and its path.
        paths: The files and folders to check.
        always: The options whose output must not be among the inputs at all.

    Raises:
        UsageError: An output is an input.
    """
    options = {_identity(path): option for option, path in written}
    options.pop(None, None)
    inputs = {path: _identity(path) for path in paths if options and path != "-"}
    is_nothing_left = all(identity in options for identity in inputs.values())
    for path, identity in inputs.items():
        option = options.get(identity)
        if option is not None and (is_nothing_left or option in always):
            raise UsageError(f"{printable(path)}: {option} would replace an input; write to another file")


def _identity(path: str) -> Hashable | None:
    """What the paths of one file have in common, also through links; None for a device, which can be shared."""
    try:
        status = os.stat(path)
    except OSError:
        return os.path.realpath(path)
    return None if stat.S_ISCHR(status.st_mode) else (status.st_dev, status.st_ino)
