"""Sends example requests to a model of the server, so that exports and documentation show its answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from eventlint import spec
from eventlint.exports.mistakes import mistakes
from eventlint.mirror.request_checks import METHOD, PATH, SOURCE
from eventlint.mirror.server import Server
from eventlint.model import Answer, Request
from eventlint.report import Report
from eventlint.shortcuts import check_request
from eventlint.spec import Release

COLLECTION = "my_analytics_collection"
"""The collection in the examples."""

_JSON = {"Content-Type": "application/json"}
_AGENT = {"User-Agent": "Mozilla/5.0"}
_PEER = "192.0.2.1"  # an address reserved for documentation
_UNKNOWN = "verbose=true"  # a parameter that many other endpoints accept
_NOW = 1_700_000_000_000


class ExampleAnswer(NamedTuple):
    """An answer of the server, and what it answers."""

    name: str  # the rule that the request violates, or a name for the request
    summary: str
    answer: Answer


def path_of(event_type: str, collection: str = COLLECTION) -> str:
    """The path of the endpoint; the name of the collection is percent-encoded."""
    inner = iter((collection, quote(event_type, safe="")))
    return "".join(f"/{next(inner) if part is None else part}" for part in PATH)


class Probe:
    """Sends requests for one event type to a server of one release."""

    def __init__(self, release: Release, event_type: str) -> None:
        self.event_type = event_type
        self.node = spec.event(event_type, release)
        self.schema: Mapping[str, Any] = spec.document(self.node.schema)
        self.examples: list[dict[str, Any]] = self.schema.get("examples", [])
        self.path = path_of(event_type)
        self._release = release.name
        self._server = Server(release.name)

    def accepted(self, query: str = "", headers: Mapping[str, str] = _JSON) -> Answer:
        """The answer to the first example in the schema, sent with a query string and headers."""
        body = json.dumps(self.examples[0]).encode()
        return self._server.respond(METHOD, self._uri(query), {**headers, **_AGENT}, body, peer=_PEER, now=_NOW)

    def report(
        self, payload: str, query: str = "", headers: Mapping[str, str] = _JSON, known: Iterable[str] | None = None
    ) -> Report:
        """The report on a request, with the server's answer; ``known`` are the collections (default: any)."""
        request = Request(method=METHOD, uri=self._uri(query), headers=headers, body=payload.encode())
        return check_request(request, release=self._release, collections=known)

    def _uri(self, query: str) -> str:
        return f"{self.path}?{query}" if query else self.path

    def refused(self, parameters: Iterable[str] = ()) -> Iterator[ExampleAnswer]:
        """The answers to requests with a mistake, also in boolean query parameters; each rule and status once."""
        seen: set[tuple[str, int]] = set()
        for report in self._reports(json.dumps(self.examples[0]), parameters):
            error, answer = report.first_error, report.answer
            if error is not None and answer is not None and (error.rule, answer.status) not in seen:
                seen.add((error.rule, answer.status))
                yield ExampleAnswer(name=error.rule, summary=error.message, answer=answer)

    def _reports(self, example: str, parameters: Iterable[str]) -> Iterator[Report]:
        for mistake in mistakes(self.node):
            yield self.report(mistake.payload)
        yield self.report("")
        for query in (*(f"{name}=no" for name in parameters), _UNKNOWN):
            yield self.report(example, query)
        yield self.report("", f"{SOURCE[0]}={quote(example)}")
        for media_type in ("text/plain", "json"):
            yield self.report(example, headers={"Content-Type": media_type})
        yield self.report(example, known=())
