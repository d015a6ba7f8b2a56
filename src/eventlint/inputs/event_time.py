"""The day of an event, from a timestamp in the event or in its envelope."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

_MAX_LENGTH = 64
"""How many bytes a timestamp has at most."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = 100_000_000_000
"""From this number on, a timestamp is in milliseconds, as Elasticsearch and JavaScript write them; else in seconds."""


def day_in(text: bytes, pointer: tuple[str, ...]) -> str | None:
    """The day of the timestamp that a pointer leads to in a JSON text; None if there is none."""
    from eventlint.inputs.json_spans import find

    start = 3 if text.startswith(b"\xef\xbb\xbf") else 0
    span = find(text, pointer, start)
    if span is None or span[1] - span[0] > _MAX_LENGTH:
        return None
    try:
        return day_of(json.loads(text[span[0] : span[1]]))
    except (ValueError, RecursionError):
        return None


def day_of(value: object) -> str | None:
    """The day in UTC, as ``2024-05-31``, of a timestamp; None if the value is not a timestamp.

    A timestamp is a string in ISO 8601 (in UTC if it has no time zone), or a number of seconds or milliseconds since
    1970, also as a string.
    """
    if isinstance(value, str) and re.fullmatch(r"\d{9,16}(\.\d+)?", value):
        value = float(value)
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) >= _MILLISECONDS else value
            return (_EPOCH + timedelta(seconds=seconds)).date().isoformat()
        if isinstance(value, str):
            time = datetime.fromisoformat(value.strip())
            return (time.astimezone(UTC) if time.tzinfo else time).date().isoformat()
    except (ValueError, OverflowError):
        pass
    return None
