"""A guard for services that speak ASGI; it must not know what is wrong with an event, nor any framework."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import quote

from eventlint.guard.counters import Counters
from eventlint.guard.endpoint import ENDPOINT
from eventlint.guard.policy import Policy
from eventlint.guard.service import MAX_BYTES, Service
from eventlint.model import Answer
from eventlint.rules.own import Contract

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class AsgiGuard:
    """An ASGI application that answers events which the server would refuse, and hands all else to another."""

    def __init__(
        self,
        app: App,
        *,
        prefix: str = ENDPOINT,
        max_bytes: int = MAX_BYTES,
        policy: Policy | None = None,
        release: str = "latest",
        collections: Iterable[str] | None = None,
        contract: Contract | None = None,
        counters: Counters | None = None,
    ) -> None:
        """Stand before an application.

        Args:
            app: The application.
            prefix: What stands before ``/COLLECTION/event/TYPE`` in the path, below the application's root.
            max_bytes: How long a body may be, in bytes; a longer one is answered with 413.
            policy: What to do for findings. ``raise`` answers in the server's words, ``drop`` as if it were taken.
            release: The server's release, a minor, or ``latest``.
            collections: The names of the collections that exist; None when every legal name does.
            contract: A contract of one's own that events should fit besides, from :func:`eventlint.load_contract`.
            counters: Where to count; None is counters of its own.

        Raises:
            UsageError: There is no such release, or the limit is not positive.
        """
        self.app = app
        self.service = Service(
            prefix=prefix,
            max_bytes=max_bytes,
            policy=policy,
            release=release,
            collections=collections,
            contract=contract,
            counters=counters,
        )

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        uri = self._target(scope)
        if uri is None:
            await self.app(scope, receive, send)
            return
        headers = _headers(scope)
        messages, size = await self._collect(receive, headers)
        if size is None:
            await _respond(send, self.service.too_long())
            return
        answer = None
        if messages and messages[-1]["type"] != "http.request":  # the sender is gone before the end of the body
            self.service.guard.skip()
        else:
            body = b"".join(message.get("body", b"") for message in messages)
            answer = self.service.answer(scope["method"], uri, headers, body)
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
        return self.service.target(scope["method"], path, scope.get("query_string", b"").decode("latin-1"))

    async def _collect(self, receive: Receive, headers: dict[str, str]) -> tuple[list[Message], int | None]:
        """The messages with the body, and its length in bytes; None when it is longer than it may be."""
        promised = headers.get("content-length", "")
        if promised.isascii() and promised.isdigit() and int(promised.lstrip("0")[:20] or 0) > self.service.max_bytes:
            return [], None
        messages: list[Message] = []
        size = 0
        while not messages or messages[-1].get("more_body", False):
            message = await receive()
            size += len(message.get("body", b""))
            if size > self.service.max_bytes:
                return [], None
            messages.append(message)
        return messages, size


def _headers(scope: MutableMapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _replay(messages: list[Message], receive: Receive) -> Receive:
    """Gives the messages once more, as they came, and then whatever else comes."""
    waiting = iter(messages)

    async def again() -> Message:
        message = next(waiting, None)
        return await receive() if message is None else message

    return again


async def _respond(send: Send, answer: Answer) -> None:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    headers["content-length"] = str(len(answer.body))
    pairs = [(name.encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    await send({"type": "http.response.body", "body": answer.body})
