"""Who may do what: origins, API keys, and names of the host; and the limits."""

from __future__ import annotations

import base64
import gzip
import socket
import threading
from collections.abc import Iterator

import httpx
import pytest

from eventlint.errors import InputError, UsageError
from eventlint.serve import Endpoint, RunningEndpoint
from eventlint.serve.access import HostNames
from eventlint.serve.running import bind
from tests.serve.wire import PAGE_VIEW, PATH, Connection, exchange, raw

SHOP, LOCAL, INDEX = "https://shop.example.com", "http://localhost:3000", "/behavioral_analytics-events-site/_search"
JSON = ("Content-Type", "application/json")


def allowed(response: httpx.Response) -> str | None:
    """The origin that may read a response."""
    found: str | None = response.headers.get("access-control-allow-origin")
    return found


def preflight(client: httpx.Client, path: str, origin: str) -> httpx.Response:
    """The answer to a preflight request."""
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-a,x-b"}
    return client.options(path, headers=headers)


def test_any_origin_may_send(client: httpx.Client) -> None:
    """On a loopback address, a page of any origin can send events and see the answers, errors too."""
    answer = preflight(client, PATH, SHOP)
    assert (answer.status_code, allowed(answer), answer.content) == (200, SHOP, b"")
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert answer.headers["access-control-allow-headers"] == "x-a,x-b"
    assert "POST" in answer.headers["access-control-allow-methods"]
    for content, status in ((b"{", 400), (b"", 400)):
        response = client.post(PATH, content=content, headers={"Origin": SHOP, "Content-Type": "application/json"})
        assert (response.status_code, allowed(response), response.headers["vary"]) == (status, SHOP, "Origin")
    assert allowed(client.get("/unknown", headers={"Origin": SHOP})) == SHOP
    assert allowed(client.post(PATH, json=PAGE_VIEW)) is None
    assert client.options(PATH).headers["allow"] == "POST"


@pytest.mark.parametrize("path", ["/_eventlint/events", INDEX, INDEX.replace("b", "%62", 1)])
def test_only_local_origins_may_read(client: httpx.Client, path: str) -> None:
    """A page from the web cannot read the events of a developer."""
    assert preflight(client, path, SHOP).status_code == 403
    assert allowed(client.get(path, headers={"Origin": SHOP})) is None
    assert allowed(client.get(path, headers={"Origin": LOCAL})) == LOCAL
    assert allowed(client.get(path, headers={"Origin": "http://[::1]:80"})) == "http://[::1]:80"
    assert allowed(client.get(path, headers={"Origin": "http://localhost.example.com"})) is None
    assert allowed(client.get(path, headers={"Origin": "null"})) is None


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PUT", "/_application/analytics/other", 403),
        ("DELETE", "/_application/analytics/site", 403),
        ("POST", "/behavioral_analytics-events-site/_search", 403),
        ("POST", "/%62ehavioral_analytics-events-site/_search", 403),
        ("POST", PATH, 202),
        ("POST", PATH.replace("site", "sit%65"), 202),
    ],
)
def test_what_a_page_of_another_origin_may_do(client: httpx.Client, method: str, path: str, status: int) -> None:
    """It sends events; it neither reads them nor changes collections."""
    headers = {"Origin": "https://evil.example.com"}
    assert client.request(method, path, json=PAGE_VIEW, headers=headers).status_code == status
    asking = client.options(path, headers={**headers, "Access-Control-Request-Method": method})
    assert asking.status_code == (200 if status == 202 else 403)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/behavioral_analytics-events-site/_search", 403),
        ("GET", "/behavioral_analytics-events-site%2F_search", 403),
        ("PUT", "/_application/analytics/other", 403),
        ("DELETE", "/_application/analytics/site", 403),
        ("GET", "/_application/analytics", 200),
        ("GET", "/", 200),
        ("POST", PATH, 202),
    ],
)
def test_what_answers_to_another_name_of_the_host(client: httpx.Client, method: str, path: str, status: int) -> None:
    """A page that lets its own name lead here cannot read events or change collections."""
    json = PAGE_VIEW if method == "POST" else None
    assert client.request(method, path, json=json, headers={"Host": "evil.example.com"}).status_code == status


