"""One anonymous request must not stop a service."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from tests.guard.samples import PLAIN
from tests.guard.services import asgi


def _filters(size: int, value: str, key: str = "k") -> bytes:
    """A search with one filter whose key takes one half of the body, and whose values take the other."""
    count = size // 2 // (len(value) + 1)
    filters = f'{{"{key * (size // 2 // len(key))}":[{",".join([value] * count)}]}}'
    return json.dumps({**PLAIN, "search": {"query": "q", "filters": 0}}).replace("0}}", f"{filters}}}}}").encode()


BODIES: dict[str, Callable[[int], bytes]] = {
    "numbers": lambda size: _filters(size, "1"),
    "objects": lambda size: _filters(size, '{"a":1}'),
    "placeholders": lambda size: _filters(size, '"null"'),
    "secret keys": lambda size: _filters(size, '"null"', "token=a@b.co&"),
    "escaped keys": lambda size: _filters(size, '"null"', "~/"),
    "members": lambda size: json.dumps({"k" * (size // 2): {str(n): 1 for n in range(size // 20)}}).encode(),
    "levels": lambda size: b'{"session":' + b"[" * size,
}
SIZE = 49_000


def _steps(body: bytes) -> int:
    """The number of Python functions that are called for a request."""
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal steps
        steps += event == "call"

    sys.setprofile(count)
    try:
        outcome = asgi([body])
    finally:
        sys.setprofile(None)
    assert outcome.status in (299, 400)
    return steps


@pytest.mark.parametrize("make", BODIES.values(), ids=BODIES)
def test_the_steps_are_bounded_by_the_body(make: Callable[[int], bytes]) -> None:
    """For each byte, a few functions are called."""
    asgi([make(1_000)])  # imports
    body = make(SIZE)
    assert _steps(body) < 20 * len(body)


@pytest.mark.parametrize("make", BODIES.values(), ids=BODIES)
def test_the_memory_is_bounded_by_the_body(make: Callable[[int], bytes]) -> None:
    """Findings hold no more of a long key than they show."""
    asgi([make(1_000)])  # imports
    body = make(SIZE)
    tracemalloc.start()
    try:
        outcome = asgi([body])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert outcome.status in (299, 400)
    assert peak < 400 * len(body)
