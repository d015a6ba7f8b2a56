"""Finds the guard for a client, by the library that its class comes from; it must not import any of them unasked."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Protocol, TypeVar

from eventlint.errors import UsageError
from eventlint.guard.core import Guard
from eventlint.guard.counters import Counters
from eventlint.guard.policy import Policy
from eventlint.rules.own import Contract

Client = TypeVar("Client")


class _Island(Protocol):
    """A module that knows one library."""

    def guarded(self, client: Any, judge: Guard, asks: bool) -> Any:
        """A client like the one given, whose events are judged."""


AUTO = "auto"
_ISLANDS = {
    "elasticsearch": "eventlint.guard.elasticsearch_client",
    "httpx": "eventlint.guard.httpx_client",
    "requests": "eventlint.guard.requests_client",
}


def guard(
    client: Client,
    *,
    policy: Policy | None = None,
    release: str = "latest",
    collections: Iterable[str] | None = None,
    contract: Contract | None = None,
    counters: Counters | None = None,
) -> Client:
    """A client like the one given, that looks at every event before it is sent.

    What is no event passes through. The client that is given stays as it is; both share their connections.

    Args:
        client: An ``Elasticsearch`` or ``AsyncElasticsearch``, an ``httpx.Client`` or ``httpx.AsyncClient``, or a
            ``requests.Session``.
        policy: What to do for findings; None is :class:`Policy` as it is.
        release: The server's release, a minor, or ``latest``; ``auto`` asks the server once, before the first event
            (only with a client for Elasticsearch).
        collections: The names of the collections that exist; None when every legal name does.
        contract: A contract of one's own that events should fit besides, from :func:`eventlint.load_contract`.
        counters: Where to count; None is counters of its own.

    Raises:
        UsageError: The client is of no known kind, or there is no such release.
    """
    library = next((root for root in map(_root, type(client).__mro__) if root in _ISLANDS), None)
    if library is None:
        known = ", ".join(_ISLANDS)
        raise UsageError(f"cannot guard a {type(client).__qualname__}: it is no client of {known}")
    if release == AUTO and library != "elasticsearch":
        raise UsageError("only a client for Elasticsearch can ask the server for its release")
    asks = release == AUTO
    judge = Guard(
        policy=policy,
        release="latest" if asks else release,
        collections=collections,
        contract=contract,
        counters=counters,
    )
    guarded: Client = island(library).guarded(client, judge, asks)
    return guarded


def island(library: str) -> _Island:
    """The module that knows a library.

    Raises:
        UsageError: The library is not installed; the message names the extra that brings it.
    """
    try:
        module: Any = import_module(_ISLANDS[library])
    except ImportError as error:
        raise UsageError(f"{library} is not installed; it comes with: pip install 'eventlint[{library}]'") from error
    found: _Island = module
    return found


def _root(kind: type) -> str:
    return kind.__module__.partition(".")[0]
