"""Reports of events that differ from an earlier event only in plain values, without reading all of them again.

In an archive, the same problem occurs in many events. Events of one *shape* have the same tokens (see
:mod:`eventlint.report_templates.shape`). If the values that differ have no influence on the report, the report of one
of them is that of the others, with shifted offsets.

A value has no influence if the server stores it, and neither the server nor the screen of a rule objects to it, or if
the server does not read it. Another value is read alone, as in the walk over the event, which reads each token without
regard to others. If the server accepts the event, the rules that compare values are asked about the stored event. A
template is used only after it has predicted the report of another event.

Source: the order of the walk is that of :mod:`eventlint.mirror.walk`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from eventlint.full_check import full_check
from eventlint.report import Report, rejection_of
from eventlint.report_templates.learning import template_of
from eventlint.report_templates.shape import Shape, shape_of
from eventlint.report_templates.template import Repeated, Template
from eventlint.spec import Release

LONGEST = 4096
"""The size in bytes of the longest event whose shape is looked up."""

MAX_SHAPES = 512
"""How many shapes are kept."""

MAX_SIZE = 400_000
"""How many bytes the first events of all kept shapes may have together."""

_MAX_FINDINGS = 50
"""The report of the first event of a shape is kept until the second comes if it has so many findings, or fewer."""

_Key = tuple[str, str, str]
"""An event type, a release, and the key of a shape."""


class _First(NamedTuple):
    """The first event of a shape, before the second comes."""

    event: bytes
    shape: Shape
    report: Report

    def is_report_of(self, event: bytes, release: Release) -> bool:
        """Whether the report is that of an event without a custom contract. It names the release that was asked for."""
        if event != self.event or release.asked != self.report.release.asked:
            return False
        return not any(finding.tier == "contract" for finding in self.report.findings)


class Shapes(dict[_Key, Template | _First | None]):
    """The templates by shape; or the first event if there was no other, or None if the shape has no template.

    Attributes:
        size: How many bytes the first events have together.
    """

    size = 0

    def note(self, key: _Key, first: _First) -> None:
        """Note the first event of a shape."""
        if len(self) >= MAX_SHAPES or self.size + len(first.event) > MAX_SIZE:
            self._make_room()
        self.size += len(first.event)
        self[key] = first if len(first.report.findings) <= _MAX_FINDINGS else None

    def _make_room(self) -> None:
        """Forget the shapes of one event only; and all others if that is not enough."""
        for key, known in list(self.items()):
            if isinstance(known, _First):
                self.pop(key, None)
                self.size -= len(known.event)
        if len(self) > MAX_SHAPES * 9 // 10 or self.size > MAX_SIZE * 9 // 10:
            self.clear()

    def clear(self) -> None:
        """Forget all shapes."""
        super().clear()
        self.size = 0


_shapes = Shapes()


def report_of(event: bytes, event_type: str, release: Release, collection: str | None, contract: Any) -> Report:
    """The report of :func:`eventlint.full_check.full_check` for an event of a type that the release has."""
    shape = shape_of(event) if len(event) <= LONGEST else None
    if shape is None:
        return full_check(event, event_type, release, (), collection, contract)
    key = event_type, release.name, shape.key
    known = _shapes.get(key)
    if isinstance(known, Template) and known.is_proven:
        predicted = known.report(event, shape.values, release)
        if predicted is not None and (contract is None or not predicted.accepted):
            return predicted
    elif isinstance(known, _First) and contract is None and known.is_report_of(event, release):
        known.report._predicted = known.report._predicted or Repeated()
        return known.report
    report = full_check(event, event_type, release, (), collection, contract)
    if known is None:
        if key not in _shapes:
            _shapes.note(key, _First(event, shape, report))
        return report
    if isinstance(known, _First):
        known = _shapes[key] = template_of(*known)
    if known is not None and not known.is_proven and (contract is None or not report.accepted):
        _prove(key, known, event, shape, report)
    return report


def known_report(event: bytes, event_type: str, release: Release) -> Report | None:
    """The report of an event without a custom contract as far as a template predicts it; else None."""
    shape = shape_of(event) if len(event) <= LONGEST else None
    if shape is None:
        return None
    template = _shapes.get((event_type, release.name, shape.key))
    if isinstance(template, Template) and template.is_proven:
        return template.report(event, shape.values, release)
    return None


def _prove(key: _Key, template: Template, event: bytes, shape: Shape, report: Report) -> None:
    """Keep a template only if it predicts the report of another event."""
    predicted = template.report(event, shape.values, report.release) if shape.values != template.values else None
    if predicted is not None:
        template.is_proven = is_same = _are_same(predicted, report)
        if not is_same:
            _shapes[key] = None


def _are_same(predicted: Report, report: Report) -> bool:
    """Whether a template has predicted a report."""
    found, known = ((one.findings, one.first_error, rejection_of(one)) for one in (predicted, report))
    return found == known
