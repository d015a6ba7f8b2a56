"""How fast custom contracts are: the verdict on clean events of the example, next to jsonschema-rs alone.

Each number is the fastest of several rounds. Run ``python -m benchmarks.contracts``.
"""

from __future__ import annotations

import json
import timeit
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jsonschema_rs import Draft202012, Draft202012Validator, RegexOptions, Registry

import eventlint

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples/contracts"
ROUNDS, CALLS = 7, 2_000


def clean_events() -> list[dict[str, Any]]:
    """The events of the example that meet its contract, with their type and collection."""
    return [json.loads(line) for line in (EXAMPLE / "events.ndjson").read_text().splitlines()[:3]]


def validators() -> dict[str, Draft202012Validator]:
    """jsonschema-rs on the same documents, by their ``$id``, with the format assertions of the engine."""
    paths = [*(EXAMPLE / "schemas").rglob("*.json"), *(ROOT / "event_schemas").rglob("*.json")]
    documents = [json.loads(path.read_text()) for path in paths]
    plain = {
        one["$id"]: {key: value for key, value in one.items() if key != "$schema"} for one in documents if "$id" in one
    }
    registry = Registry(list(plain.items()), draft=Draft202012)
    options: dict[str, Any] = {"registry": registry, "validate_formats": True, "pattern_options": RegexOptions()}
    return {name: Draft202012Validator({"$ref": name}, **options) for name in plain}


def microseconds(call: Callable[[], object]) -> float:
    """The time of one call, in microseconds."""
    return min(timeit.repeat(call, number=CALLS, repeat=ROUNDS)) / CALLS * 1e6


def compared() -> list[tuple[str, float, float]]:
    """For each clean event: its type, the time of the contract, and the time of jsonschema-rs."""
    contract, alone = eventlint.load_contract(EXAMPLE / "schemas"), validators()
    found = []
    for line in clean_events():
        event, about = line["payload"], (line["event_type"], line["collection"])
        used = [alone[name] for name in contract.identifiers_for(*about)]
        assert contract.accepts(event, *about)
        assert all(one.is_valid(event) for one in used)
        ours = microseconds(lambda event=event, about=about: contract.accepts(event, *about))  # type: ignore[misc]
        theirs = microseconds(lambda event=event, used=used: all(one.is_valid(event) for one in used))  # type: ignore[misc]
        found.append((about[0], ours, theirs))
    return found


def main() -> None:
    """Print the table, and the time of a long string against a pattern that takes exponential time elsewhere."""
    print("event type     contract   jsonschema-rs   ratio")
    for event_type, ours, theirs in compared():
        print(f"{event_type:13} {ours:6.1f} µs {theirs:12.1f} µs   {ours / theirs:5.2f}")
    pattern = Draft202012Validator({"pattern": "^(a+)+$"}, pattern_options=RegexOptions())
    text = "a" * 50_000 + "!"
    seconds = min(timeit.repeat(lambda: pattern.is_valid(text), number=1, repeat=ROUNDS))
    print(f"50,000 characters against ^(a+)+$: {seconds * 1e3:.2f} ms")


if __name__ == "__main__":
    main()
