"""A line for each event, for people or for programs, without secrets."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from eventlint.escaping import printable
from eventlint.model import concise
from eventlint.output.rendering import render
from eventlint.redact import redact
from eventlint.serve.received import Received, timestamp
from eventlint.tiers import Tier

_COLORS: dict[str, str] = {"accepted": "green", "lost": "yellow", "rejected": "red", "unchecked": "magenta"}
_TIER_COLORS: dict[Tier, str] = {"error": "red", "contract": "magenta", "loss": "yellow", "lint": "cyan"}
_LONGEST = 60
"""How many characters of a name from a request are shown."""


def json_line(event: Received) -> str:
    """The line for programs: an object without the payload."""
    document: dict[str, Any] = {
        "id": event.id,
        "time": timestamp(event.time),
        "event_type": _shown(event.event_type),
        "collection": _shown(event.collection),
        "verdict": event.verdict,
        "status": event.answer.status,
        "rules": list(event.rules),
        "reason": str(event.answer) if event.verdict == "rejected" else None,
        "differences": None if event.forwarded is None else [one.part for one in event.forwarded],
    }
    return json.dumps(document)


class TextLines:
    """The lines for people: time, type, collection, verdict and rules, and below them the findings that matter."""

    def __init__(self, *, color: bool = False) -> None:
        self._color = color

    def __call__(self, event: Received) -> str:
        """The lines for an event."""
        time = datetime.fromtimestamp(event.time / 1000).strftime("%H:%M:%S")
        verdict = self._colored(f"{event.verdict:<8}", _COLORS[event.verdict], bold=True)
        names = f"{_shown(event.event_type) or '-':<12}  {_shown(event.collection) or '-':<14}"
        rules = " ".join(self._rule(event, name) for name in event.rules)
        lines = [f"{time}  {names}  {verdict}  {event.answer.status}  {rules}".rstrip()]
        if event.verdict == "rejected":
            lines.append(f"          {self._colored(str(event.answer), 'red')}")
        lines += [
            f"          {self._finding(event, finding)}" for finding in event.findings[:_MOST] if _matters(finding)
        ]
        for one in event.forwarded or ():
            expected, actual = printable(redact(one.expected)), printable(redact(one.actual))
            lines.append(self._colored(f"          differs: {one.part}: expected {expected}, got {actual}", "magenta"))
        return "\n".join(lines)

    def _rule(self, event: Received, name: str) -> str:
        tier: Tier = next(finding.tier for finding in event.findings if finding.rule == name)
        return self._colored(name, _TIER_COLORS[tier])

    def _finding(self, event: Received, finding: Any) -> str:
        text = concise(render(finding).finding, lambda part, tier: self._colored(part, tier and _TIER_COLORS[tier]))
        return text.removeprefix("eventlint:")

    def _colored(self, text: str, color: str | None, *, bold: bool = False) -> str:
        if not self._color or color is None:
            return text
        from termcolor import colored

        return colored(text, color, attrs=["bold"] if bold else None, force_color=True)


_MOST = 5
"""How many findings of an event are shown."""


def _matters(finding: Any) -> bool:
    return bool(finding.tier != "lint")


def _shown(name: str | None) -> str | None:
    """A name from a request, cut, and without secrets and control characters."""
    if name is None:
        return None
    text = printable(redact(name))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


Line = Callable[[Received], str]