def test_other_origins_cannot_change_anything(client: httpx.Client) -> None:
    """A request that needs no preflight is refused, too."""
    client.post(PATH, json=PAGE_VIEW)
    assert client.delete("/_eventlint/events", headers={"Origin": SHOP}).status_code == 403
    assert client.post("/_eventlint/check", content=b"{}", headers={"Origin": SHOP}).status_code == 403
    assert client.delete("/_eventlint/events", headers={"Origin": str(client.base_url)}).json() == {"deleted": 1}


@pytest.mark.parametrize(("origins", "may"), [([SHOP], True), (["*"], True), ([LOCAL], False), ([], False)])
def test_named_origins(origins: list[str], may: bool) -> None:
    """With a list, only those origins may send and read."""
    with RunningEndpoint(Endpoint(cors_origins=origins)) as server, httpx.Client(base_url=server.url) as client:
        for path in (PATH, INDEX, "/_eventlint/events"):
            assert (allowed(client.get(path, headers={"Origin": SHOP})) == SHOP) is may
            assert preflight(client, path, SHOP).status_code == (200 if may else 403)


def test_no_origin_by_default_on_other_addresses() -> None:
    """An endpoint that other machines reach allows no origin unless it is named."""
    with RunningEndpoint(Endpoint(is_local=False)) as server, httpx.Client(base_url=server.url) as client:
        assert allowed(client.post(PATH, json=PAGE_VIEW, headers={"Origin": LOCAL})) is None


@pytest.mark.parametrize(
    ("host", "may"),
    [
        ("localhost:9200", True),
        ("127.0.0.1", True),
        ("[::1]:9200", True),
        ("192.168.1.5:9200", True),
        ("eventlint:9200", True),
        ("shop.localhost", True),
        ("host.docker.internal:9200", True),
        ("events.test.example", True),
        ("evil.example.com", False),
        ("evil.example.com.", False),
        ("localhost.evil.com", False),
        ("127.0.0.1.evil.com", False),
        ("", False),
        (None, False),
    ],
)
def test_names_of_the_host(host: str | None, may: bool) -> None:
    """A name that anybody can register is refused."""
    assert HostNames(["events.TEST.example"]).allows(host) is may


def test_a_page_with_another_name_of_the_host(client: httpx.Client) -> None:
    """The page and its API are closed to it; events can be sent."""
    headers = {"Host": "evil.example.com"}
    assert client.get("/_eventlint/events", headers=headers).status_code == 403
    assert client.post(PATH, json=PAGE_VIEW, headers=headers).status_code == 202


KEY = base64.b64encode(b"id:s3cret").decode()


