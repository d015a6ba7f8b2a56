"""Strategies for whole HTTP requests to the endpoint; it must not know how a payload is made."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from eventlint.contract import catalog, event_types
from eventlint.errors import UsageError
from eventlint.model import Request
from eventlint.server.answer import majors
from eventlint.strategies.sites import Broken
from eventlint.strategies.writing import payloads

_COLLECTIONS = ["site", "my-collection", "my_analytics_collection", "a.b", "x1"]
_QUERIES = ["", "?debug", "?debug=true", "?pretty&debug=false", "?human&pretty=true", "?debug=false&debug=true", "?"]


def _path(collection: str, event_type: str, query: str = "") -> str:
    return f"/_application/analytics/{collection}/event/{event_type}{query}"


def _headers() -> st.SearchStrategy[dict[str, str]]:
    newest = majors(catalog().release("latest"))[0]
    vendor = f"application/vnd.elasticsearch+json; compatible-with={newest}"
    plain = ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/x-ndjson"]
    return st.sampled_from(
        [
            *({"Content-Type": text} for text in plain),
            {"content-type": "application/json", "Accept": "*/*"},
            {"Content-Type": vendor, "Accept": vendor},
            {"Content-Type": "application/json", "User-Agent": "x", "X-Forwarded-For": "192.0.2.1"},
        ]
    )


def requests(event_type: str | None = None) -> st.SearchStrategy[Request]:
    """Requests that the newest release accepts, to collections with legal names.

    Args:
        event_type: One of the contract's event types; None is any.

    Raises:
        UsageError: There is no such event type.
    """
    types = event_types() if event_type is None else (event_type,)
    return st.one_of([_request(kind, payloads(kind)) for kind in types])


def _request(kind: str, bodies: st.SearchStrategy[bytes]) -> st.SearchStrategy[Request]:
    uris = st.builds(
        _path, st.sampled_from(_COLLECTIONS), st.sampled_from([kind, f"{kind}/"]), st.sampled_from(_QUERIES)
    )
    return st.builds(
        lambda uri, headers, body: Request(method="POST", uri=uri, headers=headers, body=body), uris, _headers(), bodies
    )


_Change = Callable[[Request, str], Request]


def _with(request: Request, **told: object) -> Request:
    fields = {"method": request.method, "uri": request.uri, "headers": request.headers, "body": request.body}
    return Request(**{**fields, **told})  # type: ignore[arg-type]


def _header(request: Request, name: str, text: str) -> Request:
    return _with(request, headers={"Content-Type": "application/json", name: text})


RULES: dict[str, tuple[_Change, tuple[str, ...]]] = {
    "invalid-media-type": (
        lambda request, text: _header(request, "Content-Type", text),
        ("", "json", "a/b/c", "application/vnd.elasticsearch+json; compatible-with=5"),
    ),
    "unsupported-media-type": (
        lambda request, text: _header(request, "Content-Type", text),
        ("text/plain", "text/html", "application/octet-stream"),
    ),
    "unknown-path": (
        lambda request, text: _with(request, uri=text),
        ("/", "/_application/analytics/site/event/search/x"),
    ),
    "wrong-method": (lambda request, text: _with(request, method=text), ("GET", "PUT", "DELETE")),
    "invalid-parameter": (
        lambda request, text: _with(request, uri=request.uri.partition("?")[0] + text),
        ("?debug=TRUE", "?debug=1", "?pretty=yes"),
    ),
    "unknown-parameter": (
        lambda request, text: _with(request, uri=request.uri.partition("?")[0] + text),
        ("?debgu", "?x=1", "?routing=a"),
    ),
    "missing-body": (lambda request, _: _with(request, body=b""), ("",)),
    "unknown-event-type": (
        lambda request, text: _with(request, uri=_path("site", text)),
        ("click", "purchase", "x", "%20"),
    ),
    "missing-collection": (
        lambda request, _: _with(request, uri=_path("", request.uri.partition("?")[0].rstrip("/").rpartition("/")[2])),
        ("",),
    ),
    "unknown-collection": (
        lambda request, text: _with(
            request, uri=_path(text, request.uri.partition("?")[0].rstrip("/").rpartition("/")[2])
        ),
        ("Site", "a%20b", "a%2Fb"),
    ),
}
"""How each rule about a request is broken, and with which texts."""


def invalid_requests(rule: str | None = None, event_type: str | None = None) -> st.SearchStrategy[Broken]:
    """Requests with exactly one finding of the tier error, which is about what is around the payload.

    Args:
        rule: The rule to break; None breaks any of :data:`RULES`.
        event_type: One of the contract's event types; None is any.

    Raises:
        UsageError: There is no such event type, or the rule cannot be broken by a request.
    """
    if rule is not None and rule not in RULES:
        raise UsageError(f"invalid_requests cannot break {rule!r}; it can break {', '.join(RULES)}")
    types = event_types() if event_type is None else (event_type,)
    clean = st.one_of([_request(kind, payloads(kind, oddities=())) for kind in types])
    return st.one_of(
        [
            st.builds(
                lambda request, text, name=name, change=change: Broken(
                    event=change(request, text), rule=name, pointer=""
                ),
                clean,
                st.sampled_from(texts),
            )
            for name, (change, texts) in RULES.items()
            if rule in (None, name)
        ]
    )
