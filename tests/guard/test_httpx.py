"""httpx, sync and async, against a server on the loopback address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from eventlint import InvalidEvent
from eventlint.guard import Counters, EventWarning, Policy, guard
from tests.guard.conftest import PATH, Endpoint
from tests.guard.samples import BAD, PLAIN

Send = Callable[..., httpx.Response]
TARGET = f"{PATH}search"


def send_sync(base: str, method: str = "POST", target: str = TARGET, **options: Any) -> httpx.Response:
    """Send a request with the sync client."""
    settings = options.pop("client", {})
    named = {name: options.pop(name) for name in ("policy", "counters") if name in options}
    unguarded = options.pop("unguarded", False)
    with httpx.Client(base_url=base, timeout=600, **settings) as client:
        used = client if unguarded else guard(client, **named)
        return used.request(method, target, **options)


def send_async(base: str, method: str = "POST", target: str = TARGET, **options: Any) -> httpx.Response:
    """Send a request with the async client."""
    settings = options.pop("client", {})
    named = {name: options.pop(name) for name in ("policy", "counters") if name in options}
    unguarded = options.pop("unguarded", False)

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(base_url=base, timeout=600, **settings) as client:
            used = client if unguarded else guard(client, **named)
            return await used.request(method, target, **options)

    return asyncio.run(send())


both = pytest.mark.parametrize("send", [send_sync, send_async])


@both
@pytest.mark.parametrize(
    "options",
    [
        {"json": PLAIN},
        {"content": json.dumps(PLAIN), "headers": {"content-type": "application/json"}, "params": {"debug": "false"}},
        {"content": b" /*x*/ " + json.dumps(PLAIN).encode(), "headers": {"content-type": "application/json"}},
    ],
)
def test_a_valid_event_arrives_as_without_the_guard(send: Send, options: dict[str, Any], endpoint: Endpoint) -> None:
    """The server gets the same request, byte for byte, and the caller gets its answer."""
    answers = [send(endpoint.url, unguarded=unguarded, **options) for unguarded in (True, False)]
    one, other = endpoint.requests
    assert one == other
    assert [(answer.status_code, answer.content) for answer in answers] == [(202, b'{"accepted":true}')] * 2


@both
def test_an_invalid_event_is_raised_and_not_sent(send: Send, endpoint: Endpoint) -> None:
    """The exception has the server's answer."""
    with pytest.raises(InvalidEvent) as raised:
        send(endpoint.url, json=BAD)
    assert endpoint.requests == []
    refused = send(endpoint.url, json=BAD, unguarded=True)
    assert raised.value.answer is not None
    assert (raised.value.answer.status, raised.value.answer.body) == (refused.status_code, refused.content)


@both
@pytest.mark.parametrize(
    ("method", "target", "options"),
    [
        ("PUT", TARGET, {"json": PLAIN}),
        ("POST", f"{TARGET}?nonsense", {"json": PLAIN}),
        ("POST", f"{PATH}Search", {"json": PLAIN}),
        ("POST", TARGET, {"content": json.dumps(PLAIN)}),
        ("POST", TARGET, {"data": {"a": "b"}}),
        ("POST", TARGET, {}),
    ],
)
def test_an_invalid_request_is_raised(
    send: Send, method: str, target: str, options: dict[str, Any], endpoint: Endpoint
) -> None:
    """Errors outside the payload count, too."""
    with pytest.raises(InvalidEvent):
        send(endpoint.url, method, target, **options)
    assert send(endpoint.url, method, target, unguarded=True, **options).status_code >= 400


@both
def test_an_invalid_event_is_dropped(send: Send, endpoint: Endpoint) -> None:
    """The caller gets a complete response that differs from the server's."""
    answer = send(endpoint.url, json=BAD, policy=Policy(error="drop"))
    assert (answer.raise_for_status().json(), answer.headers["x-eventlint"]) == ({"accepted": False}, "dropped")
    assert (answer.request.url.path, answer.elapsed.total_seconds(), endpoint.requests) == (TARGET, 0, [])


