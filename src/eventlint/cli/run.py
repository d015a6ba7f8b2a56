"""Checks the events of files, one after another or in several processes; it must not know words of a command line."""

import dataclasses
import json
import os
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

from eventlint.checker import Report, check, check_request
from eventlint.contract import event_types
from eventlint.errors import InputError
from eventlint.mask import masked
from eventlint.model import Answer, Finding, Position
from eventlint.output import Shown, Summary
from eventlint.sources.files import records
from eventlint.sources.formats import Envelope
from eventlint.sources.naming import type_of
from eventlint.sources.record import Place, Record


class Job(NamedTuple):
    """What to do with each file; it can be handed to another process.

    Attributes:
        releases: The releases to check for, as they were asked for.
        collections: The collections that exist; None when every legal name does.
        event_type: The type of all events; None when it is told by something else.
        patterns: Patterns and the type of the files that they fit; the first that fits decides.
        patterns_folder: The folder that the patterns are relative to.
        form: The format of all files; None when it is told by the suffix.
        envelope: What an envelope looks like.
        skip_unknown: Whether events whose type nothing tells are passed over.
        stdin_name: What standard input is called.
        show_answer: Whether the server's whole answer is shown, not its innermost reason alone.
    """

    releases: tuple[str, ...]
    collections: tuple[str, ...] | None
    event_type: str | None
    patterns: tuple[tuple[str, str], ...]
    patterns_folder: str
    form: str | None
    envelope: Envelope
    skip_unknown: bool
    stdin_name: str | None
    show_answer: bool = False


def check_file(job: Job, path: str, stdin: Callable[[], BinaryIO]) -> Iterator[tuple[list[Shown], Summary]]:
    """The findings of each event of a file, and the counts.

    Raises:
        InputError: The file cannot be read.
    """
    name = (job.stdin_name or "-") if path == "-" else os.path.relpath(path)
    file_type = job.event_type or (_by_pattern(job, name) if job.patterns else None)
    form = job.form
    if form is None and path == "-" and job.stdin_name:
        from eventlint.sources.files import format_of

        form = format_of(job.stdin_name)
    yield [], Summary(files=1)
    for record in records(path, form, job.envelope, stdin):
        yield _check_record(job, record, name, file_type)


def _by_pattern(job: Job, name: str) -> str | None:
    import pathspec

    relative = os.path.relpath(os.path.abspath(name), job.patterns_folder)
    for pattern, event_type in job.patterns:
        if pathspec.GitIgnoreSpec.from_lines([pattern]).match_file(relative):
            return event_type
    return None


def _check_record(job: Job, record: Record, name: str, file_type: str | None) -> tuple[list[Shown], Summary]:
    summary = Summary(events=1)
    event_type = job.event_type or record.event_type or file_type or type_of(name)
    if record.request is None and event_type is None:
        if job.skip_unknown:
            return [], Summary(skipped=1)
        found: list[tuple[Finding, str | None]] = [(_untyped(job, record), None)]
    else:
        found = _merged(job, record, event_type or "")
    lines = _Lines(record.body)
    shown = [_shown(finding, answer, record, name, lines) for finding, answer in found]
    for one in shown:
        summary.tiers[one.finding.tier] += 1
    return shown, summary


def _reports(job: Job, record: Record, event_type: str) -> Iterator[tuple[str, Report]]:
    for release in job.releases:
        if record.request is not None:
            yield release, check_request(record.request, release=release, collections=job.collections)
        else:
            yield (
                release,
                check(
                    record.body,
                    event_type,
                    release=release,
                    collection=record.collection,
                    collections=job.collections,
                ),
            )


def _merged(job: Job, record: Record, event_type: str) -> list[tuple[Finding, str | None]]:
    """The findings in all releases; one that does not hold in all of them says in which it does."""
    releases: dict[Finding, list[str]] = {}
    answers: dict[Finding, str] = {}
    for release, report in _reports(job, record, event_type):
        for finding in report.findings:
            releases.setdefault(finding, []).append(release)
        if report.told is not None and report.answer is not None:
            said = _in_full(report.answer) if job.show_answer else _in_short(report.answer)
            answers.setdefault(report.told, said)
    every = len(job.releases)
    in_order = sorted(releases, key=lambda finding: finding.position.offset if finding.position else -1)
    return [
        (finding if len(held) == every else dataclasses.replace(finding, releases=tuple(held)), answers.get(finding))
        for finding in in_order
        for held in [releases[finding]]
    ]


