"""A guard for ASGI applications."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

from eventlint.guard.service import ServiceGuard, declared_length, response_headers
from eventlint.model import Answer

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class AsgiGuard(ServiceGuard[App]):
    """An ASGI application that answers events that the server would reject, and passes all else to another one."""

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        uri = self._target(scope)
        if uri is None:
            await self.app(scope, receive, send)
            return
        headers = _headers(scope)
        messages = await self._messages(receive, headers)
        if messages is None:
            await _respond(send, self._too_long())
            return
        answer = None
        if messages[-1]["type"] != "http.request":  # the client disconnected before the end of the body
            self.guard.skip()
        else:
            body = b"".join(message.get("body", b"") for message in messages)
            answer = self._answer(scope["method"], uri, headers, body)
        if answer is not None:
            await _respond(send, answer)
        else:
            await self.app(scope, _replay(messages, receive), send)

    def _target(self, scope: MutableMapping[str, Any]) -> str | None:
        if scope["type"] != "http":
            return None
        raw, root = scope.get("raw_path"), scope.get("root_path", "")
        path = raw.decode("latin-1").partition("?")[0] if raw else quote(scope["path"])
        if root and path.startswith(f"{root}/"):
            path = path[len(root) :]
        return self._uri(scope["method"], path, scope.get("query_string", b"").decode("latin-1"))

    async def _messages(self, receive: Receive, headers: dict[str, str]) -> list[Message] | None:
        """The messages with the body; None if the body is longer than the limit."""
        if (declared_length(headers.get("content-length")) or 0) > self.max_bytes:
            return None
        messages: list[Message] = []
        size = 0
        while not messages or messages[-1].get("more_body", False):
            message = await receive()
            size += len(message.get("body", b""))
            if size > self.max_bytes:
                return None
            messages.append(message)
        return messages


def _headers(scope: MutableMapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _replay(messages: list[Message], receive: Receive) -> Receive:
    """Delivers the messages again, unchanged, and then the messages that follow."""
    waiting = iter(messages)

    async def replay() -> Message:
        message = next(waiting, None)
        return await receive() if message is None else message

    return replay


async def _respond(send: Send, answer: Answer) -> None:
    headers = response_headers(answer).items()
    pairs = [(name.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    await send({"type": "http.response.body", "body": answer.body})
