"""Applies fixes to the bytes of a payload.

A fix is kept only when its finding is gone afterwards and no new finding appears. Fixing twice therefore changes
nothing more. Some rules prove that without a check. Findings behind a syntax error are not new when the error is fixed:
the syntax error hid them.

The number of checks per payload is bounded, so that the time is linear in the payload's size.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence

from eventlint.fixes.edits import Origins, apply, compose
from eventlint.model import Edit, Finding, Fix
from eventlint.named_tuples import NamedTuple

MAX_ROUNDS = 10
"""How often a payload is fixed: one fix may make another one possible."""

MIN_CHECKS, MAX_CHECKED = 3, 1_000_000
"""How often a payload is checked at least, and up to how many bytes are checked in all, while fixes are tried."""

_MAX_BLAMED = 8
"""How many fixes are tried alone after all together made something worse."""

NOT_TRIED = "not tried, because too many fixes in this event do not help"

Check = Callable[[bytes], Sequence[Finding]]


class Refused(NamedTuple):
    """A fix that was not applied, and why."""

    finding: Finding
    reason: str


class FixedPayload(NamedTuple):
    """A payload after its fixes.

    Attributes:
        edits: The edits of the original payload that give the body, in their order.
        fixed: The findings that were fixed.
    """

    body: bytes
    edits: tuple[Edit, ...]
    fixed: list[Finding]
    refused: list[Refused]


class _Attempt(NamedTuple):
    """A payload after some edits, and its findings."""

    body: bytes
    edits: list[Edit]
    findings: Sequence[Finding]


def _all(finding: Finding) -> bool:
    return True


def _none(finding: Finding) -> bool:
    return False


def fix_payload(
    body: bytes,
    check: Check,
    *,
    unsafe: bool,
    is_wanted: Callable[[Finding], bool] = _all,
    findings: Sequence[Finding] | None = None,
    is_certain: Callable[[Finding], bool] = _none,
) -> FixedPayload:
    """Fix all that can be fixed in a payload.

    Args:
        body: The payload.
        check: Returns all findings of a payload.
        unsafe: Whether to apply unsafe fixes, which may change what the event means.
        is_wanted: Whether to fix a finding. The offsets of a finding that appears after a fix are those of the
            original payload.
        findings: All findings of the payload, if they are known.
        is_certain: Whether the fix of a finding certainly removes it and causes no other.
    """
    tries = _Tries(check, max(MIN_CHECKS, MAX_CHECKED // (len(body) + 1)))
    fixed: list[Finding] = []
    refused: list[Refused] = []
    edits: list[Edit] = []
    findings = check(body) if findings is None else findings
    for _ in range(MAX_ROUNDS):
        origin = Origins(edits).finding
        done = {_key(one.finding) for one in refused}
        wanted = [
            finding
            for finding in findings
            if finding.fix is not None and (unsafe or finding.fix.safety == "safe") and is_wanted(origin(finding))
        ]
        chosen = _without_overlaps(finding for finding in wanted if _key(finding) not in done)
        if not chosen:
            break
        if all(map(is_certain, wanted)):  # no other fix remains that needs to know what a check finds then
            made = sorted(edit for finding in chosen for edit in _fix(finding).edits)
            edits, body = compose(edits, made, body), apply(body, made)
            fixed += chosen
            refused = []
            break
        kept, attempt, more = tries.best(body, findings, chosen)
        refused += more
        if attempt is not None:
            edits = compose(edits, attempt.edits, body)
            body, findings = attempt.body, attempt.findings
            fixed += kept
            refused = []
    return FixedPayload(body, tuple(edits), fixed, refused)


def _key(finding: Finding) -> tuple[str, str, int]:
    return finding.rule, finding.pointer, _offset(finding)


def _without_overlaps(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose fixes do not overlap with those of an earlier one; a syntax error is fixed alone."""
    chosen: list[Finding] = []
    end = -1
    for finding in sorted(findings, key=lambda finding: _fix(finding).edits[0].start):
        if finding.fatal:
            return [finding]
        edits = _fix(finding).edits
        if edits[0].start >= end:
            chosen.append(finding)
            end = edits[-1].end
    return chosen


def _fix(finding: Finding) -> Fix:
    assert finding.fix is not None  # noqa: S101 - only findings with a fix get here
    return finding.fix


