"""Whole requests: valid ones, and ones that violate one rule about what is outside the payload.

While something outside the payload is wrong, the server's answer does not depend on the payload.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote

from hypothesis import strategies as st

from eventlint.errors import UsageError
from eventlint.mirror.request_checks import METHOD, is_legal
from eventlint.model import Request
from eventlint.spec import event_types
from eventlint.strategies import values
from eventlint.strategies.drawing import Draw, pick, seldom, upto
from eventlint.strategies.encoding import EDGE_CASES, payload, some
from eventlint.strategies.invalid_example import InvalidExample
from eventlint.strategies.rule_index import rules_of
from eventlint.strategies.target import Target, target
from eventlint.strategies.valid import Builder

_TYPES = (
    *("application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8", "APPLICATION/JSON"),
    *("application/x-ndjson", "application/vnd.elasticsearch+json"),
)
_ACCEPTS = (None, "application/json", "*/*", "application/yaml", "text/html, */*")
_PARAMETERS = (
    *("debug", "debug=true", "debug=false", "pretty", "human=true", "error_trace=false", "format=yaml"),
    "filter_path=accepted",
)
_COLLECTIONS = ("site", "my_analytics_collection", "my-collection", "shop.v2", "a+b", "ä", "日本語", "0")


class _Parts(NamedTuple):
    """The parts of a request."""

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


def _parts(draw: Draw, target: Target, edge_cases: tuple[str, ...] = ()) -> _Parts:
    """The parts of a request that the server accepts."""
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
        event_type=target.event_type,
        parameters=tuple(pick(draw, _PARAMETERS) for _ in range(max(0, draw(upto(4)) - 2))),
        headers=headers if draw(upto(1)) == 0 else {name.lower(): value for name, value in headers.items()},
        body=payload(draw, Builder(draw).object(target.node), target.node, some(draw, edge_cases)),
    )


def requests(event_type: str, *, release: str = "latest") -> st.SearchStrategy[Request]:
    """Requests that the server accepts, if it has the collection.

    Args:
        event_type: An event type.
        release: The server's release.

    Raises:
        UsageError: There is no such event type or release.
    """
    wanted = target(event_type, release)

    @st.composite
    def request(draw: Draw) -> Request:
        return _parts(draw, wanted, tuple(EDGE_CASES)).request()

    return request()


# ---- mutations ------------------------------------------------------------------------------------------------------

_UNSUPPORTED = (
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/html",
    "application/xml",
)
_MALFORMED = ("json", "application", "application/", "application/json; a", "", " ", "a b/c", "application/json;=b=c")
_MALFORMED_BODIES = (
    *(("cbor", b"\xbf"), ("cbor", b"\xbfgsess"), ("cbor", b"\x1c"), ("cbor", b"\xa1\xf6\xf6")),
    *(("smile", b":)\n\x05\xfa"), ("smile", b":)\n\x05\xfa\x86sess"), ("smile", b":)\n\x05\xfb")),
)
_ESCAPES = ("%", "%zz", "a=%a", "a=%g0", "%u0041=b")


def _header(request: _Parts, name: str, value: str | None) -> _Parts:
    headers = {key: old for key, old in request.headers.items() if key.lower() != name.lower()}
    return request._replace(headers=headers if value is None else {**headers, name: value})


def _media_type(draw: Draw, request: _Parts) -> _Parts:
    return _header(request, pick(draw, ("Content-Type", "Accept")), pick(draw, _MALFORMED))


def _unsupported(draw: Draw, request: _Parts) -> _Parts:
    return _header(request, "Content-Type", pick(draw, (None, *_UNSUPPORTED)))


def _malformed_body(draw: Draw, request: _Parts) -> _Parts:
    name, body = pick(draw, _MALFORMED_BODIES)
    return _header(request, "Content-Type", f"application/{name}")._replace(body=body)


def _transport(draw: Draw, request: _Parts) -> _Parts:
    kind = draw(upto(2))
    if kind == 0:
        return _header(request, "Expect", pick(draw, ("200-ok", "100-Continue, x", "continue", "100")))
    if kind == 1:
        return _header(request, "Content-Encoding", pick(draw, ("gzip", "deflate", "GZIP")))
    return request._replace(parameters=("filter_path=" + pick(draw, ("a", "a,", "*.")) * 4096,))


def _path(draw: Draw, request: _Parts) -> _Parts:
    good = request.path
    wrong = (
        good.removeprefix("/_application"),
        *(good.replace("_application", "_app"), good.replace("analytics", "analytic"), good.replace("/event", "")),
        *(good.replace("/event/", "/events/"), good + "/a", "/", "/a"),
    )
    return request._replace(path=pick(draw, wrong))


def _method(draw: Draw, request: _Parts) -> _Parts:
    return request._replace(method=pick(draw, ("GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH")))


def _parameter(draw: Draw, request: _Parts) -> _Parts:
    if seldom(draw, 3):
        return request._replace(parameters=(pick(draw, _ESCAPES),))
    name = pick(draw, ("debug", "pretty", "human", "error_trace"))
    value = pick(draw, ("TRUE", "1", "yes", "no", "0", "False", "%20", "a"))
    return request._replace(parameters=(f"{name}={value}",))


def _unknown_parameter(draw: Draw, request: _Parts) -> _Parts:
    name = pick(draw, (*("refresh", "pipeline", "routing", "Debug", "debugs", "a", "op_type"), draw(values.words)))
    known = any(name == one.partition("=")[0] for one in _PARAMETERS) or name == "source"
    one = ("a" if known else name) + pick(draw, ("", "=", "=true", "=a"))
    at = draw(upto(len(request.parameters)))
    return request._replace(parameters=(*request.parameters[:at], one, *request.parameters[at:]))


def _event_type(draw: Draw, request: _Parts) -> _Parts:
    known = request.event_type
    similar = (known.upper(), known.title(), known + "s", known[:-1], known.replace("_", "-"), draw(values.words))
    name = pick(draw, similar)
    return request._replace(event_type=name if name not in event_types() else f"{known}_")


def _collection(draw: Draw, request: _Parts) -> _Parts:
    word = draw(values.words)
    illegal = ("*", "<a>", "a,b", "a b", "a:b", "a#b", "a?b", "a/b", "a|b", "a\\b", '"a"', "a\0", "Ä", "a" * 256)
    name = pick(draw, (word.upper(), word.title(), *illegal))
    return request._replace(collection=name if not is_legal(name) else "A")


_MUTATIONS: dict[str, Callable[[Draw, _Parts], _Parts]] = {
    "unreadable-media-type": _media_type,
    "other-media-type": _unsupported,
    "format": _malformed_body,
    "transport": _transport,
    "other-path": _path,
    "other-method": _method,
    "parameter-value": _parameter,
    "other-parameter": _unknown_parameter,
    "no-body": lambda draw, request: request._replace(body=b""),
    "other-event-type": _event_type,
    "no-collection": lambda draw, request: request._replace(collection=""),
    "other-collection": _collection,
}


def request_mutations(target: Target) -> dict[str, Callable[[Draw, _Parts], _Parts]]:
    """For each rule about what is outside the payload: the mutation that violates it."""
    return {rule.name: apply for name, apply in _MUTATIONS.items() for rule in rules_of(name, target.node)}


def invalid_requests(
    event_type: str, rule: str | None = None, *, release: str = "latest"
) -> st.SearchStrategy[InvalidExample]:
    """Requests that violate exactly one rule about what is outside the payload, if every legal collection exists.

    Args:
        event_type: The type of the event in them.
        rule: The rule to violate; None means any of those.
        release: The server's release.

    Raises:
        UsageError: There is no such event type or release, or the rule is about something else.
    """
    wanted = target(event_type, release)
    mutations = request_mutations(wanted)
    if rule is not None and rule not in mutations:
        raise UsageError(f"not a rule about requests: {rule!r} (one of {', '.join(mutations)})")
    names = tuple(mutations) if rule is None else (rule,)

    @st.composite
    def request(draw: Draw) -> Any:
        name = pick(draw, names)
        return InvalidExample(event=mutations[name](draw, _parts(draw, wanted)).request(), rule=name, pointer="")

    return request()
