"""Findings as diagnostics: what is underlined, how severe it is, and what else a client gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from eventlint.escaping import printable
from eventlint.inputs.record import Record
from eventlint.lsp.documents import Document
from eventlint.model import Finding, Fix
from eventlint.output import Rendered
from eventlint.tiers import Tier

Severity = Literal["error", "warning", "information", "hint"]

SEVERITIES: Mapping[Tier, Severity] = MappingProxyType(
    {"error": "error", "contract": "error", "loss": "warning", "lint": "information"}
)
"""The severity of each tier: the levels of SARIF, where a note is the least."""

_TOKEN = re.compile(rb'"(?:[^"\\\r\n]|\\[^\r\n])*+"?|[^\s",:{}\[\]]++|[^\r\n]')
"""What is underlined: a string, a number, a word, or one character."""

_MAX_TOKEN = 1000
"""The number of bytes that are underlined at most."""


class Related(NamedTuple):
    """Another place that has to do with a diagnostic.

    Attributes:
        path: The file.
        line: The line in the file, from 0.
        column: The column, from 0, in code points.
        message: What is there.
    """

    path: str
    line: int
    column: int
    message: str


class Diagnostic(NamedTuple):
    """What is shown at a place of a document.

    Attributes:
        start: The first byte that is underlined, in the text as UTF-8.
        end: The byte after the underlined ones.
        message: One or two lines, without secrets and control characters.
        severity: How severe it is.
        rule: The name of the rule; None for what is not a finding, such as an event that was not checked.
        tier: The tier of the rule.
        url: The page of the rule, relative to the root of the repository.
        data: What else is known: a value for JSON, which code actions get back.
        related: Other places.
        fix: The fix, with offsets in the text.
        fingerprint: Identifies the finding in its file, for the baseline.
        path: The file that the finding is in, as a baseline names it.
    """

    start: int
    end: int
    message: str
    severity: Severity
    rule: str | None = None
    tier: Tier | None = None
    url: str | None = None
    data: Mapping[str, Any] = MappingProxyType({})
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    fingerprint: str = ""
    path: str | None = None

    def shifted(self, by: int) -> Diagnostic:
        """The same diagnostic some bytes later."""
        if not by:
            return self
        fix = self.fix
        if fix is not None:
            edits = tuple(edit._replace(start=edit.start + by, end=edit.end + by) for edit in fix.edits)
            fix = fix._replace(edits=edits)
        return self._replace(start=self.start + by, end=self.end + by, fix=fix)


def of_finding(document: Document, record: Record, rendered: Rendered, text: bytes | None = None) -> Diagnostic:
    """A finding in an event as a diagnostic.

    Args:
        document: The document.
        record: The event.
        rendered: The finding, without secrets.
        text: The text that offsets of the finding are in; None is the text of the document.
    """
    finding = rendered.finding
    related: tuple[Related, ...] = ()
    if text is not None:
        start = finding.position.offset if finding.position is not None else 0
    elif record.source is not None and finding.position is not None and finding.path == _shown(record.source):
        # The finding is in another file, from which the body is; it is shown where the document names that file.
        start = document.text_offset(record.head.of(None)) if record.head is not None else 0
        at = finding.position
        related = (Related(record.source, at.line - 1, at.column - 1, "the value"),)
    else:
        start = document.text_offset(finding.position) if finding.position is not None else 0
    start, end = _span(document.text if text is None else text, start)
    return Diagnostic(
        start=start,
        end=end,
        message=message_of(finding),
        severity=_severity(document, record, rendered),
        rule=finding.rule,
        tier=finding.tier,
        url=finding.url,
        data=_data(rendered),
        related=related,
        fix=None if related else _fix(document, finding.fix, is_whole=text is None),
        fingerprint=rendered.fingerprint,
        path=finding.path,
    )


def _fix(document: Document, fix: Fix | None, *, is_whole: bool) -> Fix | None:
    """A fix with offsets in the text; None if they are not known, or if it would change the byte order mark."""
    if fix is None or not is_whole or not document.mark:
        return fix if document.mark is not None else None
    edits = tuple(edit._replace(start=edit.start - document.mark, end=edit.end - document.mark) for edit in fix.edits)
    return None if any(edit.start < 0 for edit in edits) else fix._replace(edits=edits)


def _shown(path: str) -> str:
    from eventlint.job import shown_name

    return shown_name(path)


def message_of(finding: Finding) -> str:
    """The message of a finding and, in another line, what to write instead."""
    releases = f" [{', '.join(finding.releases)}]" if finding.releases else ""
    hint = f"\nhint: {printable(finding.hint)}" if finding.hint else ""
    return f"{printable(finding.message)}{releases}{hint}"


def _severity(document: Document, record: Record, rendered: Rendered) -> Severity:
    """The severity of a finding.

    In a repository without a configuration, most JSON files are not events. What is reported because nothing indicates
    the event type is only a hint there.
    """
    is_unknown = rendered.event is not None and rendered.event.event_type is None and record.request is None
    if is_unknown and document.settings.config.path is None and document.form in ("json", "ndjson"):
        return "hint"
    return SEVERITIES[rendered.finding.tier]


def _data(rendered: Rendered) -> dict[str, Any]:
    finding = rendered.finding
    found = {
        "pointer": printable(finding.pointer),
        "tier": finding.tier,
        "event_type": finding.event_type,
        "effect": finding.effect,
        "answer": None if rendered.answer is None else printable(rendered.answer),
        "fix_refused": rendered.refused,
    }
    return {key: value for key, value in found.items() if value}


def _span(text: bytes, start: int) -> tuple[int, int]:
    """The token at a byte of a text: its first byte, and the byte after it."""
    start = min(start, len(text))
    match = _TOKEN.match(text, start, start + _MAX_TOKEN)
    end = start if match is None else match.end()
    while start < end < len(text) and text[end] & 0xC0 == 0x80:  # it was cut inside of a character
        end -= 1
    return start, end


def of_schema(document: Document, finding: Finding) -> Diagnostic:
    """A finding of schema lint, without secrets, as a diagnostic."""
    start, end = _span(document.text, document.text_offset(finding.position) if finding.position is not None else 0)
    return Diagnostic(
        start=start,
        end=end,
        message=message_of(finding),
        severity=SEVERITIES[finding.tier],
        rule=finding.rule,
        tier=finding.tier,
        url=finding.url,
        data={"pointer": printable(finding.pointer), "tier": finding.tier},
    )


def about_file(document: Document, message: str) -> Diagnostic:
    """A diagnostic about the whole document, at its first character."""
    return Diagnostic(*_span(document.text, 0), printable(message, keep="\n"), "error")


def unchecked(text: bytes, start: int, reason: str) -> Diagnostic:
    """A diagnostic about an event that was not checked, at its first byte."""
    return Diagnostic(*_span(text, start), f"not checked: {printable(reason)}", "hint")


def not_shown(count: int, last: Diagnostic) -> Diagnostic:
    """A diagnostic that counts those that are not shown, where the last one is that is shown."""
    more = f"{count:,} more diagnostic{'' if count == 1 else 's'} not shown; 'eventlint check' lists all findings"
    return Diagnostic(last.start, last.end, more, "information")
