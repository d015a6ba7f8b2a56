"""An HTTP server on the loopback address with the answers of ``eventlint.Server``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from eventlint import Server


class _Handler(BaseHTTPRequestHandler):
    """Passes each request to the model."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # send an answer in one piece, so that it does not wait for an acknowledgment
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
        if name.startswith("do_"):  # the library calls a method of this name for each HTTP method
            return self.answer
        raise AttributeError(name)

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing."""


@contextmanager
def listening(release: str) -> Iterator[str]:
    """Run a server of a release; yields its URL (``http://127.0.0.1:PORT``)."""
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
