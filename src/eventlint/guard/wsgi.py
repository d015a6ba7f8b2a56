"""A guard for services that speak WSGI; it must not know what is wrong with an event, nor any framework."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

from eventlint.guard.counters import Counters
from eventlint.guard.endpoint import ENDPOINT
from eventlint.guard.policy import Policy
from eventlint.guard.service import MAX_BYTES, PIECE, Service
from eventlint.model import Answer
from eventlint.rules.own import Contract

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]


class WsgiGuard:
    """A WSGI application that answers events which the server would refuse, and hands all else to another."""

    def __init__(
        self,
        app: App,
        *,
        prefix: str = ENDPOINT,
        max_bytes: int = MAX_BYTES,
        policy: Policy | None = None,
        release: str = "latest",
        collections: Iterable[str] | None = None,
        contract: Contract | None = None,
        counters: Counters | None = None,
    ) -> None:
        """Stand before an application.

        Args:
            app: The application.
            prefix: What stands before ``/COLLECTION/event/TYPE`` in the path, below the application's root.
            max_bytes: How long a body may be, in bytes; a longer one is answered with 413.
            policy: What to do for findings. ``raise`` answers in the server's words, ``drop`` as if it were taken.
            release: The server's release, a minor, or ``latest``.
            collections: The names of the collections that exist; None when every legal name does.
            contract: A contract of one's own that events should fit besides, from :func:`eventlint.load_contract`.
            counters: Where to count; None is counters of its own.

        Raises:
            UsageError: There is no such release, or the limit is not positive.
        """
        self.app = app
        self.service = Service(
            prefix=prefix,
            max_bytes=max_bytes,
            policy=policy,
            release=release,
            collections=collections,
            contract=contract,
            counters=counters,
        )

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or hand it on."""
        method = environ["REQUEST_METHOD"]
        # WSGI gives the path without its escapes; they are put back.
        path = quote(environ.get("PATH_INFO", "").encode("latin-1", "replace"))
        uri = self.service.target(method, path, environ.get("QUERY_STRING", ""))
        if uri is None:
            return self.app(environ, start_response)
        if _is_endless(environ):
            self.service.guard.skip()
            return self.app(environ, start_response)
        body = self._read(environ)
        if body is None:
            return _respond(start_response, self.service.too_long())
        environ["wsgi.input"] = BytesIO(body)
        answer = self.service.answer(method, uri, _headers(environ), body)
        return self.app(environ, start_response) if answer is None else _respond(start_response, answer)

    def _read(self, environ: Environ) -> bytes | None:
        """The body; None when it is longer than it may be. A body of unknown length is read where it has an end."""
        promised = environ.get("CONTENT_LENGTH") or ""
        limit = self.service.max_bytes
        if promised.isascii() and promised.isdigit():
            wanted = int(promised.lstrip("0")[:20] or 0)
            if wanted > limit:
                return None
        elif environ.get("wsgi.input_terminated"):
            wanted = limit + 1
        else:
            wanted = 0
        pieces: list[bytes] = []
        while wanted > 0:
            piece = environ["wsgi.input"].read(min(wanted, PIECE))
            if not piece:
                break
            pieces.append(piece)
            wanted -= len(piece)
        body = b"".join(pieces)
        return None if len(body) > limit else body


def _is_endless(environ: Environ) -> bool:
    """Whether there is a body of which nobody knows where it ends, so that it cannot be read here."""
    ends = environ.get("CONTENT_LENGTH") or environ.get("wsgi.input_terminated")
    return not ends and "HTTP_TRANSFER_ENCODING" in environ


def _headers(environ: Environ) -> dict[str, str]:
    found = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            found[name.replace("_", "-").lower()] = environ[name]
    return found


def _respond(start_response: StartResponse, answer: Answer) -> Iterable[bytes]:
    headers = [(name, value) for name, value in answer.headers.items() if name.lower() != "content-length"]
    headers.append(("Content-Length", str(len(answer.body))))
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
    return [answer.body]
