"""Generate different events of the same size, clean ones and ones with three faults."""

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
    """Return clean and different search_click events of about 330 bytes each."""
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
    """Return the same events with three faults: an unknown field, a wrong type, and a missing field."""
    events = clean(count)
    for event in events:
        event["search"]["querry"] = 1
        event["user"]["id"] = 3
        del event["session"]["id"]
        event["session"] = {**event["session"]}
    return events


def as_type(event: dict[str, Any], event_type: str) -> dict[str, Any]:
    """Return a search_click event, clean or faulty, as one of another type."""
    if event_type == "search_click":
        return event
    event = {key: value for key, value in event.items() if key != "document"}
    if event_type == "page_view":
        event.pop("search", None)
        event.setdefault("page", {"url": "https://shop.example.com/p/1", "title": "Shoes"})
    return event


def encoded(events: list[dict[str, Any]]) -> list[bytes]:
    """Serialize events to compact JSON."""
    return [json.dumps(event, separators=(",", ":")).encode() for event in events]


def sized(count: int, size: int) -> list[bytes]:
    """Return clean and different search_click events of at least ``size`` bytes each, as indented JSON."""
    source = random.Random(2)
    found: list[bytes] = []
    for event in clean(count):
        items = event["search"]["results"]["items"]
        event["search"]["filters"] = {"color": source.sample(_WORDS, 2), "size": str(source.randrange(50))}
        event["search"]["results"]["total_results"] = 1000
        raw = b""
        while len(raw) < size:
            raw = json.dumps(event, indent=2).encode()
            items.append({"document": {"id": str(10**6 + len(items)), "index": "products"}})
        found.append(raw)
    return found
