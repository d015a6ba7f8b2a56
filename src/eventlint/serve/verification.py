"""Compares the answers of a real server with those of every era, with requests that every era rejects."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from eventlint.errors import EventlintError, UsageError
from eventlint.guard.endpoint import ENDPOINT
from eventlint.mirror.request_checks import is_legal
from eventlint.mirror.server import Server
from eventlint.model import Answer, Request
from eventlint.serve.forwarding import Base, compare, decoded
from eventlint.serve.received import Difference
from eventlint.spec import Era, catalog

REQUESTS = Path(__file__).with_name("verify_requests.jsonl")
PLACEHOLDER = "{collection}"
"""Stands for the collection in the targets of the requests."""
TIMEOUT = 30.0
_MISSING = "eventlint-verify-no-such-collection"


class VerifyError(EventlintError):
    """The server cannot be verified."""


class Compared:
    """A request and the answers to it.

    Attributes:
        request: The request.
        actual: The server's answer.
    """

    def __init__(self, request: Request, actual: Answer, servers: Mapping[str, Server]) -> None:
        self.request = request
        self.actual = actual
        self._servers = servers
        self._expected: dict[str, Answer] = {}

    def expected(self, era: str) -> Answer:
        """The answer of an era."""
        if era not in self._expected:
            one = self.request
            self._expected[era] = self._servers[era].respond(one.method, one.uri, one.headers, one.body)
        return self._expected[era]

    def fits(self, era: str) -> bool:
        """Whether the server answered as an era does."""
        wanted = self.expected(era)
        return (self.actual.status, self.actual.body) == (wanted.status, wanted.body)

    def differences(self, era: str) -> tuple[Difference, ...]:
        """How the answer differs from that of an era."""
        return compare(self.expected(era), self.actual).differences


class Result(NamedTuple):
    """The result of a verification.

    Attributes:
        version: The release that the server says it is; None if it does not say.
        collection: The collection that was used; None if there is none, so that no payload was read.
        compared: The requests and answers.
    """

    version: str | None
    collection: str | None
    compared: list[Compared]

    def count(self, era: str) -> int:
        """How many answers are those of an era."""
        return sum(one.fits(era) for one in self.compared)

    @property
    def fitting(self) -> list[str]:
        """The names of the eras that give all answers, oldest first."""
        return [era.name for era in catalog().eras if all(one.fits(era.name) for one in self.compared)]

    @property
    def best(self) -> str:
        """The name of the era that gives most answers; of several, that of the server's release, or the newest."""
        asked = self.expected_era
        if fitting := self.fitting:
            return asked if asked in fitting else fitting[-1]
        return max(catalog().eras, key=lambda era: (self.count(era.name), era.name == asked, _position(era))).name

    @property
    def expected_era(self) -> str | None:
        """The name of the era of the release that the server says it is."""
        if self.version is None:
            return None
        try:
            return catalog().release(self.version).era.name
        except UsageError:
            return None


def _position(era: Era) -> int:
    return catalog().eras.index(era)


def requests(collection: str) -> Iterator[Request]:
    """The requests, for a collection."""
    with REQUESTS.open(encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            body = base64.b64decode(one["body_base64"]) if "body_base64" in one else one["body"].encode()
            uri = one["uri"].replace(PLACEHOLDER, collection, 1)
            headers = [(name, value) for name, value in one["headers"]]
            yield Request(method=one["method"], uri=uri, headers=headers, body=body)


class Verifier:
    """Sends requests to a server."""

    def __init__(self, base: Base, client: httpx.Client, headers: Mapping[str, str]) -> None:
        """Take the server, a client, and headers for all requests, such as ``Authorization``."""
        self._base = base
        self._client = client
        self._headers = [*headers.items(), ("Accept-Encoding", "identity")]

    def verify(self, collection: str | None = None, on_answer: Callable[[int], None] | None = None) -> Result:
        """Send all requests.

        Args:
            collection: A collection that exists; by default, one that the server lists.
            on_answer: Called with the number of answers after each.

        Raises:
            VerifyError: The server does not answer, rejects the credentials, or stores an event.
            UsageError: The collection does not exist.
        """
        about = self._get("/")
        if about.status in (401, 403):
            raise VerifyError(f"the server rejects the credentials with status {about.status}")
        version = _value(about, "version", "number")
        chosen = collection or self._some_collection()
        if collection is not None and (not is_legal(collection) or not self._exists(collection)):
            raise UsageError(f"there is no collection {collection!r} on the server")
        existing = {chosen} if chosen else set()
        servers = {era.name: Server(era.name, existing) for era in catalog().eras}
        compared = []
        for request in requests(chosen or _MISSING):
            actual = self._send(request)
            if actual.status < 400:
                raise VerifyError(f"the server answers with status {actual.status} where every known release rejects")
            compared.append(Compared(request, actual, servers))
            if on_answer is not None:
                on_answer(len(compared))
        return Result(version, chosen, compared)

    def _some_collection(self) -> str | None:
        answer = self._get(ENDPOINT)
        try:
            names = list(json.loads(answer.body)) if answer.status == 200 else []
        except (ValueError, TypeError):
            return None
        return next((name for name in sorted(map(str, names)) if is_legal(name)), None)

    def _exists(self, collection: str) -> bool:
        """Whether a collection exists: an event without fields is rejected for its fields."""
        uri = f"{ENDPOINT}/{collection}/event/search"
        request = Request(method="POST", uri=uri, headers={"Content-Type": "application/json"}, body=b"{}")
        return self._send(request).status != 404

    def _get(self, uri: str) -> Answer:
        return self._send(Request(method="GET", uri=uri))

    def _send(self, request: Request) -> Answer:
        own: Any = request.headers.items() if isinstance(request.headers, Mapping) else request.headers
        try:
            outgoing = httpx.Request(
                request.method,
                self._base.url,
                headers=[*self._headers, *own],
                content=request.body,
                extensions={
                    "target": self._base.path + request.uri.encode(),
                    "timeout": httpx.Timeout(TIMEOUT).as_dict(),
                },
            )
            response = self._client.send(outgoing)
        except httpx.HTTPError as error:
            raise VerifyError(f"the server does not answer: {type(error).__name__}: {error}") from error
        return decoded(Answer(status=response.status_code, body=response.content))


def _value(answer: Answer, *path: str) -> str | None:
    try:
        found: Any = json.loads(answer.body)
        for key in path:
            found = found[key]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None
