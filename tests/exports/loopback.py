"""A server on the loopback address that answers as ``eventlint.Server`` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from eventlint import Server


class _Handler(BaseHTTPRequestHandler):
    """Hands each request to the model, as it came over the wire."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer goes out in one piece; else each waits for an acknowledgement
    model: Server

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self.model.respond(self.command, self.path, dict(self.headers.items()), body)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):  # the library looks for a method of this name for each method of HTTP
            return self.answer
        raise AttributeError(name)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def listening(release: str) -> Iterator[str]:
    """A server of a release; where it listens (``http://127.0.0.1:PORT``)."""
    handler = type("Handler", (_Handler,), {"model": Server(release)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
