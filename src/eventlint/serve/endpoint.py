"""The ASGI application: answers every request as the server does, and keeps the events that arrive."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Unpack
from urllib.parse import unquote

from anyio import to_thread

from eventlint.arguments import instance, integer, string
from eventlint.checker import Checker
from eventlint.checker_options import CheckerOptions
from eventlint.errors import UsageError
from eventlint.mirror.content_encoding import MAX_BODY, TooLargeError, UnreadableError, decompressed
from eventlint.mirror.headers import Headers
from eventlint.mirror.plain_answer import UNKNOWN_BUILD
from eventlint.mirror.server import rendered
from eventlint.model import Answer, Request
from eventlint.serve.access import ApiKey, Cors, HostNames
from eventlint.serve.collections import Collections
from eventlint.serve.http import (
    BodyTooLargeError,
    ClientGoneError,
    Message,
    Receive,
    Scope,
    Send,
    first,
    header_lines,
    read_body,
    request_of,
    send_answer,
    target,
    without_parameter,
)
from eventlint.serve.judge import TOO_LARGE, Judge, Target, event_target
from eventlint.serve.other_apis import OtherApis
from eventlint.serve.received import Received
from eventlint.serve.store import KEPT, Store

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from eventlint.serve.forwarding import Forwarder
    from eventlint.serve.recording import Recording

PREFIX = "/_eventlint"
"""The path of the page and its API."""

IGNORED = ("local-url",)
"""The rules that are ignored unless others are selected: pages under development are on this machine."""

_LARGE = 64 * 1024
"""From this size of a body on, a thread judges the event, so that other requests do not wait."""


class Endpoint:
    """An ASGI application that answers as the server does.

    Attributes:
        store: The events that arrived.
        collections: The collections that exist.
        judge: Judges events.
        cors: Which origins may do what.
        max_body: The limit of a body, in bytes.
        records: Whether events are written to a file.
        forwards_to: The server that also gets the events; None if none does.
    """

    def __init__(
        self,
        *,
        checker: Checker | None = None,
        cors_origins: Iterable[str] | None = None,
        allowed_hosts: Iterable[str] = (),
        api_key: str | None = None,
        max_body: int = MAX_BODY,
        keep: int = KEPT,
        build_hash: str = UNKNOWN_BUILD,
        recording: Recording | None = None,
        forwarder: Forwarder | None = None,
        on_event: Callable[[Received], None] | None = None,
        is_local: bool = True,
        **options: Unpack[CheckerOptions],
    ) -> None:
        """Choose the release and the settings.

        Args:
            checker: What to check for. By default, the newest release.
            cors_origins: The origins of pages that may send events and read what arrived; ``*`` is all. By default, all
                may send events, and those on this machine may read.
            allowed_hosts: More names of this host that the page and its API answer to.
            api_key: The API key that requests must have, as clients send it or as ``ID:KEY``. By default, none.
            max_body: The limit of a body, compressed or not, in bytes. A longer body is answered with 413.
            keep: How many events are kept.
            build_hash: The hash of the server's build.
            recording: Where to write events.
            forwarder: A server that also gets the events.
            on_event: Called with each event that arrives.
            is_local: Whether only this machine reaches the endpoint. Otherwise, ``cors_origins`` are none by default.
            **options: The arguments of :class:`eventlint.Checker`, instead of ``checker``. Without ``select`` and
                ``ignore``, the rule ``local-url`` is ignored.

        Raises:
            UsageError: An argument is wrong.
            InputError: The contract cannot be read.
            SchemaError: The contract is unusable.
        """
        if checker is not None:
            options = _options_of(instance("checker", checker, Checker), options)
        elif "select" not in options and "ignore" not in options:
            options = {**options, "ignore": IGNORED}
        if integer("max_body", max_body) < 1 or integer("keep", keep) < 1:
            raise UsageError("max_body and keep must be positive")
        self.collections = Collections(options.get("collections"))
        self.judge = Judge(
            options.get("release", "latest"), self.collections, string("build_hash", build_hash), options
        )
        self.store = Store(keep)
        self.max_body = max_body
        self.cors = Cors(cors_origins or (), is_open=is_local and cors_origins is None)
        self.hosts = HostNames(allowed_hosts)
        self._api_key = None if api_key is None else ApiKey(string("api_key", api_key))
        self.records = recording is not None
        self.forwards_to = None if forwarder is None else forwarder.shown_url
        self._recording = recording
        self._forwarder = forwarder
        self._on_event = on_event
        self._others = OtherApis(self.judge, self.collections, self.store)
        self._api: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            try:
                await self._respond(scope, receive, send)
            except ClientGoneError:
                return
        else:
            await send({"type": "websocket.close", "code": 1000})

    def stop(self) -> None:
        """End all streams, so that a server can stop."""
        self.store.stop()

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        uri = target(scope)
        lines = header_lines(scope)
        path = uri.partition("?")[0]
        is_page = path == PREFIX or path.startswith(f"{PREFIX}/")
        method = first(lines, "access-control-request-method") if scope["method"] == "OPTIONS" else scope["method"]
        is_private = is_page or (event_target(uri) is None and OtherApis.is_private(method or "", path))
        preflight = self.cors.preflight(Headers(lines), is_private=is_private) if scope["method"] == "OPTIONS" else None
        if preflight is not None:
            await send_answer(scope, send, preflight)
            return
        more = list(self.cors.headers(first(lines, "origin"), is_private=is_private).items())
        refusal = self._refusal(scope["method"], lines) if is_private else None
        if refusal is not None:
            await send_answer(scope, send, _plain(403, f"eventlint: {refusal}\n"), more)
            return
        if is_page:
            await self._respond_for_page(scope, receive, send, uri, more)
            return
        answer, rest = await self._answer(scope, receive, uri, lines)
        await send_answer(scope, send, answer, [*more, *rest])

    async def _answer(
        self, scope: Scope, receive: Receive, uri: str, lines: list[tuple[str, str]]
    ) -> tuple[Answer, list[tuple[str, str]]]:
        """The answer to a request, and its headers that may be repeated or are not the server's."""
        if self._api_key is not None and scope["method"] != "OPTIONS":
            status, document, challenges = self._api_key.refusal(Headers(lines), uri)
            if status:
                request = request_of(scope, uri, lines, b"")
                return rendered(status, document, self._others.examine(request), request), challenges
        uri, wants_findings = without_parameter(uri)
        found = None if scope["method"] == "OPTIONS" else event_target(uri)
        try:
            request = request_of(scope, uri, lines, await read_body(scope, receive, self.max_body))
        except BodyTooLargeError:
            if found is None:
                return TOO_LARGE, []
            event = self._keep(self.judge.too_large(request_of(scope, uri, lines, b""), found, _now(), self.max_body))
        else:
            if found is None:
                return self._others.respond(request, scope), []
            event = await self._receive_event(request, found, _peer(scope))
        if not wants_findings:
            return event.sent, []
        return event.sent, [("X-Eventlint-Findings", str(len(event.findings))), ("X-Eventlint-Id", str(event.id))]

    async def _receive_event(self, request: Request, found: Target, peer: str) -> Received:
        """Judge, forward, and keep an event."""
        now = _now()
        if len(request.body) < _LARGE:
            event = self._judge(request, found, peer, now)
        else:
            event = await to_thread.run_sync(self._judge, request, found, peer, now)
        if self._forwarder is not None:
            event = await self._forwarder.forward(request, event)
        return self._keep(event)

    def _keep(self, event: Received) -> Received:
        """Keep, record, and show an event; returns it with its ID."""
        self.store.add(event)
        if event.verdict in ("accepted", "lost") and event.collection is not None:
            self.collections.use(event.collection)
        if self._recording is not None:
            self._recording.add(event)
        if self._on_event is not None:
            self._on_event(event)
        return event

    def _judge(self, request: Request, found: Target, peer: str, now: int) -> Received:
        if self._is_too_large(request):
            return self.judge.too_large(request, found, now, self.max_body)
        return self.judge.judge(request, found, peer, now)

    def _is_too_large(self, request: Request) -> bool:
        """Whether a body is larger than the limit without its content encoding."""
        if self.max_body >= MAX_BODY:  # the mirror has this limit itself
            return False
        encoding = Headers(request.headers).first("Content-Encoding")
        if encoding is None:
            return False
        try:
            decompressed(request.body, encoding, self.max_body)
        except TooLargeError:
            return True
        except UnreadableError:
            pass
        return False

    def _refusal(self, method: str, lines: list[tuple[str, str]]) -> str | None:
        """Why a page of a browser may not do what is private; None if it may, or if the client is another program."""
        origin, host = first(lines, "origin"), first(lines, "host")
        if not self.hosts.allows(host):
            return "unknown name of the host; allow it with --allowed-host"
        if origin is None or method in ("GET", "HEAD", "OPTIONS"):
            return None
        if origin.partition("://")[2] == host or self.cors.may_read(origin):
            return None
        return "this origin may not do this; allow it with --cors-origin"

    async def _respond_for_page(
        self, scope: Scope, receive: Receive, send: Send, uri: str, more: list[tuple[str, str]]
    ) -> None:
        """Answer a request to the page or its API."""
        from eventlint.serve.api import api_for
        from eventlint.serve.page_files import page_routes

        if self._api is None:
            self._api = api_for(self, page_routes(PREFIX))
        await _respond_through(self._api, scope, receive, send, uri, more)


