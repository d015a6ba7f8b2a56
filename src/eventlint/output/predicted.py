"""The findings of predicted reports without secrets.

Whether a text is ordinary (see :mod:`eventlint.redact.ordinary`) depends on its pieces. The events of one shape differ
only in some, so the others are looked at once, and so are the findings that all of these events have. If an event comes
again, what is shown of it is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from eventlint.output.quotations import may_quote
from eventlint.output.rendering import LONG, in_ordinary_line, redacted, secret_value
from eventlint.redact.ordinary import is_ordinary, stays_ordinary
from eventlint.report_templates.template import Predicted, Repeated, offset_of, predicted_from

if TYPE_CHECKING:
    from eventlint.model import Finding
    from eventlint.redact.names import Kind
    from eventlint.report import Report
    from eventlint.report_templates.template import Template

Placed = tuple["Finding", int | None, int | None]
"""A finding, and its line and column, from 1. The position and the fix of the finding may be those in another event."""


class _Shown(NamedTuple):
    """What is known of the events of a template.

    Attributes:
        is_ordinary: Whether the text of the shape without its values is ordinary.
        findings: The findings of the template if the event is ordinary: what is shown of each, its column in the
            template's event, the number of values before it, and the kind of the key that leads to its value if the
            finding may quote the event.
        quote: Whether any may quote the event; if none does, it does not matter whether the event is ordinary.
        have_kinds: Whether any has a kind.
    """

    is_ordinary: bool
    findings: list[tuple[Finding, int, int, Kind | None]]
    quote: bool
    have_kinds: bool


def shown_findings(report: Report, event: bytes) -> Iterable[Placed]:
    """The findings of an event without secrets.

    Args:
        report: The report of the event.
        event: The event.
    """
    origin = predicted_from(report)
    if isinstance(origin, Repeated):
        again: list[Placed] | None = origin.shown
        if again is None:
            again = origin.shown = _without_secrets(report, event)
        return again
    found = _in_ordinary_line(origin, report, event) if origin is not None and len(event) <= LONG else None
    return _without_secrets(report, event) if found is None else found


def _without_secrets(report: Report, event: bytes) -> list[Placed]:
    return [placed(finding) for finding in redacted(report.findings, event)]


def placed(finding: Finding) -> Placed:
    """A finding at its position."""
    at = finding.position
    return (finding, at.line, at.column) if at else (finding, None, None)


def _in_ordinary_line(origin: Predicted, report: Report, event: bytes) -> list[Placed] | None:
    """The findings of an event without secrets; None if it may have any."""
    template, shifts = origin.template, origin.shifts
    if template.shown is None:
        template.shown = _shown(template)
    shown: _Shown = template.shown
    if origin.is_constant and not shown.quote:
        return [(finding, 1, column + shifts[before]) for finding, column, before, _ in shown.findings]
    if not shown.is_ordinary or not stays_ordinary(template.outline, origin.values):
        return None
    found: list[tuple[Finding, int, Kind | None]]
    if origin.is_constant:
        if not shown.have_kinds:
            return [(finding, 1, column + shifts[before]) for finding, column, before, _ in shown.findings]
        found = [(finding, column + shifts[before], kind) for finding, column, before, kind in shown.findings]
    else:
        found = [(finding, offset_of(finding) + 1, kind) for finding, kind in map(in_ordinary_line, report.findings)]
    text = event.decode("ascii")
    if any(kind is not None and secret_value(text, column, kind) for _, column, kind in found):
        return None
    return [(finding, 1, column) for finding, column, _ in found]


def _shown(template: Template) -> _Shown:
    findings: list[tuple[Finding, int, int, Kind | None]] = []
    quoting = [may_quote(one.finding) for one in template.findings]
    for one, may in zip(template.findings, quoting, strict=True):
        finding, kind = in_ordinary_line(one.finding)
        findings.append((finding, offset_of(finding) + 1, one.before, kind if may else None))
    have_kinds = any(kind is not None for *_, kind in findings)
    return _Shown(is_ordinary(template.outline), findings, any(quoting), have_kinds)
