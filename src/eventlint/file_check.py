"""Checks the events of one file: wanted findings, with positions in the file, and fixes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from eventlint.checker import Checker, check_suspect, finds_nothing
from eventlint.fix_trials import Note, ignore, known_or_tried
from eventlint.inputs.envelope import ABSENT, value_at
from eventlint.inputs.record import Record
from eventlint.job import File, Job, event_type_of, shown_name
from eventlint.jsontext.strict import parse
from eventlint.report import answer_line_of, findings_to_count, similarity_of
from eventlint.selection import Selection
from eventlint.shortcuts import check
from eventlint.spec import event_types
from eventlint.suppressions import is_below

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.fixes.record_changes import RecordFixes
    from eventlint.model import Answer, Finding
    from eventlint.output import RedactedLines, Rendered, Summary
    from eventlint.output.groups import Event
    from eventlint.report import Report
    from eventlint.tiers import Tier

    _Result = tuple[Finding, Answer | str | None]
    """A finding, and the server's answer, or one line of it, when it is about the finding."""


def screen_of(job: Job, file: File) -> Callable[[bytes], Record | None]:
    """The function that returns a record for a line of NDJSON in which nothing certainly is to be found; else None.

    It reads an envelope only once, and locates nothing.
    """
    checkers = [_checker(release, job.collections, job.contract) for release in job.releases]
    envelope = job.envelope

    def screen(line: bytes) -> Record | None:
        try:
            event = parse(line)
            kind = collection = None
            if type(event) is dict and envelope.payload[0] in event:
                payload, kind = value_at(event, envelope.payload), value_at(event, envelope.event_type)
                if payload is not ABSENT and kind is not ABSENT:
                    collection = value_at(event, envelope.collection)
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


def check_record(
    job: Job, file: File, record: Record, counts: Summary, *, is_suspect: bool = False, report: Report | None = None
) -> list[Rendered]:
    """The wanted findings of one event; what was done is counted.

    Args:
        job: What to check.
        file: The file that the event is in.
        record: The event.
        counts: Receives what was done.
        is_suspect: Whether the fast path has suspected the event already.
        report: The report of the event if it is known, for the only release of the job.
    """
    counts.size += len(record.body)
    event_type = event_type_of(job, file, record)
    similar: Hashable = None
    if record.is_clean:
        _count_clean(job, file, record, event_type, counts)
        return []
    if record.unchecked is not None:
        counts.leave_unchecked(record.unchecked)
        results: list[_Result] = [] if record.request is None else _around_unknown_body(job, file, record)
    elif record.problem is not None:
        results = [(record.problem, None)]
    elif record.request is None and event_type is None:
        if job.skip_unknown:
            counts.skip("no event type")
            return []
        results = [(_unreadable(record) or _undetermined_type(job, record), None)]
    else:
        known = [] if report is None else [(job.releases[0], report)]
        reports = known or list(reports_of(job, file, record, record.body, is_suspect=is_suspect))
        event_type = reports[0][1].event_type or event_type
        recorded = _recorded(record, {release: report.accepted for release, report in reports})
        unchecked = next((report.unchecked for _, report in reports if report.unchecked is not None), None)
        if unchecked is not None:
            counts.leave_unchecked(unchecked)
            counts.events -= 1  # it is counted below
        if not record.suppressions and not recorded and not any(findings_to_count(one) for _, one in reports):
            _count_clean(job, file, record, event_type, counts)
            return []
        results = [*_merge(job, reports, to_count=job.counts_only and not record.suppressions), *recorded]
        if len(reports) == 1 and record.request is None and not (record.unknown or record.suppressions):
            similar = similarity_of(reports[0][1])
    counts.events += record.unchecked is None
    event = _event(job, file, record, event_type)
    if job.statistics and record.unchecked is None:
        counts.count_event(event)
    selected = _select(job, file, record, results, counts)
    if job.counts_only:
        return [_counted(finding, event) for finding, _ in selected]
    from eventlint.output import RedactedLines

    lines = RedactedLines(record.text)
    refused = _refused_fixes(job, file, record, [one for one, _ in selected], [one for one, _ in results], similar)
    rendered = (_render(job, file, record, finding, answer, lines, refused) for finding, answer in selected)
    return [one._replace(event=event) for one in rendered]


def _count_clean(job: Job, file: File, record: Record, event_type: str | None, counts: Summary) -> None:
    """Count an event without findings."""
    counts.events += 1
    if job.statistics:
        counts.count_event(_event(job, file, record, event_type))


