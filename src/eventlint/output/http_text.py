"""A server's answer as a person sees it, with its secrets hidden; it must not know findings."""

import json
from typing import Any

from eventlint.model import Answer
from eventlint.redact import redact


def in_short(answer: Answer) -> str:
    """The status of an answer, and the innermost reason."""
    try:
        error: Any = json.loads(answer.body)["error"]
    except (ValueError, KeyError):
        return str(answer.status)
    if isinstance(error, str):
        return f"{answer.status} {_first_line(error)}"
    while "caused_by" in error:
        error = error["caused_by"]
    return f"{answer.status} {error['type']}: {_first_line(error['reason'])}"


def in_full(answer: Answer) -> str:
    """The status and the body of an answer, with its secrets hidden."""
    return f"{answer.status} {redact(answer.body.decode('utf-8', 'backslashreplace'))}"


def _first_line(text: str) -> str:
    line = redact(text.partition("\n")[0])
    return line if len(line) <= 160 else line[:159] + "…"
