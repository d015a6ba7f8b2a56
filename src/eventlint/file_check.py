"""Checks the events of one file: wanted findings, with positions in the file, and fixes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from eventlint.checker import finds_nothing
from eventlint.inputs.envelope import ABSENT, value_at
from eventlint.inputs.record import Record
from eventlint.job import File, Job, event_type_of
from eventlint.jsontext.strict import parse
from eventlint.record_reports import checker_of, is_ignored, merged, reports_of, suppressions_of
from eventlint.report import findings_to_count, similarity_of
from eventlint.shortcuts import check
from eventlint.spec import event_types

if TYPE_CHECKING:
    from eventlint.model import Finding
    from eventlint.output import Rendered, Summary
    from eventlint.output.groups import Event
    from eventlint.record_reports import Result
    from eventlint.report import Report
    from eventlint.tiers import Tier


def screen_of(job: Job, file: File) -> Callable[[bytes], Record | None]:
    """The function that returns a record for a line of NDJSON in which nothing certainly is to be found; else None.

    It reads an envelope only once, and locates nothing.
    """
    checkers = [checker_of(release, job.collections, job.contract) for release in job.releases]
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
        results: list[Result] = [] if record.request is None else _around_unknown_body(job, file, record)
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
        results = [*merged(job, reports, to_count=job.counts_only and not record.suppressions), *recorded]
        if len(reports) == 1 and record.request is None and not (record.unknown or record.suppressions):
            similar = similarity_of(reports[0][1])
    counts.events += record.unchecked is None
    event = _event(job, file, record, event_type)
    if job.statistics and record.unchecked is None:
        counts.count_event(event)
    selected = _select(job, file, record, results, counts)
    if job.counts_only:
        from eventlint.output.base import Rendered

        return [Rendered(_without_details(one.rule, one.tier, one.pointer), event=event) for one, _ in selected]
    from eventlint.record_rendering import render_results

    return render_results(job, file, record, selected, results, event, similar)


def _count_clean(job: Job, file: File, record: Record, event_type: str | None, counts: Summary) -> None:
    """Count an event without findings."""
    counts.events += 1
    if job.statistics:
        counts.count_event(_event(job, file, record, event_type))


def _event(job: Job, file: File, record: Record, event_type: str | None) -> Event:
    """What an event belongs to."""
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
    return _event_of(event_type, collection, record.prefix, day)


def _event_of(*members: str | None) -> Event:
    """The value; short ones are kept, because they are the same for many events."""
    if sum(len(member) for member in members if member is not None) <= _LONGEST_KEPT:
        return _kept_event(*members)
    return _new_event(*members)


_LONGEST_KEPT = 200


def _new_event(*members: str | None) -> Event:
    from eventlint.output.groups import Event

    return Event(*members)


_kept_event = functools.lru_cache(256)(_new_event)


@functools.lru_cache(1024)
def _without_details(rule: str, tier: Tier, pointer: str) -> Finding:
    """What is needed of a finding that is only counted."""
    from eventlint.model import Finding

    return Finding(rule=rule, tier=tier, message="", pointer=pointer)


def _select(job: Job, file: File, record: Record, results: Sequence[Result], summary: Summary) -> list[Result]:
    """The results whose rule is active and that no suppression covers."""
    selection = job.selection
    selected: list[Result] = []
    used: set[int] = set()
    for finding, answer in results:
        if is_ignored(selection, file, finding):
            continue
        setting, comment = suppressions_of(selection, file, record, finding)
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


def _recorded(record: Record, accepted: Mapping[str, bool]) -> list[Result]:
    """The findings about the answer that the file recorded."""
    if record.failure is None and record.recorded is None:
        return []
    from eventlint.inputs.recorded_answers import differences

    return [*differences(record, accepted)]


def _around_unknown_body(job: Job, file: File, record: Record) -> list[Result]:
    """The findings that do not depend on the body of a request."""
    from eventlint.rules import rule

    reports = list(reports_of(job, file, record, b"{}"))  # any body that is not empty
    found: list[Result] = [
        (finding, None) for finding, _ in merged(job, reports) if rule(finding.rule).examines == "request"
    ]
    accepted = {release: not found for release, _ in reports}
    return [*found, *_recorded(record, accepted)]


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
