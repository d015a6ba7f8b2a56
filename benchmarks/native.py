"""Measure the native engine relative to other validators: single events, and lines.

Run ``python -m benchmarks.native``. Times are CPU time, the minimum of interleaved rounds, so that they hold on a busy
machine, too. The events fit into the caches of a processor; with more of them, the ratios for dictionaries depend on
how much of the caches other programs use.

The peer of single events is ``jsonschema_rs``; the peer of bytes and lines is a script that decodes them with
``orjson`` and validates them with ``jsonschema_rs``. Neither finds duplicate keys, losses, or lint.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from time import perf_counter, process_time
from typing import Any

import jsonschema_rs

import eventlint
from benchmarks.events import clean, encoded, sized
from benchmarks.rows import Row, show
from eventlint.screen import native
from eventlint.spec.bundles import bundle

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


def measured(*works: Callable[[], object], rounds: int, clock: Callable[[], float] = process_time) -> list[float]:
    """The least time of each work in seconds; the works take turns."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            start = clock()
            work()
            best[number] = min(best[number], clock() - start)
    return best


def each(function: Callable[..., Any], events: Iterable[Any], *arguments: Any) -> Callable[[], object]:
    """A work: call a function with each event."""
    events = list(events)

    def work() -> None:
        for event in events:
            function(event, *arguments)

    return work


def single_events() -> Iterator[Row]:
    """``is_valid`` and ``check`` for objects and bytes."""
    validator: Any = jsonschema_rs.validator_for(bundle("search_click"))
    search: Any = jsonschema_rs.validator_for(bundle("search"))
    large = [json.loads(one) for one in sized(20, 11_400)]
    yield from _of_size("123 B", "search", small(200), search, check_bar=2.0, bytes_bar=1.0)
    yield from _of_size("333 B", "search_click", clean(200), validator, check_bar=1.5, bytes_bar=0.6)
    yield from _of_size("5,000 B", "search_click", large, validator, check_bar=1.0, bytes_bar=0.25)


def _of_size(
    name: str, event_type: str, events: list[Any], peer: Any, *, check_bar: float, bytes_bar: float
) -> Iterator[Row]:
    raw = encoded(events)
    for _ in range(native.WARM_UP):
        assert not eventlint.check(events[0], event_type).findings
        assert eventlint.is_valid(events[0], event_type)
    assert peer.is_valid(events[0])

    def decoded(data: bytes) -> bool:
        return bool(peer.is_valid(loads(data)))

    times = measured(
        each(peer.is_valid, events),
        each(decoded, raw),
        each(eventlint.is_valid, events, event_type),
        each(eventlint.check, events, event_type),
        each(eventlint.is_valid, raw, event_type),
        each(eventlint.check, raw, event_type),
        rounds=300,
    )
    ofs = ("is_valid(dict)", 2, 0, 0.8), ("check(dict)", 3, 0, check_bar), ("is_valid(bytes)", 4, 1, 0.3)
    for what, ours, theirs, bar in (*ofs, ("check(bytes)", 5, 1, bytes_bar)):
        detail = f"{times[ours] / len(events) * 1e6:.2f} µs, {times[theirs] / len(events) * 1e6:.2f} µs"
        against = ("jsonschema_rs", "orjson + jsonschema_rs")[theirs]
        yield Row(f"{what} / {against}, {name}", times[ours] / times[theirs], bar, detail=detail)


def lines(megabytes: int = 20) -> Iterator[Row]:
    """A scan of lines and of envelopes on one core and on two, and the script."""
    events = encoded(clean(3_000))
    around = b'{"time":"2024-05-31T10:00:00Z","collection":"site","payload":%s,"event_type":"search_click"}\n'
    times = megabytes * 10**6 // sum(map(len, events))
    data = b"".join(event + b"\n" for event in events) * times
    wrapped = b"".join(around % event for event in events) * times
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
    found = measured(
        lambda: plain.scan(data, "search_click"),
        script,
        lambda: envelopes.scan(wrapped),
        script_of_envelopes,
        rounds=7,
    )
    for what, number, size in (("lines", 0, len(data)), ("envelopes", 2, len(wrapped))):
        speed, faster = size / found[number] / 1e9, found[number + 1] / found[number]
        yield Row(f"scan of {what}: throughput / script", faster, 6.0, at_least=True)
        if what == "lines":
            yield Row("scan of lines, one core: GB/s (AVX2, idle machine)", speed, 0.85, at_least=True)
    one, two = measured(
        lambda: plain.scan(data, "search_click"),
        lambda: plain.scan(data, "search_click", threads=2),
        rounds=15,
        clock=perf_counter,
    )
    yield Row("scan on two cores / one: wall time (idle machine)", one / two, 1.8, at_least=True)


if __name__ == "__main__":
    if native.library() is None:
        sys.exit("the native engine is not built (python -m tools.build_native)")
    print(f"{platform.machine()}, Python {platform.python_version()}, jsonschema_rs {version('jsonschema-rs')}")
    show(single_events())
    show(lines())
