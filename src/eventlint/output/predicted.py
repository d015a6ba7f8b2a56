"""The findings of predicted reports without secrets.

Whether a text is ordinary (see :mod:`eventlint.redact.ordinary`) depends on its pieces. The events of one shape differ
only in some, so the others are looked at once, and so are the findings that all of these events have. If an event comes
again, what is shown of it is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from eventlint.output.rendering import LONG, RedactedLines, in_ordinary_line, secret_value, without_secrets
from eventlint.redact.ordinary import is_ordinary, stays_ordinary
from eventlint.report_templates import MAX_SHAPES
from eventlint.report_templates.template import Predicted, Repeated, offset_of, predicted_from

if TYPE_CHECKING:
    from eventlint.model import Finding
    from eventlint.redact.names import Kind
    from eventlint.report import Report
    from eventlint.report_templates.template import Template

Placed = tuple["Finding", int | None, int | None]
"""A finding, and its line and column, from 1. The position and the fix of the finding may be those in another event."""


def shown_findings(report: Report, event: bytes) -> Iterable[Placed]:
    """The findings of an event without secrets.

    Args:
        report: The report of the event.
        event: The event.
    """
    origin = predicted_from(report)
    if isinstance(origin, Repeated):
        return _of_repeated(report, origin.event)
    if origin is not None and len(event) <= LONG and _is_ordinary_event(origin):
        found, text = _in_ordinary_line(origin, report), event.decode("ascii")
        if not any(kind is not None and secret_value(text, column, kind) for _, column, kind in found):
            return [(finding, 1, column) for finding, column, _ in found]
    return _without_secrets(report, event)


@lru_cache(MAX_SHAPES)
def _of_repeated(report: Report, event: bytes) -> list[Placed]:
    return _without_secrets(report, event)


def _without_secrets(report: Report, event: bytes) -> list[Placed]:
    lines = RedactedLines(event)
    return [placed(without_secrets(finding, lines)) for finding in report.findings]


def placed(finding: Finding) -> Placed:
    """A finding at its position."""
    at = finding.position
    return (finding, at.line, at.column) if at else (finding, None, None)


def _is_ordinary_event(origin: Predicted) -> bool:
    template = origin.template
    return _is_ordinary(template) and stays_ordinary(template.outline, origin.values)


@lru_cache(MAX_SHAPES)
def _is_ordinary(template: Template) -> bool:
    """Whether the text of a shape is ordinary without its values."""
    return is_ordinary(template.outline)


def _in_ordinary_line(origin: Predicted, report: Report) -> list[tuple[Finding, int, Kind | None]]:
    """The findings of an event without secrets, their columns, and the kinds of the keys that lead to their values."""
    if origin.is_constant:
        known = _of_template(origin.template)
        return [(finding, column + origin.shifts[before], kind) for finding, column, before, kind in known]
    shown = map(in_ordinary_line, report.findings)
    return [(finding, offset_of(finding) + 1, kind) for finding, kind in shown]


@lru_cache(MAX_SHAPES)
def _of_template(template: Template) -> list[tuple[Finding, int, int, Kind | None]]:
    """The same for the event of a template; also the number of values before each finding."""
    shown = [(*in_ordinary_line(one.finding), one.before) for one in template.findings]
    return [(finding, offset_of(finding) + 1, before, kind) for finding, kind, before in shown]
