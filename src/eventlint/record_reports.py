"""The reports of a record, for each release, and which of their findings are wanted."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from eventlint.checker import Checker, check_suspect
from eventlint.inputs.record import Record
from eventlint.job import File, Job, event_type_of
from eventlint.report import answer_line_of, findings_to_count
from eventlint.selection import Selection
from eventlint.suppressions import is_below

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.model import Answer, Finding
    from eventlint.report import Report

    Result = tuple[Finding, Answer | str | None]
    """A finding, and the server's answer, or one line of it, when it is about the finding."""


@functools.lru_cache(64)
def checker_of(release: str, collections: tuple[str, ...] | None, contract: Contract | None) -> Checker:
    """The checker for a release; it is created once."""
    return Checker(release, collections=collections, contract=contract)


def reports_of(
    job: Job, file: File, record: Record, body: bytes, *, is_suspect: bool = False
) -> Iterator[tuple[str, Report]]:
    """The report of an event, or of a request with a body, for each release."""
    event_type, collection = event_type_of(job, file, record) or "", record.collection or file.collection
    for release in job.releases:
        checker = checker_of(release, job.collections, job.contract)
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


def merged(job: Job, reports: Sequence[tuple[str, Report]], *, to_count: bool = False) -> list[Result]:
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


def is_ignored(selection: Selection, file: File, finding: Finding) -> bool:
    """Whether the rule of a finding is ignored in the file or below a pointer."""
    if finding.rule not in file.on:
        return True
    pointers = selection.pointers
    return bool(pointers) and any(finding.rule in off and is_below(finding.pointer, at) for at, off in pointers)


def suppressions_of(
    selection: Selection, file: File, record: Record, finding: Finding
) -> tuple[int | None, int | None]:
    """The first suppression of the configuration, and the first comment, that cover a finding; by their index."""
    if not file.suppressions and not record.suppressions:
        return None, None
    settings = (number for number in file.suppressions if selection.suppressions[number].covers(finding))
    comments = (number for number, one in enumerate(record.suppressions) if one.covers(record, finding))
    return next(settings, None), next(comments, None)
