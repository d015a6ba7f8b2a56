"""Measure ``is_valid`` for parsed events relative to other validators.

Run ``python -m benchmarks.dicts``. Every event is a different dictionary, and all validators agree on its validity.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Any, NotRequired

import fastjsonschema
import jsonschema_rs
import msgspec
from jsonschema import Draft202012Validator
from pydantic import ConfigDict, TypeAdapter, with_config
from typing_extensions import TypedDict

from benchmarks.events import clean, faulty
from eventlint import check, is_valid
from eventlint.spec.bundles import bundle, draft_07

COUNT = 1_000
ROUNDS = 7
Verdict = Callable[[Any], bool]


class Strict(msgspec.Struct, forbid_unknown_fields=True):
    """A msgspec struct that forbids unknown fields."""


class Identified(Strict):
    """A session or a user."""

    id: str


class Document(Strict):
    """A document."""

    id: str
    index: str | None = None


class Page(Strict):
    """A page."""

    url: str
    title: str | None = None
    referrer: str | None = None


class Item(Strict):
    """A result."""

    document: Document | None = None
    page: Page | None = None


class Results(Strict):
    """Results."""

    items: list[Item] | None = None
    total_results: int | None = None


class Sort(Strict):
    """A sort order."""

    name: str
    direction: str | None = None


class Pagination(Strict):
    """A page of results."""

    current: int
    size: int


class Search(Strict):
    """A search."""

    query: str
    search_application: str | None = None
    sort: Sort | None = None
    filters: dict[str, str | list[str]] | None = None
    page: Pagination | None = None
    results: Results | None = None


class Click(Strict):
    """A click."""

    session: Identified
    user: Identified
    search: Search
    page: Page | None = None
    document: Document | None = None


CLOSED = with_config(ConfigDict(extra="forbid"))


@CLOSED
class IdentifiedDict(TypedDict):
    """A session or a user."""

    id: str


@CLOSED
class DocumentDict(TypedDict):
    """A document."""

    id: str
    index: NotRequired[str]


@CLOSED
class PageDict(TypedDict):
    """A page."""

    url: str
    title: NotRequired[str]
    referrer: NotRequired[str]


@CLOSED
class ItemDict(TypedDict):
    """A result."""

    document: NotRequired[DocumentDict]
    page: NotRequired[PageDict]


@CLOSED
class ResultsDict(TypedDict):
    """Results."""

    items: NotRequired[list[ItemDict]]
    total_results: NotRequired[int]


@CLOSED
class SortDict(TypedDict):
    """A sort order."""

    name: str
    direction: NotRequired[str]


@CLOSED
class PaginationDict(TypedDict):
    """A page of results."""

    current: int
    size: int


@CLOSED
class SearchDict(TypedDict):
    """A search."""

    query: str
    search_application: NotRequired[str]
    sort: NotRequired[SortDict]
    filters: NotRequired[dict[str, str | list[str]]]
    page: NotRequired[PaginationDict]
    results: NotRequired[ResultsDict]


@CLOSED
class ClickDict(TypedDict):
    """A click."""

    session: IdentifiedDict
    user: IdentifiedDict
    search: SearchDict
    page: NotRequired[PageDict]
    document: NotRequired[DocumentDict]


def raises(call: Callable[[Any], object], *errors: type[Exception]) -> Verdict:
    """Convert a validator that raises an exception to one that returns a Boolean."""

    def verdict(event: Any) -> bool:
        try:
            call(event)
        except errors:
            return False
        return True

    return verdict


def peers() -> dict[str, Verdict]:
    """Return the other validators by name."""
    schema = bundle("search_click")
    adapter = TypeAdapter(ClickDict)
    return {
        "jsonschema-rs": jsonschema_rs.validator_for(schema).is_valid,
        "msgspec": raises(lambda event: msgspec.convert(event, Click), msgspec.ValidationError),
        "pydantic": raises(lambda event: adapter.validate_python(event, strict=True), ValueError),
        "fastjsonschema": raises(fastjsonschema.compile(draft_07(schema)), fastjsonschema.JsonSchemaException),
        "jsonschema": Draft202012Validator(schema).is_valid,
    }


def sized() -> dict[int, list[dict[str, Any]]]:
    """Return events of three sizes, by size in bytes. Every tenth event is invalid and is not timed."""
    found: dict[int, list[dict[str, Any]]] = {}
    for items in (0, 1, 100):
        events = clean(COUNT)
        for number, event in enumerate(events):
            search = event["search"]
            if items == 0:
                event["search"] = {"query": search["query"]}
                event["session"], event["user"] = {"id": str(number)}, {"id": f"u{number}"}
            elif items > 1:
                search["results"]["items"] = [
                    {"document": {"id": str(number * 100 + one), "index": "products"}} for one in range(items)
                ]
            if number % 10 == 0:
                event["search"]["quarry"] = 1
        size = statistics.median(len(json.dumps(event, separators=(",", ":"))) for event in events)
        found[int(size)] = events
    return found


def seconds(verdict: Verdict, events: list[dict[str, Any]]) -> float:
    """Return the time per event, in seconds."""
    start = perf_counter()
    for event in events:
        verdict(event)
    return (perf_counter() - start) / len(events)


def main() -> None:
    """Measure and print all ratios."""
    print(f"python -m benchmarks.dicts: Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"is_valid of {COUNT} different dictionaries; ours / theirs, medians of {ROUNDS} rounds")
    others = peers()
    for size, events in sized().items():
        wanted = [number % 10 != 0 for number in range(COUNT)]
        assert [is_valid(event, "search_click") for event in events] == wanted
        ratios, our_time = [], 0.0
        good = [event for event, fine in zip(events, wanted, strict=True) if fine]
        for name, verdict in others.items():
            assert [verdict(event) for event in events] == wanted, name
            pairs = [
                (seconds(lambda event: is_valid(event, "search_click"), good), seconds(verdict, good))
                for _ in range(ROUNDS)
            ]
            ratios.append(f"{name} {statistics.median(one / two for one, two in pairs):.2f}")
            our_time = statistics.median(one for one, _ in pairs)
        print(f"{size:5} bytes {our_time * 1e6:7.1f} µs   {'   '.join(ratios)}")
    events = faulty(COUNT)
    assert not any(is_valid(event, "search_click") for event in events)
    pairs = [
        (
            seconds(lambda event: is_valid(event, "search_click"), events),
            seconds(lambda event: bool(check(event, "search_click").findings), events),
        )
        for _ in range(3)
    ]
    share = statistics.median(one / two for one, two in pairs)
    print(f"is_valid of dictionaries with three faults / check of them: {share:.2f}")


if __name__ == "__main__":
    main()
