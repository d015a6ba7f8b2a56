"""What is shown of the findings in a record: their places in the file, and their fixes or why these are refused."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from eventlint.fix_trials import NOT_UTF_8, refused_fixes
from eventlint.fixes.record_changes import fix_in_file, is_editable
from eventlint.inputs.record import Record
from eventlint.job import File, Job, shown_name
from eventlint.output.base import Rendered
from eventlint.output.groups import Event
from eventlint.output.rendering import InFile, RedactedLines, render

if TYPE_CHECKING:
    from eventlint.model import Fix, Position
    from eventlint.record_reports import Result

_NONE_REFUSED: Mapping[tuple[str, str], str] = {}


def render_results(
    job: Job,
    file: File,
    record: Record,
    selected: Sequence[Result],
    results: Sequence[Result],
    event: Event,
    similar: Hashable,
) -> list[Rendered]:
    """Turn findings in an event into what is shown of them.

    Args:
        job: What to check.
        file: The file of the event.
        record: The event.
        selected: The findings to show.
        results: These, and those that are not shown.
        event: What the event belongs to.
        similar: What the fixes of similar events have in common; None if the event is like no other.
    """
    refused = _NONE_REFUSED
    if job.fixes is not None or any(finding.fix is not None for finding, _ in selected):
        findings, everything = [one for one, _ in selected], [one for one, _ in results]
        refused = refused_fixes(job, file, record, findings, everything, similar)
    lines = RedactedLines(record.text)
    has_fixes = file.is_editable and is_editable(record)
    rendered = []
    for finding, answer in selected:
        at: Position | None = finding.position
        if finding.path is not None:  # a comment outside of the payload: its position is already one in the file
            at, position = None, at
        else:
            start = record.head if at is None and record.request is not None and record.head else record.place
            position = start.of(at)
        reason = refused.get((finding.rule, finding.pointer)) if refused else None
        if finding.fix is None and reason is not NOT_UTF_8:
            reason = None
        fix: Fix | None = None
        if has_fixes and reason is None and (finding.fix is not None or record.type_at is not None):
            fix = fix_in_file(finding, record)
        path = file.name if record.source is None or at is None else shown_name(record.source)
        place = InFile(position, fix, path, record.number)
        at = None if at is None else record.place.shown(at)
        rendered.append(render(finding, lines, at, answer, job.show_answer, reason, event, place))
    return rendered
