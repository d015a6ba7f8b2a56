"""Mistakes in events, one a line."""

from __future__ import annotations

from eventlint.types import (
    Document,
    EventType,
    Page,
    PageViewEvent,
    Pagination,
    Search,
    SearchClickEvent,
    SearchClickEventWithPage,
    SearchEvent,
    SearchResults,
    SearchResultsItem,
    Session,
    Sort,
    User,
)

session: Session = {"id": "s"}
user: User = {"id": "u"}
search: Search = {"query": "q"}
page: Page = {"url": "/"}

# A field that must be there is missing.
no_id: Session = {}  # error
no_user: PageViewEvent = {"session": session, "page": {"url": "/"}}  # error
no_url: PageViewEvent = {"session": session, "user": user, "page": {}}  # error
no_query: SearchEvent = {"session": session, "user": user, "search": {}}  # error
no_size: Pagination = {"current": 1}  # error
no_name: Sort = {"direction": "asc"}  # error
neither: SearchClickEvent = {"session": session, "user": user, "search": search}  # error
no_page = SearchClickEventWithPage(session=session, user=user, search=search)  # error
no_search: SearchClickEvent = {"session": session, "user": user, "page": {"url": "/"}}  # error

# A field is unknown.
misspelt: SearchEvent = {"session": session, "user": user, "serch": search}  # error
of_another: PageViewEvent = {"session": session, "user": user, "page": {"url": "/"}, "search": search}  # error
below: SearchEvent = {"session": session, "user": user, "search": {"query": "q", "quary": "q"}}  # error
deep: SearchResults = {"items": [{"document": {"id": "1", "name": "x"}}]}  # error
set_by_server: Session = {"id": "s", "ip": "192.0.2.1"}  # error
in_click: SearchClickEvent = {"session": session, "user": user, "search": search, "page": {"uri": "/"}}  # error
at_click: SearchClickEvent = {"session": session, "user": user, "search": search, "page": page, "sort": ""}  # error

# A value is of the wrong type.
number_as_id: User = {"id": 7}  # error
none_as_title: Page = {"url": "/", "title": None}  # error
text_as_number: Pagination = {"current": "1", "size": 10}  # error
fraction: Pagination = {"current": 1, "size": 10.5}  # error
text_as_object: PageViewEvent = {"session": "s", "user": user, "page": {"url": "/"}}  # error
list_as_object: PageViewEvent = {"session": [session], "user": user, "page": {"url": "/"}}  # error
text_as_total: SearchResults = {"total_results": "10"}  # error
text_among_items: SearchResults = {"items": ["1"]}  # error
number_as_document: SearchResultsItem = {"document": 1}  # error

# Where a list looks right, and is not.
sort_as_list: Search = {"query": "q", "sort": [{"name": "price"}]}  # error
filters_as_list: Search = {"query": "q", "filters": [{"brand": "acme"}]}  # error
filters_as_texts: Search = {"query": "q", "filters": ["brand:acme"]}  # error
filter_as_number: Search = {"query": "q", "filters": {"size": 42}}  # error
filter_of_numbers: Search = {"query": "q", "filters": {"size": [42]}}  # error
filter_as_object: Search = {"query": "q", "filters": {"price": {"from": "1"}}}  # error

# A value is set or read wrongly.
search["sort"] = "price"  # error
search["quary"] = "q"  # error
print(session["name"])  # error
index: int = Document(id="1", index="products")["index"]  # error
kind: EventType = "click"  # error
upper: EventType = "Page_View"  # error
