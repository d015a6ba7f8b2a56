"""What guards inside services share: what they look at, and answer; it must not know how a request comes in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from eventlint.errors import InvalidEvent, UsageError
from eventlint.guard import drop_result as dropped
from eventlint.guard.core import Guard
from eventlint.guard.counters import Counters
from eventlint.guard.endpoint import ENDPOINT, locate
from eventlint.guard.policy import Policy
from eventlint.model import Answer
from eventlint.rules.own import Contract

MAX_BYTES = 1 << 20
"""How long a body may be unless another limit is given: one mebibyte."""

PIECE = 1 << 16
"""How many bytes are read at a time."""

_PRODUCT = {"X-elastic-product": "Elasticsearch", "Content-Type": "application/json"}


class Service:
    """Says what to answer to requests that a service gets; None lets them go on."""

    def __init__(
        self,
        *,
        prefix: str = ENDPOINT,
        max_bytes: int = MAX_BYTES,
        policy: Policy | None = None,
        release: str = "latest",
        collections: Iterable[str] | None = None,
        contract: Contract | None = None,
        counters: Counters | None = None,
    ) -> None:
        """Choose whose requests are looked at, and what is done.

        Args:
            prefix: What stands before ``/COLLECTION/event/TYPE`` in the path.
            max_bytes: How long a body may be, in bytes.
            policy: What to do for findings; None is :class:`Policy` as it is.
            release: The server's release, a minor, or ``latest``.
            collections: The names of the collections that exist; None when every legal name does.
            contract: A contract of one's own that events should fit besides, from :func:`eventlint.load_contract`.
            counters: Where to count; None is counters of its own.

        Raises:
            UsageError: There is no such release, or the limit is not positive.
        """
        if max_bytes < 1:
            raise UsageError(f"a body must be allowed at least one byte, not {max_bytes}")
        self.prefix = "/" + prefix.strip("/") if prefix.strip("/") else ""
        self.max_bytes = max_bytes
        self.guard = Guard(
            policy=policy, release=release, collections=collections, contract=contract, counters=counters
        )

    def target(self, method: str, path: str, query: str) -> str | None:
        """The endpoint's URI that a request is meant for; None when it is no event.

        Args:
            method: The HTTP method.
            path: The path, still percent-encoded.
            query: The query string, still percent-encoded.
        """
        if not path.startswith(self.prefix + "/"):
            return None
        uri = ENDPOINT + path[len(self.prefix) :]
        # A path that goes on below the prefix could hold the endpoint's own path once more.
        found = locate(method, uri)
        return None if found != uri else f"{uri}?{query}" if query else uri

    def too_long(self) -> Answer:
        """The answer to a body that is longer than it may be."""
        self.guard.counters.add(("unchecked", "blocked"))
        return _told(413, f"the body is longer than {self.max_bytes} bytes")

    def answer(self, method: str, uri: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        """What to answer on the spot; None when the request is to go on.

        Args:
            method: The HTTP method.
            uri: The endpoint's URI, from :meth:`target`.
            headers: The headers, names in lower case.
            body: The whole body.
        """
        verdict = self.guard.judge(method, uri, headers, body)
        if verdict.sent:
            return None
        if verdict.error is None:
            return Answer(status=dropped.STATUS, headers=dropped.HEADERS, body=dropped.BODY)
        if not isinstance(verdict.error, InvalidEvent):
            return _told(503, "the event could not be checked")
        given = verdict.error.answer
        if given is not None and given.status >= 400:
            return given if method != "HEAD" else Answer(status=given.status, headers=given.headers)
        return _told(422, str(verdict.error))


def _told(status: int, words: str) -> Answer:
    body = json.dumps({"error": words, "status": status}).encode()
    return Answer(status=status, headers=_PRODUCT, body=body)
