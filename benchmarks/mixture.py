"""Generate faulty events as they are in archives: many kinds of mistakes, each in different events."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import count, cycle, islice
from typing import Any

from benchmarks.events import clean

Event = dict[str, Any]
Draw = random.Random


def _without(*path: str) -> Callable[[Event, Draw], None]:
    """Remove a member."""

    def change(event: Event, source: Draw) -> None:
        _parent(event, path).pop(path[-1], None)

    return change


def _with(value: Callable[[Draw], Any], *path: str) -> Callable[[Event, Draw], None]:
    """Set a member."""

    def change(event: Event, source: Draw) -> None:
        _parent(event, path)[path[-1]] = value(source)

    return change


def _renamed(new: str, *path: str) -> Callable[[Event, Draw], None]:
    """Rename a member."""

    def change(event: Event, source: Draw) -> None:
        parent = _parent(event, path)
        parent[new] = parent.pop(path[-1])

    return change


def _parent(event: Event, path: tuple[str, ...]) -> Event:
    for key in path[:-1]:
        event = event[key]
    return event


def _moved_up(event: Event, source: Draw) -> None:
    event["query"] = event["search"].pop("query")


def _token(source: Draw) -> str:
    return "".join(source.choices("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=28))


def _path(source: Draw) -> str:
    return f"https://shop.example.com/p/{source.randrange(10**6)}"


def _time(source: Draw) -> str:
    return (
        f"2024-0{source.randrange(1, 10)}-1{source.randrange(10)}T1{source.randrange(10)}:00:0{source.randrange(10)}Z"
    )


def _user(source: Draw) -> str:
    return f"u-{source.randrange(10**8)}"


_OBJECTS = (
    # Missing members.
    _without("session", "id"),
    _without("session"),
    _without("user"),
    _without("search", "query"),
    _without("document", "id"),
    # Wrong types.
    _with(lambda source: source.randrange(10**8), "user", "id"),
    _with(lambda source: None, "session", "id"),
    _with(lambda source: [_user(source)], "user", "id"),
    _with(lambda source: _user(source), "user"),
    _with(lambda source: str(source.randrange(100)) + " results", "search", "results", "total_results"),
    _with(lambda source: {"text": _user(source)}, "search", "query"),
    _with(lambda source: source.random() < 0.5, "search", "search_application"),
    _with(lambda source: {"color": {"eq": _user(source)}}, "search", "filters"),
    _with(lambda source: 10**11 + source.randrange(10**9), "search", "results", "total_results"),
    _with(lambda source: {"current": -source.randrange(1, 99)}, "search", "page"),
    # Unknown and misplaced fields, also wrong timestamps.
    _renamed("sessionId", "session"),
    _renamed("querry", "search", "query"),
    _renamed("totalResults", "search", "results", "total_results"),
    _with(_time, "@timestamp"),
    _with(lambda source: 1_700_000_000_000 + source.randrange(10**9), "timestamp"),
    _with(_time, "search", "time"),
    _with(lambda source: {"name": _user(source), "version": source.randrange(9)}, "client"),
    _with(lambda source: f"10.0.{source.randrange(256)}.{source.randrange(256)}", "session", "ip"),
    _moved_up,
    # Losses.
    _with(lambda source: {"url": f"https://shop example.com/{source.randrange(10**6)}"}, "page"),
    _with(lambda source: {"url": f"/search?q=red {_user(source)}"}, "page"),
    _with(lambda source: {"url": _path(source), "referrer": f"{{{{{_user(source)}}}}}"}, "page"),
    _with(lambda source: str(source.randrange(1, 10**4)), "search", "results", "total_results"),
    _with(lambda source: f"{source.randrange(10, 99)}x" * 400, "search", "query"),
    _with(lambda source: [_user(source), {"document": {"id": "1"}}], "search", "results", "items"),
    # Secrets and personal data.
    _with(lambda source: {"url": f"{_path(source)}?token={_token(source)}"}, "page"),
    _with(lambda source: {"url": f"https://anna:{_token(source)}@shop.example.com/"}, "page"),
    _with(lambda source: {"url": _path(source), "referrer": f"{_path(source)}?api_key={_token(source)}"}, "page"),
    _with(lambda source: f"anna.{source.randrange(10**5)}@example.org", "user", "id"),
    # Lint.
    _with(lambda source: f" {_user(source)} ", "user", "id"),
    _with(lambda source: "undefined", "user", "id"),
    _with(lambda source: {"url": f"/p/{source.randrange(10**6)}"}, "page"),
    _with(lambda source: {"url": f"http://localhost:3000/p/{source.randrange(10**6)}"}, "page"),
    _with(lambda source: "", "search", "query"),
    _with(_user, "document", "id"),
)


def _twice(line: bytes, source: Draw) -> bytes:
    return line.replace(b'"user":', b'"session":{"id":"%s"},"user":' % _user(source).encode())


def _truncated(line: bytes, source: Draw) -> bytes:
    return line[: source.randrange(40, len(line) - 1)]


def _latin_1(line: bytes, source: Draw) -> bytes:
    return line.replace(b'"query":"', b'"query":"caf\xe9 ')


def _single_quotes(line: bytes, source: Draw) -> bytes:
    return line.replace(b'"user"', b"'user'")


_BYTES = (_twice, _truncated, _latin_1, _single_quotes)
KINDS = len(_OBJECTS) + len(_BYTES)
"""The number of kinds of mistakes."""


def mixture(number: int) -> list[bytes]:
    """Return different search_click events as compact JSON, each with one of the mistakes in turn."""
    source = random.Random(3)
    pages = (source.random() < 0.5 for _ in count())
    events = islice(cycle(clean(2_000)), number)
    lines: list[bytes] = []
    for at, (event, has_page) in enumerate(zip(events, pages, strict=False)):
        event = json.loads(json.dumps(event))
        event["user"]["id"] = f"{source.getrandbits(128):032x}"
        if has_page:
            event["page"] = {"url": _path(source), "title": " ".join(event["search"]["query"].split() * 2)}
        kind = at % KINDS
        if kind < len(_OBJECTS):
            _OBJECTS[kind](event, source)
        line = json.dumps(event, separators=(",", ":")).encode()
        lines.append(line if kind < len(_OBJECTS) else _BYTES[kind - len(_OBJECTS)](line, source))
    return lines
