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
    """A visit by one user.

    Schema: ``urn:eventlint:object:session:1-0-0``.
    """

    id: str
    """An ID that you generate for each visit.

    Events are routed by this ID.

    Example: ``"095de0b4-2c85-4d8a-b1a9-1f6a8f1d3c11"``.
    """


class User(TypedDict):
    """The user who caused the event.

    Schema: ``urn:eventlint:object:user:1-0-0``.
    """

    id: str
    """An ID that you assign to the user and that stays the same across visits.

    Do not use an e-mail address or anything else that identifies a person.

    Example: ``"5f26f01a-bbee-4202-9298-81261067abbd"``.
    """


class Page(TypedDict):
    """A web page.

    Schema: ``urn:eventlint:object:page:1-0-0``.
    """

    url: str
    """The URL of the page.

    Must be a URL that Java can parse, because the ingest pipeline splits it into its parts.

    Example: ``"https://www.example.com/products/42"``.
    """
    title: NotRequired[str]
    """The title of the page.

    Example: ``"A pair of shoes"``.
    """
    referrer: NotRequired[str]
    """The URL of the page that linked to this one.

    May be empty.

    Example: ``"https://www.example.com/search?q=shoes"``.
    """


class Document(TypedDict):
    """A document in an index.

    Schema: ``urn:eventlint:object:document:1-0-0``.
    """

    id: str
    """The _id of the document in its index.

    Example: ``"42"``.
    """
    index: NotRequired[str]
    """The name of the index that holds the document.

    Example: ``"products"``.
    """


class PageViewEvent(TypedDict):
    """A user viewed a page.

    Schema: ``urn:eventlint:event:page_view:1-0-0``.
    """

    session: Session
    """The session in which the user viewed the page."""
    user: User
    """The user who viewed the page."""
    page: Page
    """The page that the user viewed."""
    document: NotRequired[Document]
    """The indexed document that the page shows, if any."""


class Sort(TypedDict):
    """The sort order of search results.

    Schema: ``urn:eventlint:object:sort:1-0-0``.
    """

    name: str
    """The name of the field or of the sort order.

    Example: ``"price"``.
    """
    direction: NotRequired[str]
    """The sort direction: asc or desc.

    The server accepts any string.

    Example: ``"asc"``.
    """


Filters = Mapping[str, str | list[str]]
"""The filters of a search.

Each key is the name of a filter.
"""


class Pagination(TypedDict):
    """The page of results that was shown.

    In the server's messages, its name is also page.

    Schema: ``urn:eventlint:object:pagination:1-0-0``.
    """

    current: int
    """The number of the current page.

    Example: ``1``.
    """
    size: int
    """The number of results per page.

    Example: ``10``.
    """


class SearchResultsItem(TypedDict):
    """A single search result.

    Schema: ``urn:eventlint:object:search_results_item:1-0-0``.
    """

    document: NotRequired[Document]
    """The indexed document that was found."""
    page: NotRequired[Page]
    """The page that the result links to."""


class SearchResults(TypedDict):
    """The results of a search.

    Schema: ``urn:eventlint:object:search_results:1-0-0``.
    """

    items: NotRequired[list[SearchResultsItem] | SearchResultsItem]
    """The results that were shown, in order.

    A single result may be sent without the array.
    """
    total_results: NotRequired[int]
    """The total number of results on all pages.

    Example: ``1``.
    """


class Search(TypedDict):
    """A search: the query, its options and its results.

    Schema: ``urn:eventlint:object:search:1-0-0``.
    """

    query: str
    """The search query.

    May be empty.

    Example: ``"shoes"``.
    """
    search_application: NotRequired[str]
    """The name of the search application that returned the results.

    Example: ``"website"``.
    """
    sort: NotRequired[Sort]
    """The sort order of the results.

    Must be a single object, not an array.
    """
    filters: NotRequired[Filters]
    """The filters of the search, with the name of each filter as a key."""
    page: NotRequired[Pagination]
    """The page of results that was shown, and its size."""
    results: NotRequired[SearchResults]
    """The results of the search."""


class SearchEvent(TypedDict):
    """A user searched.

    Schema: ``urn:eventlint:event:search:1-0-0``.
    """

    session: Session
    """The session in which the user searched."""
    user: User
    """The user who searched."""
    search: Search
    """The query, its options and its results."""


class _SearchClickEvent(TypedDict):
    """The fields that every ``SearchClickEvent`` has."""

    session: Session
    """The session in which the user clicked."""
    user: User
    """The user who clicked."""
    search: Search
    """The search that returned the result."""


class SearchClickEventWithDocument(_SearchClickEvent):
    """A user clicked a search result.

    It has ``document``.

    Schema: ``urn:eventlint:event:search_click:1-0-0``.
    """

    page: NotRequired[Page]
    """The page that the click opened."""
    document: Document
    """The indexed document that the user clicked."""


class SearchClickEventWithPage(_SearchClickEvent):
    """A user clicked a search result.

    It has ``page``.

    Schema: ``urn:eventlint:event:search_click:1-0-0``.
    """

    page: Page
    """The page that the click opened."""
    document: NotRequired[Document]
    """The indexed document that the user clicked."""


SearchClickEvent = SearchClickEventWithDocument | SearchClickEventWithPage
"""A user clicked a search result."""


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
    setattr(_type, _CONFIG, {"extra": "forbid"})  # Pydantic rejects unknown fields, as the server does.
