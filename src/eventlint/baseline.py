"""Known findings: a run does not fail for them, and tells which are gone; it must not know how they are found.

A finding is known by its file, its rule, its pointer and the line it stands in, not by the line's number. So it stays
known when lines move.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from typing import Any

from eventlint.errors import ConfigError, InputError
from eventlint.output import Rendered

VERSION = 1

Entry = tuple[str, str, str, str]


def _entry(shown: Rendered) -> Entry:
    finding = shown.finding
    return shown.fingerprint, (finding.path or "").replace(os.sep, "/"), finding.rule, finding.pointer


class Baseline:
    """The known findings, and how many of each have not been met yet."""

    def __init__(self, path: str) -> None:
        """Read a baseline.

        Raises:
            ConfigError: It cannot be read, or is none.
        """
        self.path = path
        self._left: dict[str, int] = {}
        self._entries: dict[str, Entry] = {}
        try:
            with open(path, encoding="utf-8") as file:
                told = json.load(file)
            if told["version"] != VERSION:
                raise ConfigError(f"{path}: a baseline of version {told['version']!r}; this eventlint knows {VERSION}")
            for one in told["findings"]:
                entry = (str(one["fingerprint"]), str(one["path"]), str(one["rule"]), str(one["pointer"]))
                self._left[entry[0]] = int(one["count"])
                self._entries[entry[0]] = entry
        except OSError as error:
            raise ConfigError(f"{path}: {(error.strerror or str(error)).lower()}") from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ConfigError(f"{path}: this is no baseline; --write-baseline makes one") from error

    def knows(self, shown: Rendered) -> bool:
        """Whether a finding is known; each entry stands for as many as it counts."""
        left = self._left.get(shown.fingerprint, 0)
        if left:
            self._left[shown.fingerprint] = left - 1
        return left > 0

    def gone(self, checked: Iterable[str]) -> list[Entry]:
        """The entries that no finding needs any more, of files that were checked or are no longer there."""
        names = {name.replace(os.sep, "/") for name in checked}
        return [
            entry
            for fingerprint, entry in self._entries.items()
            if self._left[fingerprint] and (entry[1] in names or not os.path.exists(entry[1]))
        ]


class NewBaseline:
    """Findings for a baseline that is being made."""

    def __init__(self) -> None:
        self._counts: dict[Entry, int] = {}

    def add(self, shown: Rendered) -> None:
        """Take a finding in."""
        entry = _entry(shown)
        self._counts[entry] = self._counts.get(entry, 0) + 1

    def write(self, path: str) -> int:
        """Write it in one step; how many findings it holds.

        Raises:
            InputError: It cannot be written.
        """
        listed: list[dict[str, Any]] = [
            {"path": path_, "rule": rule, "pointer": pointer, "fingerprint": fingerprint, "count": count}
            for (fingerprint, path_, rule, pointer), count in sorted(self._counts.items(), key=lambda pair: pair[0][1:])
        ]
        write_whole(path, json.dumps({"version": VERSION, "findings": listed}, indent=2) + "\n")
        return sum(self._counts.values())


def write_whole(path: str, content: str | bytes) -> None:
    """Write a file in one step: beside it, and then in its place.

    Raises:
        InputError: It cannot be written.
    """
    folder = os.path.dirname(os.path.abspath(path))
    raw = content.encode() if isinstance(content, str) else content
    try:
        handle, beside = tempfile.mkstemp(dir=folder, prefix=".eventlint-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
            os.chmod(beside, 0o644)
            os.replace(beside, path)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
