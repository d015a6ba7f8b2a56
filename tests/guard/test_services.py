"""The guards for ASGI and WSGI applications."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import Checker, Server, UsageError
from eventlint.guard import AsgiGuard, Counters, Policy, WsgiGuard
from tests.guard.conftest import PATH
from tests.guard.samples import BAD, LOSS, PLAIN, patch_checker

TARGET = f"{PATH}search"
JSON = {"content-type": "application/json"}
GOOD_BODY = json.dumps(PLAIN).encode()
BAD_BODY = json.dumps(BAD).encode()


@dataclass
class Outcome:
    """The answer of a service, and the bodies that its application received."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    passed: list[bytes] = field(default_factory=list)
    read: int = 0


def asgi(
    body: Iterable[bytes] = (BAD_BODY,),
    *,
    method: str = "POST",
    path: str = TARGET,
    query: str = "",
    headers: dict[str, str] = JSON,
    scope: dict[str, Any] | None = None,
    gone: bool = False,
    **options: Any,
) -> Outcome:
    """Send a request through the ASGI guard; the body comes in chunks."""
    outcome = Outcome()
    pieces = list(body) or [b""]
    incoming: list[dict[str, Any]] = [
        {"type": "http.request", "body": piece, "more_body": number < len(pieces) - 1 or gone}
        for number, piece in enumerate(pieces)
    ]
    incoming.append({"type": "http.disconnect"})

    async def receive() -> dict[str, Any]:
        outcome.read += 1
        return incoming.pop(0)

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            outcome.status = message["status"]
            outcome.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            outcome.body += message.get("body", b"")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            got, more = b"", True
            while more:
                message = await receive()
                got, more = got + message.get("body", b""), message.get("more_body", False)
            outcome.passed.append(got)
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b"app"})

    whole: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        **(scope or {}),
    }
    asyncio.run(AsgiGuard(app, **options)(whole, receive, send))
    return outcome


def wsgi(
    body: Iterable[bytes] = (BAD_BODY,),
    *,
    method: str = "POST",
    path: str = TARGET,
    query: str = "",
    headers: dict[str, str] = JSON,
    environ: dict[str, Any] | None = None,
    **options: Any,
) -> Outcome:
    """Send a request through the WSGI guard, between two validators of the standard library."""
    outcome = Outcome()
    data = b"".join(body)
    whole: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": ""}
    whole |= {"CONTENT_LENGTH": str(len(data)), "wsgi.input": io.BytesIO(data)}
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        whole[key if key.startswith("CONTENT_") and key != "CONTENT_ENCODING" else f"HTTP_{key}"] = value
    whole |= environ or {}
    setup_testing_defaults(whole)
    whole = {name: value for name, value in whole.items() if value is not None}

    def app(environ: Any, start_response: Any) -> Iterable[bytes]:
        outcome.passed.append(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 1 << 20)))
        start_response("299 Custom", [("Content-Type", "text/plain")])
        return [b"app"]

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
        outcome.status = int(status.split()[0])
        outcome.headers = {name.lower(): value for name, value in headers}
        return lambda data: None

    inner: Any = WsgiGuard(validator(app), **options)
    answer = validator(inner)(whole, start)
    outcome.body = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]
    return outcome


both = pytest.mark.parametrize("call", [asgi, wsgi])
Call = Callable[..., Outcome]


@both
@given(
    cuts=st.lists(st.integers(0, len(GOOD_BODY)), max_size=5).map(sorted),
    tail=st.sampled_from([b"", b"  ", b"\n"]),
)
def test_a_valid_event_is_passed_on_with_its_body(call: Call, cuts: list[int], tail: bytes) -> None:
    """The application gets the whole body, for any division into chunks."""
    whole = GOOD_BODY + tail
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    outcome = call(pieces)
    assert (outcome.status, outcome.body, outcome.passed) == (299, b"app", [whole])


@both
@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("POST", TARGET, "", BAD_BODY),
        ("POST", TARGET, "debug=1&pretty", BAD_BODY),
        ("POST", TARGET, "bar", GOOD_BODY),
        ("POST", f"{PATH}Search", "", GOOD_BODY),
        ("POST", "/_application/analytics/other/event/search", "", GOOD_BODY),
        ("POST", TARGET, "", b""),
        ("GET", TARGET, "", b""),
        ("PUT", TARGET, "", GOOD_BODY),
    ],
)
def test_an_invalid_request_gets_the_servers_answer(
    call: Call, method: str, path: str, query: str, body: bytes
) -> None:
    """Status, headers and body are those of the server, and the application gets no request."""
    outcome = call([body], method=method, path=path, query=query, collections=["site"])
    headers = {**JSON, "content-length": str(len(body))}
    uri = f"{path}?{query}" if query else path
    expected = Server(collections=["site"]).respond(method, uri, headers, body)
    assert (outcome.status, outcome.body, outcome.passed) == (expected.status, expected.body, [])
    assert {name.lower(): value for name, value in expected.headers.items()}.items() <= outcome.headers.items()
    assert outcome.headers["content-length"] == str(len(expected.body))


@both
@pytest.mark.parametrize(
    ("method", "path"), [("OPTIONS", TARGET), ("POST", "/other"), ("GET", "/"), ("POST", f"/elsewhere{TARGET}")]
)
def test_other_requests_are_passed_on_unread(call: Call, method: str, path: str) -> None:
    """The application gets other paths, and ``OPTIONS`` requests of a browser."""
    counters = Counters()
    assert call(method=method, path=path, counters=counters).passed == [BAD_BODY]
    assert counters.read() == type(counters.read())()


