"""Compares the answer that a file recorded with the server's answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from eventlint.inputs.record import Record
from eventlint.model import Answer, Finding


def differences(record: Record, accepted: Mapping[str, bool]) -> list[tuple[Finding, Answer | None]]:
    """The findings about a recorded answer, each with the answer if it explains the finding.

    Redirects and other answers that neither accept nor reject the event give no finding.

    Args:
        record: The record of a request.
        accepted: For each release, whether the server accepts the request.
    """
    if record.failure is not None:
        from eventlint.rules.loss import failed_request

        return [(failed_request.finding(record.failure), None)]
    if record.recorded is None:
        return []
    if record.recorded.status >= 400 and any(accepted.values()):
        from eventlint.rules.error import recorded_rejection

        return [(_in(accepted, recorded_rejection.finding(record.recorded), is_accepted=True), record.recorded)]
    if 200 <= record.recorded.status < 300 and not all(accepted.values()):
        from eventlint.rules.lint import recorded_acceptance

        return [(_in(accepted, recorded_acceptance.finding(record.recorded), is_accepted=False), None)]
    return []


def _in(accepted: Mapping[str, bool], finding: Finding, *, is_accepted: bool) -> Finding:
    """The finding, with the releases that it applies to unless it applies to all."""
    releases = tuple(release for release, one in accepted.items() if one == is_accepted)
    return finding if len(releases) == len(accepted) else dataclasses.replace(finding, releases=releases)
