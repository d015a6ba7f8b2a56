"""The state of a run that can be continued: a file with one line for each task that is done.

A line is appended after the output files were written, so the output never lacks what the journal has. What the output
has in addition, the continued run removes. Each line has the offsets and the hash of the lines that were checked, the
sizes of the output files, and what was counted.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any, BinaryIO, NamedTuple

from eventlint.bulk.tasks import ChunkTask, Done, FileTask, Identity, LineTask, RangeTask
from eventlint.errors import InputError
from eventlint.output import Summary
from eventlint.output.groups import Row

VERSION = 1
_PIECE = 1 << 20


class Progress(NamedTuple):
    """How far the check of a file is.

    Attributes:
        next: The offset in the content from which lines have not been checked.
        until: The offset after the last line that was checked. Before ``next``, the rest of that line may follow.
        lines: The number of lines so far.
        has_envelopes: Whether one of them has an envelope.
        identity: The file at that time.
        is_done: Whether the file is done.
    """

    next: int
    until: int
    lines: int
    has_envelopes: bool
    identity: Identity
    is_done: bool


class Journal:
    """The state of a run.

    Attributes:
        is_complete: Whether the run is complete, so that there is nothing to continue.
        sizes: The sizes of the output files in bytes, by their name.
    """

    def __init__(self, path: str, run: str, actual: Mapping[str, int]) -> None:
        """Read a state, or begin one.

        Args:
            path: The file.
            run: What identifies the run: its options.
            actual: The sizes of the output files that exist, by their name.

        Raises:
            InputError: The file is of another run, is not a state, is in use, or cannot be read or written.
        """
        self.path = path
        self.is_complete = False
        self.sizes = dict.fromkeys(actual, 0)
        self.summary = Summary()
        self._files: dict[str, Progress] = {}
        self._last: tuple[str, int, int, str] | None = None
        refuse_special(path)
        self._is_new = not os.path.lexists(path)
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
            _lock(self._descriptor, path)
        except OSError as error:
            raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from error
        try:
            self._read(run, actual)
        except BaseException:
            self.close()
            raise
        self._before = _counts(self.summary)

    def _read(self, run: str, actual: Mapping[str, int]) -> None:
        """Read the lines that are complete, and whose output is there; remove the others."""
        size = 0
        with open(os.dup(self._descriptor), "rb") as file:
            header = file.readline()
            if header.endswith(b"\n"):
                found = _loads(header, self.path)
                if not isinstance(found, dict) or found.keys() != {"version", "run"}:
                    raise InputError(f"{self.path}: is not the state of a run")
                if found != {"version": VERSION, "run": run}:
                    raise InputError(f"{self.path}: is the state of a run with other options; delete it to begin again")
                size = len(header)
                size += self._read_entries(file, actual)
            elif header and not b'{"version": '.startswith(header[:12]):
                raise InputError(f"{self.path}: is not the state of a run")
        os.ftruncate(self._descriptor, size)
        os.lseek(self._descriptor, 0, os.SEEK_END)
        if not size:
            self._write({"version": VERSION, "run": run})
        if self._last is not None:
            self._verify(*self._last)

    def _read_entries(self, file: BinaryIO, actual: Mapping[str, int]) -> int:
        """Take the entries, and return their size in bytes."""
        size = 0
        for line in file:
            try:
                if not line.endswith(b"\n") or not self._take(_loads(line, self.path), actual):
                    break
            except (AttributeError, LookupError, TypeError, ValueError) as error:
                raise InputError(f"{self.path}: is damaged; delete it to begin again") from error
            size += len(line)
        return size

    def _take(self, entry: dict[str, Any], actual: Mapping[str, int]) -> bool:
        """Take an entry; returns False if its output is not there."""
        if any(actual.get(name, 0) < size for name, size in entry["sizes"].items()):
            return False
        self.sizes.update(entry["sizes"])
        _add(self.summary, entry["counts"])
        self.is_complete = entry.get("complete", False)
        for path in entry.get("paths", ()):
            self._note(path, entry)
        if entry.get("sha256"):
            self._last = (str(entry["paths"][0]), int(entry["offset"]), int(entry["until"]), str(entry["sha256"]))
        return True

    def _note(self, path: str, entry: Mapping[str, Any]) -> None:
        self._files[path] = Progress(
            *(entry["next"], entry["until"], entry["lines"], entry["envelopes"]),
            identity=Identity(*entry["identity"]),
            is_done=entry["done"],
        )

    def _verify(self, path: str, offset: int, until: int, expected: str) -> None:
        """Check that the lines of the last entry are still the same."""
        digest, left = sha256(), until - offset
        refuse_special(path)
        with open(path, "rb") as file:
            file.seek(offset)
            while left and (piece := file.read(min(_PIECE, left))):
                digest.update(piece)
                left -= len(piece)
        if digest.hexdigest() != expected:
            raise InputError(f"{path}: has changed since the run began that --resume continues")

    def progress(self, path: str) -> Progress | None:
        """How far the check of a file is; None if it has not begun."""
        return self._files.get(path)

    def written(self, path: str) -> int:
        """The offset from which the lines of a file have not been written."""
        progress = self._files.get(path)
        return 0 if progress is None else progress.until

    def write(self, task: LineTask | FileTask, done: Done, summary: Summary, sizes: dict[str, int]) -> None:
        """Note a task that is done, after its output was written."""
        end = done.end
        entry: dict[str, Any] = {
            "paths": list(task.paths) if isinstance(task, FileTask) else [task.path],
            "offset": end.offset,
            "until": end.until,
            "next": end.until,
            "lines": done.lines,
            "envelopes": end.has_envelopes,
            "identity": [0, 0, 0, 0],
            "sha256": "",
            "done": isinstance(task, FileTask),
        }
        if isinstance(task, RangeTask):
            entry |= {
                "next": task.stop,
                "identity": list(task.identity),
                "sha256": end.digest,
                "done": task.stop >= task.identity.size,
            }
        elif isinstance(task, ChunkTask):
            entry["identity"] = list(task.identity or (0, 0, 0, 0))
            entry["hash"] = end.digest
        self._append(entry, summary, sizes)
        for path in entry["paths"]:
            self._note(path, entry)

    def complete(self, summary: Summary, sizes: dict[str, int]) -> None:
        """Note that the run is complete."""
        self._append({"complete": True}, summary, sizes)

    def _append(self, entry: dict[str, Any], summary: Summary, sizes: dict[str, int]) -> None:
        now = _counts(summary)
        self._write({**entry, "sizes": sizes, "counts": _difference(self._before, now)})
        self._before = now
        self.sizes = sizes

    def _write(self, entry: Mapping[str, Any]) -> None:
        data = json.dumps(entry).encode() + b"\n"
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written: {error.strerror or error}") from error

    def remove_new(self) -> None:
        """Close the file, and remove it if there was none before the run: nothing has been done yet."""
        self.close()
        if self._is_new:
            with suppress(OSError):
                os.unlink(self.path)

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):
            os.close(self._descriptor)


def refuse_special(path: str) -> None:
    """Refuse a file that a run cannot be continued with, because it can be neither read again nor shortened.

    Raises:
        InputError: It is a pipe or a device.
    """
    try:
        mode = os.stat(path).st_mode
    except OSError:  # there is none yet, or opening it gives the reason
        return
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise InputError(f"{path}: is not a regular file, which --resume requires")


def _lock(descriptor: int, path: str) -> None:
    """Make sure that no other run uses the state."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise InputError(f"{path}: is used by another run") from None


