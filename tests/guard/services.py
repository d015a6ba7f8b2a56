"""Services behind the guards for ASGI and WSGI, for tests."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from eventlint.guard import AsgiGuard, WsgiGuard
from tests.guard.conftest import PATH
from tests.guard.samples import BAD, PLAIN

TARGET = f"{PATH}search"
JSON = {"content-type": "application/json"}
GOOD_BODY = json.dumps(PLAIN).encode()
BAD_BODY = json.dumps(BAD).encode()


@dataclass
class Outcome:
    """The answer of a service, and the bodies that its application received."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    passed: list[bytes] = field(default_factory=list)
    read: int = 0


def asgi(
    body: Iterable[bytes] = (BAD_BODY,),
    *,
    method: str = "POST",
    path: str = TARGET,
    query: str = "",
    headers: dict[str, str] = JSON,
    scope: dict[str, Any] | None = None,
    gone: bool = False,
    **options: Any,
) -> Outcome:
    """Send a request through the ASGI guard; the body comes in chunks."""
    outcome = Outcome()
    pieces = list(body) or [b""]
    incoming: list[dict[str, Any]] = [
        {"type": "http.request", "body": piece, "more_body": number < len(pieces) - 1 or gone}
        for number, piece in enumerate(pieces)
    ]
    incoming.append({"type": "http.disconnect"})

    async def receive() -> dict[str, Any]:
        outcome.read += 1
        return incoming.pop(0)

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            outcome.status = message["status"]
            outcome.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            outcome.body += message.get("body", b"")

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            got, more = b"", True
            while more:
                message = await receive()
                got, more = got + message.get("body", b""), message.get("more_body", False)
            outcome.passed.append(got)
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b"app"})

    whole: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        **(scope or {}),
    }
    asyncio.run(AsgiGuard(app, **options)(whole, receive, send))
    return outcome


def wsgi(
    body: Iterable[bytes] = (BAD_BODY,),
    *,
    method: str = "POST",
    path: str = TARGET,
    query: str = "",
    headers: dict[str, str] = JSON,
    environ: dict[str, Any] | None = None,
    **options: Any,
) -> Outcome:
    """Send a request through the WSGI guard, between two validators of the standard library."""
    outcome = Outcome()
    data = b"".join(body)
    whole: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": ""}
    whole |= {"CONTENT_LENGTH": str(len(data)), "wsgi.input": io.BytesIO(data)}
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        whole[key if key.startswith("CONTENT_") and key != "CONTENT_ENCODING" else f"HTTP_{key}"] = value
    whole |= environ or {}
    setup_testing_defaults(whole)
    whole = {name: value for name, value in whole.items() if value is not None}

    def app(environ: Any, start_response: Any) -> Iterable[bytes]:
        outcome.passed.append(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 1 << 20)))
        start_response("299 Custom", [("Content-Type", "text/plain")])
        return [b"app"]

    def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
        outcome.status = int(status.split()[0])
        outcome.headers = {name.lower(): value for name, value in headers}
        return lambda data: None

    inner: Any = WsgiGuard(validator(app), **options)
    answer = validator(inner)(whole, start)
    outcome.body = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]
    return outcome


both = pytest.mark.parametrize("call", [asgi, wsgi])
Call = Callable[..., Outcome]
