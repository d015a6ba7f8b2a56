"""Findings as JSON values, in the shape that ``output/findings.schema.json`` describes.

:meth:`eventlint.Report.to_dict` and the output formats ``json`` and ``jsonl`` share it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eventlint._version import __version__
from eventlint.model import Finding, Fix
from eventlint.redact import redact

VERSION = 1
"""The version of the shape. It increases when a program that reads the document could break."""

TOOL = {"name": "eventlint", "version": __version__}

COUNTS = ("files", "events", "skipped", "unchecked", "known", "suppressed", "fixed")


def finding_to_dict(
    finding: Finding,
    *,
    answer: str | None = None,
    fingerprint: str | None = None,
    refused: str | None = None,
    event: tuple[str | None, str | None, str | None, str | None] | None = None,
) -> dict[str, Any]:
    """A finding without secrets as an object of the document; None as the fingerprint leaves the key out."""
    position = finding.position
    document = {
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
        "collection": None if event is None else event[1],
        "prefix": None if event is None else event[2],
        "effect": finding.effect,
        "hint": finding.hint,
        "fatal": finding.fatal,
        "releases": list(finding.releases),
        "answer": answer,
        "fingerprint": fingerprint,
        "url": finding.url,
        "fix": fix_to_dict(finding.fix),
        "fix_refused": refused,
    }
    if fingerprint is None:
        del document["fingerprint"]
    return document


def fix_to_dict(fix: Fix | None) -> dict[str, Any] | None:
    """A fix as an object of the document; None if the fix would show a secret."""
    if fix is None or holds_secret(fix):
        return None
    edits = [
        {"start": edit.start, "end": edit.end, "content": edit.content.decode("utf-8", "replace")} for edit in fix.edits
    ]
    return {"safety": fix.safety, "title": fix.title, "edits": edits}


def holds_secret(fix: Fix) -> bool:
    """Whether the new bytes of a fix contain something that must not be shown."""
    texts = [edit.content.decode("utf-8", "replace") for edit in fix.edits]
    return any(redact(text) != text for text in texts)


def summary_to_dict(
    rules: Mapping[str, int], tiers: Mapping[Any, int], reasons: Mapping[str, int] | None = None, **counts: int
) -> dict[str, Any]:
    """The counts of a run as an object of the document; a count that is missing is 0."""
    by_name = {"reasons": dict(sorted((reasons or {}).items())), "rules": dict(sorted(rules.items()))}
    return {**dict.fromkeys(COUNTS, 0), **counts, **by_name, **tiers}
