"""The findings of one event of a file, with their places in the file; it must not know other files or processes."""

import dataclasses
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from eventlint.checker import check, check_request
from eventlint.inputs.file_formats import Envelope
from eventlint.inputs.record import Place, Record
from eventlint.inputs.type_from_path import type_of
from eventlint.model import Edit, Finding, Fix, Position
from eventlint.output import Rendered, Summary
from eventlint.output.http_text import in_full
from eventlint.redact import redact
from eventlint.report import Report
from eventlint.selection import Selection, fits, is_below
from eventlint.spec import event_types

if TYPE_CHECKING:
    from eventlint.contract import Contract


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
        selection: Which findings are wanted.
        mend: Which fixes are made: None for none, ``safe``, or ``unsafe`` for all.
        show_difference: Whether fixes are shown and not made.
        contract: The contract of one's own that events should fit; None when there is none.
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
    selection: Selection = Selection()
    mend: str | None = None
    show_difference: bool = False
    contract: "Contract | None" = None


class File(NamedTuple):
    """A file, and what its name says of the events in it.

    Attributes:
        path: Its path, as it is opened.
        name: Its path, as it is shown; relative to the current folder.
        event_type: The type of its events, where the command line or the configuration tells it.
        on: The rules that are switched on in it.
        suppressions: The places of the suppressions that are about it.
        is_editable: Whether places in its events are places in the file.
    """

    path: str
    name: str
    event_type: str | None
    on: frozenset[str]
    suppressions: tuple[int, ...]
    is_editable: bool


def file_of(job: Job, path: str) -> File:
    """A file, and what its name says of the events in it."""
    name = (job.stdin_name or "-") if path == "-" else shown_name(path)
    chosen = job.selection
    on, about = chosen.on, tuple(range(len(chosen.suppressions)))
    if chosen.is_about_paths:
        on = on.difference(*(off for pattern, off in chosen.paths if _matches(pattern, name, chosen.folder)))
        about = tuple(
            number
            for number in about
            for pattern in [chosen.suppressions[number].path]
            if pattern is None or _matches(pattern, name, chosen.folder)
        )
    return File(
        path=path,
        name=name,
        event_type=job.event_type or _type_by_pattern(job, name),
        on=on,
        suppressions=about,
        is_editable=path != "-" and not path.endswith((".gz", ".zst")),
    )


def shown_name(path: str) -> str:
    """A path as it is shown: relative to the current folder."""
    is_plain = not path.startswith(("/", ".")) and "/." not in path and "//" not in path and os.sep == "/"
    return path if is_plain else os.path.relpath(path)


def _matches(pattern: str, name: str, folder: str) -> bool:
    import pathspec

    relative = os.path.relpath(os.path.abspath(name), folder)
    return pathspec.GitIgnoreSpec.from_lines([pattern]).match_file(relative)


def _type_by_pattern(job: Job, name: str) -> str | None:
    found = (kind for pattern, kind in job.patterns if _matches(pattern, name, job.patterns_folder))
    return next(found, None)


def type_of_record(job: Job, file: File, record: Record) -> str | None:
    """The type of an event; None where nothing tells it."""
    return job.event_type or record.event_type or file.event_type or type_of(file.name)


def check_record(job: Job, file: File, record: Record, counts: Summary) -> list[Rendered]:
    """The findings of one event that are wanted; what was done is added to the counts."""
    counts.size += len(record.body)
    event_type = type_of_record(job, file, record)
    if record.request is None and event_type is None:
        if job.skip_unknown:
            counts.skipped += 1
            return []
        found: list[tuple[Finding, str | None]] = [(_untyped(job, record), None)]
    else:
        told = list(reports(job, record, event_type or "", record.body))
        if not record.suppressions and not any(report.findings for _, report in told):
            counts.events += 1
            return []
        found = _merged(job, told)
    counts.events += 1
    wanted = _wanted(job.selection, file, record, found, counts)
    lines = _Lines(record.body)
    return [_shown(finding, answer, record, file, lines) for finding, answer in wanted]


def _wanted(
    chosen: Selection,
    file: File,
    record: Record,
    found: Sequence[tuple[Finding, str | None]],
    summary: Summary,
) -> list[tuple[Finding, str | None]]:
    """The findings that are switched on and that nothing suppressions."""
    wanted: list[tuple[Finding, str | None]] = []
    silent: set[int] = set()
    for finding, answer in found:
        if finding.rule not in file.on:
            continue
        if any(finding.rule in off and is_below(finding.pointer, below) for below, off in chosen.pointers):
            continue
        by = next((number for number in file.suppressions if fits(chosen.suppressions[number], finding)), None)
        comment = next((number for number, one in enumerate(record.suppressions) if one.covers(record, finding)), None)
        if by is not None:
            summary.used.add(by)
        if comment is not None:
            silent.add(comment)
        if by is None and comment is None:
            wanted.append((finding, answer))
        else:
            summary.suppressed += 1
    if "unused-suppression" in file.on:
        unused = (one for number, one in enumerate(record.suppressions) if number not in silent)
        wanted += [(_unused(one.at), None) for one in unused]
    return wanted


