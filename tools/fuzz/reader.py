"""A simple reader of files with events, which shares nothing with the readers of eventlint.

It finds less than they do: only what is certainly an event. What it finds must be checked or reported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_MARKER = re.compile(r"fz[0-9a-f]{7,8}")
_REQUEST = re.compile(
    rb"POST \S*/_application/analytics/site/event/(?:page_view|search|search_click)(?:\?\w+(?:=\w+)?)?\s*$"
)
_OPENING = re.compile(rb"```(?:es|json (?:page_view|search|search_click))$")
_UNSURE = (b"/*", b'"""', b"{%", b"<", b"$", b"{{", b"@", b"```", b"~~~", b">")


def markers(kind: str, data: bytes) -> list[str]:
    """The markers of the events that a file certainly has."""
    if kind == "ndjson":
        return [marker for line in data.split(b"\n") for marker in _in_json(line)]
    if kind in ("array", "har"):
        return list(_in_har(data) if kind == "har" else _in_json(data))
    if kind == "markdown":
        return [marker for block in _blocks(data) for marker in _in_json(block)]
    if kind in ("console", "http"):
        return list(_in_requests(data))
    return []


def lines(data: bytes) -> list[int]:
    """The numbers of the lines that are not blank, from 1."""
    return [number for number, line in enumerate(data.split(b"\n"), 1) if line.strip(b" \t\r\n\xef\xbb\xbf")]


def _in_json(text: bytes) -> Iterator[str]:
    """The markers in an event, an envelope, or an array of either."""
    try:
        value = json.loads(text.decode())
    except (ValueError, RecursionError):
        return
    for one in value if isinstance(value, list) else [value]:
        yield from _of_event(one)


def _of_event(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and "payload" in value and isinstance(value.get("event_type"), str):
        value = value["payload"]
    session = value.get("session") if isinstance(value, dict) else None
    marker = session.get("id") if isinstance(session, dict) else None
    if isinstance(marker, str) and _MARKER.fullmatch(marker):
        yield marker


def _in_har(data: bytes) -> Iterator[str]:
    try:
        entries = json.loads(data.decode())["log"]["entries"]
        requests = [entry["request"] for entry in entries]
    except (ValueError, RecursionError, KeyError, TypeError):
        return
    for request in requests:
        if isinstance(request, dict) and request.get("method") == "POST" and isinstance(request.get("postData"), dict):
            text, url = request["postData"].get("text"), request.get("url")
            is_event = isinstance(url, str) and url.startswith("https://example.com/_application/analytics/site/event/")
            if is_event and isinstance(text, str) and "encoding" not in request["postData"]:
                yield from _in_json(text.encode("utf-8", "replace"))


def _blocks(data: bytes) -> Iterator[bytes]:
    """The bodies of the blocks of events, in a document without quotes, lists, comments and other fences."""
    opened: int | None = None
    if any(mark in data for mark in (b"~~~", b"<!--", b"````", b"> ", b"- ", b"\r")):
        return
    found = data.split(b"\n")
    for number, line in enumerate(found):
        if line.count(b"```") > 1 or (b"`" in line and not line.startswith(b"```")):
            return
        if line.startswith(b"```"):
            if opened is not None:
                if line.strip() != b"```":
                    return
                block = found[opened + 1 : number]
                if block and _OPENING.match(found[opened]):
                    yield b"\n".join(block[1:] if found[opened] == b"```es" and _REQUEST.match(block[0]) else block)
                opened = None
            else:
                opened = number


def _in_requests(data: bytes) -> Iterator[str]:
    """The markers of bodies in one line, directly below a request line, in a file without what hides requests."""
    found = data.split(b"\n")
    for number, line in enumerate(found):
        if _REQUEST.match(line) and number + 1 < len(found):
            if any(mark in data for mark in _UNSURE):
                return
            yield from _in_json(found[number + 1])
