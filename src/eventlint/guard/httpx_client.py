"""Guards ``httpx.Client`` and ``httpx.AsyncClient``.

The last event hook of a client gets the final request: only the transport comes after it. So the guard is a hook that
stays the last. A dropped event leaves the hook by an exception, which ``send`` catches.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx

from eventlint.guard import drop_result as dropped
from eventlint.guard.client_copy import copy_with
from eventlint.guard.core import Guard
from eventlint.guard.endpoint import locate


def guarded(client: Any, guard: Guard, asks_release: bool) -> Any:
    """A copy of an httpx client whose events are checked. ``asks_release`` is not used."""
    kind: Any = type(client)

    def hook(request: httpx.Request) -> None:
        uri = locate(request.method, request.url.raw_path.decode("latin-1"))
        if uri is not None and not guard.allows(request.method, uri, request.headers.multi_items(), _content(request)):
            raise _Dropped(request)

    async def async_hook(request: httpx.Request) -> None:
        hook(request)

    def send(self: Any, request: httpx.Request, **options: Any) -> httpx.Response:
        _put_last(self, hook)
        try:
            response: httpx.Response = kind.send(self, request, **options)
        except _Dropped as event:
            return _response(event.request)
        return response

    async def async_send(self: Any, request: httpx.Request, **options: Any) -> httpx.Response:
        _put_last(self, async_hook)
        try:
            response: httpx.Response = await kind.send(self, request, **options)
        except _Dropped as event:
            return _response(event.request)
        return response

    found = copy_with(client, {"send": async_send if isinstance(client, httpx.AsyncClient) else send})
    found.event_hooks = {**client.event_hooks}
    return found


class _Dropped(Exception):  # noqa: N818 - not an error
    """An event is dropped."""

    def __init__(self, request: httpx.Request) -> None:
        super().__init__(request)
        self.request = request


def _content(request: httpx.Request) -> bytes | None:
    """The body; None if it is a stream that can be read only once."""
    try:
        return request.content
    except httpx.RequestNotRead:
        # A redirected request has the stream of the first one, which is in memory if its body was.
        return b"".join(request.stream) if isinstance(request.stream, httpx.ByteStream) else None


def _put_last(client: Any, hook: Any) -> None:
    """Make the guard's hook the last one of a client."""
    hooks = client.event_hooks
    present = hooks.get("request", [])
    if not present or present[-1] is not hook:
        client.event_hooks = {**hooks, "request": [*(other for other in present if other is not hook), hook]}


def _response(request: httpx.Request) -> httpx.Response:
    """The response to a dropped event."""
    response = httpx.Response(dropped.STATUS, headers=dropped.HEADERS, content=dropped.BODY, request=request)
    response.elapsed = timedelta()
    return response