@both
@pytest.mark.parametrize(
    ("action", "records"), [("log", 1), ("send", 0), (lambda incident: None, 0), (lambda incident: "log", 1)]
)
def test_an_invalid_event_is_sent(
    send: Send, action: Any, records: int, endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    """The server gets it and rejects it, with or without a log record."""
    assert send(endpoint.url, json=BAD, policy=Policy(error=action)).status_code == 400
    assert len([record for record in caplog.records if record.name == "eventlint"]) == records


@both
def test_an_invalid_event_is_sent_with_a_warning(send: Send, endpoint: Endpoint) -> None:
    """The server rejects it."""
    with pytest.warns(EventWarning, match="blank-id"):
        assert send(endpoint.url, json=BAD, policy=Policy(error="warn")).status_code == 400


@both
def test_a_connection_error_is_that_of_the_client(send: Send, nowhere: str) -> None:
    """The guard does not change it."""
    with pytest.raises(httpx.ConnectError):
        send(nowhere, json=PLAIN)


@both
def test_other_requests_pass_through(send: Send, endpoint: Endpoint) -> None:
    """Other paths and ``OPTIONS`` requests are not checked."""
    counters = Counters()
    assert send(endpoint.url, "GET", "/", counters=counters).status_code == 200
    assert send(endpoint.url, "POST", "/other", json=BAD, counters=counters).status_code == 400
    assert send(endpoint.url, "OPTIONS", TARGET, counters=counters).status_code == 200
    assert counters.read() == type(counters.read())()


@both
def test_an_endpoint_behind_a_proxy_is_recognized(send: Send, endpoint: Endpoint) -> None:
    """The path of the endpoint can have a prefix."""
    with pytest.raises(InvalidEvent):
        send(f"{endpoint.url}/es/", target=TARGET[1:], json=BAD)


def _pieces() -> Iterator[bytes]:
    yield json.dumps(PLAIN).encode()


async def _async_pieces() -> AsyncIterator[bytes]:
    for piece in _pieces():
        yield piece


@pytest.mark.parametrize(("send", "pieces"), [(send_sync, _pieces), (send_async, _async_pieces)])
def test_a_stream_is_sent_unread(send: Send, pieces: Callable[[], Any], endpoint: Endpoint) -> None:
    """A body that can be read only once is sent and counted as unchecked."""
    counters = Counters()
    headers = {"content-type": "application/json"}
    assert send(endpoint.url, content=pieces(), headers=headers, counters=counters).status_code == 202
    assert (endpoint.bodies, counters.read().unchecked) == ([json.dumps(PLAIN).encode()], 1)


def test_the_guard_is_the_last_hook(endpoint: Endpoint) -> None:
    """It sees the changes of hooks, also of those that are added later."""

    def change(request: httpx.Request) -> None:
        request.headers["content-type"] = "text/plain"

    with guard(httpx.Client(base_url=endpoint.url, timeout=600)) as client:
        assert client.post(TARGET, json=PLAIN).status_code == 202
        client.event_hooks["request"].append(change)
        with pytest.raises(InvalidEvent, match="unsupported-media-type"):
            client.post(TARGET, json=PLAIN)
        client.event_hooks = {"request": [change]}
        with pytest.raises(InvalidEvent, match="unsupported-media-type"):
            client.post(TARGET, json=PLAIN)


def test_the_original_client_stays_unguarded(endpoint: Endpoint) -> None:
    """Guarding creates another client, of a subclass."""

    class Derived(httpx.Client):
        """A subclass."""

    with Derived(base_url=endpoint.url) as client:
        guarded = guard(client)
        assert client.post(TARGET, json=BAD).status_code == 400
        assert (isinstance(guarded, Derived), client.event_hooks["request"]) == (True, [])


def test_a_dropped_event_can_be_streamed(endpoint: Endpoint) -> None:
    """The response can be read in chunks, as any other."""
    with (
        guard(httpx.Client(base_url=endpoint.url, timeout=600), policy=Policy(error="drop")) as client,
        client.stream("POST", TARGET, json=BAD) as answer,
    ):
        assert b"".join(answer.iter_bytes()) == b'{"accepted":false}'


def test_twenty_threads(endpoint: Endpoint) -> None:
    """All valid events arrive, no invalid one does, and the counters are exact."""
    counters = Counters()
    with (
        guard(
            httpx.Client(base_url=endpoint.url, timeout=600), policy=Policy(error="drop"), counters=counters
        ) as client,
        ThreadPoolExecutor(20) as pool,
    ):
        events = [BAD if number % 4 == 0 else {**PLAIN, "user": {"id": f"u-{number}"}} for number in range(200)]
        answers = list(pool.map(lambda event: client.post(TARGET, json=event), events))
    assert sum(answer.json()["accepted"] for answer in answers) == 150
    assert (counters.read().sent, counters.read().blocked, len(set(endpoint.bodies))) == (150, 50, 150)


def test_a_thousand_tasks(endpoint: Endpoint) -> None:
    """Tasks of one loop behave the same."""
    counters = Counters()

    async def send_all() -> list[httpx.Response]:
        unguarded = httpx.AsyncClient(base_url=endpoint.url, timeout=600, limits=httpx.Limits(max_connections=20))
        async with guard(unguarded, policy=Policy(error="drop"), counters=counters) as client:
            events = [BAD if number % 4 == 0 else {**PLAIN, "user": {"id": f"u-{number}"}} for number in range(1_000)]
            return await asyncio.gather(*(client.post(TARGET, json=event) for event in events))

    assert sum(answer.json()["accepted"] for answer in asyncio.run(send_all())) == 750
    assert (counters.read().sent, counters.read().blocked, len(set(endpoint.bodies))) == (750, 250, 750)