def _loads(line: bytes, path: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is not the state of a run") from error


_NUMBERS = ("files", "events", "skipped", "unchecked", "known", "suppressed", "fixed", "size")
_TABLES = ("reasons", "fixable", "tiers", "rules")


def _counts(summary: Summary) -> dict[str, Any]:
    """The counts of a run as nested objects of numbers."""
    found: dict[str, Any] = {name: getattr(summary, name) for name in _NUMBERS}
    found |= {name: dict(getattr(summary, name)) for name in _TABLES}
    for name in ("used", "seen"):
        found[name] = {json.dumps(pair): 1 for pair in sorted(getattr(summary, name), key=str)}
    if summary.groups is not None:
        for table, rows in summary.groups.tables.items():
            found[f"group:{table}"] = {
                json.dumps(name): {"events": row.events, "affected": row.affected, "findings": row.findings}
                for name, row in rows.items()
            }
    return found


def _difference(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What has been added, without what has not."""
    found: dict[str, Any] = {}
    for name, value in now.items():
        if isinstance(value, dict):
            inner = _difference(before.get(name, {}), value)
            if inner:
                found[name] = inner
        elif value != before.get(name, 0):
            found[name] = value - before.get(name, 0)
    return found


def _add(summary: Summary, counts: Mapping[str, Any]) -> None:
    """Add what :func:`_difference` returned."""
    for name, value in counts.items():
        if name in _NUMBERS:
            setattr(summary, name, getattr(summary, name) + value)
        elif name in ("used", "seen"):
            getattr(summary, name).update((config, number) for config, number in map(json.loads, value))
        elif name.startswith("group:"):
            rows = summary.start_groups().tables[name.partition(":")[2]]
            for key, more in value.items():
                row = rows.setdefault(json.loads(key), Row())
                for field, number in more.items():
                    setattr(row, field, getattr(row, field) + number)
        else:
            table = getattr(summary, name)
            for key, number in value.items():
                table[key] = table.get(key, 0) + number
