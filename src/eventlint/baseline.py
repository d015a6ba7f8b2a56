"""The baseline: a file of known findings that do not make a run fail.

An entry identifies a finding by its file, its rule, its pointer and the content of its line, not by the line number. A
finding therefore stays known when its line moves. Paths are relative to the folder of the baseline, so that it does not
matter where a run starts.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from eventlint.config import refuse_endless
from eventlint.errors import ConfigError
from eventlint.output import Rendered
from eventlint.output.base import posix_path
from eventlint.output.files import write_atomically

VERSION = 1
"""The version of the file format."""


class Entry(NamedTuple):
    """One known finding; several findings may share it."""

    path: str
    rule: str
    pointer: str
    fingerprint: str


class Baseline:
    """The known findings, and how many of each have not been matched yet."""

    def __init__(self, path: str) -> None:
        """Read a baseline.

        Raises:
            ConfigError: The file cannot be read, or it is not a baseline.
        """
        self.path = path
        self._unmatched: dict[tuple[str, str], int] = {}
        self._entries: list[Entry] = []
        refuse_endless(path)
        try:
            with open(path, encoding="utf-8-sig") as file:
                document = json.load(file)
            if document["version"] != VERSION:
                raise ConfigError(f"{path}: baseline version {document['version']!r} is not supported (only {VERSION})")
            for item in document["findings"]:
                entry = Entry(*(str(item[key]) for key in Entry._fields))
                self._entries.append(entry)
                self._unmatched[entry.path, entry.fingerprint] = int(item["count"])
            self._counts = dict(self._unmatched)
        except OSError as error:
            raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ConfigError(f"{path}: not a baseline; create one with --write-baseline") from error

    def knows(self, rendered: Rendered) -> bool:
        """Whether a finding is known; each entry matches as many findings as it counts."""
        return self.has(rendered.finding.path, rendered.fingerprint)

    def has(self, path: str | None, fingerprint: str) -> bool:
        """As :meth:`knows`, for the path and the fingerprint of a finding."""
        key = (_path_from(self.path, path), fingerprint)
        left = self._unmatched.get(key, 0)
        if left:
            self._unmatched[key] = left - 1
        return left > 0

    def copy(self) -> Baseline:
        """The same known findings, none of which has been matched."""
        found = object.__new__(Baseline)
        found.path, found._entries, found._counts = self.path, self._entries, self._counts
        found._unmatched = dict(self._counts)
        return found

    def gone(self, checked: Iterable[str]) -> list[Entry]:
        """The entries without a finding, of the files that were checked (paths relative to the current folder)."""
        paths = {_path_from(self.path, path) for path in checked}
        return [
            entry for entry in self._entries if self._unmatched[entry.path, entry.fingerprint] and entry.path in paths
        ]


class NewBaseline:
    """Collects the findings for a new baseline."""

    def __init__(self, path: str) -> None:
        """Take the file to write."""
        self._path = path
        self._counts: Counter[Entry] = Counter()

    def add(self, rendered: Rendered) -> None:
        """Add a finding."""
        finding = rendered.finding
        path = _path_from(self._path, finding.path)
        self._counts[Entry(path, finding.rule, finding.pointer, rendered.fingerprint)] += 1

    def write(self) -> int:
        """Write the file, and return the number of findings in it."""
        findings = [{**entry._asdict(), "count": count} for entry, count in sorted(self._counts.items())]
        text = json.dumps({"version": VERSION, "findings": findings}, indent=2) + "\n"
        write_atomically(self._path, text.encode())
        return self._counts.total()


def _path_from(baseline: str, path: str | None) -> str:
    """A path that is relative to the current folder, relative to the folder of a baseline."""
    if not path:
        return ""
    try:
        return posix_path(os.path.relpath(path, os.path.dirname(baseline) or os.curdir))
    except ValueError:  # on another drive
        return posix_path(path)
