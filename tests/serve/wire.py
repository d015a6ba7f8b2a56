"""Raw requests over a socket, and the events that the tests send."""

from __future__ import annotations

import socket
from typing import NamedTuple
from urllib.parse import urlsplit

PAGE_VIEW = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://shop.example.com/a.html?q=1"}}
SEARCH = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
LOST = {**PAGE_VIEW, "page": {"url": "https://user:secret@example.com/"}}
PATH = "/_application/analytics/site/event/page_view"


class Response(NamedTuple):
    """A response as it came."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """The first value of a header; the name in lower case."""
        return next((value for key, value in self.headers if key == name), None)


class Connection:
    """A connection over which raw bytes are sent."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30)
        self._file = self.socket.makefile("rb")

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self.socket.sendall(data)

    def line(self) -> bytes:
        """The next line; empty if the connection is closed."""
        return self._file.readline()

    def response(self, method: str = "POST") -> Response | None:
        """The next response; None if the connection is closed without one."""
        try:
            line = self.line()
        except ConnectionResetError:
            return None
        if not line:
            return None
        status = int(line.split(b" ")[1])
        headers = []
        while (head := self.line().rstrip(b"\r\n")) != b"":
            name, _, value = head.decode("latin-1").partition(":")
            headers.append((name.lower(), value.strip()))
        length = int(dict(headers).get("content-length", "0"))
        body = self._file.read(length) if length and method != "HEAD" else b""
        return Response(status, headers, body)

    def close(self) -> None:
        """Close the connection."""
        self._file.close()
        self.socket.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def raw(method: str, target: str, headers: list[tuple[str, str]], body: bytes, version: str = "1.1") -> bytes:
    """The bytes of a request."""
    lines = ["Host: localhost", *(f"{name}: {value}" for name, value in headers)]
    if not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in headers):
        lines.append(f"Content-Length: {len(body)}")
    head = f"{method} {target} HTTP/{version}\r\n".encode("utf-8", "surrogatepass")
    return head + "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def exchange(url: str, data: bytes, method: str = "POST") -> Response | None:
    """Send bytes on a new connection; the response."""
    with Connection(url) as connection:
        connection.send(data)
        return connection.response(method)
