"""Many different events of one size, good ones and ones with three faults."""

from __future__ import annotations

import json
import random
from typing import Any

_WORDS = [
    "red",
    "blue",
    "green",
    "shoes",
    "boots",
    "winter",
    "summer",
    "cheap",
    "best",
    "new",
    "old",
    "large",
    "small",
    "leather",
    "rain",
]


def clean(count: int) -> list[dict[str, Any]]:
    """Clean search_click events of about 330 bytes, all different."""
    source = random.Random(1)
    events: list[dict[str, Any]] = []
    for number in range(count):
        document = {"id": str(source.randrange(10**6)), "index": "products"}
        events.append(
            {
                "session": {"id": f"{source.getrandbits(128):032x}"},
                "user": {"id": f"{source.getrandbits(128):032x}"},
                "search": {
                    "query": " ".join(source.sample(_WORDS, 2)),
                    "results": {"items": [{"document": document}], "total_results": source.randrange(1, 10**4)},
                    "sort": {"name": source.choice(["relevance", "price"])},
                    "search_application": f"website-{number}",
                },
                "document": document,
            }
        )
    return events


def faulty(count: int) -> list[dict[str, Any]]:
    """The same events with three faults: an unknown field, a wrong type, a missing field."""
    events = clean(count)
    for event in events:
        event["search"]["querry"] = 1
        event["user"]["id"] = 3
        del event["session"]["id"]
        event["session"] = {**event["session"]}
    return events


def encoded(events: list[dict[str, Any]]) -> list[bytes]:
    """The events as compact JSON."""
    return [json.dumps(event, separators=(",", ":")).encode() for event in events]


def sized(count: int, size: int) -> list[bytes]:
    """Clean search_click events of about so many bytes, as people write fixtures; all different."""
    source = random.Random(2)
    found: list[bytes] = []
    for event in clean(count):
        items = event["search"]["results"]["items"]
        event["search"]["filters"] = {"colour": source.sample(_WORDS, 2), "size": str(source.randrange(50))}
        event["search"]["results"]["total_results"] = 1000
        raw = b""
        while len(raw) < size:
            raw = json.dumps(event, indent=2).encode()
            items.append({"document": {"id": str(10**6 + len(items)), "index": "products"}})
        found.append(raw)
    return found
