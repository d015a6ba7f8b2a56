"""Bodies with a content encoding, and limits of bodies."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from eventlint import InvalidEvent
from eventlint.guard import AsgiGuard, Counters, Guard, Policy, UnknownEncodingError, guard
from eventlint.guard.asgi import MAX_MESSAGES
from eventlint.guard.service import MAX_BYTES
from eventlint.mirror.content_encoding import TooLargeError, decompressed
from eventlint.mirror.snappy import framed
from tests.guard.samples import BAD, PLAIN
from tests.guard.services import BAD_BODY, GOOD_BODY, JSON, TARGET, Call, asgi, both

COMPRESSIONS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    (" GZip ", gzip.compress),
    ("x-gzip", gzip.compress),
    ("Deflate", zlib.compress),
    ("deflate", lambda data: zlib.compress(data, wbits=-15)),
    ("snappy", framed),
]


def _judge(body: bytes, encoding: str, **policy: Any) -> tuple[bool, int, int]:
    """Whether a body is sent, and how many events were checked and left unchecked."""
    one = Guard(policy=Policy(error="drop", **policy))
    sent = one.allows("POST", TARGET, {**JSON, "Content-Encoding": encoding}, body)
    counts = one.counters.read()
    return sent, counts.checked, counts.unchecked


@pytest.mark.parametrize(("encoding", "compress"), COMPRESSIONS)
def test_a_compressed_body_is_checked(encoding: str, compress: Callable[[bytes], bytes]) -> None:
    """The event in it is found, whether it is clean or not."""
    assert _judge(compress(GOOD_BODY), encoding) == (True, 1, 0)
    assert _judge(compress(BAD_BODY), encoding) == (False, 1, 0)


@pytest.mark.parametrize("encoding", ["", " ", "identity", "Identity"])
@pytest.mark.parametrize("unknown", ["check", "raise"])
def test_no_encoding_has_several_spellings(encoding: str, unknown: str) -> None:
    """The bytes are the event, whatever the policy does about other encodings."""
    assert _judge(GOOD_BODY, encoding, unknown_encoding=unknown) == (True, 1, 0)
    assert _judge(BAD_BODY, encoding, unknown_encoding=unknown) == (False, 1, 0)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "utf-8"])
def test_the_bytes_are_the_event_in_other_encodings(encoding: str) -> None:
    """The server reads them as they are, too."""
    assert _judge(GOOD_BODY, encoding) == (True, 1, 0)
    assert _judge(gzip.compress(GOOD_BODY), encoding) == (False, 1, 0)


def test_a_policy_can_raise_for_other_encodings() -> None:
    """The event is neither checked nor sent."""
    one = Guard(policy=Policy(unknown_encoding="raise"))
    with pytest.raises(UnknownEncodingError, match="unknown content encoding 'br'"):
        one.allows("POST", TARGET, {**JSON, "content-encoding": "br"}, GOOD_BODY)
    assert (one.counters.read().unchecked, one.counters.read().blocked) == (1, 1)


@both
def test_a_service_can_refuse_other_encodings(call: Call) -> None:
    """The status is that of HTTP for an unsupported encoding."""
    policy = Policy(unknown_encoding="raise")
    outcome = call([GOOD_BODY], headers={**JSON, "content-encoding": "br"}, policy=policy)
    assert (outcome.status, outcome.passed) == (415, [])


@both
@pytest.mark.parametrize(("encoding", "compress"), COMPRESSIONS)
def test_a_service_passes_a_compressed_body_on_unchanged(
    call: Call, encoding: str, compress: Callable[[bytes], bytes]
) -> None:
    """Only the guard decompresses it."""
    headers = {**JSON, "content-encoding": encoding.strip()}
    assert call([compress(GOOD_BODY)], headers=headers).passed == [compress(GOOD_BODY)]
    assert call([compress(BAD_BODY)], headers=headers).status == 400


def _bomb(encoding: str) -> bytes:
    """A short body that is 64 MiB of spaces."""
    plain = b" " * (1 << 26)
    return gzip.compress(plain) if encoding == "gzip" else zlib.compress(plain)


@both
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_refused_in_bounded_memory(call: Call, encoding: str) -> None:
    """The limit of a body applies to the decompressed one."""
    bomb = _bomb(encoding)
    tracemalloc.start()
    try:
        outcome = call([bomb], headers={**JSON, "content-encoding": encoding})
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (outcome.status, outcome.passed) == (413, [])
    assert peak < 8 * MAX_BYTES


@pytest.mark.parametrize("excess", [0, 1])
def test_the_limit_is_inclusive(excess: int) -> None:
    """A body of exactly the limit is decompressed."""
    body = gzip.compress(b" " * 600) + gzip.compress(b" " * (400 + excess))
    if excess:
        with pytest.raises(TooLargeError):
            decompressed(body, "gzip", 1_000)
    else:
        assert decompressed(body, "gzip", 1_000) == b" " * 1_000


def test_many_members_are_decompressed_in_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes that zlib gets are those of the body and at most one more piece for each member."""
    members, got = 3_000, 0
    body = gzip.compress(b"") * members
    original = zlib.decompressobj

    class Counting:
        """Counts the bytes."""

        def __init__(self, bits: int) -> None:
            self._inflater: Any = original(bits)

        def decompress(self, data: bytes, limit: int) -> bytes:
            nonlocal got
            got += len(data)
            result: bytes = self._inflater.decompress(data, limit)
            return result

        def __getattr__(self, name: str) -> Any:
            return getattr(self._inflater, name)

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    assert decompressed(body + gzip.compress(b"{}"), "gzip", MAX_BYTES) == b"{}"
    assert got <= len(body) + (members + 1) * 4_096


