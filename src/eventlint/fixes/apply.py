"""Makes fixes in the bytes of a payload, and sees that they make nothing worse; it must not know files.

A fix is made only when what it is about is gone afterwards and nothing new has come. So making fixes twice changes
nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from eventlint.model import Edit, Finding, Fix

ROUNDS = 10
"""How often a payload is mended: one fix may uncover what another one mends."""

ALONE = 100
"""How many fixes are tried one by one, when all together make something worse."""

Check = Callable[[bytes], Sequence[Finding]]


def apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """A text with some parts replaced.

    Args:
        data: The text.
        edits: The parts; they must not overlap.
    """
    parts: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        parts += (data[at : edit.start], edit.content)
        at = edit.end
    return b"".join([*parts, data[at:]])


def mend(body: bytes, check: Check, *, unsafe: bool) -> tuple[bytes, list[Finding]]:
    """A payload with all fixes made that can be, and the findings that they were for.

    Args:
        body: The payload.
        check: Tells the findings of a payload; those without a fix count, too.
        unsafe: Whether fixes are made that may change what the event means.
    """
    mended: list[Finding] = []
    findings = check(body)
    for _ in range(ROUNDS):
        wanted = [
            finding for finding in findings if finding.fix is not None and (unsafe or finding.fix.safety == "safe")
        ]
        step = _step(body, check, findings, _apart(wanted))
        if step is None:
            break
        body, findings, made = step
        mended += made
    return body, mended


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes do not overlap with those of an earlier one."""
    chosen: list[Finding] = []
    end = -1
    for finding in sorted(findings, key=lambda one: _fix(one).edits[0].start):
        edits = _fix(finding).edits
        if edits[0].start >= end:
            chosen.append(finding)
            end = edits[-1].end
    return chosen


def _fix(finding: Finding) -> Fix:
    assert finding.fix is not None  # noqa: S101 - only findings with a fix come here
    return finding.fix


def _step(
    body: bytes, check: Check, findings: Sequence[Finding], wanted: Sequence[Finding]
) -> tuple[bytes, Sequence[Finding], list[Finding]] | None:
    """The payload after some fixes, its findings, and what was mended; None when no fix makes it better."""
    if not wanted:
        return None
    together = _tried(body, check, findings, wanted)
    if together is not None:
        return (*together, list(wanted))
    made: list[Finding] = []
    edits: list[Edit] = []
    result: tuple[bytes, Sequence[Finding]] | None = None
    for finding in wanted[:ALONE]:
        tried = _tried(body, check, findings, [*made, finding])
        if tried is not None:
            made.append(finding)
            edits += _fix(finding).edits
            result = tried
    return None if result is None else (*result, made)


def _tried(
    body: bytes, check: Check, findings: Sequence[Finding], wanted: Sequence[Finding]
) -> tuple[bytes, Sequence[Finding]] | None:
    """The payload after some fixes, and its findings; None when they do not make it better."""
    candidate = apply(body, (edit for finding in wanted for edit in _fix(finding).edits))
    after = check(candidate)
    left = Counter(finding.rule for finding in findings)
    left.subtract(finding.rule for finding in wanted)
    now = Counter(finding.rule for finding in after)
    return (candidate, after) if all(now[rule] <= left[rule] for rule in now) else None