def _event(job: Job, file: File, record: Record, event_type: str | None) -> Event:
    """What an event belongs to."""
    from eventlint.output.groups import Event

    day = record.day
    if job.statistics and day is None and job.envelope.time is not None:
        from eventlint.inputs.event_time import day_in

        day = day_in(record.body, job.envelope.time)
    collection = record.collection
    if record.request is None and collection is None:
        collection = file.collection
    if record.request is not None and collection is None:
        from eventlint.inputs.endpoint import collection_of

        collection = collection_of(record.request.uri)
    return Event(event_type, collection, record.prefix, day)


def _counted(finding: Finding, event: Event) -> Rendered:
    """A finding that is not shown."""
    from eventlint.output import Rendered

    return Rendered(_without_details(finding.rule, finding.tier, finding.pointer), event=event)


@functools.lru_cache(1024)
def _without_details(rule: str, tier: Tier, pointer: str) -> Finding:
    """What is needed of a finding that is only counted."""
    from eventlint.model import Finding

    return Finding(rule=rule, tier=tier, message="", pointer=pointer)


def _select(job: Job, file: File, record: Record, results: Sequence[_Result], summary: Summary) -> list[_Result]:
    """The results whose rule is active and that no suppression covers."""
    selection = job.selection
    selected: list[_Result] = []
    used: set[int] = set()
    for finding, answer in results:
        if _is_ignored(selection, file, finding):
            continue
        setting, comment = _suppressions(selection, file, record, finding)
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


def _is_ignored(selection: Selection, file: File, finding: Finding) -> bool:
    """Whether the rule of a finding is ignored in the file or below a pointer."""
    if finding.rule not in file.on:
        return True
    return any(finding.rule in off and is_below(finding.pointer, below) for below, off in selection.pointers)


def _suppressions(selection: Selection, file: File, record: Record, finding: Finding) -> tuple[int | None, int | None]:
    """The first suppression of the configuration, and the first comment, that cover a finding; by their index."""
    settings = (number for number in file.suppressions if selection.suppressions[number].covers(finding))
    comments = (number for number, one in enumerate(record.suppressions) if one.covers(record, finding))
    return next(settings, None), next(comments, None)


@functools.lru_cache(64)
def _checker(release: str, collections: tuple[str, ...] | None, contract: Contract | None) -> Checker:
    return Checker(release, collections=collections, contract=contract)


def reports_of(
    job: Job, file: File, record: Record, body: bytes, *, is_suspect: bool = False
) -> Iterator[tuple[str, Report]]:
    """The report of an event, or of a request with a body, for each release."""
    event_type, collection = event_type_of(job, file, record) or "", record.collection or file.collection
    for release in job.releases:
        checker = _checker(release, job.collections, job.contract)
        if record.unknown or record.has_variables:
            from eventlint.inputs.requests.substitution import check_unknown

            yield release, check_unknown(record, body, checker.check_request, checker.release, job.collections)
        elif record.request is not None:
            from dataclasses import replace

            yield release, checker.check_request(replace(record.request, body=body))
        elif is_suspect:
            yield release, check_suspect(checker, body, event_type, collection=collection)
        else:
            yield release, checker.check(body, event_type, collection=collection)


def _merge(job: Job, reports: Sequence[tuple[str, Report]], *, to_count: bool = False) -> list[_Result]:
    """The findings of all releases; a finding that is not in all of them lists those that it is in.

    ``to_count`` is whether their positions do not matter.
    """
    if len(reports) == 1:
        ((_, report),) = reports
        if to_count:
            return [(finding, None) for finding in findings_to_count(report)]
        answer = _answer(job, report)
        in_order = sorted(report.findings, key=_offset)
        return [(finding, answer if finding is report.first_error else None) for finding in in_order]
    from dataclasses import replace

    releases: dict[Finding, list[str]] = {}
    answers: dict[Finding, Answer | str] = {}
    for release, report in reports:
        for finding in report.findings:
            releases.setdefault(finding, []).append(release)
        answer = _answer(job, report)
        if report.first_error is not None and answer is not None:
            answers.setdefault(report.first_error, answer)
    in_order = sorted(releases, key=_offset)
    return [
        (
            finding
            if len(releases[finding]) == len(job.releases)
            else replace(finding, releases=tuple(releases[finding])),
            answers.get(finding),
        )
        for finding in in_order
    ]


def _answer(job: Job, report: Report) -> Answer | str | None:
    """The server's answer to a rejected event, as far as it is shown."""
    if report.first_error is None or job.counts_only:
        return None
    return report.answer if job.show_answer else answer_line_of(report)


def _offset(finding: Finding) -> int:
    return finding.position.offset if finding.position else -1


def _recorded(record: Record, accepted: Mapping[str, bool]) -> list[_Result]:
    """The findings about the answer that the file recorded."""
    if record.failure is None and record.recorded is None:
        return []
    from eventlint.inputs.recorded_answers import differences

    return [*differences(record, accepted)]


