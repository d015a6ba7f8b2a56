"""The JSON API at ``/_eventlint``, for tests and for the page: the events that arrived, and checks of others."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
import math
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from eventlint._version import __version__
from eventlint.errors import UsageError
from eventlint.serve.http import BodyTooLargeError, read_body
from eventlint.serve.playground import check_payload
from eventlint.serve.received import VERDICTS, Received
from eventlint.serve.store import Change, Query
from eventlint.spec import catalog, event_types
from eventlint.tiers import TIERS

if TYPE_CHECKING:
    from eventlint.serve.endpoint import Endpoint

PREFIX = "/_eventlint"
_LONGEST_WAIT = 600.0
_WAIT = 5.0
_SILENCE = 15.0
"""After how many seconds without an event a stream sends a comment, so that nothing closes it."""
_BACKLOG = 1000
"""How many events a slow reader of the stream may be behind. Then the stream ends, and the reader starts a new one."""


class BadRequestError(ValueError):
    """A request to the API that is wrong; the text is shown."""


def api_for(endpoint: Endpoint, routes: Iterable[Route] = ()) -> Starlette:
    """The application that answers requests below ``/_eventlint``, with more routes."""
    api = _Api(endpoint)
    return Starlette(
        routes=[
            Route(f"{PREFIX}/events", api.events, methods=["GET"]),
            Route(f"{PREFIX}/events", api.clear, methods=["DELETE"]),
            Route(f"{PREFIX}/events/{{id}}", api.event, methods=["GET"]),
            Route(f"{PREFIX}/wait", api.wait, methods=["GET"]),
            Route(f"{PREFIX}/stream", api.stream, methods=["GET"]),
            Route(f"{PREFIX}/counts", api.counts, methods=["GET"]),
            Route(f"{PREFIX}/info", api.info, methods=["GET"]),
            Route(f"{PREFIX}/releases", api.releases, methods=["GET"]),
            Route(f"{PREFIX}/check", api.check, methods=["POST"]),
            Route(f"{PREFIX}/openapi.json", api.openapi, methods=["GET"]),
            *routes,
        ],
        exception_handlers={BadRequestError: _bad_request},
    )


def as_json(document: object, status: int = 200) -> Response:
    """A response in JSON. It is ASCII, because a string of an event may have half of a surrogate pair."""
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(json.dumps(document).encode(), status, headers, "application/json")


async def _bad_request(request: HttpRequest, error: Exception) -> Response:
    return as_json({"error": str(error)}, 400)


class _Api:
    """The functions that answer requests."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._store = endpoint.store
        self._newest = (0, b"")

    async def events(self, request: HttpRequest) -> Response:
        """The events that are kept."""
        query, is_redacted = _query(request), _flag(request, "redacted")
        limit = _integer(request, "limit", 0)
        events = self._store.events(query)
        return as_json(self._document(events[-limit:] if limit else events, is_redacted=is_redacted))

    def _document(self, events: list[Received], *, is_redacted: bool) -> dict[str, Any]:
        return {
            "events": [event.to_dict(is_redacted=is_redacted) for event in events],
            "last_id": self._store.last_id,
        }

    async def event(self, request: HttpRequest) -> Response:
        """One event."""
        text = request.path_params["id"]
        event = self._store.get(int(text)) if text.isascii() and text.isdigit() and len(text) < 16 else None
        if event is None:
            return as_json({"error": f"there is no event {text[:20]}, or it is no longer kept"}, 404)
        return as_json(event.to_dict(is_redacted=_flag(request, "redacted")))

    async def clear(self, request: HttpRequest) -> Response:
        """Delete all events."""
        return as_json({"deleted": self._store.clear()})

    async def wait(self, request: HttpRequest) -> Response:
        """Wait until a number of events arrived."""
        query, is_redacted = _query(request), _flag(request, "redacted")
        count = _integer(request, "count", 1)
        timeout = _seconds(request, "timeout", _WAIT)
        changed = asyncio.Event()
        loop = asyncio.get_running_loop()
        is_stopped = False
        matching = 0

        def on_change(change: Received | Change) -> None:
            nonlocal is_stopped, matching
            if isinstance(change, Received):
                matching += query.selects(change)
                if matching < count:
                    return
            elif change is Change.CLEARED:
                matching = 0
                return
            else:
                is_stopped = True
            loop.call_soon_threadsafe(changed.set)

        stop = self._store.listen(on_change)
        try:
            async with asyncio.timeout(timeout):
                while len(events := self._store.events(query)) < count and not is_stopped:
                    matching = len(events)  # old events may be dropped, so this is counted again when there are enough
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            events = self._store.events(query)
        finally:
            stop()
        document = self._document(events, is_redacted=is_redacted)
        return as_json({**document, "timed_out": len(events) < count})

    async def stream(self, request: HttpRequest) -> Response:
        """The events as they arrive, redacted, as server-sent events."""
        last = request.headers.get("last-event-id", "")
        query = _query(request)
        if last.isascii() and last.isdigit():
            query = query._replace(after=int(last))
        elif "after" not in request.query_params:
            query = query._replace(after=self._store.last_id)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._messages(query), headers=headers, media_type="text/event-stream")

    async def _messages(self, query: Query) -> AsyncIterator[bytes]:
        waiting: asyncio.Queue[int | Change] = asyncio.Queue(_BACKLOG)
        loop = asyncio.get_running_loop()
        is_behind = False

        def put(change: int | Change) -> None:
            nonlocal is_behind
            try:
                waiting.put_nowait(change)
            except asyncio.QueueFull:
                is_behind = True

        def on_change(change: Received | Change) -> None:
            # Only the ID waits, so that a slow reader does not keep events that the store has dropped.
            loop.call_soon_threadsafe(put, change if isinstance(change, Change) else change.id)

        stop = self._store.listen(on_change)
        try:
            yield b"retry: 1000\n\n"
            for event in self._store.events(query):
                yield self._message(event)
                query = query._replace(after=event.id)
            while not is_behind:
                try:
                    async with asyncio.timeout(_SILENCE):
                        change = await waiting.get()
                except TimeoutError:
                    yield b": no event\n\n"
                    continue
                if change is Change.STOPPED:
                    return
                if isinstance(change, Change):
                    yield b"event: cleared\ndata: {}\n\n"
                elif (added := self._store.get(change)) is not None and query.selects(added):
                    yield self._message(added)
        finally:
            stop()

    def _message(self, event: Received) -> bytes:
        """The message for an event; all streams send the same one."""
        number, message = self._newest
        if number != event.id:
            text = json.dumps(event.to_dict(is_redacted=True))
            message = f"event: event\nid: {event.id}\ndata: {text}\n\n".encode()
            self._newest = event.id, message
        return message

    async def counts(self, request: HttpRequest) -> Response:
        """How many events arrived, by verdict, type, collection, rule and minute."""
        return as_json(self._store.counts())

    async def info(self, request: HttpRequest) -> Response:
        """The settings of the endpoint."""
        endpoint = self._endpoint
        contract = endpoint.judge.checker().contract
        return as_json(
            {
                "eventlint": __version__,
                "release": endpoint.judge.release.name,
                "era": endpoint.judge.release.era.name,
                "collections": endpoint.collections.names,
                "all_collections_exist": endpoint.collections.is_open,
                "event_types": list(endpoint.judge.release.era.events),
                "verdicts": list(VERDICTS),
                "tiers": list(TIERS),
                "contract": contract is not None,
                "forwards": endpoint.forwards_to,
                "records": endpoint.records,
                "keep": self._store.most,
                "max_body": endpoint.max_body,
            }
        )

    async def releases(self, request: HttpRequest) -> Response:
        """The releases that are known, by era, oldest first."""
        known = catalog()
        eras = [
            {"name": era.name, "releases": list(era.releases), "span": era.span, "event_types": list(era.events)}
            for era in known.eras
        ]
        traits = [
            {"name": trait.name, "title": trait.title, "eras": [e.name for e in known.eras if trait.name in e.traits]}
            for trait in known.traits.values()
        ]
        latest = known.release("latest").name
        return as_json({"latest": latest, "current": self._endpoint.judge.release.name, "eras": eras, "traits": traits})

    async def check(self, request: HttpRequest) -> Response:
        """Check an event, for one release and for all eras; nothing is kept."""
        try:
            body = await read_body(request.scope, request.receive, self._endpoint.max_body)
        except BodyTooLargeError:
            return as_json({"error": f"the body has more than {self._endpoint.max_body} bytes"}, 413)
        asked = _object(body)
        event_type = asked.get("event_type")
        if event_type not in event_types():
            raise BadRequestError(f"event_type must be one of {', '.join(event_types())}")
        release, collection = asked.get("release", self._endpoint.judge.release.asked), asked.get("collection", "site")
        if not isinstance(release, str) or not isinstance(collection, str):
            raise BadRequestError("release and collection must be strings")
        try:
            document = await asyncio.to_thread(
                check_payload,
                self._endpoint.judge,
                _payload(asked),
                event_type,
                release,
                collection,
                is_redacted=_flag(request, "redacted"),
            )
        except UsageError as error:
            raise BadRequestError(str(error)) from error
        return as_json(document)

    async def openapi(self, request: HttpRequest) -> Response:
        """The description of this API."""
        from eventlint.serve.openapi import document

        return as_json(document())