def _in_short(answer: Answer) -> str:
    """The status of an answer, and the innermost reason."""
    try:
        error: Any = json.loads(answer.body)["error"]
    except (ValueError, KeyError):
        return str(answer.status)
    if isinstance(error, str):
        return f"{answer.status} {_first_line(error)}"
    while "caused_by" in error:
        error = error["caused_by"]
    return f"{answer.status} {error['type']}: {_first_line(error['reason'])}"


def _in_full(answer: Answer) -> str:
    """The status and the body of an answer, with its secrets hidden."""
    return f"{answer.status} {masked(answer.body.decode('utf-8', 'backslashreplace'))}"


def _first_line(text: str) -> str:
    line = masked(text.partition("\n")[0])
    return line if len(line) <= 160 else line[:159] + "…"


def _untyped(job: Job, record: Record) -> Finding:
    """Nothing tells the type of an event."""
    from eventlint.rules.error import untyped_event

    fits = [known for known in event_types() if check(record.body, known, release=job.releases[0]).ok]
    would = f"; it would be valid as {' or '.join(fits)}" if fits else "; it would be valid as none"
    return Finding(
        rule="untyped-event",
        tier="error",
        message=untyped_event.MESSAGE + would,
        hint=untyped_event.HINT,
        position=Position(line=1, column=1, offset=0),
    )


class _Lines:
    """The lines of a payload, with their secrets hidden; each is made once, for all findings in it."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._lines: list[bytes] | None = None
        self._masked: dict[int, str] = {}

    def masked(self, number: int) -> str:
        """A line by its number, from 1; empty where there is none."""
        if self._lines is None:
            self._lines = self._body.splitlines()
        if number > len(self._lines):
            return ""
        if number not in self._masked:
            self._masked[number] = masked(self._lines[number - 1].decode("utf-8", "replace"))
        return self._masked[number]


def _shown(finding: Finding, answer: str | None, record: Record, name: str, lines: "_Lines") -> Shown:
    position = finding.position
    line, caret = ("", 1) if position is None else (lines.masked(position.line), position.column)
    place = (record.head or Place()) if position is None and record.request is not None else record.place
    located = dataclasses.replace(
        finding,
        path=name,
        record=record.number,
        position=place.of(position),
        pointer=masked(finding.pointer),
    )
    return Shown(finding=located, line=line, caret=caret, answer=answer)


def _check_whole(job: Job, path: str) -> tuple[list[list[Shown]], Summary, str | None]:
    """As :func:`check_file`, all at once, for another process to hand back; an error comes as a text."""
    summary = Summary()
    found: list[list[Shown]] = []
    try:
        for shown, counts in check_file(job, path, _no_stdin):
            summary.add(counts)
            if shown:
                found.append(shown)
    except InputError as error:
        return found, summary, str(error)
    return found, summary, None


def _no_stdin() -> BinaryIO:
    raise InputError("standard input cannot be read by several processes")


def check_files(
    job: Job, paths: Iterator[str], jobs: int, stdin: Callable[[], BinaryIO], failed: Callable[[str, str], None]
) -> Iterator[tuple[list[Shown], Summary]]:
    """The findings of each event of all files, in the files' order.

    Args:
        job: What to do.
        paths: The files.
        jobs: How many processes do it.
        stdin: Opens standard input.
        failed: Called with the name of each file that cannot be read, and why.
    """
    if jobs == 1:
        for path in paths:
            try:
                yield from check_file(job, path, stdin)
            except InputError as error:
                failed(path, str(error))
        return
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial

    everything = list(paths)
    with ProcessPoolExecutor(jobs) as pool:
        for path, (found, summary, problem) in zip(
            everything, pool.map(partial(_check_whole, job), everything, chunksize=16), strict=True
        ):
            yield [], summary
            for shown in found:
                yield shown, Summary()
            if problem is not None:
                failed(path, problem)
