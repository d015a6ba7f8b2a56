"""Applies fixes to the bytes of a payload.

A fix is kept only when its finding is gone afterwards and no new finding appears. Fixing twice therefore changes
nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from eventlint.fixes.draft import Draft
from eventlint.model import Edit, Finding, Fix

MAX_ROUNDS = 10
"""How often a payload is fixed: one fix may make another one possible."""

MAX_SINGLE_FIXES = 100
"""How many fixes are tried one by one when all together make something worse."""

Check = Callable[[bytes], Sequence[Finding]]


class _Attempt(NamedTuple):
    """A payload after some fixes, its findings, and the findings that were fixed."""

    body: bytes
    findings: Sequence[Finding]
    fixed: list[Finding]


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Apply edits, in any order; they must not overlap."""
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += (data[at : edit.start], edit.content)
        at = edit.end
    return b"".join([*parts, data[at:]])


def fix_payload(body: bytes, check: Check, *, unsafe: bool) -> tuple[bytes, list[Finding]]:
    """Fix all that can be fixed in a payload; returns the payload, and the findings that were fixed.

    ``check`` returns all findings of a payload. Unsafe fixes may change what the event means.
    """
    draft, fixed = fix_draft(body, check, lambda draft, finding: True, unsafe=unsafe)
    return draft.body, fixed


def fix_draft(
    body: bytes, check: Check, allows: Callable[[Draft, Finding], bool], *, unsafe: bool
) -> tuple[Draft, list[Finding]]:
    """Fix all that can be fixed in a payload; returns the edited payload, and the findings that were fixed.

    Args:
        body: The payload.
        check: Returns all findings of a payload.
        allows: Whether a finding of an edited payload may be fixed.
        unsafe: Whether to apply fixes that may change what the event means.
    """
    draft, fixed = Draft(body), []
    findings = check(body)
    for _ in range(MAX_ROUNDS):
        wanted = [
            finding
            for finding in findings
            if finding.fix is not None and (unsafe or finding.fix.safety == "safe") and allows(draft, finding)
        ]
        attempt = _best_attempt(draft.body, check, findings, _without_overlaps(wanted))
        if attempt is None:
            break
        draft = draft.applied([edit for finding in attempt.fixed for edit in _fix(finding).edits])
        findings = attempt.findings
        fixed += attempt.fixed
    return draft, fixed


def _without_overlaps(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes do not overlap with those of an earlier one."""
    chosen: list[Finding] = []
    end = -1
    for finding in sorted(findings, key=lambda finding: _fix(finding).edits[0].start):
        edits = _fix(finding).edits
        if edits[0].start >= end:
            chosen.append(finding)
            end = edits[-1].end
    return chosen


def _fix(finding: Finding) -> Fix:
    assert finding.fix is not None  # noqa: S101 - only findings with a fix get here
    return finding.fix


def _best_attempt(body: bytes, check: Check, findings: Sequence[Finding], wanted: Sequence[Finding]) -> _Attempt | None:
    """All fixes together, else as many as possible one by one; None when no fix makes the payload better."""
    if not wanted:
        return None
    best = _attempt(body, check, findings, wanted)
    if best is None:
        for finding in wanted[:MAX_SINGLE_FIXES]:
            best = _attempt(body, check, findings, [*(best.fixed if best else ()), finding]) or best
    return best


def _attempt(body: bytes, check: Check, findings: Sequence[Finding], wanted: Sequence[Finding]) -> _Attempt | None:
    """The payload after some fixes; None when a finding is left or a new one appears."""
    candidate = apply(body, (edit for finding in wanted for edit in _fix(finding).edits))
    after = check(candidate)
    allowed = Counter(finding.rule for finding in findings)
    allowed.subtract(finding.rule for finding in wanted)
    remaining = Counter(finding.rule for finding in after)
    is_better = all(remaining[rule] <= allowed[rule] for rule in remaining)
    return _Attempt(candidate, after, list(wanted)) if is_better else None
