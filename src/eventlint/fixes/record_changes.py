"""The fixes of one record of a file, as changes to the file's bytes."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from eventlint.fixes.draft import Draft
from eventlint.fixes.payload_fixes import apply, fix_draft
from eventlint.inputs.record import Record
from eventlint.model import Edit, Finding, Fix


class Change(NamedTuple):
    """A part of a file to replace, to the byte after it, and the findings that this fixes."""

    start: int
    end: int
    content: bytes
    findings: Sequence[Finding]


def record_changes(
    record: Record, check: Callable[[Record, bytes], Sequence[Finding]], *, unsafe: bool
) -> Iterator[Change]:
    """The changes that fix a record, in the order of the file."""
    if record.place.encoded or record.not_fixable is not None:
        return
    for finding in check(record, record.body):
        fix = _request_fix(finding, record)
        if fix is not None and record.request is not None and record.type_at is not None:
            (edit,) = fix.edits
            yield Change(*edit, [finding])
            uri = record.request.uri.replace(f"/event/{record.type_at[1]}", f"/event/{edit.content.decode()}", 1)
            record = record._replace(request=dataclasses.replace(record.request, uri=uri))
    if record.source is not None:
        return
    draft, findings = fix_draft(
        record.body, lambda body: check(record, body), functools.partial(_may_fix, record), unsafe=unsafe
    )
    if findings:
        yield _change(record, draft, findings)


def _may_fix(record: Record, draft: Draft, finding: Finding) -> bool:
    """Whether a finding of an edited event may be fixed: no comment suppresses it, and the fix edits only the event."""
    if record.suppressions and finding.position is not None:
        position = dataclasses.replace(finding.position, offset=draft.original(finding.position.offset))
        origin = dataclasses.replace(finding, position=position)
        if any(one.covers(record, origin) for one in record.suppressions):
            return False
    if record.place.source_map is None:
        return True
    edits = () if finding.fix is None else finding.fix.edits
    return all(record.place.edits(part) is not None for edit in edits for part in draft.origins(edit))


def _change(record: Record, draft: Draft, findings: Sequence[Finding]) -> Change:
    """The change of the file that replaces an event with its edited form."""
    start = record.place.offset
    if record.place.source_map is None:
        return Change(start, start + len(record.body), draft.body, findings)
    edits = [part for edit in draft.edits() for part in record.place.edits(edit) or ()]
    start, end = edits[0].start, edits[-1].end
    old = record.place.source_map.text.original[start:end]
    content = apply(old, (edit._replace(start=edit.start - start, end=edit.end - start) for edit in edits))
    return Change(start, end, content, findings)


def fix_in_file(finding: Finding, record: Record) -> Fix | None:
    """The fix of a finding with offsets in the file; None when the file does not contain the payload as it is."""
    if record.place.encoded or record.not_fixable is not None:
        return None
    if finding.fix is None:
        return _request_fix(finding, record)
    if record.source is not None:
        return None
    edits = [record.place.edits(edit) for edit in finding.fix.edits]
    if None in edits:
        return None
    return finding.fix._replace(edits=tuple(part for parts in edits for part in parts or ()))


def _request_fix(finding: Finding, record: Record) -> Fix | None:
    """The fix of a misspelled event type in a request line, with offsets in the file."""
    if record.type_at is None:
        return None
    from eventlint.rules import rule_of_kind
    from eventlint.rules.diagnostic import safe
    from eventlint.rules.error import unknown_event_type as rule

    if finding.rule not in {rule_of_kind(kind).name for kind in rule.KINDS}:
        return None
    start, name = record.type_at
    meant = rule.meant(name)
    return None if meant is None else safe(f"write {meant}", Edit(start, start + len(name), meant.encode()))
