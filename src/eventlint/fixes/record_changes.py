"""The fixes of one record of a file, as changes to the file's bytes."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from eventlint.fixes.payload_fixes import Refused, fix_payload
from eventlint.inputs.content import is_text
from eventlint.inputs.record import Record
from eventlint.model import Edit, Finding, Fix

_PART = re.compile(rb'"(?:[^"\\\r\n]++|\\[^\r\n])*+"?|//[^\r\n]*+|/\*(?s:.)*?(?:\*/|\Z)|[{}\[\]]')


class Change(NamedTuple):
    """Edits of a file, with offsets in the file and in their order, and the findings that they fix."""

    edits: tuple[Edit, ...]
    findings: Sequence[Finding]


class RecordFixes(NamedTuple):
    """The changes that fix a record, in the order of the file, and the fixes that are not applied."""

    changes: list[Change]
    refused: list[Refused]


def record_changes(
    record: Record,
    check: Callable[[Record, bytes], Sequence[Finding]],
    *,
    unsafe: bool,
    is_wanted: Callable[[Finding], bool],
    findings: Sequence[Finding] | None = None,
    has_contract: bool = False,
) -> RecordFixes:
    """Fix a record.

    Args:
        record: The record.
        check: Returns all findings of a record with another body.
        unsafe: Whether to apply unsafe fixes.
        is_wanted: Whether to fix a finding.
        findings: All findings of the record, if they are known.
        has_contract: Whether the event is checked against a custom contract, too.
    """
    if not is_editable(record):
        return RecordFixes([], [])
    from eventlint.rules import rule

    changes: list[Change] = []
    if findings is None:
        findings = check(record, record.body)
    for finding in findings if record.type_at is not None else ():
        fix = _request_fix(finding, record)
        if fix is not None and record.request is not None and record.type_at is not None and is_wanted(finding):
            (edit,) = fix.edits
            changes.append(Change((edit,), [finding]))
            uri = record.request.uri.replace(f"/event/{record.type_at[1]}", f"/event/{edit.content.decode()}", 1)
            record = record._replace(request=replace(record.request, uri=uri))
            findings = None
    done = fix_payload(
        record.body,
        lambda body: check(record, body),
        unsafe=unsafe,
        is_wanted=lambda finding: is_wanted(finding) and is_allowed(finding, record),
        findings=findings,
        is_certain=lambda finding: not has_contract and rule(finding.rule).fix_is_certain,
    )
    edits = _in_file(done.edits, record)
    if edits:
        changes.append(Change(tuple(edits), done.fixed))
    return RecordFixes(changes, done.refused)


def is_editable(record: Record) -> bool:
    """Whether the file contains the payload as it is, so that offsets in it are offsets in the file."""
    return not record.place.encoded and record.source is None and record.not_fixable is None


def fix_in_file(finding: Finding, record: Record) -> Fix | None:
    """The fix of a finding with offsets in the file; None when the file does not contain the payload as it is."""
    if not is_editable(record):
        return None
    if finding.fix is None:
        return _request_fix(finding, record)
    if not is_allowed(finding, record):
        return None
    edits = _in_file(finding.fix.edits, record)
    return None if edits is None else Fix(finding.fix.safety, finding.fix.title, tuple(edits))


def is_allowed(finding: Finding, record: Record) -> bool:
    """Whether the fix of a finding edits only bytes that a fix may change."""
    edits = () if finding.fix is None else finding.fix.edits
    return all(
        record.place.allows(edit) and not _is_unknown(record, edit) and not _removes_text(record, edit)
        for edit in edits
    )


def _removes_text(record: Record, edit: Edit) -> bool:
    """Whether an edit removes what is not of the event: in a request, all around it; else, another event or a note."""
    if edit.content:
        return False
    if record.request is not None:
        start, end = _span_of_value(record.body)
        return edit.start < start or edit.end > end
    return edit.end >= len(record.body.rstrip()) and is_text(record.body[edit.start : edit.end])


@functools.lru_cache(1)
def _span_of_value(text: bytes) -> tuple[int, int]:
    """The first object or array in a text, which may be damaged: its first byte, and the byte after it."""
    depth = 0
    start = len(text)
    for match in _PART.finditer(text):
        mark = match[0]
        if mark in (b"{", b"["):
            start = start if depth else match.start()
            depth += 1
        elif mark in (b"}", b"]"):
            depth -= 1
            if depth == 0:
                return start, match.end()
    return start, len(text)


def _is_unknown(record: Record, edit: Edit) -> bool:
    """Whether an edit changes a part of the body whose value is not known, such as a variable."""
    index = bisect_left(record.unknown, (edit.end,)) - 1
    return index >= 0 and edit.start < record.unknown[index][1]


def _in_file(edits: Sequence[Edit], record: Record) -> list[Edit] | None:
    """Edits of an event as edits of the file; None when the file does not have all of their bytes."""
    found: list[Edit] = []
    for edit in edits:
        parts = record.place.edits(edit)
        if parts is None:
            return None
        found += parts
    return found


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
