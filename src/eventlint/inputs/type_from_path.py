"""What a file's name and its folders tell about the type of its events; it must not know what is in the file."""

from __future__ import annotations

import functools
import os
import re

from eventlint.inputs.files import name_of
from eventlint.spec import event_types


def type_of(path: str) -> str | None:
    """The event type that a path tells of: its file's name begins with it, or a folder is named so.

    ``search_click/7.json``, ``page_view.valid.json`` and ``search_click-12.ndjson`` tell it; ``search_terms.json`` does
    not.

    Args:
        path: The file.
    """
    folder, name = os.path.split(path)
    return _of_name(name_of(name)) or _of_folder(folder)


@functools.cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(event_types(), key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, longest_first))})(?![A-Za-z]|_[A-Za-z])")


def _of_name(name: str) -> str | None:
    match = _pattern().match(name)
    return match[1] if match else None


@functools.lru_cache(maxsize=16)
def _of_folder(folder: str) -> str | None:
    names = folder.replace("\\", "/").split("/")
    return next((name for name in reversed(names) if name in event_types()), None)
