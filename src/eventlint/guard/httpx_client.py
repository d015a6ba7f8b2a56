"""Guards ``httpx.Client`` and ``httpx.AsyncClient``; it must not know what is wrong with an event.

The last of a client's event hooks is the place where a request is final: after it only the transport comes. So the
guard is a hook that stays the last. An event that is dropped leaves the hook by an exception that ``send`` catches.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from eventlint.guard import drop_result as dropped
from eventlint.guard.client_copy import alike
from eventlint.guard.core import Guard
from eventlint.guard.endpoint import locate


def guarded(client: Any, judge: Guard, asks: bool) -> Any:
    """A client like the one given, whose events are judged.

    Args:
        client: An ``httpx.Client`` or ``httpx.AsyncClient``.
        judge: What judges them.
        asks: Not used: nothing is known of the server.
    """
    if isinstance(client, httpx.AsyncClient):
        found = alike(client, {"send": _async_send(type(client), _async_hook(judge))})
    else:
        found = alike(client, {"send": _send(type(client), _hook(judge))})
    found.event_hooks = {**client.event_hooks}
    return found


class _Dropped(Exception):  # noqa: N818 - it is no error
    """An event is not to be sent."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__(request)
        self.request = request


def _hook(judge: Guard) -> Callable[[httpx.Request], None]:
    def look(request: httpx.Request) -> None:
        uri = locate(request.method, request.url.raw_path.decode("latin-1"))
        if uri is not None and not judge.allows(request.method, uri, dict(request.headers), _content(request)):
            raise _Dropped(request)

    return look


def _async_hook(judge: Guard) -> Callable[[httpx.Request], Any]:
    look = _hook(judge)

    async def look_async(request: httpx.Request) -> None:
        look(request)

    return look_async


def _content(request: httpx.Request) -> bytes | None:
    """The body; None when it is a stream that can be read only once."""
    try:
        return request.content
    except httpx.RequestNotRead:
        return None


def _put_last(client: Any, hook: Any) -> None:
    """See to it that the guard's hook is the last of all."""
    hooks = client.event_hooks
    present = hooks.get("request", [])
    if not present or present[-1] is not hook:
        client.event_hooks = {**hooks, "request": [*(other for other in present if other is not hook), hook]}


def _answer(request: httpx.Request) -> httpx.Response:
    """The answer to an event that was dropped."""
    response = httpx.Response(dropped.STATUS, headers=dropped.HEADERS, content=dropped.BODY, request=request)
    response.elapsed = timedelta()
    return response


def _send(kind: Any, hook: Any) -> Callable[..., httpx.Response]:
    """The method ``send`` of a guarded client whose own class is given."""

    def send(self: Any, request: httpx.Request, **options: Any) -> httpx.Response:
        _put_last(self, hook)
        try:
            response: httpx.Response = kind.send(self, request, **options)
        except _Dropped as event:
            return _answer(event.request)
        return response

    return send


def _async_send(kind: Any, hook: Any) -> Callable[..., Any]:
    """The same for an async client."""

    async def send(self: Any, request: httpx.Request, **options: Any) -> httpx.Response:
        _put_last(self, hook)
        try:
            response: httpx.Response = await kind.send(self, request, **options)
        except _Dropped as event:
            return _answer(event.request)
        return response

    return send
