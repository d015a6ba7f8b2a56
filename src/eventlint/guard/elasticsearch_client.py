"""Guards the official client, ``Elasticsearch`` and ``AsyncElasticsearch``.

The transport of a client gets the final target, headers and body of a request, and serializes the body. The guard wraps
the transport; the guarded client comes from the client's own ``options()`` and is of the same class.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import os
from collections.abc import Mapping
from threading import Lock
from typing import Any, NoReturn

from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig, TransportApiResponse

from eventlint.guard import drop_result as dropped
from eventlint.guard.client_copy import copy_with, not_picklable
from eventlint.guard.core import Guard
from eventlint.guard.endpoint import locate
from eventlint.guard.incident_log import log_failure
from eventlint.guard.release_choice import nearest

_SECONDS = 10.0
_NO_RELEASE = "the server could not be asked for its release"


def guarded(client: Any, guard: Guard, asks_release: bool) -> Any:
    """A copy of a client whose events are checked; ``asks_release`` asks the server for its release at first."""
    transport = client.transport
    is_async = inspect.iscoroutinefunction(transport.perform_request)
    wrapped = (_AsyncTransport if is_async else _SyncTransport)(transport, guard, asks_release)
    # options() passes the wrapped transport to the client that it creates.
    found = copy_with(client, {"transport": property(lambda self: wrapped)}).options()
    found.__class__ = type(client)
    return found


class _Wrapped:
    """A transport that checks events; it behaves like the original transport in all other respects."""

    _inner: Any
    _guard: Guard
    _asks_release: bool
    _locks: dict[int, Lock]
    _async_locks: dict[int, asyncio.Lock]

    def __init__(self, inner: Any, guard: Guard, asks_release: bool) -> None:
        put = object.__setattr__
        put(self, "_inner", inner)
        put(self, "_guard", guard)
        put(self, "_asks_release", asks_release)
        # By process: a thread of the parent process may have held the lock when the process was forked.
        put(self, "_locks", {})
        put(self, "_async_locks", {})

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._inner, name, value)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        not_picklable(self, protocol)

    # isinstance() gives the same result as for the original transport.
    __class__ = property(lambda self: type(self._inner))  # pyright: ignore[reportIncompatibleMethodOverride]

    def _use_release(self, response: Any) -> None:
        """Check for the release in the server's response; None if there is no response."""
        reported = None
        try:
            reported = None if response is None else response[1]["version"]["number"]
        except Exception as error:
            log_failure(_NO_RELEASE, error=error)
        object.__setattr__(self, "_guard", self._guard.with_release(nearest(reported)))
        object.__setattr__(self, "_asks_release", False)

    def _question(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """The options of the request for the release: the credentials of the event, and no retry."""
        headers = {name: value for name, value in options["headers"].items() if name.lower() != "content-type"}
        return {"headers": headers, "max_retries": 0, "request_timeout": _SECONDS}

    def _allows(self, method: str, uri: str, options: dict[str, Any]) -> bool:
        """Whether to send an event. From here on, the body is the bytes that were checked."""
        headers = {name.lower(): value for name, value in options["headers"].items()}
        body, data = options.get("body"), None
        try:
            if body is not None:
                serializer = self._inner.serializers.get_serializer(headers["content-type"])
                data = serializer.dumps(body)
                if serializer.dumps(data) == data:
                    options["body"] = data
        except Exception:  # the client itself reports the error
            data = None
        return self._guard.allows(method, uri, headers, b"" if body is None else data)


class _SyncTransport(_Wrapped):
    """A ``Transport``."""

    def perform_request(self, method: str, target: str, **options: Any) -> Any:
        uri = _event_uri(method, target, options)
        if uri is not None:
            if self._asks_release:
                self._ask(options)
            if not self._allows(method, uri, options):
                return _response(self._inner)
        return self._inner.perform_request(method, target, **options)

    def _ask(self, options: Mapping[str, Any]) -> None:
        with self._locks.setdefault(os.getpid(), Lock()):
            if self._asks_release:
                response = None
                try:
                    response = self._inner.perform_request("GET", "/", **self._question(options))
                except Exception as error:  # the failure must not stop the sender
                    log_failure(_NO_RELEASE, error=error)
                self._use_release(response)


class _AsyncTransport(_Wrapped):
    """An ``AsyncTransport``."""

    async def perform_request(self, method: str, target: str, **options: Any) -> Any:
        uri = _event_uri(method, target, options)
        if uri is not None:
            if self._asks_release:
                await self._ask(options)
            if not self._allows(method, uri, options):
                return _response(self._inner)
        return await self._inner.perform_request(method, target, **options)

    async def _ask(self, options: Mapping[str, Any]) -> None:
        try:
            async with self._async_locks.setdefault(os.getpid(), asyncio.Lock()):
                if self._asks_release:
                    response = None
                    try:
                        response = await self._inner.perform_request("GET", "/", **self._question(options))
                    except Exception as error:  # the failure must not stop the sender
                        log_failure(_NO_RELEASE, error=error)
                    self._use_release(response)
        except RuntimeError as error:  # another event loop holds the lock
            log_failure(_NO_RELEASE, error=error)


def _event_uri(method: str, target: str, options: Mapping[str, Any]) -> str | None:
    """The part of the target that names the endpoint; None if the request sends no event."""
    return locate(method, target) if isinstance(options.get("headers"), Mapping) else None


def _response(transport: Any) -> TransportApiResponse:
    """The response to a dropped event."""
    nodes = list(transport.node_pool.all())
    node = nodes[0].config if nodes else NodeConfig("http", "localhost", 80)
    meta = ApiResponseMeta(
        status=dropped.STATUS, http_version="1.1", headers=HttpHeaders(dropped.HEADERS), duration=0.0, node=node
    )
    return TransportApiResponse(meta, json.loads(dropped.BODY))
