"""What the name of a file indicates: its format, and whether it is compressed."""

import functools
import os

SUFFIXES = {
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".har": "har",
    ".http": "console",
    ".rest": "console",
    ".console": "console",
    ".es": "console",
    ".md": "markdown",
    ".mdx": "markdown",
    ".markdown": "markdown",
}
"""The format of a file, by its suffix."""

FORMATS = ("json", "ndjson", "console", "har", "markdown")
COMPRESSED = (".gz", ".zst")
"""The suffixes of compressed files."""


def name_of(path: str) -> str:
    """The file name without the suffix of a compression."""
    name = os.path.basename(path)
    return name.rsplit(".", 1)[0] if name.endswith(COMPRESSED) else name


@functools.lru_cache(16)  # finding a file and reading it both ask
def format_of(path: str) -> str | None:
    """The format that the suffix of a file indicates, or None."""
    return SUFFIXES.get(os.path.splitext(name_of(path))[1].lower())
