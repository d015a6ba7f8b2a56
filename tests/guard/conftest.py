"""A server on the loopback address that answers as the real one does, and keeps what it got."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from eventlint import Request, Server

PATH = "/_application/analytics/site/event/"


@dataclass
class Endpoint:
    """A server that runs.

    Attributes:
        url: Where it listens.
        requests: All that it got, in order, but for questions about its release.
        asked: How often it was asked for its release.
        asked_with: The credentials it was asked with.
        tells: The release that it says it is.
        release: The release that it answers as.
    """

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    asked: int = 0
    asked_with: str | None = None
    tells: Any = "9.0.0"
    release: str = "latest"

    @property
    def bodies(self) -> list[bytes]:
        """The bodies that it got."""
        return [request.body for request in self.requests]


class Loopback(ThreadingHTTPServer):
    """Listens with a long queue, and says nothing about clients that go away."""

    daemon_threads = True
    request_queue_size = 256
    endpoint: Endpoint

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


class Handler(BaseHTTPRequestHandler):
    """Answers as the server would."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    @property
    def endpoint(self) -> Endpoint:
        """What the server keeps."""
        server = self.server
        assert isinstance(server, Loopback)
        return server.endpoint

    def do_POST(self) -> None:
        """Take an event."""
        request = Request(method=self.command, uri=self.path, headers=dict(self.headers), body=self.whole_body())
        self.endpoint.requests.append(request)
        answer = Server(self.endpoint.release).respond(request.method, request.uri, request.headers, request.body)
        self.tell(answer.status, dict(answer.headers), answer.body)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):  # every other method is handled as this one
            return self.do_POST
        raise AttributeError(name)

    def do_GET(self) -> None:
        """Say which release this is."""
        if self.path != "/":
            self.do_POST()
            return
        self.endpoint.asked += 1
        self.endpoint.asked_with = self.headers.get("Authorization")
        told = {"version": {"number": self.endpoint.tells}, "tagline": "You Know, for Search"}
        headers = {"X-elastic-product": "Elasticsearch", "Content-Type": "application/json"}
        self.tell(200, headers, json.dumps(told).encode())

    def tell(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Write an answer."""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def whole_body(self) -> bytes:
        """The body, whether its length is told or it comes in chunks."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """A server that runs while the test does."""
    server = Loopback(("127.0.0.1", 0), Handler)
    server.endpoint = Endpoint(url=f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.endpoint
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def nowhere() -> str:
    """The URL of a server that is down: a port that was free a moment ago."""
    server = Loopback(("127.0.0.1", 0), Handler)
    server.server_close()
    return f"http://127.0.0.1:{server.server_port}"
