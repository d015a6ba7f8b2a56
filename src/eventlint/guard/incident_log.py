"""Tells of incidents by Python's log and warnings; it must not decide what happens to an event."""

from __future__ import annotations

import logging
import sys
import warnings
from typing import Any

from eventlint.guard.policy import EventWarning, Incident
from eventlint.model import Finding
from eventlint.redact import redact

logger = logging.getLogger("eventlint")
_SHOWN = 10
_LEVELS = {"loss": logging.WARNING, "lint": logging.INFO}
_INNER = frozenset({"asyncio", "elastic_transport", "elasticsearch", "eventlint", "httpx", "requests", "contextlib"})


def log_incident(incident: Incident) -> None:
    """Write one entry, with fields that begin with ``eventlint_``: losses at level WARNING, lint INFO, others ERROR."""
    level = _LEVELS.get(incident.tier, logging.ERROR)
    if not logger.isEnabledFor(level):
        return
    try:
        sentence, fields = _sentence(incident), _fields(incident)
    except Exception as error:  # an entry that cannot be written must not stop the sending
        log_failure("an incident could not be described", error)
        return
    logger.log(level, "%s", sentence, extra=fields)


def log_failure(message: str, error: Exception | None = None) -> None:
    """Write that the guard itself could not do its work."""
    logger.error("%s", message, exc_info=error)


def warn_of_incident(incident: Incident) -> None:
    """Warn, at the line that called the client.

    Raises:
        EventWarning: Warnings are turned into errors.
    """
    level, frame = 1, sys._getframe()
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).partition(".")[0] in _INNER:
        level, frame = level + 1, frame.f_back
    warnings.warn(EventWarning(_sentence(incident)), stacklevel=level)


def _sentence(incident: Incident) -> str:
    first = incident.findings[0]
    kind = f"{incident.report.event_type} event" if incident.report.event_type else "request"
    more = f" and {len(incident.findings) - 1} more" if len(incident.findings) > 1 else ""
    place = redact(first.pointer) or "(event)"
    return f"{incident.tier} in a {kind}: {place}: {redact(first.message)} [{first.rule}]{more}"


def _fields(incident: Incident) -> dict[str, Any]:
    fields = {
        "eventlint_tier": incident.tier,
        "eventlint_event_type": incident.report.event_type or None,
        "eventlint_rules": sorted({finding.rule for finding in incident.findings}),
        "eventlint_count": len(incident.findings),
        "eventlint_findings": [_told(finding) for finding in incident.findings[:_SHOWN]],
    }
    if incident.request is not None:
        fields["eventlint_path"] = redact(incident.request.uri.partition("?")[0])
    return fields


def _told(finding: Finding) -> dict[str, str | None]:
    return {
        "rule": finding.rule,
        "pointer": redact(finding.pointer),
        "message": redact(finding.message),
        "effect": finding.effect,
    }
