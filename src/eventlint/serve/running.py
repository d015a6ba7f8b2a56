"""Runs an endpoint on a port, with uvicorn."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, Unpack

import uvicorn

from eventlint.checker_options import CheckerOptions
from eventlint.errors import InputError
from eventlint.serve.access import is_loopback
from eventlint.serve.endpoint import Endpoint
from eventlint.serve.protocol import Protocol
from eventlint.serve.received import Received

GRACE = 3
"""How long requests in flight may take after a stop, in seconds."""
_KEEP_ALIVE = 75
_BACKLOG = 2048
_MOST_FILES = 65_536


class Server(uvicorn.Server):
    """A server that tells the endpoint to end its streams before it waits for requests in flight."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None], on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start
        self._on_stop = on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and report that the port is open."""
        await super().startup(sockets)
        if self.started:
            self._on_start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, and end the requests in flight."""
        self._on_stop()
        await super().shutdown(sockets)


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens on an address; a port of 0 is any free one.

    Raises:
        InputError: The address cannot be used.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, protocol)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
    except OSError as error:
        raise InputError(f"{host}:{port}: {error.strerror or error}") from error
    return found


def config_of(endpoint: Endpoint, certificate: str | None = None, key: str | None = None) -> uvicorn.Config:
    """The configuration of uvicorn. Nothing changes a request before it arrives, or adds headers to an answer.

    Raises:
        InputError: The certificate or the key cannot be used.
    """
    config = uvicorn.Config(
        endpoint,
        http=Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        backlog=_BACKLOG,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise InputError(f"{certificate}: {error.strerror or error}") from error
    return config


def allow_many_connections() -> None:
    """Raise the limit of open files of the process, which is often 1,024, as far as the system allows."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def url_of(listening: socket.socket, host: str, *, is_secure: bool = False) -> str:
    """The URL of an endpoint."""
    port = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if is_secure else 'http'}://{shown}:{port}"


class RunningEndpoint:
    """An endpoint on a port, in a thread; a context manager.

        >>> with RunningEndpoint(collections=["site"]) as server:
        ...     server.url.startswith("http://127.0.0.1:")
        True

    Attributes:
        endpoint: The endpoint.
        url: Where it is, such as ``http://127.0.0.1:40123``.
    """

    def __init__(
        self,
        endpoint: Endpoint | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        certificate: str | None = None,
        key: str | None = None,
        **options: Unpack[CheckerOptions],
    ) -> None:
        """Start an endpoint.

        Args:
            endpoint: The endpoint; by default, a new one.
            host: The address to listen on.
            port: The port; 0 is any free one.
            certificate: The file of a certificate in PEM format, for TLS.
            key: The file of its key.
            **options: The arguments of :class:`eventlint.Checker`, for a new endpoint.

        Raises:
            InputError: The address or the certificate cannot be used.
            UsageError: An argument is wrong.
        """
        self.endpoint = endpoint or Endpoint(is_local=is_loopback(host), **options)
        config = config_of(self.endpoint, certificate, key)
        self._socket = bind(host, port)
        self.url = url_of(self._socket, host, is_secure=certificate is not None)
        started = threading.Event()
        self._server = Server(config, started.set, self.endpoint.stop)
        self._thread = threading.Thread(target=self._run, name="eventlint-serve", daemon=True)
        self._thread.start()
        started.wait()

    def _run(self) -> None:
        self._server.run([self._socket])

    @property
    def events(self) -> list[Received]:
        """The events that arrived and are kept, oldest first."""
        return self.endpoint.store.events()

    def wait(self, count: int = 1, timeout: float = 5) -> list[Received]:
        """Wait until a number of events arrived.

        Args:
            count: The number of events that are kept.
            timeout: How long to wait, in seconds.

        Returns:
            The events.

        Raises:
            TimeoutError: There are fewer.
        """
        return self.endpoint.store.wait(count, timeout)

    @property
    def accepted(self) -> list[Received]:
        """The events that are stored."""
        return [event for event in self.events if event.verdict == "accepted"]

    def clear(self) -> None:
        """Forget the events."""
        self.endpoint.store.clear()

    def close(self) -> None:
        """Stop the endpoint, after the requests in flight."""
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def run(endpoint: Endpoint, listening: socket.socket, config: uvicorn.Config, on_start: Callable[[], Any]) -> None:
    """Serve until a signal ends it; ``on_start`` is called when the port is open."""
    allow_many_connections()
    Server(config, on_start, endpoint.stop).run([listening])