def test_endless_empty_messages_need_no_memory() -> None:
    """They are read up to a limit, and answered with 413."""
    statuses: list[int] = []
    received = 0

    async def receive() -> dict[str, Any]:
        nonlocal received
        received += 1
        return {"type": "http.request", "body": b"", "more_body": True}

    async def send(message: Any) -> None:
        statuses.append(message.get("status", 0))

    scope = {"type": "http", "method": "POST", "path": TARGET, "headers": []}
    tracemalloc.start()
    try:
        asyncio.run(AsgiGuard(None)(scope, receive, send))  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (statuses, received) == ([413, 0], MAX_MESSAGES)
    assert peak < 50 * MAX_MESSAGES


def test_a_body_in_many_messages_is_passed_on_as_one() -> None:
    """Empty messages between its parts are left out."""
    pieces = [part for number in range(len(GOOD_BODY)) for part in (GOOD_BODY[number : number + 1], b"")]
    outcome = asgi(pieces)
    assert (outcome.status, outcome.passed) == (299, [GOOD_BODY])


def test_a_repeated_header_is_judged_as_the_server_does() -> None:
    """The server rejects two content types, and reads only the first content encoding."""
    headers = [(b"content-type", b"application/json"), (b"content-type", b"application/json")]
    assert asgi([GOOD_BODY], scope={"headers": headers}).status == 400
    encoded = [(b"content-type", b"application/json"), (b"Content-Encoding", b"gzip"), (b"content-encoding", b"br")]
    assert asgi([gzip.compress(GOOD_BODY)], scope={"headers": encoded}).status == 299


def _redirecting(request: httpx.Request) -> httpx.Response:
    if request.url.host == "first":
        return httpx.Response(307, headers={"location": f"http://second{TARGET}"})
    return httpx.Response(202)


@pytest.mark.parametrize(("event", "sent"), [(PLAIN, True), (BAD, False)])
def test_the_body_of_a_redirected_request_is_checked(event: dict[str, Any], sent: bool) -> None:
    """A request to another path is not checked, but may be redirected to the endpoint."""
    counters = Counters()
    client = httpx.Client(transport=httpx.MockTransport(_redirecting), follow_redirects=True)
    with guard(client, counters=counters) as guarded:
        if sent:
            assert guarded.post("http://first/other", json=event).status_code == 202
        else:
            with pytest.raises(InvalidEvent):
                guarded.post("http://first/other", json=event)
    counts = counters.read()
    assert (counts.checked, counts.unchecked, counts.sent) == (1, 0, int(sent))


def test_a_wrong_option_of_a_policy_is_reported() -> None:
    """The constructor reports it."""
    wrong: Any = "refuse"
    with pytest.raises(ValueError, match="unknown_encoding must be 'check' or 'raise', not 'refuse'"):
        AsgiGuard(None, policy=Policy(unknown_encoding=wrong))  # type: ignore[arg-type]
