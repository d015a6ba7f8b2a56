"""The targets of ``--output``: a format and a file, or a file whose name indicates the format."""

from __future__ import annotations

import os
import re

from eventlint.output import RENDERERS

_SUFFIXES = {
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "markdown",
}
"""The format of a file, by its suffix."""

_SPECIAL_NAMES = (("gl-code-quality", "gitlab"), (".sarif.json", "sarif"))
"""Parts of file names that indicate another format than the suffix does."""

_PREFIX = re.compile(r"(\w{2,}):(.*)", re.DOTALL)
"""A format and a file. One letter before a colon is a drive of Windows."""


def target(text: str) -> tuple[str, str]:
    r"""The format and the file of ``sarif:report.out``, ``report.sarif`` or ``C:\report.sarif``.

    Raises:
        ValueError: The format is unknown or cannot be determined; the message says why.
    """
    match = _PREFIX.fullmatch(text)
    if match and match[1] in RENDERERS and match[2]:
        return match[1], match[2]
    if match and match[2]:
        from difflib import get_close_matches

        near = get_close_matches(match[1].lower(), RENDERERS, 1)
        end = f"did you mean '{near[0]}:{match[2]}'?" if near else f"choose from: {', '.join(RENDERERS)}"
        raise ValueError(f"unknown format {match[1]!r}; {end}")
    name = os.path.basename(text.replace("\\", "/")).lower()
    found = next((form for part, form in _SPECIAL_NAMES if part in name), _SUFFIXES.get(os.path.splitext(name)[1]))
    if found is None or match or text.startswith(":"):
        raise ValueError(f"{text!r} is not FORMAT:FILE; formats: {', '.join(RENDERERS)}")
    return found, text
