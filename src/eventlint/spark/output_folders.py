"""Checks the folders that the job writes, before it reads anything."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pyspark.errors import AnalysisException

from eventlint.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_BRACES = re.compile(r"\{([^{}]*)\}")


def require_separate(inputs: Iterable[str], outputs: Sequence[str]) -> None:
    """Raise an error if an output is, contains, or is in an input or another output.

    Args:
        inputs: Paths or addresses of files and folders, also with globs as Hadoop has them.
        outputs: Those of folders.

    Raises:
        UsageError: One of the outputs would be read or replaced.
    """
    for first, second in itertools.combinations(outputs, 2):
        if _overlap(first, second):
            raise UsageError(f"outputs must be separate folders: {first} and {second}")
    for source, output in itertools.product(inputs, outputs):
        if any(_overlap(output, one) for one in _without_braces(source)):
            raise UsageError(f"the output {output} overlaps the input {source}")


def existing(session: SparkSession, folders: Iterable[str]) -> str | None:
    """The first folder that exists; None if there is none."""
    for folder in folders:
        try:
            session.read.text(folder).schema  # noqa: B018 - it is found out when the schema is needed
        except AnalysisException as error:
            if "PATH_NOT_FOUND" not in str(error):
                raise
        else:
            return folder
    return None


def _without_braces(path: str) -> list[str]:
    """The paths that a glob with alternatives in braces stands for."""
    match = _BRACES.search(path)
    if match is None:
        return [path]
    parts = (path[: match.start()] + choice + path[match.end() :] for choice in match[1].split(","))
    return [one for part in parts for one in _without_braces(part)]


def _overlap(folder: str, other: str) -> bool:
    """Whether a folder and a path, which may be a glob, are the same, or one is in the other."""
    (store, names), (other_store, other_names) = _parts(folder), _parts(other)
    if store and other_store and store != other_store:
        return False
    return all(fnmatchcase(name, pattern) for name, pattern in zip(names, other_names, strict=False))


def _parts(path: str) -> tuple[str, list[str]]:
    """The store that a path is in, which is empty if it depends on Spark's settings, and its names."""
    found = urlsplit(path)
    store = f"{found.scheme}://{found.netloc}" if found.scheme else ""
    local = path if not found.scheme else found.path
    if found.scheme in ("", "file"):
        local = os.path.realpath(local)
    return store, [name for name in local.split("/") if name not in ("", ".")]
