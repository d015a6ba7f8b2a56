"""Whole requests, good ones and ones that break one rule about what is around the payload; it must not know payloads.

What a server answers to a request does not depend on the payload as long as something around it is wrong.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote

from hypothesis import strategies as st

from eventlint import spec as contract
from eventlint.errors import UsageError
from eventlint.mirror.request_checks import METHOD, is_legal
from eventlint.model import Request
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick, seldom, upto
from eventlint.strategies.encoding import EDGE_CASES, payload, some
from eventlint.strategies.invalid_example import InvalidExample
from eventlint.strategies.valid import Maker

_TYPES = (
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "APPLICATION/JSON",
    "application/x-ndjson",
    "application/vnd.elasticsearch+json",
)
_ACCEPTS = (None, "application/json", "*/*", "application/yaml", "text/html, */*")
_PARAMETERS = (
    "debug",
    "debug=true",
    "debug=false",
    "pretty",
    "human=true",
    "error_trace=false",
    "format=yaml",
    "filter_path=accepted",
)
_COLLECTIONS = ("site", "my_analytics_collection", "my-collection", "shop.v2", "a+b", "ä", "日本語", "0")


class _Parts(NamedTuple):
    """A request that is not put together yet."""

    method: str
    collection: str
    event_type: str
    parameters: tuple[str, ...]
    headers: dict[str, str]
    body: bytes
    path: str = "/_application/analytics/{}/event/{}"

    def request(self) -> Request:
        """The request."""
        path = self.path.format(quote(self.collection, safe="-._~!$'()*+,;=@"), quote(self.event_type, safe="!-._~"))
        query = "?" + "&".join(self.parameters) if self.parameters else ""
        return Request(method=self.method, uri=path + query, headers=self.headers, body=self.body)


def _parts(draw: Draw, event_type: str, *, is_odd: bool) -> _Parts:
    """A request that the server accepts."""
    node = contract.event(event_type)
    odd = some(draw, tuple(EDGE_CASES)) if is_odd else frozenset()
    headers = {"Content-Type": _TYPES[0] if draw(upto(2)) < 2 else pick(draw, _TYPES)}
    accept = pick(draw, _ACCEPTS)
    if accept:
        headers["Accept"] = accept
    if seldom(draw, 4):
        headers["X-Forwarded-For"] = pick(draw, ("192.0.2.7", "2001:db8::7", "unknown"))
    if seldom(draw, 4):
        headers["User-Agent"] = pick(draw, ("Mozilla/5.0", "curl/8.5.0", ""))
    collection = pick(draw, _COLLECTIONS) if draw(upto(1)) else draw(values.words)
    return _Parts(
        method=METHOD,
        collection=collection,
        event_type=event_type,
        parameters=tuple(pick(draw, _PARAMETERS) for _ in range(max(0, draw(upto(4)) - 2))),
        headers=headers if draw(upto(1)) == 0 else {name.lower(): value for name, value in headers.items()},
        body=payload(draw, Maker(draw).object(node), node, odd),
    )


@functools.cache
def requests(event_type: str) -> st.SearchStrategy[Request]:
    """Requests that every release of the server accepts, where it has such a collection.

    Args:
        event_type: One of the contract's event types.

    Raises:
        UsageError: There is no such event type.
    """
    contract.event(event_type)

    @st.composite
    def request(draw: Draw) -> Request:
        return _parts(draw, event_type, is_odd=True).request()

    return request()


# ---- one thing is wrong ---------------------------------------------------------------------------------------------

_NO_TYPES = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/html", "application/xml")
_MALFORMED = ("json", "application", "application/", "application/json; a", "", " ", "a b/c", "application/json;=b=c")
_ESCAPES = ("%", "%zz", "a=%a", "a=%g0", "%u0041=b")


def _header(request: _Parts, name: str, value: str | None) -> _Parts:
    headers = {key: old for key, old in request.headers.items() if key.lower() != name.lower()}
    return request._replace(headers=headers if value is None else {**headers, name: value})


def _media_type(draw: Draw, request: _Parts) -> _Parts:
    return _header(request, pick(draw, ("Content-Type", "Accept")), pick(draw, _MALFORMED))


def _unsupported(draw: Draw, request: _Parts) -> _Parts:
    return _header(request, "Content-Type", pick(draw, (None, *_NO_TYPES)))


def _path(draw: Draw, request: _Parts) -> _Parts:
    good = request.path
    odd = (
        good.removeprefix("/_application"),
        good.replace("_application", "_app"),
        good.replace("analytics", "analytic"),
        good.replace("/event/", "/events/"),
        good + "/a",
        good.replace("/event", ""),
        "/",
        "/a",
    )
    return request._replace(path=pick(draw, odd))


def _method(draw: Draw, request: _Parts) -> _Parts:
    return request._replace(method=pick(draw, ("GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")))


def _parameter(draw: Draw, request: _Parts) -> _Parts:
    if seldom(draw, 3):
        return request._replace(parameters=(pick(draw, _ESCAPES),))
    name = pick(draw, ("debug", "pretty", "human", "error_trace"))
    value = pick(draw, ("TRUE", "1", "yes", "no", "0", "False", "%20", "a"))
    return request._replace(parameters=(f"{name}={value}",))


def _unknown_parameter(draw: Draw, request: _Parts) -> _Parts:
    name = pick(
        draw, ("refresh", "pipeline", "routing", "timeout", "Debug", "debugs", "a", "op_type", draw(values.words))
    )
    known = any(name == one.partition("=")[0] for one in _PARAMETERS) or name == "source"
    one = ("a" if known else name) + pick(draw, ("", "=", "=true", "=a"))
    at = draw(upto(len(request.parameters)))
    return request._replace(parameters=(*request.parameters[:at], one, *request.parameters[at:]))


def _no_body(draw: Draw, request: _Parts) -> _Parts:
    return request._replace(body=b"")


def _event_type(draw: Draw, request: _Parts) -> _Parts:
    known = request.event_type
    name = pick(
        draw, (known.upper(), known.title(), known + "s", known[:-1], known.replace("_", "-"), draw(values.words))
    )
    name = name if name not in (*contract.event_types(), known) else f"{known}_"
    return request._replace(event_type=name)


def _no_collection(draw: Draw, request: _Parts) -> _Parts:
    return request._replace(collection="")


def _collection(draw: Draw, request: _Parts) -> _Parts:
    word = draw(values.words)
    odd = ("*", "<a>", "a,b", "a b", "a:b", "a#b", "a?b", "a/b", "a|b", "a\\b", '"a"', "a\0", "Ä", "a" * 256)
    name = pick(draw, (word.upper(), word.title(), *odd))
    return request._replace(collection=name if not is_legal(name) else "A")


_BREAKS: dict[str, Callable[[Draw, _Parts], _Parts]] = {
    "invalid-media-type": _media_type,
    "unsupported-media-type": _unsupported,
    "unknown-path": _path,
    "wrong-method": _method,
    "invalid-parameter": _parameter,
    "unknown-parameter": _unknown_parameter,
    "missing-body": _no_body,
    "unknown-event-type": _event_type,
    "missing-collection": _no_collection,
    "unknown-collection": _collection,
}

RULES: tuple[str, ...] = tuple(_BREAKS)
"""The rules about what is around a payload."""


def invalid_requests(event_type: str, rule: str | None = None) -> st.SearchStrategy[InvalidExample]:
    """Requests that break exactly one rule about what is around the payload, when every legal collection exists.

    Args:
        event_type: The type of the event in them.
        rule: The rule to break; None is any of those.

    Raises:
        UsageError: There is no such event type, or the rule is not about what is around a payload.
    """
    contract.event(event_type)
    if rule is not None and rule not in _BREAKS:
        raise UsageError(f"not a rule about what is around a payload: {rule!r} (one of {', '.join(_BREAKS)})")
    names: tuple[str, ...] = RULES if rule is None else (rule,)

    @st.composite
    def request(draw: Draw) -> Any:
        name = pick(draw, names)
        good = _parts(draw, event_type, is_odd=False)
        return InvalidExample(event=_BREAKS[name](draw, good).request(), rule=name, pointer="")

    return request()
