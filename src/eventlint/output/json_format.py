"""Findings as JSON, for programs.

The shape is versioned and described by ``findings.schema.json`` next to this module. The document is written piece by
piece, so that a run of any length needs no memory for it.
"""

from __future__ import annotations

import json
from typing import Any

from eventlint._version import __version__
from eventlint.model import Fix
from eventlint.output.base import JsonArrayRenderer, Rendered, Renderer, Summary, edit_text

VERSION = 1
"""The version of the shape. It changes when a program that reads the report could break."""


def as_object(rendered: Rendered) -> dict[str, Any]:
    """A finding as an object of the document."""
    finding = rendered.finding
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
        "answer": rendered.answer,
        "fingerprint": rendered.fingerprint,
        "url": finding.url,
        "fix": as_fix(rendered.fix),
    }


def as_fix(fix: Fix | None) -> dict[str, Any] | None:
    """A fix as an object of the document."""
    if fix is None:
        return None
    edits = [{"start": edit.start, "end": edit.end, "content": edit_text(edit)} for edit in fix.edits]
    return {"safety": fix.safety, "title": fix.title, "edits": edits}


def as_summary(summary: Summary) -> dict[str, Any]:
    """The counts as an object of the document."""
    names = ("files", "events", "skipped", "known", "suppressed", "fixed")
    counts = {name: getattr(summary, name) for name in names}
    tiers = {str(tier): count for tier, count in summary.tiers.items()}
    return {**counts, "rules": dict(sorted(summary.rules.items())), **tiers}


class Json(JsonArrayRenderer):
    """One document with all findings."""

    def start(self) -> None:
        """Begin the document."""
        self._write(
            f'{{"version": {VERSION}, "tool": {{"name": "eventlint", "version": "{__version__}"}}, "findings": ['
        )

    def element(self, one: Rendered) -> dict[str, Any]:
        """The object for one finding."""
        return as_object(one)

    def finish(self, summary: Summary) -> None:
        """End the document."""
        self._write(f'\n], "summary": {json.dumps(as_summary(summary))}}}\n')


class JsonLines(Renderer):
    """One finding per line."""

    def finding(self, one: Rendered) -> None:
        """Write the line for one finding."""
        self._write(json.dumps(as_object(one)) + "\n")
