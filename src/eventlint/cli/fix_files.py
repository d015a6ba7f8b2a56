"""Mends the events of a file in place, or shows what would change; it must not know what a fix is about."""

from __future__ import annotations

import dataclasses
import difflib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Any

from eventlint.cli.check_options import CheckOptions as Job
from eventlint.cli.event_findings import File, fix_of_request, reports, type_of_record
from eventlint.errors import InputError
from eventlint.fixes.apply import apply, mend
from eventlint.inputs.files import records
from eventlint.inputs.record import Record
from eventlint.model import Edit, Finding
from eventlint.redact import redact


def fix_file(job: Job, file: File, form: str | None, show: Callable[[str], object]) -> int:
    """Mend all events of a file; how many findings were mended.

    The file is replaced in one step, when all events are mended. Nothing is written where nothing changes.

    Args:
        job: What to do; with ``diff`` nothing is written.
        file: The file.
        form: Its format; None is told by its suffix.
        show: Takes the difference, as text.

    Raises:
        InputError: It cannot be read, or written.
    """
    edits = _Edits(file, show if job.diff else None)
    try:
        for record in records(file.path, form, job.envelope, _no_stdin):
            for start, end, content, findings in _mended(job, file, record):
                edits.add(start, end, content, findings)
        edits.finish()
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}") from error
    finally:
        edits.forget()
    return edits.count


def _no_stdin() -> Any:
    raise InputError("standard input cannot be mended")


def _mended(job: Job, file: File, record: Record) -> Iterator[tuple[int, int, bytes, list[Finding]]]:
    """What changes of a record: the first byte in the file, the byte after it, what takes its place, and what for."""
    event_type = type_of_record(job, file, record)
    if record.place.fixed or (event_type is None and record.request is None):
        return
    for finding in _check(job, file, record, event_type, record.body):
        fix = fix_of_request(finding, record)
        if fix is not None and record.request is not None:
            (edit,) = fix.edits
            yield edit.start, edit.end, edit.content, [finding]
            name = record.type_at[1] if record.type_at else ""
            uri = record.request.uri.replace(f"/event/{name}", f"/event/{edit.content.decode()}", 1)
            record = record._replace(request=dataclasses.replace(record.request, uri=uri))
    body, findings = mend(
        record.body, lambda body: _check(job, file, record, event_type, body), unsafe=job.fix == "unsafe"
    )
    if findings:
        begin = record.place.offset
        yield begin, begin + len(record.body), body, findings


def _check(job: Job, file: File, record: Record, event_type: str | None, body: bytes) -> list[Finding]:
    """The findings of a payload that are told in this file, in all releases."""
    found = dict.fromkeys(
        finding for _, report in reports(job, record, event_type or "", body) for finding in report.findings
    )
    return [finding for finding in found if finding.rule in file.on]


class _Edits:
    """Edits of one file, written piece by piece to a file beside it."""

    def __init__(self, file: File, show: Callable[[str], object] | None) -> None:
        self.count = 0
        self._file = file
        self._show = show
        self._source: IO[bytes] | None = None
        self._target: IO[bytes] | None = None
        self._copied = 0
        self._data = b""
        self._counted = (0, 0)
        self._is_headed = False
        self._shift = 0

    def add(self, start: int, end: int, content: bytes, findings: list[Finding]) -> None:
        """Replace a part of the file, which stands behind those before."""
        self.count += len(findings)
        if self._source is None:
            self._source = open(self._file.path, "rb")  # noqa: SIM115 - it is closed at the end
        if self._show is not None:
            self._difference(start, end, content)
            return
        if self._target is None:
            folder = os.path.dirname(os.path.realpath(self._file.path))
            self._target = tempfile.NamedTemporaryFile(dir=folder, prefix=".eventlint-", delete=False)  # noqa: SIM115
        self._copy(start)
        self._target.write(content)
        self._source.seek(end)
        self._copied = end

    def _copy(self, to: int | None) -> None:
        """Copy what stays, up to a byte of the file; None is its end."""
        assert self._source is not None  # noqa: S101 - it was opened by the first edit
        assert self._target is not None  # noqa: S101 - as above
        self._source.seek(self._copied)
        while to is None or self._copied < to:
            piece = self._source.read(1 << 20 if to is None else min(1 << 20, to - self._copied))
            if not piece:
                return
            self._target.write(piece)
            self._copied += len(piece)

    def finish(self) -> None:
        """Put the new file in the place of the old one."""
        if self._target is None:
            return
        self._copy(None)
        self._target.close()
        path = os.path.realpath(self._file.path)
        shutil.copymode(path, self._target.name)
        os.replace(self._target.name, path)
        self._target = None

    def forget(self) -> None:
        """Leave nothing behind that is not finished."""
        if self._source is not None:
            self._source.close()
        if self._target is not None:
            self._target.close()
            with suppress(OSError):
                os.unlink(self._target.name)

    def _difference(self, start: int, end: int, content: bytes) -> None:
        """Show what would change, as lines with some around; secrets are hidden."""
        assert self._source is not None  # noqa: S101 - it was opened by the first edit
        assert self._show is not None  # noqa: S101 - it is asked before
        data = self._data = self._data or self._source.read()
        first = data.rfind(b"\n", 0, start) + 1
        last = data.find(b"\n", max(end - 1, start))
        last = len(data) if last < 0 else last + 1
        before = data[first:last]
        after = apply(before, [Edit(start - first, end - first, content)])
        counted, line = self._counted
        line += data.count(b"\n", counted, first)
        old, new = (_shown_lines(text) for text in (before, after))
        name = self._file.name.replace(os.sep, "/")
        if not self._is_headed:
            self._show(f"--- {name}\n+++ {name}\n")
            self._is_headed = True
        self._counted = (first, line)
        for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(3):
            self._show(_hunk(group, old, new, line, line + self._shift))
        self._shift += len(new) - len(old)


def _shown_lines(text: bytes) -> list[str]:
    lines = redact(text.decode("utf-8", "replace")).splitlines(keepends=True)
    return [line if line.endswith("\n") else line + "\n" for line in lines]


def _hunk(group: list[tuple[str, int, int, int, int]], old: list[str], new: list[str], at: int, to: int) -> str:
    """One part of a unified difference."""
    first, last = group[0], group[-1]
    head = f"@@ -{at + first[1] + 1},{last[2] - first[1]} +{to + first[3] + 1},{last[4] - first[3]} @@\n"
    parts = [head]
    for tag, begin, end, start, stop in group:
        if tag == "equal":
            parts += [f" {line}" for line in old[begin:end]]
        else:
            parts += [f"-{line}" for line in old[begin:end]]
            parts += [f"+{line}" for line in new[start:stop]]
    return "".join(parts)
