"""Events as people write them: literals, built in steps, read, and handed to the package."""

from __future__ import annotations

import eventlint
from eventlint.types import (
    AnyEvent,
    Document,
    EventType,
    Filters,
    Page,
    PageViewEvent,
    Search,
    SearchClickEvent,
    SearchClickEventWithDocument,
    SearchClickEventWithPage,
    SearchEvent,
    SearchResults,
    SearchResultsItem,
    Session,
    Sort,
    User,
)

session: Session = {"id": "s-1"}
user: User = {"id": "u-1"}

smallest_view: PageViewEvent = {"session": {"id": "s"}, "user": {"id": "u"}, "page": {"url": "https://a.example/"}}
whole_view: PageViewEvent = {
    "session": session,
    "user": user,
    "page": {"url": "https://a.example/", "title": "A", "referrer": ""},
    "document": {"id": "1", "index": "products"},
}

smallest_search: SearchEvent = {"session": session, "user": user, "search": {"query": ""}}
whole_search: SearchEvent = {
    "session": session,
    "user": user,
    "search": {
        "query": "shoes",
        "search_application": "website",
        "sort": {"name": "price", "direction": "asc"},
        "filters": {"brand": ["acme", "globex"], "size": "42", "none": []},
        "page": {"current": 1, "size": 10},
        "results": {
            "items": [{"document": {"id": "42"}}, {"page": {"url": "/p"}}, {}],
            "total_results": 10,
        },
    },
}
single_item: SearchResults = {"items": {"document": {"id": "42"}}}

click_on_document: SearchClickEvent = {
    "session": session,
    "user": user,
    "search": {"query": "q"},
    "document": {"id": "1"},
}
click_on_page: SearchClickEvent = {"session": session, "user": user, "search": {"query": "q"}, "page": {"url": "/p"}}
click_on_both: SearchClickEvent = {
    "session": session,
    "user": user,
    "search": {"query": "q"},
    "page": {"url": "/p"},
    "document": {"id": "1"},
}
by_call: SearchClickEvent = SearchClickEventWithPage(
    session=session, user=user, search=Search(query="q"), page=Page(url="/p")
)


def built(query: str, found: list[str], chosen: dict[str, list[str]], order: str | None) -> SearchEvent:
    """An event that is built in steps."""
    items: list[SearchResultsItem] = [{"document": Document(id=one)} for one in found]
    search: Search = {"query": query, "results": {"items": items, "total_results": len(items)}}
    if order is not None:
        search["sort"] = Sort(name=order)
    # A mapping to lists alone is a mapping to texts or lists.
    search["filters"] = chosen
    return {"session": session, "user": user, "search": search}


def texts(chosen: dict[str, str]) -> Filters:
    """A mapping to texts alone is one, too."""
    return chosen


def target(click: SearchClickEvent) -> str:
    """A click is read without casts."""
    if "document" in click:
        return click["document"]["id"]
    return click["search"]["query"]


def with_document(event: SearchClickEventWithDocument) -> SearchClickEvent:
    """A click of one kind is a click."""
    return event


def send(event_type: EventType, event: AnyEvent) -> bool:
    """Events go into the package as they are."""
    return eventlint.is_valid(event, event_type)


send("search", built("q", ["1"], {}, None))
send("page_view", whole_view)
send("search_click", click_on_both)