@pytest.fixture(params=[KEY, "id:s3cret"])
def locked(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A client of an endpoint that requires a key."""
    with RunningEndpoint(Endpoint(api_key=request.param)) as server, httpx.Client(base_url=server.url) as client:
        yield client


@pytest.mark.parametrize("authorization", [f"ApiKey {KEY}", f"apikey  {KEY}"])
def test_the_right_key(locked: httpx.Client, authorization: str) -> None:
    """The scheme is compared regardless of case."""
    assert locked.post(PATH, json=PAGE_VIEW, headers={"Authorization": authorization}).status_code == 202


@pytest.mark.parametrize(
    "authorization", [None, "", "ApiKey", "ApiKey x", f"Bearer {KEY}", f"ApiKey {KEY}x", "ApiKey \xe9"]
)
def test_a_wrong_key(locked: httpx.Client, authorization: str | None) -> None:
    """The answer is the server's, and nothing is kept."""
    headers = {} if authorization is None else {"Authorization": authorization.encode("latin-1")}
    response = locked.post(PATH, json=PAGE_VIEW, headers=headers)  # type: ignore[arg-type]
    assert response.status_code == 401
    assert response.json()["error"]["type"] == "security_exception"
    assert len(response.headers.get_list("www-authenticate")) == 3
    assert locked.get("/").status_code == 401
    assert locked.get("/_eventlint/events").json()["events"] == []
    assert preflight(locked, PATH, SHOP).status_code == 200


def test_keys_are_not_kept(client: httpx.Client) -> None:
    """Without a key of its own, the endpoint accepts any, and forgets it."""
    for header in ("Authorization", "Cookie", "X-Api-Key", "Proxy-Authorization"):
        client.post(PATH, json=PAGE_VIEW, headers={header: "s3cret"})
    assert client.post(PATH, json=PAGE_VIEW, headers={"Authorization": "Basic czNjcmV0"}).status_code == 202
    found = client.get("/_eventlint/events").text
    assert "s3cret" not in found
    assert "czNjcmV0" not in found


def test_bodies_over_the_limit() -> None:
    """They are answered with 413: declared, in chunks, and decompressed; and the next request is answered."""
    with RunningEndpoint(Endpoint(max_body=1000)) as server:
        big = b" " * 1001
        chunked = b"3e9\r\n" + big + b"\r\n0\r\n\r\n"
        cases: list[tuple[list[tuple[str, str]], bytes]] = [
            ([JSON], big),
            ([JSON, ("Transfer-Encoding", "chunked")], chunked),
            ([JSON, ("Content-Encoding", "gzip")], gzip.compress(big)),
        ]
        for headers, body in cases:
            with Connection(server.url) as connection:
                connection.send(raw("POST", PATH, headers, body))
                response = connection.response()
                assert response is not None
                assert (response.status, response.body) == (413, b"")
        assert exchange(server.url, raw("POST", PATH, [JSON], b" " * 1000)).status == 400  # type: ignore[union-attr]
        assert [(event.answer.status, event.rules) for event in server.events[:3]] == [
            (413, ("malformed-request",))
        ] * 3


def test_a_client_that_waits_learns_the_limit() -> None:
    """With ``Expect: 100-continue``, the body is not sent at all."""
    with RunningEndpoint(Endpoint(max_body=10)) as server, Connection(server.url) as connection:
        connection.send(raw("POST", PATH, [JSON, ("Expect", "100-continue"), ("Content-Length", "11")], b""))
        response = connection.response()
        assert response is not None
        assert response.status == 413


def test_slow_clients_do_not_block_others(server: RunningEndpoint) -> None:
    """Two hundred clients that never finish their requests."""
    slow = []
    try:
        for number in range(200):
            connection = Connection(server.url)
            connection.send(raw("POST", PATH, [JSON, ("Content-Length", "9")], b"{")[: 20 + number])
            slow.append(connection)
        response = httpx.post(f"{server.url}{PATH}", json=PAGE_VIEW, timeout=30)
        assert response.status_code == 202
    finally:
        for connection in slow:
            connection.close()
    assert len(server.events) == 1


def test_a_stop_ends_requests_in_flight(server: RunningEndpoint) -> None:
    """A client that waits gets its answer, and a stream ends."""
    answers: list[int] = []

    def wait() -> None:
        answers.append(httpx.get(f"{server.url}/_eventlint/wait?count=9&timeout=60", timeout=60).status_code)

    thread = threading.Thread(target=wait)
    with httpx.stream("GET", f"{server.url}/_eventlint/stream", timeout=60) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 1000"
        thread.start()
        while len(server.endpoint.store._listeners) < 2:
            pass
        server.close()
        assert list(lines) == [""]
    thread.join()
    assert answers == [200]


def test_an_address_in_use() -> None:
    """It is an error that names the address."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=f"127.0.0.1:{port}: Address already in use"):
            bind("127.0.0.1", port)


def test_wrong_settings() -> None:
    """They are usage errors."""
    from eventlint import Checker

    with pytest.raises(UsageError, match="must be positive"):
        Endpoint(keep=0)
    with pytest.raises(UsageError, match="either checker or release"):
        Endpoint(checker=Checker(), release="8.19")
    assert Endpoint(checker=Checker("8.19", collections=["a"])).collections.names == ["a"]
