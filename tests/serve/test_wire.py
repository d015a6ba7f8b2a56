"""What HTTP carries arrives, and the answers are those of the mirror."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator

import pytest

from eventlint import Server
from eventlint.serve import RunningEndpoint
from tests.corpus import COLLECTIONS, Case, cases
from tests.serve.wire import PAGE_VIEW, PATH, Connection, Response, exchange, raw

BODY = json.dumps(PAGE_VIEW).encode()
JSON = ("Content-Type", "application/json")
MIRROR = Server()


@pytest.fixture(scope="module")
def running() -> Iterator[RunningEndpoint]:
    """One endpoint for all tests of this module."""
    with RunningEndpoint() as found:
        yield found


def same(running: RunningEndpoint, method: str, target: str, headers: list[tuple[str, str]], body: bytes) -> Response:
    """Send a request, and compare the answer with that of the mirror."""
    response = exchange(running.url, raw(method, target, headers, body), method)
    expected = MIRROR.respond(method, target, headers, body)
    assert response is not None
    assert (response.status, response.body) == (expected.status, expected.body)
    for name, value in expected.headers.items():
        assert response.header(name.lower()) == value
    assert response.header("x-elastic-product") == "Elasticsearch"
    return response


@pytest.mark.parametrize(
    "target",
    [
        PATH,
        f"/{PATH}",
        f"{PATH}/",
        PATH.replace("event", "%65vent"),
        PATH.replace("site", "a%2Fb"),
        PATH.replace("site", "größe"),
        PATH.replace("site", "%zz"),
        f"{PATH}#end",
        f"{PATH}?pretty",
        f"{PATH}?debug=maybe",
        f"{PATH}?a=1&b=2;c",
        f"{PATH}?x={'y' * 5000}",
        "/unknown?",
        "*",
        "http://localhost/_application",
    ],
)
def test_targets_arrive_as_they_were_sent(running: RunningEndpoint, target: str) -> None:
    """The path and the query string are judged before anything decodes them."""
    same(running, "POST", target, [JSON], BODY)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "FOO", "post", "M-X"])
def test_methods_arrive(running: RunningEndpoint, method: str) -> None:
    """Every method that HTTP can carry arrives."""
    same(running, method, PATH, [JSON], b"")


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("Content-Type", "text/plain")],
        [("Content-Type", "")],
        [JSON, JSON],
        [JSON, ("Accept", "application/json"), ("accept", "application/yaml")],
        [JSON, ("Accept", "application/vnd.elasticsearch+json;compatible-with=7")],
        [JSON, ("X-Opaque-Id", "a"), ("X-Opaque-Id", "b")],
        [JSON, ("X-Opaque-Id", "  \xe9 a  ")],
        [JSON, ("Expect", "sing")],
        [JSON, ("Accept-Encoding", "gzip")],
        [JSON, ("Accept-Encoding", "deflate;q=0.5, gzip;q=0")],
    ],
)
def test_headers_arrive_as_they_were_sent(running: RunningEndpoint, headers: list[tuple[str, str]]) -> None:
    """Repeated header lines are not joined, and empty ones are kept."""
    same(running, "POST", PATH, headers, BODY)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", gzip.compress(BODY)), ("deflate", zlib.compress(BODY)), ("GZIP", gzip.compress(b"{")), ("br", BODY)],
    ids=["gzip", "deflate", "upper-case", "unknown"],
)
def test_encoded_bodies_are_decoded(running: RunningEndpoint, encoding: str, body: bytes) -> None:
    """A body is decompressed as the server decompresses it."""
    same(running, "POST", PATH, [JSON, ("Content-Encoding", encoding)], body)


def test_a_body_that_is_not_gzip_closes_the_connection(running: RunningEndpoint) -> None:
    """The server closes the connection without an answer."""
    data = raw("POST", PATH, [JSON, ("Content-Encoding", "gzip")], BODY)
    assert exchange(running.url, data) is None
    assert MIRROR.respond("POST", PATH, [JSON, ("Content-Encoding", "gzip")], BODY).status == 0


def test_chunks(running: RunningEndpoint) -> None:
    """A body in chunks is joined."""
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (BODY[:10], BODY[10:])) + b"0\r\n\r\n"
    response = exchange(running.url, raw("POST", PATH, [JSON, ("Transfer-Encoding", "chunked")], chunks))
    assert response is not None
    assert response.body == b'{"accepted":true}'


def test_a_client_that_waits_for_100_continue(running: RunningEndpoint) -> None:
    """The endpoint asks for the body."""
    data = raw("POST", PATH, [JSON, ("Expect", "100-continue")], BODY)
    with Connection(running.url) as connection:
        connection.send(data[: -len(BODY)])
        assert connection.line().startswith(b"HTTP/1.1 100")
        assert connection.line() == b"\r\n"
        connection.send(BODY)
        response = connection.response()
    assert response is not None
    assert response.status == 202


def test_a_connection_is_kept(running: RunningEndpoint) -> None:
    """Several requests on a connection, the last ones without waiting for answers."""
    good, bad = raw("POST", PATH, [JSON], BODY), raw("POST", f"/{PATH}", [JSON], b"{")
    with Connection(running.url) as connection:
        statuses = []
        for data in (good, bad, good + bad + good):
            connection.send(data)
            for _ in range(data.count(b" HTTP/1.1\r\n")):
                response = connection.response()
                assert response is not None
                statuses.append(response.status)
    assert statuses == [202, 400, 202, 400, 202]


def test_http_1_0(running: RunningEndpoint) -> None:
    """The connection is closed after the answer."""
    with Connection(running.url) as connection:
        connection.send(raw("POST", PATH, [JSON], BODY, version="1.0"))
        response = connection.response()
        assert response is not None
        assert response.status == 202
        assert connection.line() == b""


def test_what_is_not_http(running: RunningEndpoint) -> None:
    """It is answered with 400, as JSON."""
    response = exchange(running.url, b"what is this?\r\n\r\n")
    assert response is not None
    assert (response.status, json.loads(response.body)["status"]) == (400, 400)
    assert response.header("x-elastic-product") == "Elasticsearch"


def carried(case: Case) -> bool:
    """Whether HTTP can carry the request of a case."""
    names = [name.lower() for name, _ in case.headers]
    values = "".join(value for _, value in case.headers)
    return (
        bool(case.uri)
        and not any(character <= " " or character == "\x7f" for character in case.uri)
        and not {"content-length", "transfer-encoding", "host"} & set(names)
        and not any((character < " " and character != "\t") or character > "\xff" for character in values)
    )


def test_cases_of_the_corpus() -> None:
    """The answers over a socket are those of the mirror, byte for byte."""
    some = [case for case in cases() if carried(case) and case.has_answer("9.5.4")]
    some = [case for case in some if case.is_request][::4] + [case for case in some if not case.is_request][::100]
    mirror = Server("9.5.4", COLLECTIONS)
    different = []
    with RunningEndpoint(release="9.5.4", collections=COLLECTIONS) as running:
        for case in some:
            if "debug" in case.uri or (case.uri, case.method) in (("/", "GET"), ("/", "HEAD")):
                continue
            expected = mirror.respond(case.method, case.uri, case.headers, case.body)
            response = exchange(running.url, raw(case.method, case.uri, case.headers, case.body), case.method)
            got = (0, b"") if response is None else (response.status, response.body)
            if got != (expected.status, expected.body):
                different.append((case.id, got, expected))
    assert len(some) > 300
    assert different == []
