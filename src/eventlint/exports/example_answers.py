"""What the server answers to an event and to mistakes in it, for examples; it must not know in which format they go.

Nothing here is written down: mistakes are made from the contract, and answers are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from eventlint.checker import check_request
from eventlint.mirror.request_checks import METHOD, PATH, SOURCE
from eventlint.mirror.server import Server
from eventlint.model import Answer, Request
from eventlint.spec import Entries, Integer, Node, Object, Text, document
from eventlint.spec.compiler import compile_event

COLLECTION = "my_analytics_collection"
"""The collection that examples are sent to."""

_JSON = {"Content-Type": "application/json"}
_AGENT = {"User-Agent": "Mozilla/5.0"}
_PEER = "192.0.2.1"  # an address that is kept for documentation
_UNKNOWN = "verbose=true"  # a parameter that many other endpoints know
_NOW = 1_700_000_000_000


class Told(NamedTuple):
    """An answer, and what it is about.

    Attributes:
        name: The rule that the request breaks.
        summary: What is wrong with the request.
        answer: The server's answer.
    """

    name: str
    summary: str
    answer: Answer


def path_of(event_type: str, collection: str) -> str:
    """The path of the endpoint.

    Args:
        event_type: The event type.
        collection: What stands for the collection, encoded.
    """
    inner = iter((collection, quote(event_type, safe="")))
    return "".join(f"/{next(inner) if part is None else part}" for part in PATH)


class Asking:
    """A server of one release, and how it is asked about one event type."""

    def __init__(self, release: str, event_type: str, identifier: str) -> None:
        """Choose what to ask about.

        Args:
            release: The server's release.
            event_type: The event type.
            identifier: The ``$id`` of the document of its body.
        """
        told = document(identifier)
        self.examples: list[dict[str, Any]] = told["examples"]
        self.release = release
        self._contract = compile_event(told, document)
        self._path = path_of(event_type, COLLECTION)
        self._server = Server(release)

    def accepted(self, query: str = "", headers: Mapping[str, str] = _JSON) -> Answer:
        """The answer to the first example.

        Args:
            query: The query string, without its question mark.
            headers: The headers.
        """
        uri = f"{self._path}?{query}" if query else self._path
        body = _bytes(self.examples[0])
        return self._server.respond(METHOD, uri, {**headers, **_AGENT}, body, peer=_PEER, now=_NOW)

    def refused(self, parameters: Iterator[str] | tuple[str, ...] = ()) -> Iterator[Told]:
        """The answers to mistakes: each rule once.

        Args:
            parameters: Names of query parameters whose values can be wrong.
        """
        example = self.examples[0]
        requests = [self._request(body) for body in mistakes(self._contract, example)]
        requests += [self._request(_bytes(example), query=f"{name}=no") for name in parameters]
        requests.append(self._request(_bytes(example), query=_UNKNOWN))
        requests.append(self._request(b"", query=f"{SOURCE[0]}={quote(json.dumps(example))}"))
        requests.append(self._request(_bytes(example), headers={"Content-Type": "text/plain"}))
        requests.append(self._request(_bytes(example), headers={"Content-Type": "json"}))
        seen: set[tuple[str, int]] = set()
        for request in requests:
            yield from self._told(request, None, seen)
        yield from self._told(self._request(_bytes(example)), (), seen)

    def _request(self, body: bytes, query: str = "", headers: Mapping[str, str] = _JSON) -> Request:
        uri = f"{self._path}?{query}" if query else self._path
        return Request(method=METHOD, uri=uri, headers=headers, body=body)

    def _told(
        self, request: Request, collections: tuple[str, ...] | None, seen: set[tuple[str, int]]
    ) -> Iterator[Told]:
        report = check_request(request, release=self.release, collections=collections)
        if report.first_error is None or report.answer is None:
            return
        key = report.first_error.rule, report.answer.status
        if key not in seen:
            seen.add(key)
            yield Told(name=report.first_error.rule, summary=report.first_error.message, answer=report.answer)


def mistakes(contract: Object, example: dict[str, Any]) -> Iterator[bytes]:
    """Bodies that the server refuses, made from one that it takes.

    Args:
        contract: The event's compiled contract.
        example: The one that it takes.
    """
    choice = max(contract.required, key=len)
    yield _bytes({name: value for name, value in example.items() if name not in choice})
    first, value = next(iter(example.items()))
    yield _bytes({**example, f"{first}s": value})
    yield _bytes({**example, first: [value]})
    for path, node in _leaves(contract, example, ()):
        wrong: list[Any] = []
        if isinstance(node, Text) and node.blank_refused:
            wrong = [" "]
        elif isinstance(node, Integer):
            wrong = [node.maximum + 1, "ten", *([-1] if node.negative_refused else [])]
        elif isinstance(node, Entries):
            wrong = [{str(path[-1]): 1}]
        for bad in wrong:
            yield _bytes(_replaced(example, path, bad))
    text = _bytes(example).decode()
    yield f"{{{_text(first)}:{_text(value)},{text[1:]}".encode()
    yield text[:-1].encode()
    yield text.replace(":", "=", 1).encode()
    yield b""


def _leaves(node: Node, value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    """The texts, numbers and entries of an event that stand below objects, and the way to each."""
    if not isinstance(node, Object):
        yield path, node
        return
    for name, below in value.items():
        yield from _leaves(node.fields[name], below, (*path, name))


def _replaced(value: Any, path: tuple[str, ...], by: Any) -> Any:
    if not path:
        return by
    return {**value, path[0]: _replaced(value[path[0]], path[1:], by)}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _bytes(value: Any) -> bytes:
    return _text(value).encode()
