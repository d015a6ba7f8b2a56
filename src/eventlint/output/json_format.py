"""Findings as JSON, for programs; it must not know files or rules.

The shape is a type of its own, versioned, and described by ``findings.schema.json`` beside this module. The document is
written piece by piece, so a run of any length needs no memory for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from eventlint._version import __version__
from eventlint.model import Fix
from eventlint.output.base import Rendered, Style, Summary, holds_secret

VERSION = 1
"""The version of the shape. It grows when a program that reads it could break."""


def as_object(shown: Rendered) -> dict[str, Any]:
    """A finding as an object of the document."""
    finding = shown.finding
    position = finding.position
    return {
        "rule": finding.rule,
        "tier": finding.tier,
        "message": finding.message,
        "pointer": finding.pointer,
        "path": finding.path,
        "record": finding.record,
        "line": position.line if position else None,
        "column": position.column if position else None,
        "offset": position.offset if position else None,
        "event_type": finding.event_type,
        "effect": finding.effect,
        "hint": finding.hint,
        "fatal": finding.fatal,
        "releases": list(finding.releases),
        "answer": shown.answer,
        "fingerprint": shown.fingerprint,
        "url": finding.url,
        "fix": as_fix(finding.fix),
    }


def as_fix(fix: Fix | None) -> dict[str, Any] | None:
    """A fix as an object of the document; None for one that would show a secret."""
    if fix is None or holds_secret(fix):
        return None
    edits = [
        {"start": edit.start, "end": edit.end, "content": edit.content.decode("utf-8", "replace")} for edit in fix.edits
    ]
    return {"safety": fix.safety, "title": fix.title, "edits": edits}


def as_summary(summary: Summary) -> dict[str, Any]:
    """The counts as an object of the document."""
    return {
        "files": summary.files,
        "events": summary.events,
        "skipped": summary.skipped,
        "known": summary.known,
        "suppressed": summary.suppressed,
        "fixed": summary.fixed,
        "rules": dict(sorted(summary.rules.items())),
        **{str(tier): count for tier, count in summary.tiers.items()},
    }


class Json:
    """One document with all findings."""

    def __init__(self, write: Callable[[str], object], _: Style) -> None:
        self._write = write
        self._between = "\n"

    def start(self) -> None:
        """Begin the document."""
        self._write(
            f'{{"version": {VERSION}, "tool": {{"name": "eventlint", "version": "{__version__}"}}, "findings": ['
        )

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Write the findings of one event."""
        for one in shown:
            self._write(self._between + json.dumps(as_object(one)))
            self._between = ",\n"

    def finish(self, summary: Summary) -> None:
        """End the document."""
        self._write(f'\n], "summary": {json.dumps(as_summary(summary))}}}\n')


class JsonLines:
    """One finding a line."""

    def __init__(self, write: Callable[[str], object], _: Style) -> None:
        self._write = write

    def start(self) -> None:
        """There is nothing before the first line."""

    def findings(self, shown: Sequence[Rendered]) -> None:
        """Write the findings of one event."""
        for one in shown:
            self._write(json.dumps(as_object(one)) + "\n")

    def finish(self, summary: Summary) -> None:
        """There is nothing after the last line."""
