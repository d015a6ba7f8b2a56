"""The event type that a path indicates: the name of the file, or of a folder."""

from __future__ import annotations

import functools
import os
import re

from eventlint.inputs.file_names import name_of
from eventlint.spec import event_types


def type_of(path: str) -> str | None:
    """The event type that a path indicates; None when it indicates none.

    The file name decides if it begins with an event type; else the innermost folder that is named after one.
    ``search_click/7.json``, ``page_view.valid.json`` and ``search_click-12.ndjson`` indicate a type;
    ``search_terms.json`` does not.
    """
    folder, name = os.path.split(path)
    match = _pattern().match(name_of(name))
    return match[1] if match else _of_folder(folder)


@functools.cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(event_types(), key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, longest_first))})(?![A-Za-z]|_[A-Za-z])")


@functools.lru_cache(maxsize=16)
def _of_folder(folder: str) -> str | None:
    names = folder.replace("\\", "/").split("/")
    return next((name for name in reversed(names) if name in event_types()), None)
