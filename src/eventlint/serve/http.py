"""Reads HTTP requests from ASGI as they came, and sends answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import quote

from anyio.lowlevel import checkpoint

from eventlint.guard.service import declared_length
from eventlint.mirror.plain_answer import PRODUCT
from eventlint.model import Answer, Request

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

EXTENSION = "eventlint"
"""The extension of the scope in which :mod:`eventlint.serve.protocol` passes on what ASGI has no place for."""

_PARAMETER = "eventlint=findings"
_NO_ANSWER = b"eventlint: the server would close the connection without an answer\n"
_NO_STATUS = 502


class ClientGoneError(Exception):
    """The client closed the connection before the end of its request."""


class BodyTooLargeError(Exception):
    """The body is larger than the limit."""


def target(scope: Scope) -> str:
    """The target of the request as it was sent, relative to where the application is mounted."""
    extension = (scope.get("extensions") or {}).get(EXTENSION)
    if extension is not None:
        return _as_text(extension["target"])
    raw: bytes | None = scope.get("raw_path")
    path = _as_text(raw) if raw is not None else quote(scope["path"])
    path = path.partition("?")[0]  # some servers leave the query string in the path
    root = quote(scope.get("root_path") or "")
    if root and path.startswith(root):
        path = path[len(root) :] or "/"
    query: bytes = scope.get("query_string") or b""
    return f"{path}?{_as_text(query)}" if query else path


def _as_text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def header_lines(scope: Scope) -> list[tuple[str, str]]:
    """The header lines of the request, in their order."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]


def first(lines: Iterable[tuple[str, str]], name: str) -> str | None:
    """The value of the first header line with a name, in lower case; None if there is none."""
    return next((value.strip(" \t") for key, value in lines if key == name), None)


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The body of the request.

    Raises:
        BodyTooLargeError: It is larger than the limit. If the request declares that, nothing is read.
        ClientGoneError: The client closed the connection.
    """
    for name, value in scope["headers"]:
        if name == b"content-length" and (declared_length(value.decode("latin-1")) or 0) > limit:
            raise BodyTooLargeError
    pieces: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientGoneError
        piece = message.get("body", b"")
        size += len(piece)
        if size > limit:
            raise BodyTooLargeError
        if piece:
            pieces.append(piece)
        if not message.get("more_body", False):
            return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def request_of(scope: Scope, uri: str, lines: list[tuple[str, str]], body: bytes) -> Request:
    """The request as a value, with its header lines."""
    return Request(method=scope["method"], uri=uri, headers=lines, body=body)


async def send_answer(scope: Scope, send: Send, answer: Answer, more: Iterable[tuple[str, str]] = ()) -> None:
    """Send an answer with more headers; a status of 0 closes the connection.

    Every answer has the header that clients look for, also those that the server's HTTP library gives.
    """
    if answer.status == 0:
        extension = (scope.get("extensions") or {}).get(EXTENSION)
        if extension is not None:
            extension["close"]()
            await checkpoint()  # so that the server learns of it, and sends no answer of its own
            return
        answer = Answer(status=_NO_STATUS, headers={"Content-Type": "text/plain"}, body=_NO_ANSWER)
    pairs = [*{**PRODUCT, **answer.headers}.items(), *more]
    headers = [(name.lower().encode("latin-1", "replace"), value.encode("latin-1", "replace")) for name, value in pairs]
    headers.append((b"content-length", b"%d" % len(answer.body)))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def without_parameter(uri: str) -> tuple[str, bool]:
    """A target without the parameter ``eventlint=findings``, and whether it has it."""
    path, mark, query = uri.partition("?")
    pieces = query.split("&")
    kept = [piece for piece in pieces if piece != _PARAMETER]
    if len(kept) == len(pieces):
        return uri, False
    return (f"{path}{mark}{'&'.join(kept)}" if kept else path), True
