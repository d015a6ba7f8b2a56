"""Answers a request as the server does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from eventlint.arguments import instance, strings
from eventlint.mirror.filter_path import filtered
from eventlint.mirror.plain_answer import release_headers
from eventlint.mirror.reading import read_payload
from eventlint.mirror.rendering import Refusal, to_bytes
from eventlint.mirror.request_checks import Examined, RequestFault, examine
from eventlint.model import Answer, Request
from eventlint.spec import Era, catalog


class Server:
    """A server of one release.

    It has no state: the same request always gets the same answer. Threads may share it.
    """

    def __init__(self, release: str = "latest", collections: Iterable[str] | None = None) -> None:
        """Choose a release.

        Args:
            release: A release (``9.1.2``), a minor (``9.1``), or ``latest``. An unknown release is taken as the newest
                known release before it.
            collections: The names of the collections that exist; None when every legal name does.

        Raises:
            UsageError: It is not a release, or it is older than the API.
        """
        self.release = catalog().release(instance("release", release, str))
        names = strings("collections", collections)
        self.collections: Collection[str] | None = None if names is None else frozenset(names)

    @property
    def era(self) -> Era:
        """The era that the release belongs to."""
        return self.release.era

    def respond(
        self,
        method: str,
        uri: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        peer: str = "127.0.0.1",
        now: int | None = None,
    ) -> Answer:
        """The server's answer to a request.

        Args:
            method: The HTTP method.
            uri: The path and the query string, still percent-encoded.
            headers: The headers; names in any case.
            body: The body, in bytes.
            peer: The address of the sender.
            now: The time of arrival, in milliseconds since the epoch; None is the current time.

        Raises:
            UsageError: An argument has the wrong type.
            MissingExtraError: The body is in a format that an extra reads, and the extra is not installed.
        """
        request = Request(method=method, uri=uri, headers=headers, body=body)
        examined = examine(request, self.release, self.collections)
        if examined.event_type is None or examined.faults:
            return self.answer(examined, {}, headers)
        outcome = read_payload(examined.body, examined.event_type, self.release, examined.content_format)
        return self.answer(examined, outcome, headers, peer=peer, now=now)

    def answer(
        self,
        examined: Examined,
        outcome: Refusal | dict[str, Any],
        headers: Mapping[str, str],
        *,
        peer: str = "127.0.0.1",
        now: int | None = None,
    ) -> Answer:
        """The server's answer to a request that is already examined.

        Args:
            examined: The request.
            outcome: The rejection of its payload, or the event as it is stored; ignored if the request has faults.
            headers: The headers; names in any case.
            peer: The address of the sender.
            now: The time of arrival, in milliseconds since the epoch; None is the current time.
        """
        if examined.faults:
            return self._refused(examined, examined.faults[0])
        if isinstance(outcome, Refusal):
            return self._answer(examined, outcome.status, outcome.document())
        document: dict[str, Any] = {"accepted": True}
        if examined.debug:
            document["event"] = _stored(outcome, examined, headers, peer, now)
        if examined.filter_path:
            document = filtered(document, examined.filter_path)
        return self._answer(examined, 202, document)

    def _refused(self, examined: Examined, fault: RequestFault) -> Answer:
        if isinstance(fault.answer, Refusal):
            return self._answer(examined, fault.answer.status, fault.answer.document())
        status, document = fault.answer
        return self._answer(examined, status, document, fault.headers)

    def _answer(
        self,
        examined: Examined,
        status: int,
        document: Mapping[str, Any] | None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        body = b"" if document is None else to_bytes(document, examined.form, pretty=examined.pretty)
        common = release_headers(self.release)
        return Answer(
            status=status, headers={**common, "Content-Type": examined.content_type, **(headers or {})}, body=body
        )


def _stored(
    event: dict[str, Any], examined: Examined, headers: Mapping[str, str], peer: str, now: int | None
) -> dict[str, Any]:
    """The event as it is indexed."""
    from time import time

    by_name = {name.lower(): value for name, value in headers.items()}
    session = {**event["session"], "ip": _address(by_name.get("x-forwarded-for", ""), peer)}
    agent = by_name.get("user-agent", "")
    if agent.strip():
        session["user_agent"] = agent
    return {
        "@timestamp": int(time() * 1000) if now is None else now,
        "event": {"action": examined.event_type},
        "data_stream": {"type": "behavioral_analytics", "dataset": "events", "namespace": examined.collection},
        **event,
        "session": session,
    }


def _address(forwarded: str, peer: str) -> str:
    """The forwarded address if it is one, else the peer's."""
    from ipaddress import IPv6Address, ip_address

    try:
        address = ip_address(forwarded.partition("%")[0] if ":" in forwarded else forwarded)
    except ValueError:
        return peer
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
