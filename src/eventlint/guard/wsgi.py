"""A guard for WSGI applications."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from typing import Any

from eventlint.guard.service import ServiceGuard, declared_length, response_headers
from eventlint.model import Answer

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

_CHUNK = 1 << 16


class WsgiGuard(ServiceGuard[App]):
    """A WSGI application that answers events that the server would reject, and passes all else to another one."""

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or pass it on."""
        method = environ["REQUEST_METHOD"]
        path = environ.get("PATH_INFO", "").encode("latin-1", "replace")  # bytes, as characters
        uri = self._uri(method, path, environ.get("QUERY_STRING", ""))
        if uri is None:
            return self.app(environ, start_response)
        if _is_endless(environ):
            self.guard.skip()
            return self.app(environ, start_response)
        body = self._read(environ)
        if body is None:
            return _respond(start_response, self._too_long())
        environ["wsgi.input"] = BytesIO(body)
        answer = self._answer(method, uri, _headers(environ), body)
        return self.app(environ, start_response) if answer is None else _respond(start_response, answer)

    def _read(self, environ: Environ) -> bytes | None:
        """The body; None if it is longer than the limit. A body of unknown length is read only if its end is known."""
        wanted = declared_length(environ.get("CONTENT_LENGTH"))
        if wanted is None:
            wanted = self.max_bytes + 1 if environ.get("wsgi.input_terminated") else 0
        elif wanted > self.max_bytes:
            return None
        chunks: list[bytes] = []
        while wanted > 0:
            chunk = environ["wsgi.input"].read(min(wanted, _CHUNK))
            if not chunk:
                break
            chunks.append(chunk)
            wanted -= len(chunk)
        body = b"".join(chunks)
        return None if len(body) > self.max_bytes else body


def _is_endless(environ: Environ) -> bool:
    """Whether the end of the body is unknown, so that it cannot be read here."""
    has_end = environ.get("CONTENT_LENGTH") or environ.get("wsgi.input_terminated")
    return not has_end and "HTTP_TRANSFER_ENCODING" in environ


def _headers(environ: Environ) -> dict[str, str]:
    found = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            found[name.replace("_", "-").lower()] = environ[name]
    return found


def _respond(start_response: StartResponse, answer: Answer) -> Iterable[bytes]:
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", list(response_headers(answer).items()))
    return [answer.body]
