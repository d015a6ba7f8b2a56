"""A guard for ASGI applications."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from eventlint.guard.service import ServiceGuard, declared_length, response_headers
from eventlint.model import Answer

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

MAX_MESSAGES = 10_000
"""The limit of the messages that a server divides a body into."""


class AsgiGuard(ServiceGuard[App]):
    """An ASGI application that answers events that the server would reject, and passes all else to another one."""

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        uri = self._target(scope)
        if uri is None:
            await self.app(scope, receive, send)
            return
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        received = await self._received(receive, headers)
        if received is None:
            await _respond(send, self._too_long())
            return
        body, last = received
        answer = None
        if last is not None:  # the client disconnected before the end of the body
            self.guard.skip()
        else:
            answer = self._answer(scope["method"], uri, headers, body)
        if answer is not None:
            await _respond(send, answer)
        else:
            await self.app(scope, _replay(body, last, receive), send)

    def _target(self, scope: MutableMapping[str, Any]) -> str | None:
        if scope["type"] != "http":
            return None
        # Frameworks route on the decoded path, not on raw_path.
        path, root = scope["path"], scope.get("root_path", "")
        if root and path.startswith(f"{root}/"):
            path = path[len(root) :]
        query = scope.get("query_string", b"").decode("latin-1")
        return self._uri(scope["method"], path.encode("utf-8", "surrogatepass"), query)

    async def _received(self, receive: Receive, headers: list[tuple[str, str]]) -> tuple[bytes, Message | None] | None:
        """The body, and the message that ended it too early; None if the body exceeds a limit.

        Only the bytes are kept, so empty messages need no memory.
        """
        lengths = [value for name, value in headers if name.lower() == "content-length"]
        if max((declared_length(value) or 0 for value in lengths), default=0) > self.max_bytes:
            return None
        body = bytearray()
        for _ in range(MAX_MESSAGES):
            message = await receive()
            if message["type"] != "http.request":
                return bytes(body), message
            body += message.get("body") or b""
            if len(body) > self.max_bytes:
                return None
            if not message.get("more_body", False):
                return bytes(body), None
        return None


def _replay(body: bytes, last: Message | None, receive: Receive) -> Receive:
    """Delivers the body as one message, then the message that ended it too early, and then the messages that follow."""
    first: Message = {"type": "http.request", "body": body, "more_body": last is not None}
    waiting = iter([first] if last is None else [first, last])

    async def replay() -> Message:
        message = next(waiting, None)
        return await receive() if message is None else message

    return replay


async def _respond(send: Send, answer: Answer) -> None:
    headers = response_headers(answer).items()
    pairs = [(name.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    await send({"type": "http.response.body", "body": answer.body})
