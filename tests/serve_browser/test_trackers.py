"""The trackers of npm, in a page of another origin."""

from __future__ import annotations

import json
from typing import Any

import pytest

from eventlint.serve import RunningEndpoint
from tests.serve_browser.conftest import Drive

SEARCH = {"search": {"query": "shoes", "results": {"items": [], "total_results": 7}}}
CLICK = {"search": {"query": "shoes"}, "document": {"id": "7", "index": "products"}}
BAD = {"search": {"query": "shoes"}, "document": {"id": "7", "index": "products", "price": 1}}
UI = {"query": "shoes", "filters": [], "currentPage": 1, "resultsPerPage": 10, "totalResults": 7}
UI_CLICK = {**UI, "documentId": "7", "origin": "products"}
CALLS: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "browser": (SEARCH, CLICK, BAD),
    "javascript": (SEARCH, CLICK, BAD),
    "plugin": (UI, UI_CLICK, {**UI_CLICK, "sort": [{"field": "price", "direction": "asc"}]}),
}


def call(name: str, arrives: str, *args: object) -> dict[str, object]:
    """A call of a function of the page, and the end of the path that it sends an event to."""
    return {"call": {"name": name, "args": list(args)}, "arrives": f"/event/{arrives}"}


@pytest.mark.parametrize("page", CALLS)
def test_a_tracker(page: str, drive: Drive, endpoint: RunningEndpoint, shop: str) -> None:
    """Page view, search and click are accepted, shown and stored; the error that it prints is the server's."""
    search, click, bad = CALLS[page]
    calls = [
        call("view", "page_view"),
        call("search", "search", search),
        call("click", "search_click", click),
        call("click", "search_click", bad),
    ]
    url = f"{shop}/{page}.html"
    seen = drive("trackers.mjs", shop=f"{url}?endpoint={endpoint.url}", calls=calls)
    view, searched, clicked, rejected = events = seen["events"][-4:]
    path = "/_application/analytics/site/event"
    assert [one["status"] for one in events] == [202, 202, 202, 400]
    assert seen["statuses"][-4:] == [[f"{path}/{one['event_type']}", one["status"]] for one in events]

    assert view["stored"]["page"]["title"] == "Shoes"
    assert view["stored"]["page"]["url"]["domain"] == "localhost"
    assert searched["stored"]["search"]["query"] == "shoes"
    assert searched["stored"]["search"]["results"]["total_results"] == 7
    assert clicked["stored"]["document"] == {"id": "7", "index": "products"}
    assert rejected["stored"] is None
    assert {one["stored"]["session"]["id"] for one in (view, searched, clicked)} == {view["payload"]["session"]["id"]}

    assert [row.splitlines()[2] for row in seen["rows"][:4]] == ["rejected 400", *["accepted 202"] * 3]
    error = json.loads(rejected["answer"]["body"])["error"]
    reason = error.get("caused_by", error)["reason"]
    printed = [one["text"] for one in seen["console"] if "TrackEventError" in one["text"] or reason in one["text"]]
    assert printed
    assert reason in printed[0]
    assert "Authorization" not in json.dumps(seen["events"])
