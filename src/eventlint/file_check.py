"""Checks the events of one file: wanted findings, with positions in the file, and fixes."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from eventlint.checker import Checker, check, finds_nothing, parse
from eventlint.inputs.file_names import COMPRESSED
from eventlint.inputs.files import records
from eventlint.inputs.json_files import Envelope
from eventlint.inputs.path_patterns import matches
from eventlint.inputs.record import Record
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
        form: The format of all files; None when the content determines it.
        prefixes: The prefixes of proxies in front of the endpoint.
        file_collections: Path patterns, each with the collection of the events in files that match; the first match
            decides.
        file_collections_folder: The folder that these patterns are relative to.
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
    prefixes: tuple[str, ...] = ()
    file_collections: tuple[tuple[str, str], ...] = ()
    file_collections_folder: str = "."


class File(NamedTuple):
    """A file, and what its path determines.

    Attributes:
        name: The path to show, relative to the current folder.
        event_type: The type of its events according to the command line, the configuration, or its path; else None.
        collection: The collection of its events according to the configuration; else None.
        suppressions: The suppressions of the configuration that apply to it, by their index.
        is_editable: Whether offsets in its events are offsets in the file.
    """

    path: str
    name: str
    event_type: str | None
    collection: str | None
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
    by_path = (
        collection
        for pattern, collection in job.file_collections
        if matches((pattern,), name, job.file_collections_folder)
    )
    return File(
        path=path,
        name=name,
        event_type=job.event_type or next(by_pattern, None) or type_of(name),
        collection=next(by_path, None),
        on=on,
        suppressions=suppressions,
        is_editable=path != "-" and not path.endswith(COMPRESSED),
    )


def shown_name(path: str) -> str:
    """A path to show: relative to the current folder."""
    is_plain = not path.startswith(("/", ".")) and "/." not in path and "//" not in path and os.sep == "/"
    return path if is_plain else os.path.relpath(path)


def _event_type(job: Job, file: File, record: Record) -> str | None:
    return job.event_type or record.event_type or file.event_type


def screen_of(job: Job, file: File) -> Callable[[bytes], Record | None]:
    """The function that returns a record for a line of NDJSON in which nothing certainly is to be found; else None.

    It reads an envelope only once, and locates nothing.
    """
    checkers = [_checker(release, job.collections, job.contract) for release in job.releases]
    envelope = job.envelope

    def screen(line: bytes) -> Record | None:
        try:
            event = parse(line)
            payload, kind = _value_at(event, envelope.payload), _value_at(event, envelope.event_type)
            collection = None
            if payload is _ABSENT or kind is _ABSENT:
                kind = None
            else:
                collection = _value_at(event, envelope.collection)
                event = payload
        except (ValueError, RecursionError):
            return None
        kind = kind if isinstance(kind, str) else None
        collection = collection if isinstance(collection, str) else None
        event_type = job.event_type or kind or file.event_type
        if event_type is None:
            return None
        target = collection or file.collection
        for checker in checkers:
            if not finds_nothing(checker, event, event_type, target):
                return None
        return Record(body=line, event_type=kind, collection=collection, is_clean=True)

    return screen


_ABSENT = object()


def _value_at(value: Any, parts: tuple[str, ...]) -> Any:
    for part in parts:
        if type(value) is not dict or part not in value:
            return _ABSENT
        value = value[part]
    return value


def check_record(job: Job, file: File, record: Record, counts: Summary) -> list[Rendered]:
    """The wanted findings of one event; what was done is counted."""
    counts.size += len(record.body)
    if record.is_clean:
        counts.events += 1
        return []
    event_type = _event_type(job, file, record)
    if record.unchecked is not None:
        counts.leave_unchecked(record.unchecked)
        return []
    if record.problem is not None:
        results: list[_Result] = [(record.problem, None)]
    elif record.request is None and event_type is None:
        if job.skip_unknown:
            counts.skip("no event type")
            return []
        results = [(_unreadable(record) or _undetermined_type(job, record), None)]
    else:
        reports = list(_reports(job, file, record, record.body))
        if not record.suppressions and not any(report.findings for _, report in reports):
            counts.events += 1
            return []
        results = _merge(job, reports)
    counts.events += 1
    lines = RedactedLines(record.text)
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


def _reports(job: Job, file: File, record: Record, body: bytes) -> Iterator[tuple[str, Report]]:
    """The report of an event, or of a request with a body, for each release."""
    event_type, collection = _event_type(job, file, record) or "", record.collection or file.collection
    for release in job.releases:
        checker = _checker(release, job.collections, job.contract)
        if record.unknown or record.has_variables:
            from eventlint.inputs.requests.substitution import check_unknown

            yield release, check_unknown(record, body, checker.check_request, checker.release, job.collections)
        elif record.request is not None:
            yield release, checker.check_request(dataclasses.replace(record.request, body=body))
        else:
            yield release, checker.check(body, event_type, collection=collection)


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


def _unreadable(record: Record) -> Finding | None:
    """The finding for a body that is not JSON, whatever its event type is."""
    from eventlint.inputs.json_problems import problem_of, syntax_error
    from eventlint.jsontext.decoding import decode
    from eventlint.jsontext.syntax_error import JsonSyntaxError

    try:
        text = decode(record.body)
    except JsonSyntaxError:
        return None
    error = syntax_error(text.data, text.start) if text.unit == 1 else None
    return problem_of(error, record.body) if error else None


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
        path=file.name if record.source is None or at is None else shown_name(record.source),
        record=record.number,
        position=position,
        fix=fix_in_file(finding, record) if file.is_editable else None,
    )
    at = None if at is None else record.place.shown(at)
    return render(located, lines, at=at, answer=answer, whole_answer=job.show_answer)


def why_not_fixable(job: Job, file: File) -> str | None:
    """Why no event of a file is to be fixed: a part of the file is not understood; else None."""
    found = records(file.path, job.form, job.envelope, screen=screen_of(job, file), prefixes=job.prefixes)
    record = next((record for record in found if record.blocks_fixes), None)
    return None if record is None else f"line {record.place.line} of the file is not JSON"


def fix_file(job: Job, file: File, form: str | None, show: Callable[[str], object]) -> int:
    """Fix all events of a file, and return the number of findings that were fixed, or would be fixed.

    The file is replaced atomically; a file without fixes is not written. With ``show_difference``, nothing is written,
    and ``show`` receives a unified diff.
    """
    from eventlint.fixes.file_edits import apply_changes, show_changes
    from eventlint.fixes.record_changes import record_changes

    def findings(record: Record, body: bytes) -> list[Finding]:
        found = (finding for _, report in _reports(job, file, record, body) for finding in report.findings)
        return [finding for finding in dict.fromkeys(found) if finding.rule in file.on]

    changes = (
        change
        for record in records(file.path, form, job.envelope, prefixes=job.prefixes)
        if record.problem is None
        and record.unchecked is None
        and (record.request is not None or _event_type(job, file, record) is not None)
        for change in record_changes(record, findings, unsafe=job.fixes == "unsafe")
    )
    if job.show_difference:
        return show_changes(file.path, file.name, changes, show)
    return apply_changes(file.path, changes)