@both
def test_an_answer_to_head_has_no_body(call: Call) -> None:
    """The status is that of the server."""
    outcome = call([b""], method="HEAD")
    assert (outcome.status, outcome.body) == (405, b"")


@both
@pytest.mark.parametrize("prefix", ["/collect", "collect/"])
def test_the_prefix_can_be_set(call: Call, prefix: str) -> None:
    """Collection, event and type follow the prefix."""
    assert call(path="/collect/site/event/search", prefix=prefix).status == 400
    assert call(path=TARGET, prefix=prefix).status == 299


@both
@pytest.mark.parametrize(("action", "status"), [("log", 299), ("send", 299), (lambda incident: "log", 299)])
def test_a_policy_can_pass_invalid_events_on(call: Call, action: Any, status: int) -> None:
    """The application gets them."""
    outcome = call(policy=Policy(error=action))
    assert (outcome.status, outcome.passed) == (status, [BAD_BODY])


@both
def test_a_policy_can_warn(call: Call) -> None:
    """The application gets the event, with a warning."""
    with pytest.warns(UserWarning, match="blank-id"):
        assert call(policy=Policy(error="warn")).passed == [BAD_BODY]


@both
def test_a_dropped_event_gets_a_special_answer(call: Call) -> None:
    """The status is that of an accepted event; a header identifies the answer."""
    outcome = call(policy=Policy(error="drop"))
    assert (outcome.status, outcome.body, outcome.passed) == (202, b'{"accepted":false}', [])
    assert outcome.headers["x-eventlint"] == "dropped"


@both
def test_a_blocked_loss_is_answered_with_422(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server has no answer for it, so the answer has the findings."""
    patch_checker(monkeypatch, LOSS)
    outcome = call([GOOD_BODY], policy=Policy(loss="raise"))
    assert (outcome.status, json.loads(outcome.body)["status"], outcome.passed) == (422, 422, [])
    assert "a-loss" in json.loads(outcome.body)["error"]


@both
@pytest.mark.parametrize(("closed", "status"), [(False, 299), (True, 503)])
def test_a_guard_that_fails(call: Call, closed: bool, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application gets the event, unless the policy is to fail closed."""
    monkeypatch.setattr(Checker, "check", None)
    assert call([GOOD_BODY], policy=Policy(fail_closed=closed)).status == status


@both
def test_a_body_over_the_limit_is_answered_with_413(call: Call) -> None:
    """The limit is inclusive."""
    counters = Counters()
    limit = len(GOOD_BODY)
    assert call([GOOD_BODY], max_bytes=limit, counters=counters).status == 299
    outcome = call([GOOD_BODY, b" "], max_bytes=limit, counters=counters)
    assert (outcome.status, json.loads(outcome.body)["status"], outcome.passed) == (413, 413, [])
    counts = counters.read()
    assert (counts.checked, counts.unchecked, counts.sent, counts.blocked) == (1, 1, 1, 1)


def test_a_long_body_is_not_read_to_its_end() -> None:
    """Reading stops at the first chunk over the limit, or at once if the declared length is over it."""
    assert asgi([b"x" * 10] * 100, max_bytes=25).read == 3
    assert asgi([b"x" * 10] * 100, max_bytes=25, headers={**JSON, "content-length": "1000"}).read == 0


def test_a_disconnected_client_is_left_to_the_application() -> None:
    """The application gets the received part, and then the disconnect message."""
    counters = Counters()
    outcome = asgi([b'{"ses'], gone=True, counters=counters)
    assert (outcome.passed, counters.read().unchecked) == ([b'{"ses'], 1)


def test_other_protocols_are_passed_on() -> None:
    """A websocket is not checked."""
    assert asgi(scope={"type": "websocket"}).status == 299


def test_the_prefix_is_relative_to_the_mount_point() -> None:
    """The root path is removed before the prefix is compared."""
    scope = {"root_path": "/api", "path": f"/api{TARGET}", "raw_path": f"/api{TARGET}".encode()}
    assert asgi(scope=scope).status == 400


def test_a_server_without_raw_paths() -> None:
    """The decoded path is used instead."""
    assert asgi(path="/_application/analytics/a b/event/search", scope={"raw_path": None}).status == 404


def test_a_wsgi_body_without_a_length_is_read_if_the_input_ends() -> None:
    """A server can mark the end of its input."""
    environ = {"CONTENT_LENGTH": None, "wsgi.input_terminated": True}
    assert wsgi(environ=environ).status == 400
    assert wsgi([GOOD_BODY], environ=environ).passed == [GOOD_BODY]
    assert wsgi([GOOD_BODY, b" "], environ=environ, max_bytes=len(GOOD_BODY)).status == 413


def test_a_wsgi_body_without_an_end_is_not_read() -> None:
    """The application gets it unread, and it is counted as unchecked."""
    counters = Counters()
    outcome = wsgi(environ={"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked"}, counters=counters)
    assert (outcome.status, outcome.passed, counters.read().unchecked) == (299, [BAD_BODY], 1)


@pytest.mark.parametrize("kind", [AsgiGuard, WsgiGuard])
def test_a_limit_must_be_positive(kind: Any) -> None:
    """The constructor reports it."""
    with pytest.raises(UsageError):
        kind(None, max_bytes=0)