def _unused(at: Place) -> Finding:
    from eventlint.rules.lint import unused_suppression as rule

    return Finding(
        rule="unused-suppression", tier="lint", message=rule.MESSAGE, hint=rule.HINT, path="", position=at.of(None)
    )


def reports(job: Job, record: Record, event_type: str, body: bytes) -> Iterator[tuple[str, Report]]:
    """The report of an event, or of a request with it, for each release."""
    for release in job.releases:
        if record.request is not None:
            request = dataclasses.replace(record.request, body=body)
            yield release, check_request(request, release=release, collections=job.collections, contract=job.contract)
        else:
            yield (
                release,
                check(
                    body,
                    event_type,
                    release=release,
                    collection=record.collection,
                    collections=job.collections,
                    contract=job.contract,
                ),
            )


def _merged(job: Job, told: Sequence[tuple[str, Report]]) -> list[tuple[Finding, str | None]]:
    """The findings in all releases; one that does not hold in all of them says in which it does."""
    releases: dict[Finding, list[str]] = {}
    answers: dict[Finding, str] = {}
    for release, report in told:
        for finding in report.findings:
            releases.setdefault(finding, []).append(release)
        if report.first_error is not None and report.answer is not None:
            said = in_full(report.answer) if job.show_answer else str(report.answer)
            answers.setdefault(report.first_error, said)
    every = len(job.releases)
    in_order = sorted(releases, key=lambda finding: finding.position.offset if finding.position else -1)
    return [
        (finding if len(held) == every else dataclasses.replace(finding, releases=tuple(held)), answers.get(finding))
        for finding in in_order
        for held in [releases[finding]]
    ]


def _untyped(job: Job, record: Record) -> Finding:
    """Nothing tells the type of an event."""
    from eventlint.rules.error import undetermined_event_type as undetermined_event_type

    fits = [known for known in event_types() if check(record.body, known, release=job.releases[0]).ok]
    would = f"; it would be valid as {' or '.join(fits)}" if fits else "; it would be valid as none"
    return Finding(
        rule="undetermined-event-type",
        tier="error",
        message=undetermined_event_type.MESSAGE + would,
        hint=undetermined_event_type.HINT,
        position=Position(line=1, column=1, offset=0),
    )


class _Lines:
    """The lines of a payload, with their secrets hidden; each is made once, for all findings in it."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._lines: list[bytes] | None = None
        self._masked: dict[int, str] = {}
        self._digests: dict[int, bytes] = {}

    def redact(self, number: int) -> str:
        """A line by its number, from 1; empty where there is none."""
        if self._lines is None:
            self._lines = self._body.splitlines()
        if number > len(self._lines):
            return ""
        if number not in self._masked:
            self._masked[number] = redact(self._lines[number - 1].decode("utf-8", "replace"))
        return self._masked[number]

    def digest(self, number: int) -> bytes:
        """What tells a line from others; white space and secrets make no difference."""
        if number not in self._digests:
            from hashlib import sha256

            line = "".join(self.redact(number).split())
            self._digests[number] = sha256(line.encode("utf-8", "surrogatepass")).digest()
        return self._digests[number]


def _shown(finding: Finding, answer: str | None, record: Record, file: File, lines: "_Lines") -> Rendered:
    position = finding.position
    if finding.path is not None:  # it is about a comment around the event, and placed already
        line, caret, place = "", 1, position
    else:
        line, caret = ("", 1) if position is None else (lines.redact(position.line), position.column)
        head = (record.head or Place()) if position is None and record.request is not None else record.place
        place = head.of(position)
    located = dataclasses.replace(
        finding,
        path=file.name,
        record=record.number,
        position=place,
        pointer=redact(finding.pointer),
        fix=_moved(finding, record) if file.is_editable else None,
    )
    digest = lines.digest(position.line if position and finding.path is None else 1)
    return Rendered(finding=located, line=line, caret=caret, answer=answer, fingerprint=_fingerprint(located, digest))


def _fingerprint(finding: Finding, digest: bytes) -> str:
    from hashlib import sha256

    path = (finding.path or "").replace(os.sep, "/")
    text = "\0".join((path, finding.rule, finding.pointer)).encode("utf-8", "surrogatepass")
    return sha256(text + b"\0" + digest).hexdigest()[:32]


def _moved(finding: Finding, record: Record) -> Fix | None:
    """A fix whose offsets are in the file; None where the event does not stand there as it is."""
    fix = finding.fix or fix_of_request(finding, record)
    if fix is None or record.place.fixed:
        return None
    if finding.fix is None:
        return fix
    by = record.place.offset
    return fix._replace(edits=tuple(Edit(edit.start + by, edit.end + by, edit.content) for edit in fix.edits))


def fix_of_request(finding: Finding, record: Record) -> Fix | None:
    """The fix of a request line that names an event type in another way; its offsets are in the file."""
    if finding.rule != "unknown-event-type" or record.type_at is None:
        return None
    from eventlint.rules.diagnostic import safe
    from eventlint.rules.error import unknown_event_type as rule

    start, name = record.type_at
    meant = rule.meant(name)
    return None if meant is None else safe(f"write {meant}", Edit(start, start + len(name), meant.encode()))


Stdin = Callable[[], Any]
