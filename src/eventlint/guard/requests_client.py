"""Guards ``requests.Session``; it must not know what is wrong with an event.

A session's ``send`` gets a request that is final: its body is bytes, or something that is read while it is sent.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import urllib3
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter

from eventlint.guard import drop_result as dropped
from eventlint.guard.client_copy import alike
from eventlint.guard.core import Guard
from eventlint.guard.endpoint import locate


def guarded(client: Any, judge: Guard, asks: bool) -> Any:
    """A session like the one given, whose events are judged.

    Args:
        client: A ``requests.Session``.
        judge: What judges them.
        asks: Not used: nothing is known of the server.
    """
    kind: Any = type(client)

    def send(self: Any, request: PreparedRequest, **options: Any) -> Response:
        # What is no prepared request is for the library to refuse.
        uri = _uri(request) if isinstance(request, PreparedRequest) else None
        if uri is not None and request.method is not None:
            headers = {name.lower(): _text(value) for name, value in request.headers.items()}
            if not judge.allows(request.method, uri, headers, _content(request)):
                return _answer(request)
        response: Response = kind.send(self, request, **options)
        return response

    return alike(client, {"send": send})


def _uri(request: PreparedRequest) -> str | None:
    """The endpoint's part of the URI; None when it is another one."""
    if not request.url or not request.method:
        return None
    try:
        parts = urlsplit(request.url)
    except ValueError:  # it is for the library to say so
        return None
    return locate(request.method, f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _content(request: PreparedRequest) -> bytes | None:
    """The body as bytes; None when it is a stream that can be read only once."""
    body: Any = request.body
    if body is None:
        return b""
    if isinstance(body, str):
        # The older urllib3 leaves a text to the standard library, which sends Latin-1.
        encoding = "latin-1" if str(getattr(urllib3, "__version__", "")).startswith("1.") else "utf-8"
        try:
            return body.encode(encoding)
        except UnicodeEncodeError:
            return None
    return bytes(body) if isinstance(body, bytes | bytearray) else None


def _answer(request: PreparedRequest) -> Response:
    """The answer to an event that was dropped."""
    raw = urllib3.HTTPResponse(
        body=BytesIO(dropped.BODY), headers=dropped.HEADERS, status=dropped.STATUS, preload_content=False
    )
    response = HTTPAdapter().build_response(request, raw)
    response.elapsed = timedelta()
    return response
