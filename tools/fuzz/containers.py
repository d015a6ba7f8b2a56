"""Fuzzes the readers of files, the checks of their events, and fixes."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from functools import cache
from random import Random
from typing import Any, Literal

from eventlint.bulk.whole_file import check_file
from eventlint.cli import main
from eventlint.errors import InputError
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.files import records
from eventlint.inputs.record import Record
from eventlint.job import Job
from tools.fuzz import reader
from tools.fuzz.container_files import Container, draw_container
from tools.fuzz.failure import expect
from tools.fuzz.grammar import mutated

_FORMATS = ("text", "json", "github", "gitlab", "junit", "sarif", "markdown", "concise")
_WIDE = ("utf-16", "utf-16-le", "utf-32-be")
_SYNTAX = frozenset(("invalid-json", "truncated-json", "invalid-encoding", "invalid-number", "duplicate-key"))
"""The rules for what is not JSON: such a problem hides others, which are found when it is fixed."""
_CONTROL = frozenset(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x202E, 0x2066, 0x200F]))


def check_container(rand: Random, number: int) -> None:
    """Draw a file, mutate it or not, and compare what is read with what an independent reader finds."""
    drawn = draw_container(rand)
    data, is_mutated = drawn.data, rand.random() < 0.5
    if is_mutated:
        data = mutated(rand, data, most=2)
    is_renamed = drawn.kind != "markdown" and rand.random() < 0.1  # the suffix of a document decides what it is
    name = drawn.name if not is_renamed else os.path.splitext(drawn.name)[0] + rand.choice(("", ".txt", ".JSON"))
    encoding = rand.choice(_WIDE) if not is_mutated and name == drawn.name and rand.random() < 0.1 else None
    if encoding is not None:
        try:
            data = data.decode().encode(encoding)
        except UnicodeDecodeError:
            encoding = None
    path = os.path.join(_folder(), name)
    with open(path, "wb") as file:
        file.write(data)
    try:
        if is_mutated or name != drawn.name:
            _check_found(drawn, path, data, is_mutated=is_mutated)
        else:
            _check_drawn(drawn, path, is_as_sent=encoding is None)
        if number % 3 == 0:
            _fix(rand, drawn, path, data, is_known=not is_mutated and encoding is None)
        if number % 20 == 0:
            _print(rand, path, data)
    finally:
        os.unlink(path)


@cache
def _folder() -> str:
    """The folder of the files; it does not indicate an event type, and it is removed when the process ends."""
    import atexit
    import shutil

    folder = tempfile.mkdtemp(prefix="fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _job(fixes: Literal["safe", "unsafe"] | None = None) -> Job:
    return Job(
        releases=("latest",),
        collections=None,
        event_type=None,
        patterns=(),
        patterns_folder=".",
        form=None,
        envelope=Envelope(),
        skip_unknown=False,
        stdin_name=None,
        fixes=fixes,
    )


def _records(path: str) -> tuple[list[Record], bool]:
    """The records of a file, and whether the file is reported as one that cannot be read."""
    found: list[Record] = []
    try:
        for record in records(path, None, Envelope()):
            found.append(record)
    except InputError:
        return found, True
    return found, False


def _run(path: str, fixes: Literal["safe", "unsafe"] | None = None) -> tuple[list[Any], dict[str, int], bool]:
    """The findings of a file, the counts, and whether the file is reported as one that cannot be read."""
    findings: list[Any] = []
    counts: dict[str, int] = dict.fromkeys(("events", "unchecked", "skipped", "fixed"), 0)
    try:
        for found, summary in check_file(_job(fixes), path, lambda _: None):
            findings += [one.finding for one in found]
            for name in counts:
                counts[name] += getattr(summary, name)
    except InputError:
        return findings, counts, True
    return findings, counts, False


def _check_drawn(drawn: Container, path: str, *, is_as_sent: bool) -> None:
    """Each event of a file that nothing damaged is read as it is, and judged as drawn."""
    found, is_failed = _records(path)
    expect(not is_failed, f"{drawn.kind}: cannot be read", drawn)
    expect(len(found) == len(drawn.parts), f"{drawn.kind}: {len(found)} of {len(drawn.parts)} events", drawn)
    for part, record in zip(drawn.parts, found, strict=True):
        if part.is_as_sent and is_as_sent:
            body = record.body.strip()
            expect(body == part.drawn.body.strip(), f"{drawn.kind}: is read as {body!r}", part.drawn.body)
        expect(part.drawn.marker.encode() in record.body, f"{drawn.kind}: other event", drawn)
        if record.event_type is not None:
            expect(record.event_type == part.drawn.event_type, f"{drawn.kind}: type {record.event_type}", drawn)
    findings, counts, is_failed = _run(path)
    expect(not is_failed, f"{drawn.kind}: cannot be checked", drawn)
    total = counts["events"] + counts["unchecked"] + counts["skipped"]
    expect(total == len(found), f"{drawn.kind}: {total} of {len(found)} events are counted", drawn)
    for part, record in zip(drawn.parts, found, strict=True):
        if record.unchecked is None and not record.unknown and not record.has_variables:
            errors = [one for one in findings if one.record == record.number and one.tier == "error"]
            if drawn.kind == "ndjson":  # an event and a value of another line have the same number
                errors = [one for one in errors if one.position.line == record.place.line]
            expect(bool(errors) == (part.drawn.fate == "rejected"), f"{drawn.kind}: {part.drawn.fault}: {errors}", part)


def _check_found(drawn: Container, path: str, data: bytes, *, is_mutated: bool) -> None:
    """What the independent reader finds in a file is checked or reported, and all records are counted."""
    found, is_failed = _records(path)
    _, counts, is_run_failed = _run(path)
    expect(is_failed == is_run_failed, "only one of two readings fails", data)
    total = counts["events"] + counts["unchecked"] + counts["skipped"]
    expect(is_failed or total == len(found), f"{total} of {len(found)} events are counted", data)
    if is_failed:
        return
    bodies = [record.body for record in found]
    broken = [record for record in found if record.problem is not None]
    for marker in reader.markers(drawn.kind, data):
        is_read = any(marker.encode() in body for body in bodies)
        at = data.find(marker.encode())
        is_reported = any(0 <= _offset(record) <= at for record in broken)
        expect(is_read or is_reported, f"{drawn.kind}: event {marker} is dropped", data)
    if drawn.kind == "ndjson" and any(record.number and record.place.line > 1 for record in found):
        missing = set(reader.lines(data)) - {record.place.line for record in found}
        is_lines = all(record.number is None or record.number == record.place.line for record in found)
        expect(not (is_lines and missing), f"lines {sorted(missing)} are dropped", data)
    if not is_mutated and drawn.kind not in ("console", "http", "markdown"):
        expect(len(found) >= len(drawn.parts), f"{drawn.kind}: {len(found)} of {len(drawn.parts)} events", data)


def _offset(record: Record) -> int:
    problem = record.problem
    if problem is not None and problem.path is not None and problem.position is not None:
        return problem.position.offset
    return record.place.offset


def _fix(rand: Random, drawn: Container, path: str, data: bytes, *, is_known: bool) -> None:
    """Fixes change only bytes of events, and leave no more errors than before."""
    before, _, is_failed = _run(path)
    findings, counts, is_fix_failed = _run(path, rand.choice(("safe", "unsafe")))
    with open(path, "rb") as file:
        after = file.read()
    expect(is_failed == is_fix_failed, "fixing fails", data)
    expect((after != data) == (counts["fixed"] > 0), f"{counts['fixed']} fixed, but the file says otherwise", data)
    if is_known:
        spans = sorted([*drawn.editable, *(part.span for part in drawn.parts if part.span is not None)])
        at = end = 0
        for start, stop in spans:
            around = data[end:start]
            at = after.find(around, at) + len(around) if around in after[at:] else -1
            expect(at >= 0, "a fix changes what is not of an event", (data, after))
            end = stop
        expect(after.endswith(data[end:]) and after.startswith(data[: spans[0][0] if spans else None]), "ends", data)
    tiers = [[one for one in some if one.tier in ("error", "loss")] for some in (before, findings)]
    hides_others = any(one.rule in _SYNTAX for one in before)
    expect(hides_others or len(tiers[1]) <= len(tiers[0]), "a fix adds findings", (data, after))


def _print(rand: Random, path: str, data: bytes) -> None:
    """The command line prints no control character and ends with a documented exit code."""
    output, errors = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    words = ["check", "--isolated", "--format", rand.choice(_FORMATS), path]
    if rand.random() < 0.2:
        words.insert(2, "--diff")
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        code = main(words)
    texts = [_content(stream) for stream in (output, errors)]
    expect(code in (0, 1, 3, 4), f"exit code {code}: {texts[1]}", data)
    for shown in texts:
        expect("Traceback" not in shown, f"{words}: {shown}", data)
        expect(_CONTROL.isdisjoint(shown), f"{words} prints a control character", (data, shown))


def _content(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)  # noqa: S101 - made above
    return buffer.getvalue().decode("utf-8", "replace")