def _around_unknown_body(job: Job, file: File, record: Record) -> list[_Result]:
    """The findings that do not depend on the body of a request."""
    from eventlint.rules import rule

    reports = list(reports_of(job, file, record, b"{}"))  # any body that is not empty
    merged: list[_Result] = [
        (finding, None) for finding, _ in _merge(job, reports) if rule(finding.rule).examines == "request"
    ]
    accepted = {release: not merged for release, _ in reports}
    return [*merged, *_recorded(record, accepted)]


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


_NOT_UTF_8 = "only an event in UTF-8 can be edited"


def _has_fixes(finding: Finding) -> bool:
    """Whether its rule fixes findings in an event in UTF-8, at least some."""
    from eventlint.rules import rule

    return finding.tier != "contract" and rule(finding.rule).fixable is not None


def _refused_fixes(
    job: Job,
    file: File,
    record: Record,
    findings: Sequence[Finding],
    everything: Sequence[Finding],
    similar: Hashable,
) -> dict[tuple[str, str], str]:
    """Why fixes of findings would not be applied, by their rule and pointer; found by trying them.

    ``everything`` also has the findings that are not reported. What is ``similar`` for two events gives the same.
    """
    from eventlint.fixes.record_changes import is_allowed, is_editable

    fixable = [finding for finding in findings if finding.fix is not None]
    if not fixable and job.fixes is None:
        return {}
    if not (file.is_editable and is_editable(record)):
        kind = "standard input" if file.path == "-" else "a compressed file" if not file.is_editable else "this format"
        reason = record.not_fixable or f"{kind} cannot be edited"
        is_shown = job.fixes is not None or record.not_fixable is not None
        return {(one.rule, one.pointer): reason for one in fixable} if is_shown else {}
    if job.fixes is not None and any(one.rule == "non-utf-8-encoding" for one in everything):
        return {(one.rule, one.pointer): _NOT_UTF_8 for one in findings if _has_fixes(one)}
    safeties = sorted({finding.fix.safety for finding in fixable if finding.fix is not None})

    def tried(note: Note) -> dict[tuple[str, str], str]:
        return {
            (finding.rule, finding.pointer): reason
            for safety in safeties
            for finding, reason in fixes_of(job, file, record, everything, unsafe=safety == "unsafe", note=note).refused
            if finding.fix is not None and finding.fix.safety == safety
        }

    reasons = known_or_tried(similar, job, file, tried)
    outside = [one for one in fixable if not is_allowed(one, record)]
    return reasons | {
        (one.rule, one.pointer): "it would change a comment, a variable, or other lines" for one in outside
    }


def _render(
    job: Job,
    file: File,
    record: Record,
    finding: Finding,
    answer: Answer | str | None,
    lines: RedactedLines,
    refused: Mapping[tuple[str, str], str],
) -> Rendered:
    """Turn a finding in an event into what is shown of it."""
    from eventlint.fixes.record_changes import fix_in_file
    from eventlint.model import moved
    from eventlint.output import render

    at = finding.position
    if finding.path is not None:  # a comment outside of the payload: its position is already one in the file
        at, position = None, at
    else:
        start = record.head if at is None and record.request is not None and record.head else record.place
        position = start.of(at)
    reason = refused.get((finding.rule, finding.pointer))
    if finding.fix is None and reason is not _NOT_UTF_8:
        reason = None
    path = file.name if record.source is None or at is None else shown_name(record.source)
    has_fix = reason is None and (finding.fix is not None or record.type_at is not None)
    fix = fix_in_file(finding, record) if has_fix and file.is_editable else None
    located = moved(finding, position, fix, path, record.number)
    at = None if at is None else record.place.shown(at)
    shown = render(located, lines, at=at, answer=answer, whole_answer=job.show_answer)
    return shown if reason is None else shown._replace(refused=reason)


def fixes_of(
    job: Job,
    file: File,
    record: Record,
    everything: Sequence[Finding] | None = None,
    *,
    unsafe: bool,
    note: Note = ignore,
) -> RecordFixes:
    """The fixes of a record: those that help, and those that are refused. Its findings may be known.

    ``note`` receives whether each event that was tried is accepted.
    """
    from eventlint.fixes.record_changes import record_changes

    def findings(record: Record, body: bytes) -> list[Finding]:
        reports = [report for _, report in reports_of(job, file, record, body)]
        note(any(report.accepted for report in reports))
        found = [finding for report in reports for finding in report.findings]
        return found if len(job.releases) == 1 else list(dict.fromkeys(found))

    def is_wanted(finding: Finding) -> bool:
        if _is_ignored(job.selection, file, finding):
            return False
        return _suppressions(job.selection, file, record, finding) == (None, None)

    return record_changes(
        record, findings, unsafe=unsafe, is_wanted=is_wanted, findings=everything, has_contract=job.contract is not None
    )
