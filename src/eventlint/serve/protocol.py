"""The HTTP protocol of uvicorn, with what ASGI does not pass on: the target as it was sent, and how to hang up."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote_from_bytes

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from eventlint.mirror.plain_answer import PRODUCT
from eventlint.serve.http import EXTENSION, Receive, Scope, Send

MAX_HEAD = 256 * 1024
"""The limit of the request line and the headers, in bytes."""
_INVALID = b'{"error":"the request is not valid HTTP","status":400}'
_VISIBLE = bytes(range(0x21, 0x7F))


class _Connection(h11.Connection):
    """Keeps the target of the current request."""

    target = b""
    _sent = b""

    def receive_data(self, data: bytes) -> None:
        """Take data; the target of a request line that is not ASCII is percent-encoded, because h11 refuses it."""
        if not data.isascii() and self.their_state is h11.IDLE:
            data = self._in_ascii(data)
        super().receive_data(data)

    def _in_ascii(self, data: bytes) -> bytes:
        line, end, rest = data.partition(b"\r\n")
        parts = line.split(b" ")
        if not end or line.isascii() or len(parts) != 3 or self.trailing_data[0]:
            return data
        self._sent = parts[1]
        parts[1] = quote_from_bytes(parts[1], safe=_VISIBLE).encode()
        return b" ".join(parts) + end + rest

    def next_event(self) -> Any:
        """The next event."""
        event = super().next_event()
        if isinstance(event, h11.Request):
            self.target, self._sent = self._sent or event.target, b""
        return event


class Protocol(H11Protocol):
    """Passes the target on, and how to close the connection, in an extension of the scope."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.conn = connection = _Connection(h11.SERVER, MAX_HEAD)
        inner: Any = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            extension = {"target": connection.target, "close": self.transport.close}
            scope["extensions"] = {**(scope.get("extensions") or {}), EXTENSION: extension}
            await inner(scope, receive, send)

        self.app = app

    def send_400_response(self, msg: str) -> None:
        """Answer a request that is not HTTP, and close the connection."""
        headers = [*PRODUCT.items(), ("Content-Type", "application/json"), ("Connection", "close")]
        headers.append(("Content-Length", str(len(_INVALID))))
        response = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
        for event in (response, h11.Data(data=_INVALID), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