def _query(request: HttpRequest) -> Query:
    parameters = request.query_params
    verdict, tier = parameters.get("verdict"), parameters.get("tier")
    for name, value, known in (("verdict", verdict, VERDICTS), ("tier", tier, TIERS)):
        if value is not None and value not in known:
            raise BadRequestError(f"{name} must be one of {', '.join(known)}")
    return Query(
        after=_integer(request, "after", 0),
        verdict=verdict,
        event_type=parameters.get("type"),
        collection=parameters.get("collection"),
        rule=parameters.get("rule"),
        tier=tier,
    )


def _integer(request: HttpRequest, name: str, default: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadRequestError(f"{name} must be a whole number")
    return int(text)


def _seconds(request: HttpRequest, name: str, default: float) -> float:
    text = request.query_params.get(name)
    try:
        value = default if text is None else float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= _LONGEST_WAIT:
        raise BadRequestError(f"{name} must be a number of seconds, at most {_LONGEST_WAIT:g}")
    return value


def _flag(request: HttpRequest, name: str) -> bool:
    text = request.query_params.get(name, "false")
    if text not in ("", "true", "false"):
        raise BadRequestError(f"{name} must be true or false")
    return text != "false"


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequestError("the body is not JSON") from error
    if not isinstance(found, dict):
        raise BadRequestError("the body must be an object")
    return found


def _payload(asked: dict[str, Any]) -> bytes:
    """The payload to check: ``body`` is its text, ``body_base64`` its bytes, ``payload`` any JSON value."""
    given = [name for name in ("payload", "body", "body_base64") if name in asked]
    if len(given) != 1:
        raise BadRequestError("pass one of payload, body, and body_base64")
    value = asked[given[0]]
    if given[0] == "payload" and not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    if not isinstance(value, str):
        raise BadRequestError(f"{given[0]} must be a string")
    if given[0] != "body_base64":
        return value.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadRequestError("body_base64 is not Base64") from error
