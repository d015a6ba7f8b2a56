"""Findings as diagnostics: what is underlined, how severe it is, and what else a client gets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from eventlint.errors import InputError
from eventlint.escaping import printable
from eventlint.file_check import check_record
from eventlint.inputs.record import Record
from eventlint.lsp.documents import Document
from eventlint.lsp.positions import TextRange
from eventlint.model import Finding, Fix
from eventlint.output import Rendered, Summary
from eventlint.tiers import Tier

Severity = Literal["error", "warning", "information", "hint"]

SEVERITIES: Mapping[Tier, Severity] = MappingProxyType(
    {"error": "error", "contract": "error", "loss": "warning", "lint": "information"}
)
"""The severity of each tier: the levels of SARIF, which has no level below a note."""

_TOKEN = re.compile(rb'"(?:[^"\\\r\n]|\\[^\r\n])*+"?|[^\s",:{}\[\]]++|[^\r\n]')
"""What is underlined: a string, a number, a word, or one character."""

_MAX_TOKEN = 1000
"""The number of bytes that are underlined at most."""


class Diagnostic(NamedTuple):
    """What is shown at a place of a document.

    Attributes:
        range: Where it is.
        message: One or two lines, without secrets and control characters.
        severity: How severe it is.
        rule: The name of the rule; None for what is not a finding, such as an event that was not checked.
        tier: The tier of the rule.
        url: The page of the rule, relative to the root of the repository.
        data: What else is known: a value for JSON, which code actions get back.
        related: Other places: for each a path, a line and a character from 0, and a message.
        fix: The fix, with offsets in the text.
    """

    range: TextRange
    message: str
    severity: Severity
    rule: str | None = None
    tier: Tier | None = None
    url: str | None = None
    data: Mapping[str, Any] = MappingProxyType({})
    related: tuple[tuple[str, TextRange, str], ...] = ()
    fix: Fix | None = None


def diagnostics(document: Document) -> Iterator[list[Diagnostic]]:
    """Check the events of a document one after another; gives the diagnostics of each event, which may be none."""
    settings = document.settings
    if settings.error is not None:
        yield [_about_file(document, settings.error)]
        return
    counts = Summary()
    try:
        for record in document.records():
            unchecked = dict(counts.reasons)
            rendered = check_record(settings.job, settings.file, record, counts)
            found = [diagnostic(document, record, one) for one in rendered]
            reason = next((name for name, count in counts.reasons.items() if count != unchecked.get(name)), None)
            if record.unchecked is not None or (reason is not None and counts.unchecked > sum(unchecked.values())):
                found.append(_unchecked(document, record, record.unchecked or str(reason)))
            yield found
    except InputError as error:
        yield [_about_file(document, str(error))]


def diagnostic(document: Document, record: Record, rendered: Rendered) -> Diagnostic:
    """A finding as a diagnostic."""
    finding = rendered.finding
    position = finding.position
    start = 0 if position is None else document.text_offset(position)
    return Diagnostic(
        range=_range(document, start),
        message=message_of(finding),
        severity=SEVERITIES[finding.tier],
        rule=finding.rule,
        tier=finding.tier,
        url=finding.url,
        data=_data(rendered),
        fix=finding.fix if document.is_plain else None,
    )


def message_of(finding: Finding) -> str:
    """The message of a finding and, in another line, what to write instead."""
    releases = f" [{', '.join(finding.releases)}]" if finding.releases else ""
    hint = f"\nhint: {printable(finding.hint)}" if finding.hint else ""
    return f"{printable(finding.message)}{releases}{hint}"


def _data(rendered: Rendered) -> dict[str, Any]:
    finding = rendered.finding
    found = {
        "pointer": printable(finding.pointer),
        "record": finding.record,
        "event_type": finding.event_type,
        "effect": finding.effect,
        "answer": None if rendered.answer is None else printable(rendered.answer),
        "fix_refused": rendered.refused,
    }
    return {key: value for key, value in found.items() if value}


def _range(document: Document, start: int) -> TextRange:
    """The range of the token at a byte of the text."""
    match = _TOKEN.match(document.text, start, start + _MAX_TOKEN)
    return document.positions.range(start, start if match is None else match.end())


def _about_file(document: Document, message: str) -> Diagnostic:
    """A diagnostic about the whole document, at its first character."""
    return Diagnostic(_range(document, 0), printable(message), "error")


def _unchecked(document: Document, record: Record, reason: str) -> Diagnostic:
    """A diagnostic about an event that was not checked."""
    place = record.head or record.place
    start = document.text_offset(place.of(None))
    return Diagnostic(_range(document, start), f"not checked: {printable(reason)}", "hint")
