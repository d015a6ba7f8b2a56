"""Chooses the guard for a client by the library that its class comes from."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol, TypeVar, Unpack

from eventlint.checker import Checker
from eventlint.checker_options import CheckerOptions
from eventlint.errors import UsageError
from eventlint.guard.core import Guard
from eventlint.guard.counters import Counters
from eventlint.guard.policy import Policy

Client = TypeVar("Client")


class _ClientModule(Protocol):
    """A module that guards the clients of one library."""

    def guarded(self, client: Any, guard: Guard, asks_release: bool) -> Any:
        """A copy of a client whose events are checked."""


AUTO = "auto"
_MODULES = {
    "elasticsearch": "eventlint.guard.elasticsearch_client",
    "httpx": "eventlint.guard.httpx_client",
    "requests": "eventlint.guard.requests_client",
}


def guard(
    client: Client,
    *,
    checker: Checker | None = None,
    policy: Policy | None = None,
    counters: Counters | None = None,
    **options: Unpack[CheckerOptions],
) -> Client:
    """Copy a client so that every event is checked before it is sent.

    Requests that send no event pass through. The original client stays unguarded; both share their connections.

    Args:
        client: An ``Elasticsearch`` or ``AsyncElasticsearch``, an ``httpx.Client`` or ``httpx.AsyncClient``, or a
            ``requests.Session``.
        checker: What to check for. By default, the newest release.
        policy: What to do about findings. By default, ``Policy()``.
        counters: Where to count events. By default, new counters.
        **options: The arguments of :class:`eventlint.Checker`, instead of ``checker``. With a client for
            Elasticsearch, ``release="auto"`` asks the server for its release once, before the first event.

    Returns:
        The guarded client, of the same class.

    Raises:
        UsageError: The client is not supported, or an argument is wrong.
    """
    roots = (kind.__module__.partition(".")[0] for kind in type(client).__mro__)
    library = next((root for root in roots if root in _MODULES), None)
    if library is None:
        raise UsageError(f"cannot guard a {type(client).__qualname__}; supported clients: {', '.join(_MODULES)}")
    asks_release = options.get("release") == AUTO
    if asks_release:
        if library != "elasticsearch":
            raise UsageError(f'release="auto" needs a client for Elasticsearch, not for {library}')
        options = {**options, "release": "latest"}
    inner = Guard(checker=checker, policy=policy, counters=counters, **options)
    guarded: Client = client_module(library).guarded(client, inner, asks_release)
    return guarded


def client_module(library: str) -> _ClientModule:
    """The module that guards the clients of a library; a UsageError if the library is not installed."""
    try:
        module: Any = import_module(_MODULES[library])
    except ImportError as error:
        raise UsageError(f"{library} is not installed; run: pip install 'eventlint[{library}]'") from error
    found: _ClientModule = module
    return found
