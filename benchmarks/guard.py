"""What a guard costs, as ratios to the client's own serializer, in one run.

Run it as ``python -m benchmarks.guard``. A transport that sends nothing is called with and without the guard; what is
between them is the guard's own time. Every event is different, so nothing can be remembered but the target.
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
    """A function that sends through a transport, without the guard and with it; nothing leaves the process."""
    client = Elasticsearch("http://localhost:9200")
    inner = client.transport

    def nothing(method: str, target: str, *, body: Any, headers: Any) -> None:
        inner.serializers.dumps(body, mimetype=headers["content-type"])

    setattr(inner, "perform_request", nothing)  # noqa: B010 - a method is replaced
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
        f"guard's own time for a clean event / {peer}",
        lambda: seconds(guarded, good) - seconds(plain, good),
        lambda: seconds(dumps, good),
    )
    ratio(
        f"judging the bytes of a clean event / {peer}",
        lambda: seconds(lambda body: judge.judge("POST", TARGET, HEADERS, body), encoded),
        lambda: seconds(dumps, good),
    )
    plain_sampled, sampled = transport(policy=Policy(sample=0.1))
    ratio(
        f"guard's own time when one in ten is checked / {peer}",
        lambda: seconds(sampled, good) - seconds(plain_sampled, good),
        lambda: seconds(dumps, good),
    )
    plain_dropped, dropped = transport(policy=Policy(error="drop"))
    ratio(
        f"guard's own time for three faults, dropped / {peer}",
        lambda: seconds(dropped, bad) - seconds(plain_dropped, bad),
        lambda: seconds(dumps, bad),
    )


if __name__ == "__main__":
    main()
