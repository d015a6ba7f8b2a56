"""What the ASGI and WSGI guards share: which requests they check, and how they answer them."""

from __future__ import annotations

import json
from typing import Any, Generic, TypeVar, Unpack
from urllib.parse import quote

from eventlint.arguments import instance
from eventlint.checker import Checker
from eventlint.checker_options import CheckerOptions
from eventlint.errors import InvalidEvent, UsageError
from eventlint.guard import drop_result as dropped
from eventlint.guard.core import Guard
from eventlint.guard.counters import Counters
from eventlint.guard.endpoint import ENDPOINT, locate
from eventlint.guard.policy import Policy, UnknownEncodingError
from eventlint.mirror.content_encoding import TooLargeError, decompressed
from eventlint.mirror.headers import Headers
from eventlint.model import Answer, HeadersLike, header_pairs

MAX_BYTES = 1 << 20
"""The default limit of a body, in bytes: one mebibyte."""

_HEADERS = {"X-elastic-product": "Elasticsearch", "Content-Type": "application/json"}
App = TypeVar("App")


class ServiceGuard(Generic[App]):
    """Answers events that the server would reject, and passes all other requests to an application.

    Attributes:
        app: The application.
        prefix: The path before ``/COLLECTION/event/TYPE``.
        max_bytes: The limit of a body, compressed or not, in bytes.
        guard: The guard.
    """

    def __init__(
        self,
        app: App,
        *,
        prefix: str = ENDPOINT,
        max_bytes: int = MAX_BYTES,
        checker: Checker | None = None,
        policy: Policy | None = None,
        counters: Counters | None = None,
        **options: Unpack[CheckerOptions],
    ) -> None:
        """Wrap an application.

        Args:
            app: The application.
            prefix: The path before ``/COLLECTION/event/TYPE``, relative to the root of the application.
            max_bytes: The limit of a body, compressed or not, in bytes. A longer body is answered with 413.
            checker: What to check for. By default, the newest release.
            policy: What to do about findings. ``raise`` answers as the server would, ``drop`` as if the event were
                accepted. By default, ``Policy()``.
            counters: Where to count events. By default, new counters.
            **options: The arguments of :class:`eventlint.Checker`, instead of ``checker``.

        Raises:
            UsageError: An argument is wrong.
        """
        path = instance("prefix", prefix, str).strip("/")
        if instance("max_bytes", max_bytes, int) < 1:
            raise UsageError(f"max_bytes must be positive, not {max_bytes}")
        self.app = app
        self.prefix = f"/{path}" if path else ""
        self._prefix = self.prefix.encode("utf-8", "surrogatepass")
        self.max_bytes = max_bytes
        self.guard = Guard(checker=checker, policy=policy, counters=counters, **options)

    def _uri(self, method: str, path: bytes, query: str) -> str | None:
        """The URI of the endpoint that a request is meant for; None if it sends no event.

        Args:
            method: The HTTP method.
            path: The path as the application routes it: percent-decoded, without the root path, as UTF-8.
            query: The query string, percent-encoded.
        """
        if not path.startswith(self._prefix + b"/"):
            return None
        uri = ENDPOINT + quote(path[len(self._prefix) :])
        # A path below the prefix can contain the path of the endpoint again.
        if locate(method, uri) != uri:
            return None
        return f"{uri}?{query}" if query else uri

    def _answer(self, method: str, uri: str, headers: HeadersLike, body: bytes) -> Answer | None:
        """The answer to a request; None if the application gets the request."""
        if self._is_too_long_decompressed(headers, body):
            return self._too_long()
        verdict = self.guard.judge(method, uri, headers, body)
        if verdict.sent:
            return None
        if verdict.error is None:
            return Answer(status=dropped.STATUS, headers=dropped.HEADERS, body=dropped.BODY)
        if isinstance(verdict.error, UnknownEncodingError):
            return _error(415, str(verdict.error))
        if not isinstance(verdict.error, InvalidEvent):
            return _error(503, "the event could not be checked")
        answer = verdict.error.answer
        if answer is not None and answer.status >= 400:
            return answer if method != "HEAD" else Answer(status=answer.status, headers=answer.headers)
        return _error(422, str(verdict.error))

    def _is_too_long_decompressed(self, headers: HeadersLike, body: bytes) -> bool:
        if not any(name.lower() == "content-encoding" for name, _ in header_pairs(headers)):
            return len(body) > self.max_bytes
        try:
            decompressed(body, Headers(headers).first("content-encoding"), self.max_bytes)
        except TooLargeError:
            return True
        except Exception:  # the guard reports it
            return False
        return False

    def _too_long(self) -> Answer:
        """The answer to a body that is longer than the limit."""
        self.guard.counters.add(("unchecked", "blocked"))
        return _error(413, f"the body is longer than {self.max_bytes} bytes")


def declared_length(header: str | None) -> int | None:
    """The length that a ``Content-Length`` header declares, in bytes; None if it declares none.

    Of a number with more than 20 digits, the first 20 are enough to exceed any limit.
    """
    if not header or not header.isascii() or not header.isdigit():
        return None
    return int(header.lstrip("0")[:20] or 0)


def response_headers(answer: Answer) -> dict[str, str]:
    """The headers of an answer, with names in lower case and the length of its body."""
    return {**{name.lower(): value for name, value in answer.headers.items()}, "content-length": str(len(answer.body))}


def _error(status: int, message: str) -> Answer:
    document: dict[str, Any] = {"error": message, "status": status}
    return Answer(status=status, headers=_HEADERS, body=json.dumps(document).encode())
