"""Events that are passed on to another server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from eventlint.errors import UsageError
from eventlint.model import Answer
from eventlint.serve import Endpoint, RunningEndpoint
from eventlint.serve.forwarding import Forwarder, base_url, compare
from eventlint.serve.log import TextLines
from eventlint.serve.recording import record_line
from tests.serve.wire import LOST, PAGE_VIEW, PATH, exchange, raw

JSON = ("Content-Type", "application/json")


@contextmanager
def forwarding(url: str, release: str = "latest") -> Iterator[tuple[RunningEndpoint, httpx.Client]]:
    """An endpoint that passes events on, and a client for it."""
    endpoint = Endpoint(forwarder=Forwarder(url), release=release)
    with RunningEndpoint(endpoint) as server, httpx.Client(base_url=server.url) as client:
        yield server, client


def test_a_server_that_answers_as_expected(server: RunningEndpoint) -> None:
    """Its answers are given back, byte for byte, and there are no differences."""
    with forwarding(server.url) as (front, client):
        for target, body in ((PATH, json.dumps(PAGE_VIEW)), (f"/{PATH}", "{}"), (f"{PATH}?pretty", "{"), (PATH, "")):
            data = raw("POST", target, [JSON, ("Accept-Encoding", "gzip"), ("X-Opaque-Id", "a")], body.encode())
            assert exchange(front.url, data)[0::2] == exchange(server.url, data)[0::2]  # type: ignore[index]
        client.post(PATH, json=LOST)
        assert [event.forwarded for event in front.events] == [()] * 5
        assert [event.verdict for event in front.events] == ["accepted", "rejected", "rejected", "rejected", "lost"]
        assert len(server.events) == 9
        assert client.get("/_eventlint/info").json()["forwards"] == server.url
        assert server.events[0].request.uri == PATH


def test_a_server_that_answers_differently() -> None:
    """The differences are in the event, its lines, and the recording."""
    with RunningEndpoint(collections=["other"]) as server, forwarding(server.url) as (front, client):
        response = client.post(PATH, json=PAGE_VIEW)
        assert response.status_code == 404
        (event,) = front.events
        assert (event.verdict, event.stored, event.rules) == ("rejected", None, ("recorded-rejection",))
        assert [one.part for one in event.forwarded or ()] == ["status", "type", "reason"]
        assert "differs: status: expected 202, got 404" in TextLines()(event)
        assert json.loads(record_line(event))["forwarded"][0] == {"part": "status", "expected": "202", "actual": "404"}
        assert client.get("/_eventlint/events").json()["events"][0]["forwarded"][1]["part"] == "type"
        assert client.get("/behavioral_analytics-events-site/_count").json()["count"] == 0


def test_another_release() -> None:
    """Only the reason differs."""
    with RunningEndpoint(release="8.19") as server, forwarding(server.url, release="9.5.4") as (front, client):
        client.post(PATH, content=b'{"a": x}', headers={"Content-Type": "application/json"})
        assert [one.part for one in front.events[0].forwarded or ()] == ["reason"]


def test_a_server_that_accepts_more() -> None:
    """It is a finding that the event was expected to be rejected."""
    found = compare(Answer(status=400, body=b'{"error": "a"}'), Answer(status=202, body=b"{}"))
    assert [one.part for one in found.differences] == ["status", "reason"]
    assert found.finding is not None
    assert found.finding.rule == "recorded-acceptance"


def test_a_server_that_does_not_answer() -> None:
    """The answer says so; the event is kept."""
    with RunningEndpoint() as server:
        url = server.url
    with forwarding(url) as (front, client):
        response = client.post(PATH, json=PAGE_VIEW)
        assert response.status_code == 502
        assert "did not answer: ConnectError" in response.text
        assert [(event.verdict, event.rules) for event in front.events] == [("rejected", ("failed-request",))]
        assert [one.part for one in front.events[0].forwarded or ()] == ["connection"]


@pytest.mark.parametrize(
    "body", [b"", b"x", b"[]", b'{"error": 1}', b'{"error": {"type": "a"}}', b"[" * 10_000, b"\xff"]
)
def test_answers_of_other_programs(body: bytes) -> None:
    """Any answer can be compared."""
    assert compare(Answer(status=400, body=b'{"error": "a"}'), Answer(status=400, body=body)).differences


@pytest.mark.parametrize(
    "url", ["ftp://a", "a", "http://", "http://a:x", "http://u:p@a", "http://a?b", "http://a#b", "http://[a"]
)
def test_wrong_urls(url: str) -> None:
    """They are usage errors that show no credentials."""
    with pytest.raises(UsageError) as caught:
        base_url(url, "--forward")
    assert "u:p" not in str(caught.value)


def test_a_path_in_the_url(server: RunningEndpoint) -> None:
    """It is put in front of the target."""
    with forwarding(f"{server.url}/proxy/") as (_, client):
        client.post(PATH, json=PAGE_VIEW)
    assert server.events[0].request.uri == f"/proxy{PATH}"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(999, stream=httpx.ByteStream(b"{}")),
        httpx.Response(202, stream=httpx.ByteStream(b"a" * (16 * 2**20 + 1))),
    ],
    ids=["status", "size"],
)
def test_answers_that_cannot_be_passed_on(answer: httpx.Response) -> None:
    """The event is kept, with the reason."""
    forwarder = Forwarder("http://es.example.com", transport=httpx.MockTransport(lambda _: answer))
    with RunningEndpoint(Endpoint(forwarder=forwarder)) as running:
        response = httpx.post(running.url + PATH, json=PAGE_VIEW, trust_env=False, timeout=60)
        (event,) = running.events
    assert response.status_code == 502
    assert event.rules == ("failed-request",)


def test_headers_that_are_not_ascii(server: RunningEndpoint) -> None:
    """Their bytes are passed on, in both directions."""
    with RunningEndpoint(Endpoint(forwarder=Forwarder(server.url))) as running:
        headers = [(b"X-Opaque-Id", b"\xe9"), (b"Content-Type", b"application/json")]
        response = httpx.post(running.url + PATH, json=PAGE_VIEW, headers=headers, trust_env=False, timeout=60)
        (event,) = server.events
    assert response.status_code == 202
    assert (b"x-opaque-id", b"\xe9") in response.headers.raw
    assert ("x-opaque-id", "\xe9") in list(event.request.headers)