class _Tries:
    """Tries fixes, up to a number of checks."""

    def __init__(self, check: Check, checks: int) -> None:
        self._check = check
        self._checks = checks

    def best(
        self, body: bytes, findings: Sequence[Finding], wanted: list[Finding]
    ) -> tuple[list[Finding], _Attempt | None, list[Refused]]:
        """As many fixes as possible together: their findings, the payload (None without any), and those refused."""
        kept: list[Finding] = []
        best: _Attempt | None = None
        refused: list[Refused] = []
        groups = deque([wanted] if wanted else [])
        while groups:
            group = groups.popleft()
            if self._checks <= 0:
                refused += [Refused(finding, NOT_TRIED) for finding in group]
                continue
            self._checks -= 1
            attempt = self._attempt(body, [*kept, *group])
            new = _new_findings(findings, attempt, [*kept, *group])
            rules = frozenset(finding.rule for finding in new)
            if not new:
                kept, best = kept + group, attempt
            elif len(group) == 1:
                refused.append(Refused(group[0], _reason(group[0], rules)))
            else:
                smaller, blamed = _split(group, new)
                groups.extendleft(reversed(smaller))
                refused += [Refused(finding, _reason(finding, rules)) for finding in blamed]
        return kept, best, refused

    def _attempt(self, body: bytes, wanted: Sequence[Finding]) -> _Attempt:
        edits = sorted(edit for finding in wanted for edit in _fix(finding).edits)
        candidate = apply(body, edits)
        return _Attempt(candidate, edits, self._check(candidate))


def _new_findings(before: Sequence[Finding], attempt: _Attempt, wanted: Sequence[Finding]) -> list[Finding]:
    """The findings that were not there before some fixes, or that the fixes do not remove."""
    if wanted[0].fatal:
        stop = _offset(wanted[0]) + sum(
            len(edit.content) - (edit.end - edit.start) for edit in attempt.edits if edit.start < _offset(wanted[0])
        )
        return [finding for finding in attempt.findings if finding.fatal and _offset(finding) <= stop]
    after = _without_unlisted(before, attempt)
    allowed = Counter(finding.rule for finding in before)
    allowed.subtract(finding.rule for finding in wanted)
    left = Counter(finding.rule for finding in after)
    rules = {rule for rule, count in left.items() if count > allowed[rule]}
    if not rules:
        return []
    old = Counter((finding.rule, finding.pointer) for finding in before)
    old.subtract((finding.rule, finding.pointer) for finding in wanted)
    found = [finding for finding in after if finding.rule in rules]
    now = Counter((finding.rule, finding.pointer) for finding in found)
    # Removing elements moves those after them, so that no place may be new.
    return [one for one in found if now[one.rule, one.pointer] > old[one.rule, one.pointer]] or found


def _without_unlisted(before: Sequence[Finding], attempt: _Attempt) -> Sequence[Finding]:
    """The findings after some fixes, without those that were there before but not listed, because there were too many.

    These are after the last listed one, or about a whole object.
    """
    if not any(finding.rule == "too-many-findings" for finding in before):
        return attempt.findings
    last = dict.fromkeys((True, False), 0)
    for finding in before:
        last[finding.tier == "error"] = max(last[finding.tier == "error"], _offset(finding))
    for is_error, stop in last.items():
        growth = (len(edit.content) - (edit.end - edit.start) for edit in attempt.edits if edit.start < stop)
        last[is_error] = stop + sum(growth)
    return [
        finding
        for finding in attempt.findings
        if _offset(finding) <= last[finding.tier == "error"] and finding.rule != "missing-field"
    ]


def _offset(finding: Finding) -> int:
    return finding.position.offset if finding.position else 0


def _split(group: list[Finding], new: Sequence[Finding]) -> tuple[list[list[Finding]], list[Finding]]:
    """Smaller groups to try, and the findings that are refused: those at places where new findings are."""
    places = {finding.pointer for finding in new} - {""}
    above = {parent for place in places for parent in _parents(place)}
    blamed = [
        finding
        for finding in group
        if finding.pointer in above or finding.pointer in places or not places.isdisjoint(_parents(finding.pointer))
    ]
    if blamed and len(blamed) < len(group):
        ids = {id(finding) for finding in blamed}
        rest = [finding for finding in group if id(finding) not in ids]
        return [rest, *([finding] for finding in blamed[:_MAX_BLAMED])], blamed[_MAX_BLAMED:]
    middle = len(group) // 2
    return [group[:middle], group[middle:]], []


def _parents(pointer: str) -> list[str]:
    """The pointers above a pointer, without that of the whole event."""
    parts = pointer.split("/")
    return ["/".join(parts[:count]) for count in range(2, len(parts))]


def _reason(finding: Finding, rules: frozenset[str]) -> str:
    """Why a fix is refused, for the rules of the findings that it would cause."""
    others = sorted(rules - {finding.rule})
    return f"it would cause {', '.join(others[:3])}" if others else "it would not help"
