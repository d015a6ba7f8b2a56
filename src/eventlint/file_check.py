"""Checks the events of one file: wanted findings, with positions in the file, and fixes."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from eventlint.checker import Checker, check
from eventlint.inputs.file_names import COMPRESSED
from eventlint.inputs.files import records
from eventlint.inputs.json_files import Envelope
from eventlint.inputs.path_patterns import matches
from eventlint.inputs.record import Record
from eventlint.inputs.recorded_answers import differences
from eventlint.inputs.type_from_path import type_of
from eventlint.model import Answer, Finding
from eventlint.output import RedactedLines, Rendered, Summary, render
from eventlint.report import Report
from eventlint.selection import Selection
from eventlint.spec import event_types
from eventlint.suppressions import is_below

if TYPE_CHECKING:
    from eventlint.contract import Contract


class Job(NamedTuple):
    """What to do with each file; it can be sent to another process.

    Attributes:
        config: The configuration file, relative to the current folder; None without one.
        releases: The releases to check for, as the user named them.
        has_release: Whether the user named a release.
        collections: The collections that exist; None when every legal name exists.
        patterns: Path patterns, each with the event type of the files that match; the first match decides.
        patterns_folder: The folder that the patterns are relative to.
        form: The format of all files; None when the suffix determines it.
        show_answer: Whether to show the server's whole answer instead of its innermost reason.
        fixes: The fixes to apply: None, ``safe``, or ``unsafe`` for all.
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
    config: str | None = None
    has_release: bool = False
    show_answer: bool = False
    selection: Selection = Selection()
    fixes: Literal["safe", "unsafe"] | None = None
    show_difference: bool = False
    contract: Contract | None = None


class File(NamedTuple):
    """A file, and what its path determines.

    Attributes:
        name: The path to show, relative to the current folder.
        event_type: The type of its events according to the command line or the configuration; None when unknown.
        suppressions: The suppressions of the configuration that apply to it, by their index.
        is_editable: Whether offsets in its events are offsets in the file.
    """

    path: str
    name: str
    event_type: str | None
    on: frozenset[str]
    suppressions: tuple[int, ...]
    is_editable: bool


_Result = tuple[Finding, Answer | None]
"""A finding, and the server's answer when it is about the finding."""


def file_of(job: Job, path: str) -> File:
    """A file, and what its path determines."""
    name = (job.stdin_name or "-") if path == "-" else shown_name(path)
    selection = job.selection
    on, suppressions = selection.on, tuple(range(len(selection.suppressions)))
    if selection.is_about_paths:
        on = on.difference(
            *(off for pattern, off in selection.paths if matches((pattern,), name, selection.paths_folder))
        )
        suppressions = tuple(
            number
            for number, pattern in enumerate(suppression.path for suppression in selection.suppressions)
            if pattern is None or matches((pattern,), name, selection.suppressions_folder)
        )
    by_pattern = (kind for pattern, kind in job.patterns if matches((pattern,), name, job.patterns_folder))
    return File(
        path=path,
        name=name,
        event_type=job.event_type or next(by_pattern, None),
        on=on,
        suppressions=suppressions,
        is_editable=path != "-" and not path.endswith(COMPRESSED),
    )


def shown_name(path: str) -> str:
    """A path to show: relative to the current folder."""
    is_plain = not path.startswith(("/", ".")) and "/." not in path and "//" not in path and os.sep == "/"
    return path if is_plain else os.path.relpath(path)


def _event_type(job: Job, file: File, record: Record) -> str | None:
    return job.event_type or record.event_type or file.event_type or type_of(file.name)


def check_record(job: Job, file: File, record: Record, counts: Summary) -> list[Rendered]:
    """The wanted findings of one event; what was done is counted."""
    counts.size += len(record.body)
    event_type = _event_type(job, file, record)
    if record.unchecked is not None:
        counts.leave_unchecked(record.unchecked)
        results: list[_Result] = [] if record.request is None else _around_unknown_body(job, record)
    elif record.problem is not None:
        results = [(record.problem, None)]
    elif record.request is None and event_type is None:
        if job.skip_unknown:
            counts.skip("no event type")
            return []
        results = [(_undetermined_type(job, record), None)]
    else:
        reports = list(_reports(job, record, event_type or "", record.body))
        recorded = differences(record, {release: report.accepted for release, report in reports})
        unchecked = next((report.unchecked for _, report in reports if report.unchecked is not None), None)
        if unchecked is not None:
            counts.leave_unchecked(unchecked)
            counts.events -= 1  # it is counted below
        if not record.suppressions and not recorded and not any(report.findings for _, report in reports):
            counts.events += 1
            return []
        results = [*_merge(job, reports), *recorded]
    counts.events += record.unchecked is None
    lines = RedactedLines(record.body)
    return [
        _render(job, file, record, finding, answer, lines)
        for finding, answer in _select(job, file, record, results, counts)
    ]


