"""Measure ``check`` relative to jsonschema, and the cold start relative to a bare start of Python.

Run ``python -m benchmarks.check``. Every event is different, so caching does not help.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from benchmarks.events import clean, encoded, faulty
from eventlint import check
from eventlint.spec.packaged import folder

COUNT = 500
ROUNDS = 7
STARTS = 15
BARE = "import argparse, json, dataclasses, pathlib, re"


def seconds(work: Callable[[Any], object], events: Sequence[Any]) -> float:
    """Return the time per event, in seconds."""
    start = perf_counter()
    for event in events:
        work(event)
    return (perf_counter() - start) / len(events)


def ratio(name: str, ours: Callable[[], float], theirs: Callable[[], float], rounds: int = ROUNDS) -> None:
    """Print both times and their ratio as medians over all rounds. The first round fills caches and is ignored."""
    pairs = [(ours(), theirs()) for _ in range(rounds + 1)][1:]
    our_time, their_time = (statistics.median(column) for column in zip(*pairs, strict=True))
    share = statistics.median(one / two for one, two in pairs)
    print(f"{name:62} {our_time * 1e6:10.1f} µs {their_time * 1e6:10.1f} µs   ratio {share:6.3f}")


def validator() -> Draft202012Validator:
    """Create a validator of jsonschema for the same schemas."""
    documents = [json.loads(path.read_bytes()) for path in Path(folder()).glob("**/[0-9]*.json")]
    resources = ((document["$id"], Resource.from_contents(document, DRAFT202012)) for document in documents)
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator({"$ref": "urn:eventlint:event:search_click:1-0-0"}, registry=registry)


def read_findings(event: bytes) -> list[object]:
    """Check an event and read all findings with their positions."""
    return [(finding.rule, finding.position) for finding in check(event, "search_click").findings]


def start(words: Sequence[str]) -> float:
    """Return the time that a process takes, in seconds."""
    # An installed package has compiled files, so let the first start write them.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = perf_counter()
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env=environment)
    return perf_counter() - begin


def main() -> None:
    """Measure and print all ratios."""
    schema = validator()
    good, bad = encoded(clean(COUNT)), encoded(faulty(COUNT))
    parsed = faulty(COUNT)
    assert all(check(event, "search_click").ok for event in good)
    assert all(len(read_findings(event)) == 3 == len(list(schema.iter_errors(json.loads(event)))) for event in bad)
    print(f"python -m benchmarks.check: Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{COUNT} different events of {len(good[0])} bytes, medians of {ROUNDS} rounds; ours, theirs, ours/theirs")
    ratio(
        "check of clean bytes / json.loads + jsonschema is_valid",
        lambda: seconds(lambda event: check(event, "search_click"), good),
        lambda: seconds(lambda event: schema.is_valid(json.loads(event)), good),
    )
    ratio(
        "check of three faults / jsonschema iter_errors of the parsed event",
        lambda: seconds(read_findings, bad),
        lambda: seconds(lambda event: list(schema.iter_errors(event)), parsed),
    )
    ratio(
        "answer to a bad event / check of it",
        lambda: seconds(lambda event: check(event, "search_click").answer, bad),
        lambda: seconds(read_findings, bad),
    )
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "search_click.json")
        path.write_bytes(good[0])
        command = [str(Path(sys.executable).parent / "eventlint"), "check", str(path)]
        ratio(
            "cold start: eventlint check one.json / a bare start of Python",
            lambda: start(command),
            lambda: start([sys.executable, "-I", "-c", BARE]),
            STARTS,
        )


if __name__ == "__main__":
    main()
