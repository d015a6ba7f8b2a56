"""A server on the loopback address that answers as the real one does, and records the requests."""

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
    """A running server.

    Attributes:
        url: Its URL.
        requests: The requests that it received, in order, except those for its release.
        asked: The number of requests for its release.
        asked_with: The credentials of the last such request.
        reported_release: The release that it reports.
        release: The release whose answers it gives.
    """

    url: str = ""
    requests: list[Request] = field(default_factory=list)
    asked: int = 0
    asked_with: str | None = None
    reported_release: Any = "9.0.0"
    release: str = "latest"

    @property
    def bodies(self) -> list[bytes]:
        """The bodies that it received."""
        return [request.body for request in self.requests]


class Loopback(ThreadingHTTPServer):
    """A server with a long queue that ignores disconnected clients."""

    daemon_threads = True
    request_queue_size = 256
    endpoint: Endpoint

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Write nothing."""


class Handler(BaseHTTPRequestHandler):
    """Answers as the real server does."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *arguments: Any) -> None:
        """Write nothing."""

    @property
    def endpoint(self) -> Endpoint:
        """The state of the server."""
        server = self.server
        assert isinstance(server, Loopback)
        return server.endpoint

    def do_POST(self) -> None:
        """Receive an event."""
        request = Request(method=self.command, uri=self.path, headers=dict(self.headers), body=self.whole_body())
        self.endpoint.requests.append(request)
        answer = Server(self.endpoint.release).respond(request.method, request.uri, request.headers, request.body)
        self.respond(answer.status, dict(answer.headers), answer.body)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):  # every other method is handled the same
            return self.do_POST
        raise AttributeError(name)

    def do_GET(self) -> None:
        """Report the release."""
        if self.path != "/":
            self.do_POST()
            return
        self.endpoint.asked += 1
        self.endpoint.asked_with = self.headers.get("Authorization")
        document = {"version": {"number": self.endpoint.reported_release}, "tagline": "You Know, for Search"}
        headers = {"X-elastic-product": "Elasticsearch", "Content-Type": "application/json"}
        self.respond(200, headers, json.dumps(document).encode())

    def respond(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Write an answer."""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def whole_body(self) -> bytes:
        """The body, with a declared length or in chunks."""
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
    """A server that runs during the test."""
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
    """The URL of a server that is down."""
    server = Loopback(("127.0.0.1", 0), Handler)
    server.server_close()
    return f"http://127.0.0.1:{server.server_port}"
