"""requests, against a server on the loopback address."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from eventlint import InvalidEvent
from eventlint.guard import Counters, EventWarning, Policy, guard
from tests.guard.conftest import PATH, Endpoint
from tests.guard.samples import BAD, PLAIN

TARGET = f"{PATH}search"
JSON = {"Content-Type": "application/json"}


def send(base: str, method: str = "POST", target: str = TARGET, **options: Any) -> requests.Response:
    """Send a request with a session."""
    named = {name: options.pop(name) for name in ("policy", "counters") if name in options}
    unguarded = options.pop("unguarded", False)
    with requests.Session() as session:
        used = session if unguarded else guard(session, **named)
        return used.request(method, base + target, **options)


@pytest.mark.parametrize(
    "options",
    [
        {"json": PLAIN},
        {"data": json.dumps(PLAIN), "headers": JSON, "params": {"debug": "false"}},
        {"data": json.dumps({**PLAIN, "user": {"id": "é"}}, ensure_ascii=False), "headers": JSON},
        {"data": b"/*x*/" + json.dumps(PLAIN).encode(), "headers": {"Content-Type": b"application/json"}},
    ],
)
def test_a_valid_event_arrives_as_without_the_guard(options: dict[str, Any], endpoint: Endpoint) -> None:
    """The server gets the same request, byte for byte, and the caller gets its answer."""
    answers = [send(endpoint.url, unguarded=unguarded, **options) for unguarded in (True, False)]
    one, other = endpoint.requests
    assert one == other
    assert [(answer.status_code, answer.content) for answer in answers] == [(202, b'{"accepted":true}')] * 2


def test_an_invalid_event_is_raised_and_not_sent(endpoint: Endpoint) -> None:
    """The exception has the server's answer."""
    with pytest.raises(InvalidEvent) as raised:
        send(endpoint.url, json=BAD)
    assert endpoint.requests == []
    refused = send(endpoint.url, json=BAD, unguarded=True)
    assert raised.value.answer is not None
    assert (raised.value.answer.status, raised.value.answer.body) == (refused.status_code, refused.content)


@pytest.mark.parametrize(
    ("method", "target", "options"),
    [
        ("PUT", TARGET, {"json": PLAIN}),
        ("POST", f"{TARGET}?nonsense", {"json": PLAIN}),
        ("POST", TARGET, {"data": json.dumps(PLAIN)}),
        ("POST", TARGET, {"data": {"a": "b"}}),
        ("POST", TARGET, {}),
    ],
)
def test_an_invalid_request_is_raised(method: str, target: str, options: dict[str, Any], endpoint: Endpoint) -> None:
    """Errors outside the payload count, too."""
    with pytest.raises(InvalidEvent):
        send(endpoint.url, method, target, **options)
    assert send(endpoint.url, method, target, unguarded=True, **options).status_code >= 400


def test_an_invalid_event_is_dropped(endpoint: Endpoint) -> None:
    """The caller gets a complete response that differs from the server's."""
    answer = send(endpoint.url, json=BAD, policy=Policy(error="drop"))
    answer.raise_for_status()
    assert (answer.json(), answer.headers["X-Eventlint"]) == ({"accepted": False}, "dropped")
    assert (answer.url, answer.elapsed.total_seconds(), endpoint.requests) == (endpoint.url + TARGET, 0, [])


@pytest.mark.parametrize(
    ("action", "records"), [("log", 1), ("send", 0), (lambda incident: None, 0), (lambda incident: "log", 1)]
)
def test_an_invalid_event_is_sent(
    action: Any, records: int, endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    """The server gets it and rejects it, with or without a log record."""
    assert send(endpoint.url, json=BAD, policy=Policy(error=action)).status_code == 400
    assert len([record for record in caplog.records if record.name == "eventlint"]) == records


def test_an_invalid_event_is_sent_with_a_warning(endpoint: Endpoint) -> None:
    """The server rejects it."""
    with pytest.warns(EventWarning, match="blank-id"):
        assert send(endpoint.url, json=BAD, policy=Policy(error="warn")).status_code == 400


def test_a_connection_error_is_that_of_the_client(nowhere: str) -> None:
    """The guard does not change it."""
    with pytest.raises(requests.ConnectionError):
        send(nowhere, json=PLAIN)


def test_other_requests_pass_through(endpoint: Endpoint) -> None:
    """Other paths and ``OPTIONS`` requests are not checked."""
    counters = Counters()
    assert send(endpoint.url, "GET", "/", counters=counters).status_code == 200
    assert send(endpoint.url, "POST", "/other", json=BAD, counters=counters).status_code == 400
    assert send(endpoint.url, "OPTIONS", TARGET, counters=counters).status_code == 200
    assert counters.read() == type(counters.read())()


@pytest.mark.parametrize("kind", [io.BytesIO, lambda data: iter([data])])
def test_a_stream_is_sent_unread(kind: Any, endpoint: Endpoint) -> None:
    """A body that is read while it is sent is counted as unchecked."""
    counters = Counters()
    data = json.dumps(PLAIN).encode()
    assert send(endpoint.url, data=kind(data), headers=JSON, counters=counters).status_code == 202
    assert (endpoint.bodies, counters.read().unchecked) == ([data], 1)


def test_an_unprepared_request_raises_the_librarys_error() -> None:
    """The guard does not change it."""
    wrong: Any = requests.Request("POST", "http://localhost" + TARGET, json=BAD)
    with pytest.raises(ValueError, match="PreparedRequests"):
        guard(requests.Session()).send(wrong)


def test_the_original_session_stays_unguarded(endpoint: Endpoint) -> None:
    """Guarding creates another session with the same state, also of a subclass."""

    class Derived(requests.Session):
        """A subclass with an additional attribute."""

        def __init__(self) -> None:
            super().__init__()
            self.added = "kept"

    with Derived() as session:
        guarded = guard(session)
        assert session.post(endpoint.url + TARGET, json=BAD).status_code == 400
        assert (isinstance(guarded, Derived), guarded.added, guarded.cookies is session.cookies) == (True, "kept", True)


def test_twenty_threads(endpoint: Endpoint) -> None:
    """All valid events arrive, no invalid one does, and the counters are exact."""
    counters = Counters()
    events = [BAD if number % 4 == 0 else {**PLAIN, "user": {"id": f"u-{number}"}} for number in range(200)]
    with requests.Session() as session, ThreadPoolExecutor(20) as pool:
        guarded = guard(session, policy=Policy(error="drop"), counters=counters)
        answers = list(pool.map(lambda event: guarded.post(endpoint.url + TARGET, json=event), events))
    assert sum(answer.json()["accepted"] for answer in answers) == 150
    assert (counters.read().sent, counters.read().blocked, len(set(endpoint.bodies))) == (150, 50, 150)
