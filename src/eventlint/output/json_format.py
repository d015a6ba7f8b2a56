"""Findings as JSON, for programs; it must not know files or rules.

The shape is a type of its own, versioned, and described by ``findings.schema.json`` beside this module. The document is
written piece by piece, so a run of any length needs no memory for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from eventlint.findings_json import TOOL, VERSION, finding_to_dict, summary_to_dict
from eventlint.output.base import Rendered, Style, Summary


def as_object(shown: Rendered) -> dict[str, Any]:
    """A finding as an object of the document."""
    return finding_to_dict(shown.finding, answer=shown.answer, fingerprint=shown.fingerprint)


def as_summary(summary: Summary) -> dict[str, Any]:
    """The counts as an object of the document."""
    return summary_to_dict(
        summary.rules,
        summary.tiers,
        files=summary.files,
        events=summary.events,
        skipped=summary.skipped,
        known=summary.known,
        suppressed=summary.suppressed,
        fixed=summary.fixed,
    )


class Json:
    """One document with all findings."""

    def __init__(self, write: Callable[[str], object], _: Style) -> None:
        self._write = write
        self._between = "\n"

    def start(self) -> None:
        """Begin the document."""
        self._write(f'{{"version": {VERSION}, "tool": {json.dumps(TOOL)}, "findings": [')

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
