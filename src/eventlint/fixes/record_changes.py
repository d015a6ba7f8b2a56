"""The fixes of one record of a file, as changes to the file's bytes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from eventlint.fixes.payload_fixes import fix_payload
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
    body, findings = fix_payload(record.body, lambda body: check(record, body), unsafe=unsafe)
    if findings:
        start = record.place.offset
        yield Change(start, start + len(record.body), body, findings)


def fix_in_file(finding: Finding, record: Record) -> Fix | None:
    """The fix of a finding with offsets in the file; None when the file does not contain the payload as it is."""
    if record.place.encoded or record.not_fixable is not None:
        return None
    if finding.fix is None:
        return _request_fix(finding, record)
    shift = record.place.offset
    edits = (edit._replace(start=edit.start + shift, end=edit.end + shift) for edit in finding.fix.edits)
    return finding.fix._replace(edits=tuple(edits))


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
