"""Guards ``requests.Session``.

The method ``send`` of a session gets the final request: its body is bytes, or a stream that is read while it is sent.
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
from eventlint.guard.client_copy import copy_with
from eventlint.guard.core import Guard
from eventlint.guard.endpoint import locate


def guarded(client: Any, guard: Guard, asks_release: bool) -> Any:
    """A copy of a ``requests.Session`` whose events are checked. ``asks_release`` is not used."""
    kind: Any = type(client)

    def send(self: Any, request: PreparedRequest, **options: Any) -> Response:
        # The library itself rejects anything else than a prepared request.
        uri = _uri(request) if isinstance(request, PreparedRequest) else None
        if uri is not None and request.method is not None:
            headers = {name.lower(): _string(value) for name, value in request.headers.items()}
            if not guard.allows(request.method, uri, headers, _content(request)):
                return _response(request)
        response: Response = kind.send(self, request, **options)
        return response

    def reduced(self: Any, protocol: object) -> tuple[Any, ...]:
        return _restored, (kind, self.__getstate__(), guard)

    return copy_with(client, {"send": send, "__reduce_ex__": reduced})


def _restored(kind: Any, state: Any, guard: Guard) -> Any:
    """A guarded session after pickling. The library pickles a part of a session's attributes."""
    session = kind.__new__(kind)
    session.__setstate__(state)
    return guarded(session, guard, asks_release=False)


def _uri(request: PreparedRequest) -> str | None:
    """The part of the URI that names the endpoint; None for any other path."""
    if not request.url or not request.method:
        return None
    try:
        parts = urlsplit(request.url)
    except ValueError:  # the library itself rejects the URL
        return None
    return locate(request.method, f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _string(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _content(request: PreparedRequest) -> bytes | None:
    """The body as bytes; None if it is a stream that can be read only once."""
    body: Any = request.body
    if body is None:
        return b""
    if isinstance(body, str):
        # urllib3 1.x leaves a string to the standard library, which sends Latin-1.
        encoding = "latin-1" if str(getattr(urllib3, "__version__", "")).startswith("1.") else "utf-8"
        try:
            return body.encode(encoding)
        except UnicodeEncodeError:
            return None
    return bytes(body) if isinstance(body, bytes | bytearray) else None


def _response(request: PreparedRequest) -> Response:
    """The response to a dropped event."""
    raw = urllib3.HTTPResponse(
        body=BytesIO(dropped.BODY), headers=dropped.HEADERS, status=dropped.STATUS, preload_content=False
    )
    response = HTTPAdapter().build_response(request, raw)
    response.elapsed = timedelta()
    return response
