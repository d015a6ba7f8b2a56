"""Tries the fixes of an event, and keeps which of them were refused for the next events that are like it.

In an archive, the same mistake is in many events. Trying fixes takes longer than all else that is done with an event.
The result is the same for similar events (see :mod:`eventlint.report_templates`) as long as the server rejects all
events that were tried: it compares the values of an event with each other only if it accepts it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from eventlint.fixes.record_changes import RecordFixes, is_allowed, is_editable, record_changes
from eventlint.inputs.record import Record
from eventlint.job import File, Job
from eventlint.model import Finding
from eventlint.record_reports import is_ignored, reports_of, suppressions_of
from eventlint.rules import rule

Reasons = dict[tuple[str, str], str]
"""Why fixes are refused, by their rule and pointer."""

Note = Callable[[bool], object]
"""Receives whether an event that was tried is accepted."""

_MOST = 256
"""How many results are kept."""

_MOST_TRIED = 50
"""The result of more tries is not kept: the larger an event, the fewer are allowed, but always more than this if it has
a template."""

_known: dict[tuple[Hashable, File, int], tuple[Job, Reasons]] = {}
"""The results; they keep the jobs, whose identity is a part of the key."""


def ignore(is_accepted: bool) -> None:
    """Note nothing."""


def known_or_tried(similar: Hashable, job: Job, file: File, tried: Callable[[Note], Reasons]) -> Reasons:
    """Why fixes are refused: as for a similar event, or found by trying them.

    Args:
        similar: What similar events have in common; None if the event is like no other.
        job: What to check.
        file: The file of the event.
        tried: Tries the fixes, and notes each try.
    """
    key = similar, file, id(job)
    known = None if similar is None else _known.get(key)
    if known is not None:
        return known[1]
    notes: list[bool] = []
    reasons = tried(notes.append)
    if similar is not None and not any(notes) and len(notes) <= _MOST_TRIED:
        if len(_known) >= _MOST:
            _known.clear()
        _known[key] = job, reasons
    return reasons


NOT_UTF_8 = "only an event in UTF-8 can be edited"


def _has_fixes(finding: Finding) -> bool:
    """Whether its rule fixes findings in an event in UTF-8, at least some."""
    return finding.tier != "contract" and rule(finding.rule).fixable is not None


def refused_fixes(
    job: Job,
    file: File,
    record: Record,
    findings: Sequence[Finding],
    everything: Sequence[Finding],
    similar: Hashable,
) -> Mapping[tuple[str, str], str]:
    """Why fixes of findings would not be applied, by their rule and pointer; found by trying them.

    Args:
        job: What to check.
        file: The file of the event.
        record: The event.
        findings: The findings that are reported.
        everything: These, and those that are not reported.
        similar: What similar events have in common; None if the event is like no other.
    """
    fixable = [finding for finding in findings if finding.fix is not None]
    if not fixable and job.fixes is None:
        return {}
    if not (file.is_editable and is_editable(record)):
        kind = "standard input" if file.path == "-" else "a compressed file" if not file.is_editable else "this format"
        reason = record.not_fixable or f"{kind} cannot be edited"
        is_shown = job.fixes is not None or record.not_fixable is not None
        return {(one.rule, one.pointer): reason for one in fixable} if is_shown else {}
    if job.fixes is not None and any(one.rule == "non-utf-8-encoding" for one in everything):
        return {(one.rule, one.pointer): NOT_UTF_8 for one in findings if _has_fixes(one)}
    safeties = sorted({finding.fix.safety for finding in fixable if finding.fix is not None})

    def tried(note: Note) -> Reasons:
        return {
            (finding.rule, finding.pointer): reason
            for safety in safeties
            for finding, reason in fixes_of(job, file, record, everything, unsafe=safety == "unsafe", note=note).refused
            if finding.fix is not None and finding.fix.safety == safety
        }

    reasons = known_or_tried(similar, job, file, tried)
    outside = [one for one in fixable if not is_allowed(one, record)]
    if not outside:
        return reasons
    return reasons | {
        (one.rule, one.pointer): "it would change a comment, a variable, or other lines" for one in outside
    }


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

    def findings(record: Record, body: bytes) -> list[Finding]:
        reports = [report for _, report in reports_of(job, file, record, body)]
        note(any(report.accepted for report in reports))
        found = [finding for report in reports for finding in report.findings]
        return found if len(job.releases) == 1 else list(dict.fromkeys(found))

    def is_wanted(finding: Finding) -> bool:
        if is_ignored(job.selection, file, finding):
            return False
        return suppressions_of(job.selection, file, record, finding) == (None, None)

    return record_changes(
        record, findings, unsafe=unsafe, is_wanted=is_wanted, findings=everything, has_contract=job.contract is not None
    )
