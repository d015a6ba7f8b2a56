"""Measure the native engine relative to other validators: single events, and lines.

Run ``python -m benchmarks.native``. Times are CPU time, the minimum of interleaved rounds, so that they hold on a busy
machine, too. The peer of single events is ``jsonschema_rs``; the peer of bytes and lines is a script that decodes them
with ``orjson`` and validates them with ``jsonschema_rs``. Neither finds duplicate keys, losses, or lint.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import version
from time import process_time
from typing import Any

import jsonschema_rs

import eventlint
from benchmarks.events import clean, sized
from eventlint.screen import native
from eventlint.spec.bundles import bundle

ROUNDS = 9

try:
    from orjson import loads
except ImportError:
    sys.exit("needs orjson (dependency group 'benchmark')")


def small(count: int) -> list[dict[str, Any]]:
    """Different events of 123 bytes."""
    made = []
    for number in range(count):
        ids = {"session": {"id": f"session-{number:017}"}, "user": {"id": f"user-{number:020}"}}
        made.append({**ids, "search": {"query": f"shoes {number:08}"}})
    return made


def measured(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The least CPU time of each work in seconds; the works take turns."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            start = process_time()
            work()
            best[number] = min(best[number], process_time() - start)
    return best


def each(function: Callable[..., Any], events: Iterable[Any], *arguments: Any) -> Callable[[], object]:
    """A work: call a function with each event."""
    events = list(events)

    def work() -> None:
        for event in events:
            function(event, *arguments)

    return work


def row(what: str, ours: float, theirs: float, bar: float, unit: float = 1) -> None:
    """Print one comparison; times are divided by the unit."""
    ratio = ours / theirs
    mark = "" if ratio <= bar else "  MISSED"
    print(f"{what:52} {ours / unit * 1e6:9.2f} µs {theirs / unit * 1e6:9.2f} µs   {ratio:5.2f} (bar {bar:.2f}){mark}")


def single_events() -> None:
    """``is_valid`` and ``check`` for objects and bytes."""
    validator: Any = jsonschema_rs.validator_for(bundle("search_click"))
    search: Any = jsonschema_rs.validator_for(bundle("search"))
    groups = [
        ("123 B", "search", small(2_000), search),
        ("333 B", "search_click", clean(2_000), validator),
        ("5,000 B", "search_click", [json.loads(one) for one in sized(200, 11_400)], validator),
    ]
    for (name, event_type, events, peer), check_bar, bytes_bar in zip(
        groups, (2.0, 1.5, 1.0), (1.0, 0.6, 0.25), strict=True
    ):
        raw = [json.dumps(event, separators=(",", ":")).encode() for event in events]
        size = sum(map(len, raw)) // len(raw)
        assert not eventlint.check(events[0], event_type).findings
        assert peer.is_valid(events[0])

        def decoded(data: bytes, is_valid: Any = peer.is_valid) -> bool:
            return bool(is_valid(loads(data)))

        times = measured(
            each(peer.is_valid, events),
            each(decoded, raw),
            each(eventlint.is_valid, events, event_type),
            each(eventlint.check, events, event_type),
            each(eventlint.is_valid, raw, event_type),
            each(eventlint.check, raw, event_type),
        )
        count = len(events)
        print(f"--- {name} (on average {size} bytes)")
        row("is_valid(dict) / jsonschema_rs", times[2], times[0], 0.8, count)
        row("check(dict) / jsonschema_rs", times[3], times[0], check_bar, count)
        row("is_valid(bytes) / orjson + jsonschema_rs", times[4], times[1], 0.3, count)
        row("check(bytes) / orjson + jsonschema_rs", times[5], times[1], bytes_bar, count)


def lines(megabytes: int = 20) -> None:
    """A scan of lines on one core and on two, and the script."""
    events = [json.dumps(event, separators=(",", ":")).encode() for event in clean(3_000)]
    some = b"\n".join(events) + b"\n"
    data = some * (megabytes * 10**6 // len(some))
    around = b'{"time":"2024-05-31T10:00:00Z","collection":"site","payload":%s,"event_type":"search_click"}\n'
    wrapped = b"".join(around % event for event in events) * (megabytes * 10**6 // len(some))
    validator: Any = jsonschema_rs.validator_for(bundle("search_click"))

    def script() -> None:
        for line in data.split(b"\n"):
            if line:
                assert validator.is_valid(loads(line))

    def script_of_envelopes() -> None:
        for line in wrapped.split(b"\n"):
            if line:
                assert validator.is_valid(loads(line)["payload"])

    plain = native.Scanner("latest")
    envelopes = native.Scanner("latest", (("payload",), ("event_type",), ("collection",), ("time",)))
    assert plain.scan(data, "search_click")[2] == envelopes.scan(wrapped)[2] == []
    times = measured(
        lambda: plain.scan(data, "search_click"),
        script,
        lambda: envelopes.scan(wrapped),
        script_of_envelopes,
        lambda: plain.scan(data, "search_click", threads=2),
        rounds=5,
    )
    for what, number, size in (("lines", 0, len(data)), ("envelopes", 2, len(wrapped))):
        speed, faster = size / times[number] / 1e9, times[number + 1] / times[number]
        print(f"scan of {what}: {speed:.2f} GB/s of CPU time, {faster:.1f} times the script (bar 6.0)")
    print(f"two threads: {times[4] / times[0]:.2f} of the CPU time of one")


if __name__ == "__main__":
    if native.library() is None:
        sys.exit("the native engine is not built (python -m tools.build_native)")
    print(f"{platform.machine()}, Python {platform.python_version()}, jsonschema_rs {version('jsonschema-rs')}")
    single_events()
    lines()