def _select(job: Job, file: File, record: Record, results: Sequence[_Result], summary: Summary) -> list[_Result]:
    """The results whose rule is active and that no suppression covers."""
    selection = job.selection
    selected: list[_Result] = []
    used: set[int] = set()
    for finding, answer in results:
        if finding.rule not in file.on:
            continue
        if any(finding.rule in off and is_below(finding.pointer, below) for below, off in selection.pointers):
            continue
        setting = next((number for number in file.suppressions if selection.suppressions[number].covers(finding)), None)
        comments = (number for number, one in enumerate(record.suppressions) if one.covers(record, finding))
        comment = next(comments, None)
        if setting is not None:
            summary.used.add((job.config, setting))
        if comment is not None:
            used.add(comment)
        if setting is None and comment is None:
            selected.append((finding, answer))
        else:
            summary.suppressed += 1
    for number, unused in enumerate(record.suppressions):
        if number not in used:
            from eventlint.rules.lint import unused_suppression

            finding = unused_suppression.finding(path="", position=unused.place.of(None))
            if finding.rule in file.on:
                selected.append((finding, None))
    return selected


@functools.lru_cache(64)
def _checker(release: str, collections: tuple[str, ...] | None, contract: Contract | None) -> Checker:
    return Checker(release, collections=collections, contract=contract)


def _reports(job: Job, record: Record, event_type: str, body: bytes) -> Iterator[tuple[str, Report]]:
    """The report of an event, or of a request with a body, for each release."""
    for release in job.releases:
        checker = _checker(release, job.collections, job.contract)
        if record.request is not None:
            yield release, checker.check_request(dataclasses.replace(record.request, body=body))
        else:
            yield release, checker.check(body, event_type, collection=record.collection)


def _merge(job: Job, reports: Sequence[tuple[str, Report]]) -> list[_Result]:
    """The findings of all releases; a finding that is not in all of them lists those that it is in."""
    releases: dict[Finding, list[str]] = {}
    answers: dict[Finding, Answer] = {}
    for release, report in reports:
        for finding in report.findings:
            releases.setdefault(finding, []).append(release)
        if report.first_error is not None and report.answer is not None:
            answers.setdefault(report.first_error, report.answer)
    in_order = sorted(releases, key=lambda finding: finding.position.offset if finding.position else -1)
    return [
        (
            finding
            if len(releases[finding]) == len(job.releases)
            else dataclasses.replace(finding, releases=tuple(releases[finding])),
            answers.get(finding),
        )
        for finding in in_order
    ]


def _around_unknown_body(job: Job, record: Record) -> list[_Result]:
    """The findings that do not depend on the body of a request."""
    from eventlint.rules import rule

    reports = list(_reports(job, record, "", b"{}"))  # any body that is not empty
    merged = [(finding, None) for finding, _ in _merge(job, reports) if rule(finding.rule).examines == "request"]
    accepted = {release: not merged for release, _ in reports}
    return [*merged, *differences(record, accepted)]


def _undetermined_type(job: Job, record: Record) -> Finding:
    """The finding for an event whose type is unknown."""
    from eventlint.rules.error import undetermined_event_type

    valid = [known for known in event_types() if check(record.body, known, release=job.releases[0]).ok]
    return undetermined_event_type.finding(valid)


def _render(
    job: Job, file: File, record: Record, finding: Finding, answer: Answer | None, lines: RedactedLines
) -> Rendered:
    """Turn a finding in an event into what is shown of it."""
    from eventlint.fixes.record_changes import fix_in_file

    at = finding.position
    if finding.path is not None:  # a comment outside of the payload: its position is already one in the file
        at, position = None, at
    else:
        start = record.head if at is None and record.request is not None and record.head else record.place
        position = start.of(at)
    located = dataclasses.replace(
        finding,
        path=file.name,
        record=record.number,
        position=position,
        fix=fix_in_file(finding, record) if file.is_editable else None,
    )
    return render(located, lines, at=at, answer=answer, whole_answer=job.show_answer)


def fix_file(job: Job, file: File, form: str | None, show: Callable[[str], object]) -> int:
    """Fix all events of a file, and return the number of findings that were fixed, or would be fixed.

    The file is replaced atomically; a file without fixes is not written. With ``show_difference``, nothing is written,
    and ``show`` receives a unified diff.
    """
    from eventlint.fixes.file_edits import apply_changes, show_changes
    from eventlint.fixes.record_changes import record_changes

    def findings(record: Record, body: bytes) -> list[Finding]:
        event_type = _event_type(job, file, record) or ""
        found = (finding for _, report in _reports(job, record, event_type, body) for finding in report.findings)
        return [finding for finding in dict.fromkeys(found) if finding.rule in file.on]

    changes = (
        change
        for record in records(file.path, form, job.envelope)
        if record.problem is None
        and record.unchecked is None
        and (record.request is not None or _event_type(job, file, record) is not None)
        for change in record_changes(record, findings, unsafe=job.fixes == "unsafe")
    )
    if job.show_difference:
        return show_changes(file.path, file.name, changes, show)
    return apply_changes(file.path, changes)