async def _respond_through(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, uri: str, more: list[tuple[str, str]]
) -> None:
    """Let an application answer a request, and add headers to its answer."""
    path, _, query = uri.partition("?")
    added = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in more]

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *added]
        await send(message)

    inner = {**scope, "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(), "root_path": ""}
    await app(inner, receive, send_with_headers)


def _plain(status: int, message: str) -> Answer:
    return Answer(status=status, headers={"Content-Type": "text/plain; charset=UTF-8"}, body=message.encode())


def _now() -> int:
    return time.time_ns() // 1_000_000


def _peer(scope: Scope) -> str:
    """The address of the client, without the zone of an IPv6 address."""
    client = scope.get("client")
    return str(client[0]).partition("%")[0] if client else "127.0.0.1"


def _options_of(checker: Checker, options: CheckerOptions) -> CheckerOptions:
    """The arguments that a checker was made with.

    Raises:
        UsageError: There are other options, too.
    """
    if options:
        raise UsageError(f"pass either checker or {', '.join(options)}, not both")
    return {
        "release": checker.release.asked,
        "collections": checker.collections,
        "contract": checker.contract,
        "select": checker.select,
        "ignore": checker.ignore,
    }


async def _lifespan(receive: Receive, send: Send) -> None:
    """Answer the messages about the start and the end of a server."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
