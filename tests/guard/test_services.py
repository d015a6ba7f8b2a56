"""The guards for ASGI and WSGI applications."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventlint import Checker, Server, UsageError
from eventlint.guard import AsgiGuard, Counters, Policy, WsgiGuard
from tests.guard.conftest import PATH
from tests.guard.samples import LOSS, patch_checker
from tests.guard.services import BAD_BODY, GOOD_BODY, JSON, TARGET, Call, asgi, both, wsgi


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
