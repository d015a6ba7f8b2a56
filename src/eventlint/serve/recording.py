"""The file of ``--record``: one line of NDJSON for each event."""

from __future__ import annotations

import json
import os
from io import FileIO

from eventlint.errors import InputError
from eventlint.output.special_files import open_special
from eventlint.serve.received import Received, difference_to_dict, findings_to_list, payload_fields, timestamp


class Recording:
    """A file that events are appended to.

    Each line is written at once, so that a process that ends at any time leaves at most one incomplete line, the last.

    Attributes:
        error: Why events could not be written; None if all were.
    """

    def __init__(self, path: str) -> None:
        """Open or create a file.

        Raises:
            InputError: It cannot be written.
        """
        self.path = path
        self.error: str | None = None
        try:
            self._file = _opened(path)
            self._starts_line = _ends_in_line_break(path)
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}") from error

    def add(self, event: Received) -> None:
        """Append an event; a failure is kept in :attr:`error`."""
        line = record_line(event)
        try:
            self._write(line if self._starts_line else b"\n" + line)
            self._starts_line = True
        except (OSError, ValueError) as error:
            self._starts_line = False
            self.error = f"{self.path}: {getattr(error, 'strerror', None) or error}"

    def _write(self, line: bytes) -> None:
        rest = memoryview(line)
        while rest:
            rest = rest[self._file.write(rest) :]

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _opened(path: str) -> FileIO:
    """A file that each write goes to at once; a device or a pipe is not created, and a pipe must have a reader."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return FileIO(path, "a")
    special = open_special(path, status, is_output=True)
    if special is None:
        return FileIO(path, "a")
    with special:
        return FileIO(os.dup(special.fileno()), "w")


def _ends_in_line_break(path: str) -> bool:
    """Whether a new line can begin at the end of a file; a killed process may have left half a line."""
    if not os.path.isfile(path):
        return True
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        if not size:
            return True
        file.seek(size - 1)
        return file.read(1) == b"\n"


def record_line(event: Received) -> bytes:
    """The line for an event. Secrets in the payload are not redacted; findings are."""
    fields = {"time": timestamp(event.time), "event_type": event.event_type, "collection": event.collection}
    more = {
        "status": event.answer.status,
        "verdict": event.verdict,
        "findings": findings_to_list(event.report),
    }
    if event.forwarded is not None:
        more["forwarded"] = [difference_to_dict(one) for one in event.forwarded]
    payload = payload_fields(event.payload) if event.payload is not None else '"payload_base64": ""'
    text = f"{json.dumps(fields)[:-1]}, {payload}, {json.dumps(more)[1:]}\n"
    return text.encode()
