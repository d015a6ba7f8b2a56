"""Typed dictionaries for events, for editors, type checkers, Pydantic and FastAPI.

Generated from the schemas by ``python -m tools.generate``. The types have no limits and no patterns; use
:func:`eventlint.check` for those.
"""

import sys
from collections.abc import Mapping
from typing import Literal, NotRequired

# Pydantic needs the newer TypedDict.
if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict

__all__ = [
    "AnyEvent",
    "Document",
    "EventType",
    "Filters",
    "Page",
    "PageViewEvent",
    "Pagination",
    "Search",
    "SearchClickEvent",
    "SearchClickEventWithDocument",
    "SearchClickEventWithPage",
    "SearchEvent",
    "SearchResults",
    "SearchResultsItem",
    "Session",
    "Sort",
    "User",
]


class Session(TypedDict):
    """A visit: what one user does in one go.

    Schema: ``urn:eventlint:object:session:1-0-0``.
    """

    id: str
    """An ID of your own that is new for each visit.

    Events are routed by it.

    Example: ``"095de0b4-2c85-4d8a-b1a9-1f6a8f1d3c11"``.
    """


class User(TypedDict):
    """Who caused the event.

    Schema: ``urn:eventlint:object:user:1-0-0``.
    """

    id: str
    """An ID of your own that stays the same from visit to visit.

    Do not use an e-mail address or another name that tells who it is.

    Example: ``"5f26f01a-bbee-4202-9298-81261067abbd"``.
    """


class Page(TypedDict):
    """A web page.

    Schema: ``urn:eventlint:object:page:1-0-0``.
    """

    url: str
    """The address of the page.

    It is taken apart when it is ingested, so it must be a URL that Java can read.

    Example: ``"https://www.example.com/products/42"``.
    """
    title: NotRequired[str]
    """The title of the page.

    Example: ``"A pair of shoes"``.
    """
    referrer: NotRequired[str]
    """The address of the page that led here; empty when there was none.

    Example: ``"https://www.example.com/search?q=shoes"``.
    """


class Document(TypedDict):
    """A document of an index.

    Schema: ``urn:eventlint:object:document:1-0-0``.
    """

    id: str
    """The document's _id in its index.

    Example: ``"42"``.
    """
    index: NotRequired[str]
    """The name of the index that holds the document.

    Example: ``"products"``.
    """


class PageViewEvent(TypedDict):
    """Somebody looked at a page.

    Schema: ``urn:eventlint:event:page_view:1-0-0``.
    """

    session: Session
    """The visit that the page was looked at in."""
    user: User
    """Who looked at the page."""
    page: Page
    """The page that was looked at."""
    document: NotRequired[Document]
    """The document of an index that the page shows, when it shows one."""


class Sort(TypedDict):
    """How results were sorted.

    Schema: ``urn:eventlint:object:sort:1-0-0``.
    """

    name: str
    """The field or the name of the order that the results were sorted by.

    Example: ``"price"``.
    """
    direction: NotRequired[str]
    """asc or desc; the server takes any text.

    Example: ``"asc"``.
    """


Filters = Mapping[str, str | list[str]]
"""The filters of a search: an object from each filter's name to its value or values."""


class Pagination(TypedDict):
    """Which page of the results was shown.

    The server's messages call it page, too.

    Schema: ``urn:eventlint:object:pagination:1-0-0``.
    """

    current: int
    """The number of the page.

    Example: ``1``.
    """
    size: int
    """How many results a page holds.

    Example: ``10``.
    """


class SearchResultsItem(TypedDict):
    """One result of a search.

    Schema: ``urn:eventlint:object:search_results_item:1-0-0``.
    """

    document: NotRequired[Document]
    """The document of an index that was found."""
    page: NotRequired[Page]
    """The page that the result leads to."""


class SearchResults(TypedDict):
    """What a search found.

    Schema: ``urn:eventlint:object:search_results:1-0-0``.
    """

    items: NotRequired[list[SearchResultsItem] | SearchResultsItem]
    """The results that were shown, in their order.

    A single result may stand without the list.
    """
    total_results: NotRequired[int]
    """How many results there are in all, not only on this page.

    Example: ``1``.
    """


class Search(TypedDict):
    """A search: what was asked, how, and what came back.

    Schema: ``urn:eventlint:object:search:1-0-0``.
    """

    query: str
    """What was typed; it may be empty.

    Example: ``"shoes"``.
    """
    search_application: NotRequired[str]
    """The name of the search application that answered.

    Example: ``"website"``.
    """
    sort: NotRequired[Sort]
    """How the results were sorted: one object, never a list."""
    filters: NotRequired[Filters]
    """Which filters were chosen: an object from the filter's name to its values."""
    page: NotRequired[Pagination]
    """Which page of the results was shown, and how long it was."""
    results: NotRequired[SearchResults]
    """What was found."""


class SearchEvent(TypedDict):
    """Somebody searched.

    Schema: ``urn:eventlint:event:search:1-0-0``.
    """

    session: Session
    """The visit that the search was made in."""
    user: User
    """Who searched."""
    search: Search
    """What was searched for, and what was found."""


class _SearchClickEvent(TypedDict):
    """The fields that every ``SearchClickEvent`` has."""

    session: Session
    """The visit that the click was made in."""
    user: User
    """Who clicked."""
    search: Search
    """The search whose results were shown."""


class SearchClickEventWithDocument(_SearchClickEvent):
    """Somebody clicked on a result of a search.

    It has ``document``.

    Schema: ``urn:eventlint:event:search_click:1-0-0``.
    """

    page: NotRequired[Page]
    """The page that the click led to."""
    document: Document
    """The document of an index that was clicked on."""


class SearchClickEventWithPage(_SearchClickEvent):
    """Somebody clicked on a result of a search.

    It has ``page``.

    Schema: ``urn:eventlint:event:search_click:1-0-0``.
    """

    page: Page
    """The page that the click led to."""
    document: NotRequired[Document]
    """The document of an index that was clicked on."""


SearchClickEvent = SearchClickEventWithDocument | SearchClickEventWithPage
"""Somebody clicked on a result of a search."""


AnyEvent = PageViewEvent | SearchEvent | SearchClickEvent
"""The body of an event of any type."""

EventType = Literal["page_view", "search", "search_click"]
"""An event type."""

_CONFIG = "__pydantic_config__"
for _type in (
    Session,
    User,
    Page,
    Document,
    PageViewEvent,
    Sort,
    Pagination,
    SearchResultsItem,
    SearchResults,
    Search,
    SearchEvent,
    SearchClickEventWithDocument,
    SearchClickEventWithPage,
):
    setattr(_type, _CONFIG, {"extra": "forbid"})  # Pydantic refuses unknown fields, as the server does.
