"""Which requests to a service send an event: those that the application routes to the endpoint."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from eventlint import InvalidEvent
from eventlint.guard import Counters, Policy, guard
from eventlint.guard.endpoint import locate
from tests.guard.conftest import PATH
from tests.guard.samples import BAD
from tests.guard.services import Call, Outcome, asgi, both, wsgi

PREFIX = "/collect"
EVENTS = [
    "/collect/site/event/search",
    "/c%6fllect/site/event/search",
    "/%63%6F%6C%6C%65%63%74/site/event/search",
    "/collect/site/%65vent/search",
    "/collect/site/event/%73earch",
    "/collect/site%2Fevent/search",
    "/collect%2fsite%2fevent%2fsearch",
    "/collect/sit%C3%A9/event/search",
    "/collect/site/event/search/",
]
OTHERS = [
    "//collect/site/event/search",
    "/collect//site/event/search",
    "/collect/site//event/search",
    "/collect/site/%2565vent/search",
    "/collect/site/eve%6Ets/search",
    "/Collect/site/event/search",
    "/collected/site/event/search",
]


def sent_to(call: Call, raw: str, **options: Any) -> Outcome:
    """Send an invalid event to an encoded path; ASGI and WSGI servers decode it."""
    if call is asgi:
        return asgi(path=unquote(raw), scope={"raw_path": raw.encode()}, **options)
    return wsgi(path=unquote(raw, "latin-1"), **options)


@both
@pytest.mark.parametrize("raw", EVENTS)
def test_every_spelling_that_the_application_routes_is_judged(call: Call, raw: str) -> None:
    """Frameworks route on the decoded path."""
    outcome = sent_to(call, raw, prefix=PREFIX)
    assert (outcome.status in (400, 404), outcome.passed) == (True, [])


@both
@pytest.mark.parametrize("raw", OTHERS)
def test_other_paths_are_left_to_the_application(call: Call, raw: str) -> None:
    """Neither a path with an empty segment nor one that is still encoded after decoding is that of the endpoint."""
    counters = Counters()
    assert sent_to(call, raw, prefix=PREFIX, counters=counters).status == 299
    assert counters.read().checked == 0


def test_the_raw_path_of_an_asgi_server_is_not_used() -> None:
    """A server or a middleware that changes the path may leave the raw path as it was."""
    assert asgi(scope={"raw_path": b"/elsewhere"}).status == 400
    assert asgi(path="/elsewhere", scope={"raw_path": PATH.encode() + b"search"}).status == 299


@pytest.mark.parametrize("path", ["/api/collect/site/event/search", "/collect/site/event/search"])
def test_the_root_path_is_removed_if_the_path_has_it(path: str) -> None:
    """Some servers remove it from the path, others do not."""
    assert asgi(path=path, scope={"root_path": "/api", "raw_path": None}, prefix=PREFIX).status == 400


def test_a_path_that_is_not_unicode_does_not_fail() -> None:
    """The guard answers that the collection does not exist."""
    assert asgi(path="/collect/\udcff/event/search", scope={"raw_path": None}, prefix=PREFIX).status == 400
    assert wsgi(path="/collect/\xff/event/search", prefix=PREFIX).status == 400


@pytest.mark.parametrize(
    ("uri", "found"),
    [
        ("/%5Fapplication/%61nalytics/site/%65vent/%73earch?a", "/%5Fapplication/%61nalytics/site/%65vent/%73earch?a"),
        ("/es/_application/analytics/site/%65vent/search", "/_application/analytics/site/%65vent/search"),
        (f"{PATH}search?next=/a/b/c/d/e", f"{PATH}search?next=/a/b/c/d/e"),
        ("/_application/analytics/a%2Fb/event/search", "/_application/analytics/a%2Fb/event/search"),
        ("/_application/analytics/site%2Fevent/search", None),
        ("//_application/analytics/site/event/search", None),
        ("/es//_application/analytics/site/event/search", None),
        ("/%zzapplication/analytics/site/event/search", None),
    ],
)
def test_clients_send_to_what_the_server_routes(uri: str, found: str | None) -> None:
    """The server decodes the segments of a path, not the path."""
    assert locate("POST", uri) == found


def test_an_encoded_path_of_a_client_is_checked() -> None:
    """The server answers it like any other spelling of the path."""
    transport = httpx.MockTransport(lambda request: httpx.Response(202))
    with guard(httpx.Client(transport=transport, base_url="http://es"), policy=Policy()) as client:
        with pytest.raises(InvalidEvent):
            client.post("/_application/analytics/site/%65vent/search", json=BAD)
        assert client.post("//_application/analytics/site/event/search", json=BAD).status_code == 202
