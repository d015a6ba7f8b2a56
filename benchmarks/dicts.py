"""How fast ``is_valid`` judges parsed events, as ratios to validators of others, in one run.

Run it as ``python -m benchmarks.dicts``. Every event is a different dictionary; the verdicts of all peers are the same.
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

from benchmarks.events import clean
from eventlint import is_valid
from eventlint.spec.bundles import bundle, draft_07

COUNT = 1_000
ROUNDS = 7
Verdict = Callable[[Any], bool]


class Strict(msgspec.Struct, forbid_unknown_fields=True):
    """A struct of msgspec that takes no other fields."""


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
    """A validator that raises, as one that tells."""

    def verdict(event: Any) -> bool:
        try:
            call(event)
        except errors:
            return False
        return True

    return verdict


def peers() -> dict[str, Verdict]:
    """The validators of others."""
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
    """Events of three sizes, by their bytes; one in ten has a fault, and counts for the verdicts only."""
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
    """The seconds that one event takes."""
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
        shown, ours = [], 0.0
        good = [event for event, fine in zip(events, wanted, strict=True) if fine]
        for name, verdict in others.items():
            assert [verdict(event) for event in events] == wanted, name
            pairs = [
                (seconds(lambda event: is_valid(event, "search_click"), good), seconds(verdict, good))
                for _ in range(ROUNDS)
            ]
            shown.append(f"{name} {statistics.median(one / two for one, two in pairs):.2f}")
            ours = statistics.median(one for one, _ in pairs)
        print(f"{size:5} bytes {ours * 1e6:7.1f} µs   {'   '.join(shown)}")


if __name__ == "__main__":
    main()
