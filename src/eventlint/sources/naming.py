"""What a file's name and its folders tell about the type of its events; it must not know what is in the file."""

from __future__ import annotations

import os
import re

from eventlint.contract import event_types
from eventlint.sources.files import name_of


def type_of(path: str) -> str | None:
    """The event type that a path tells of: its file's name begins with it, or a folder is named so.

    ``search_click/7.json``, ``page_view.valid.json`` and ``search_click-12.ndjson`` tell it; ``search_terms.json`` does
    not.

    Args:
        path: The file.
    """
    longest_first = sorted(event_types(), key=len, reverse=True)
    name = name_of(path)
    for known in longest_first:
        if re.match(re.escape(known) + r"(?![A-Za-z]|_[A-Za-z])", name):
            return known
    folders = os.path.dirname(path).replace("\\", "/").split("/")
    return next((folder for folder in reversed(folders) if folder in event_types()), None)
