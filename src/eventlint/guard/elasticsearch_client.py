"""Guards the official client, sync and async; it must not know what is wrong with an event.

The client's transport is the place where a request's target, headers and body are final: there the client itself makes
bytes of the body. It is wrapped; the client around it is one of the client's own ``options()``, and of its own class.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Mapping
from threading import Lock
from typing import Any

from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig, TransportApiResponse

from eventlint.guard import drop_result as dropped
from eventlint.guard.client_copy import alike
from eventlint.guard.core import Guard
from eventlint.guard.endpoint import locate
from eventlint.guard.incident_log import log_failure
from eventlint.guard.release_choice import nearest

_SECONDS = 10.0


def guarded(client: Any, judge: Guard, asks: bool) -> Any:
    """A client like the one given, whose events are judged.

    Args:
        client: An ``Elasticsearch`` or ``AsyncElasticsearch``.
        judge: What judges them.
        asks: Whether the server is asked for its release before the first event.
    """
    transport = client.transport
    is_async = inspect.iscoroutinefunction(transport.perform_request)
    wrapped = (_AsyncTransport if is_async else _SyncTransport)(transport, judge, asks)
    # It hands the wrapped transport to the client that its options() make.
    found = alike(client, {"transport": property(lambda self: wrapped)}).options()
    found.__class__ = type(client)
    return found


class _Wrapped:
    """A transport that is used like the one inside, but for events; the subclasses know when to wait."""

    def __init__(self, inner: Any, judge: Guard, asks: bool) -> None:
        own = {"_inner": inner, "_judge": judge, "_asks": asks, "_lock": Lock(), "_waiting": asyncio.Lock()}
        for name, value in own.items():
            object.__setattr__(self, name, value)

    _inner: Any
    _judge: Guard
    _asks: bool
    _lock: Lock
    _waiting: asyncio.Lock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._inner, name, value)

    # So that isinstance() says of it what it says of the transport inside.
    __class__ = property(lambda self: type(self._inner))  # pyright: ignore[reportIncompatibleMethodOverride]

    def _learnt(self, told: object) -> None:
        object.__setattr__(self, "_judge", self._judge.with_release(nearest(told)))
        object.__setattr__(self, "_asks", False)

    def _question(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """What to ask the server with: the event's own credentials, and no retry."""
        headers = {name: value for name, value in options["headers"].items() if name.lower() != "content-type"}
        return {"headers": headers, "max_retries": 0, "request_timeout": _SECONDS}

    def _read(self, body: Any, options: dict[str, Any]) -> tuple[dict[str, str], bytes | None]:
        """The headers, names in lower case, and the body as it will be sent, which from here on is these bytes."""
        headers = {name.lower(): value for name, value in options["headers"].items()}
        if body is None:
            return headers, b""
        try:
            serializer = self._inner.serializers.get_serializer(headers["content-type"])
            data = serializer.dumps(body)
            if serializer.dumps(data) == data:
                options["body"] = data
        except Exception:  # it is for the client to say what is wrong
            return headers, None
        return headers, data


class _SyncTransport(_Wrapped):
    """A ``Transport``."""

    def perform_request(self, method: str, target: str, **options: Any) -> Any:
        uri = locate(method, target)
        if uri is None or not isinstance(options.get("headers"), Mapping):
            return self._inner.perform_request(method, target, **options)
        if self._asks:
            self._ask(options)
        headers, data = self._read(options.get("body"), options)
        if not self._judge.allows(method, uri, headers, data):
            return _answer(self._inner)
        return self._inner.perform_request(method, target, **options)

    def _ask(self, options: Mapping[str, Any]) -> None:
        with self._lock:
            if self._asks:
                self._learnt(self._told(options))

    def _told(self, options: Mapping[str, Any]) -> object:
        try:
            _, body = self._inner.perform_request("GET", "/", **self._question(options))
            return body["version"]["number"]
        except Exception as error:  # the sender is not to suffer from it
            log_failure("the server could not be asked for its release", error)
            return None


class _AsyncTransport(_Wrapped):
    """An ``AsyncTransport``."""

    async def perform_request(self, method: str, target: str, **options: Any) -> Any:
        uri = locate(method, target)
        if uri is None or not isinstance(options.get("headers"), Mapping):
            return await self._inner.perform_request(method, target, **options)
        if self._asks:
            await self._ask(options)
        headers, data = self._read(options.get("body"), options)
        if not self._judge.allows(method, uri, headers, data):
            return _answer(self._inner)
        return await self._inner.perform_request(method, target, **options)

    async def _ask(self, options: Mapping[str, Any]) -> None:
        try:
            async with self._waiting:
                if self._asks:
                    self._learnt(await self._told(options))
        except RuntimeError as error:  # another event loop waits for the answer
            log_failure("the server could not be asked for its release", error)

    async def _told(self, options: Mapping[str, Any]) -> object:
        try:
            _, body = await self._inner.perform_request("GET", "/", **self._question(options))
            return body["version"]["number"]
        except Exception as error:  # the sender is not to suffer from it
            log_failure("the server could not be asked for its release", error)
            return None


def _answer(transport: Any) -> TransportApiResponse:
    """The answer to an event that was dropped."""
    nodes = list(transport.node_pool.all())
    node = nodes[0].config if nodes else NodeConfig("http", "localhost", 80)
    meta = ApiResponseMeta(
        status=dropped.STATUS, http_version="1.1", headers=HttpHeaders(dropped.HEADERS), duration=0.0, node=node
    )
    return TransportApiResponse(meta, json.loads(dropped.BODY))
