"""Load and check the samples of the rules."""

from __future__ import annotations

import ast
import io
from pathlib import Path
from typing import Any

from eventlint import Finding, check, check_request
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.files import records
from eventlint.inputs.recorded_answers import differences
from eventlint.rules import Rule

FOLDER = Path(__file__).parent
OLDEST_WITH = {"key-too-long": "8.16.0"}
"""The release to check for, if the rule does not apply to the newest one."""


def files(rule: str, folder: str) -> list[Path]:
    """The samples in a folder, ``good`` or ``bad``."""
    return sorted((FOLDER / rule / folder).iterdir())


def findings(path: Path, rule: Rule) -> list[Finding]:
    """All findings in a sample."""
    release = OLDEST_WITH.get(rule.name, "latest")
    if path.suffix == ".http":
        (record,) = records(str(path), None, Envelope(), io.BytesIO)
        if record.problem is not None:
            return [record.problem]
        assert record.request is not None
        report = check_request(record.request, release=release, collections=["site"])
        return list(report.findings)
    if path.suffix == ".har":
        (record,) = records(str(path), None, Envelope(), io.BytesIO)
        if record.problem is not None or record.request is None:
            return [record.problem] if record.problem else []
        report = check_request(record.request, release=release, collections=["site"])
        return [*report.findings, *(finding for finding, _ in differences(record, {release: report.accepted}))]
    event: Any = ast.literal_eval(path.read_text()) if path.suffix == ".literal" else path.read_bytes()
    return list(check(event, path.name.partition(".")[0], release=release).findings)


def as_expected(finding: Finding) -> dict[str, Any]:
    """A finding in the form of ``expected.json``."""
    position = f"{finding.position.line}:{finding.position.column}" if finding.position else None
    return {"pointer": finding.pointer, "position": position, "effect": finding.effect}
