"""Measure the overhead of a guard relative to the serializer of the client.

Run ``python -m benchmarks.guard``. The overhead is the difference between calls with and without the guard to a
transport that sends nothing. Every event is different, so only the target can be cached.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from typing import Any

from elastic_transport import HttpHeaders
from elasticsearch import Elasticsearch

from benchmarks.check import COUNT, ROUNDS, ratio, seconds
from benchmarks.events import clean, faulty
from eventlint.guard import Guard, Policy, guard

TARGET = "/_application/analytics/site/event/search_click"
MEDIA = "application/vnd.elasticsearch+json; compatible-with=9"
HEADERS = HttpHeaders({"content-type": MEDIA, "accept": MEDIA})


def transport(**options: Any) -> tuple[Callable[[Any], object], Callable[[Any], object]]:
    """Return two functions that call a transport, without and with the guard. Nothing leaves the process."""
    client = Elasticsearch("http://localhost:9200")
    inner = client.transport

    def nothing(method: str, target: str, *, body: Any, headers: Any) -> None:
        inner.serializers.dumps(body, mimetype=headers["content-type"])

    setattr(inner, "perform_request", nothing)  # noqa: B010 - replaces a method
    wrapped: Any = guard(client, **options).transport
    return (
        lambda event: nothing("POST", TARGET, body=event, headers=HEADERS),
        lambda event: wrapped.perform_request("POST", TARGET, body=event, headers=HEADERS),
    )


def main() -> None:
    """Measure and print all ratios."""
    good, bad = clean(COUNT), faulty(COUNT)
    serializers = Elasticsearch("http://localhost:9200").transport.serializers
    dumps = serializers.get_serializer(MEDIA).dumps
    encoded = [dumps(event) for event in good]
    judge = Guard()
    assert all(judge.allows("POST", TARGET, HEADERS, body) for body in encoded)
    print(f"python -m benchmarks.guard: Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{COUNT} different events of {len(encoded[0])} bytes, medians of {ROUNDS} rounds; ours, theirs, ours/theirs")
    plain, guarded = transport()
    peer = "the client's dumps"
    ratio(
        f"overhead for a clean event / {peer}",
        lambda: seconds(guarded, good) - seconds(plain, good),
        lambda: seconds(dumps, good),
    )
    ratio(
        f"checking the bytes of a clean event / {peer}",
        lambda: seconds(lambda body: judge.judge("POST", TARGET, HEADERS, body), encoded),
        lambda: seconds(dumps, good),
    )
    plain_sampled, sampled = transport(policy=Policy(sample=0.1))
    ratio(
        f"overhead if one event in ten is checked / {peer}",
        lambda: seconds(sampled, good) - seconds(plain_sampled, good),
        lambda: seconds(dumps, good),
    )
    plain_dropped, dropped = transport(policy=Policy(error="drop"))
    ratio(
        f"overhead for a dropped event with three faults / {peer}",
        lambda: seconds(dropped, bad) - seconds(plain_dropped, bad),
        lambda: seconds(dumps, bad),
    )


if __name__ == "__main__":
    main()
