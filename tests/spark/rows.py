"""Rows of events of all kinds: clean ones, faulty ones, nulls, empty ones, and invalid UTF-8."""

from __future__ import annotations

import json
import random

from tests import corpus

Row = tuple[bytes | None, str | None, str | None]
"""A payload, a type and a collection."""


def rows(count: int, *, faulty: float = 0.5) -> list[Row]:
    """Some rows, the same ones for the same count.

    Args:
        count: How many.
        faulty: The part of them that is taken from the requests of the corpus, most of which the server refuses.
    """
    source = random.Random(7)
    cases = [case for case in corpus.payload_cases() if b"\n" not in case.body]
    made: list[Row] = [
        (None, "search", "site"),
        (b"", "search", "site"),
        (b"\xff{}", "page_view", None),
        (b"{}", None, "*"),
    ]
    while len(made) < count:
        if source.random() < faulty:
            case = source.choice(cases)
            body = case.body if source.random() < 0.9 else case.body[:-1] + bytes([source.randrange(128, 256)])
            made.append((body, case.event_type, source.choice(["site", "BAD*", None])))
        else:
            made.append((_clean(source), "search", "site"))
    return made


def _clean(source: random.Random) -> bytes:
    ids = [f"{source.getrandbits(64):016x}" for _ in range(2)]
    event = {"session": {"id": ids[0]}, "user": {"id": ids[1]}, "search": {"query": source.choice(["shoes", "hats"])}}
    return json.dumps(event).encode()
