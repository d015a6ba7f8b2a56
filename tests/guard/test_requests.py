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
def test_a_good_event_arrives_as_without_the_guard(options: dict[str, Any], endpoint: Endpoint) -> None:
    """The server gets the same request, byte for byte, and the caller its answer."""
    answers = [send(endpoint.url, unguarded=unguarded, **options) for unguarded in (True, False)]
    one, other = endpoint.requests
    assert one == other
    assert [(answer.status_code, answer.content) for answer in answers] == [(202, b'{"accepted":true}')] * 2


def test_a_bad_event_is_raised_and_not_sent(endpoint: Endpoint) -> None:
    """The exception holds the answer that the server would have given."""
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
def test_a_bad_request_is_raised(method: str, target: str, options: dict[str, Any], endpoint: Endpoint) -> None:
    """What is wrong around the payload counts, too."""
    with pytest.raises(InvalidEvent):
        send(endpoint.url, method, target, **options)
    assert send(endpoint.url, method, target, unguarded=True, **options).status_code >= 400


def test_a_bad_event_is_dropped(endpoint: Endpoint) -> None:
    """The caller gets an answer that is told apart from the server's, and is used like one."""
    answer = send(endpoint.url, json=BAD, policy=Policy(error="drop"))
    answer.raise_for_status()
    assert (answer.json(), answer.headers["X-Eventlint"]) == ({"accepted": False}, "dropped")
    assert (answer.url, answer.elapsed.total_seconds(), endpoint.requests) == (endpoint.url + TARGET, 0, [])


@pytest.mark.parametrize(
    ("action", "entries"), [("log", 1), ("send", 0), (lambda incident: None, 0), (lambda incident: "log", 1)]
)
def test_a_bad_event_is_sent(action: Any, entries: int, endpoint: Endpoint, caplog: pytest.LogCaptureFixture) -> None:
    """Whether it is logged or not, the server gets it and refuses it."""
    assert send(endpoint.url, json=BAD, policy=Policy(error=action)).status_code == 400
    assert len([entry for entry in caplog.records if entry.name == "eventlint"]) == entries


def test_a_bad_event_is_sent_with_a_warning(endpoint: Endpoint) -> None:
    """The server refuses it."""
    with pytest.warns(EventWarning, match="blank-id"):
        assert send(endpoint.url, json=BAD, policy=Policy(error="warn")).status_code == 400


def test_a_server_that_is_down_gives_the_clients_own_error(nowhere: str) -> None:
    """The guard adds nothing to it."""
    with pytest.raises(requests.ConnectionError):
        send(nowhere, json=PLAIN)


def test_all_else_passes_through(endpoint: Endpoint) -> None:
    """Other paths, and questions about the endpoint, are not looked at."""
    counters = Counters()
    assert send(endpoint.url, "GET", "/", counters=counters).status_code == 200
    assert send(endpoint.url, "POST", "/other", json=BAD, counters=counters).status_code == 400
    assert send(endpoint.url, "OPTIONS", TARGET, counters=counters).status_code == 200
    assert counters.read() == type(counters.read())()


@pytest.mark.parametrize("kind", [io.BytesIO, lambda data: iter([data])])
def test_a_stream_is_sent_unread(kind: Any, endpoint: Endpoint) -> None:
    """A body that is read while it is sent is passed on, and counted as unchecked."""
    counters = Counters()
    data = json.dumps(PLAIN).encode()
    assert send(endpoint.url, data=kind(data), headers=JSON, counters=counters).status_code == 202
    assert (endpoint.bodies, counters.read().unchecked) == ([data], 1)


def test_what_is_no_request_gives_the_librarys_own_error() -> None:
    """A mistake in the use of the session is not the guard's."""
    wrong: Any = requests.Request("POST", "http://localhost" + TARGET, json=BAD)
    with pytest.raises(ValueError, match="PreparedRequests"):
        guard(requests.Session()).send(wrong)


def test_the_session_that_is_given_stays_unguarded(endpoint: Endpoint) -> None:
    """Guarding makes another session with the same state, also of a class that somebody derived."""

    class Own(requests.Session):
        """A class with an attribute of its own."""

        def __init__(self) -> None:
            super().__init__()
            self.own = "kept"

    with Own() as session:
        guarded = guard(session)
        assert session.post(endpoint.url + TARGET, json=BAD).status_code == 400
        assert (isinstance(guarded, Own), guarded.own, guarded.cookies is session.cookies) == (True, "kept", True)


def test_twenty_threads(endpoint: Endpoint) -> None:
    """All good events arrive, no bad one does, and the counters are exact."""
    counters = Counters()
    events = [BAD if number % 4 == 0 else {**PLAIN, "user": {"id": f"u-{number}"}} for number in range(200)]
    with requests.Session() as session, ThreadPoolExecutor(20) as pool:
        guarded = guard(session, policy=Policy(error="drop"), counters=counters)
        answers = list(pool.map(lambda event: guarded.post(endpoint.url + TARGET, json=event), events))
    assert sum(answer.json()["accepted"] for answer in answers) == 150
    assert (counters.read().sent, counters.read().blocked, len(set(endpoint.bodies))) == (150, 50, 150)
