"""Reports incidents to Python's logging and warnings.

The message template of a log record is constant and its values are arguments, so that log tools can group records.
"""

from __future__ import annotations

import logging
import sys
import warnings
from typing import Any

from eventlint.escaping import printable
from eventlint.guard.policy import EventWarning, Incident
from eventlint.redact import redact

logger = logging.getLogger("eventlint")
_TEMPLATE = "%s in %s: %s: %s [%s] (findings: %d)"
_SHOWN = 10
_LONGEST = 1_000
_LEVELS = {"loss": logging.WARNING, "lint": logging.INFO}
_LIBRARIES = frozenset(
    {"asyncio", "elastic_transport", "elasticsearch", "eventlint", "httpx", "requests", "contextlib"}
)


def log_incident(incident: Incident) -> None:
    """Write one log record, with extra fields whose names begin with ``eventlint_``.

    The level is WARNING for the tier ``loss``, INFO for ``lint``, and ERROR for all others.
    """
    level = _LEVELS.get(incident.tier, logging.ERROR)
    if not logger.isEnabledFor(level):
        return
    try:
        values, fields = _values(incident), _fields(incident)
    except Exception as error:  # a failure of logging must not stop the sender
        log_failure("an incident could not be described", error=error)
        return
    logger.log(level, _TEMPLATE, *values, extra=fields)


def log_failure(template: str, *values: object, error: BaseException | None = None) -> None:
    """Write that the guard itself failed. Strings and the message of the exception may be from an event."""
    logger.error(template, *map(_safe, values), exc_info=_without_values(error))


class _Failure(Exception):  # noqa: N818 - only shown
    """An exception, as a log shows it."""


def _without_values(error: BaseException | None) -> BaseException | None:
    """An exception with the traceback of another one, whose message may quote an event; without its causes."""
    if error is None:
        return None
    try:
        message = str(error)
    except Exception:  # the message is that of an object of the caller
        message = ""
    return _Failure(f"{type(error).__name__}: {_shown(message[:_LONGEST])}").with_traceback(error.__traceback__)


def _safe(value: object) -> object:
    return _shown(value) if isinstance(value, str) else value


def warn_of_incident(incident: Incident) -> None:
    """Warn, at the line that called the client.

    Raises:
        EventWarning: Warnings are turned into errors.
    """
    level, frame = 1, sys._getframe()
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).partition(".")[0] in _LIBRARIES:
        level, frame = level + 1, frame.f_back
    warnings.warn(EventWarning(_TEMPLATE % _values(incident)), stacklevel=level)


def _values(incident: Incident) -> tuple[object, ...]:
    first = incident.findings[0]
    subject = f"{_shown(incident.report.event_type)} event" if incident.report.event_type else "request"
    place = _shown(first.pointer) or "(event)"
    return incident.tier, subject, place, _shown(first.message), first.rule, len(incident.findings)


def _fields(incident: Incident) -> dict[str, Any]:
    fields = {
        "eventlint_tier": incident.tier,
        "eventlint_event_type": _shown(incident.report.event_type) or None,
        "eventlint_rules": sorted({finding.rule for finding in incident.findings}),
        "eventlint_count": len(incident.findings),
        "eventlint_findings": [
            {
                "rule": finding.rule,
                "pointer": _shown(finding.pointer),
                "message": _shown(finding.message),
                "effect": finding.effect,
            }
            for finding in incident.findings[:_SHOWN]
        ],
    }
    if incident.request is not None:
        fields["eventlint_path"] = _shown(incident.request.uri.partition("?")[0])
    return fields


def _shown(text: str) -> str:
    """A string without secrets and control characters."""
    return printable(redact(text))
