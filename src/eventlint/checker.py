"""The doors of the library: an event in, all that is wrong with it out; it must not know files or output.

Most events are clean, so there is a short way that says so, and nothing else is imported for it. What is wrong with an
event is a finding, never an exception.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from eventlint.errors import InvalidEvent, UsageError
from eventlint.model import Request
from eventlint.report import Report
from eventlint.rules.plain import Clean, specialise
from eventlint.spec import Release, catalog, event_types
from eventlint.spec import event as node_of

if TYPE_CHECKING:
    from eventlint.mirror.request_checks import RequestFault
    from eventlint.rules.own import Contract


@functools.cache
def _release(asked: str) -> Release:
    return catalog().release(asked)


@functools.cache
def _fast(event_type: str, *, thorough: bool) -> Clean:
    return specialise(node_of(event_type), thorough=thorough)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names all differ, or an error that sends the event the long way."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


_decode = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant).decode


def _is_clean(event: object, event_type: str, collection: str | None, own: Contract | None, *, thorough: bool) -> bool:
    """Whether an event surely has no finding, or none of the tiers error and contract; when in doubt, it has."""
    try:
        if isinstance(event, bytes):
            event = _decode(event.decode())
        elif isinstance(event, str):
            str.encode(event)
            event = _decode(event)
        is_clean = _fast(event_type, thorough=thorough)(event)
        return is_clean and (own is None or own.accepts(event, event_type, collection))
    except (ValueError, RecursionError):
        return False


def check(
    event: object,
    event_type: str,
    *,
    release: str = "latest",
    collection: str | None = None,
    collections: Iterable[str] | None = None,
    contract: Contract | None = None,
) -> Report:
    """Find all that is wrong with an event.

    Args:
        event: The payload as bytes or text, or a parsed object. An object is judged as the bytes that
            ``json.dumps(event, ensure_ascii=False, separators=(",", ":"))`` would send.
        event_type: ``page_view``, ``search`` or ``search_click``; another one is a finding.
        release: The server's release, a minor, or ``latest``.
        collection: The name of the collection that it would be sent to; None is not checked.
        collections: The names of the collections that exist; None when every legal name does.
        contract: A contract of one's own that the event should fit besides, from :func:`eventlint.load_contract`. It
            is only asked about an event that the server would take.

    Raises:
        UsageError: An argument other than the event cannot be: an unknown release, an event type that is no text.
    """
    return _check(event, event_type, release, collection, collections, contract, thorough=True)


_accepts: dict[str, dict[str, Clean]] = {}
"""What judges parsed events by the short way, by the release and the event type."""


def _is_accepted(event: object, event_type: str, release: str) -> bool:
    """Whether the short way surely accepts a parsed event, of a type and a release that were not asked for before.

    Whatever cannot be is told by the way that follows.
    """
    try:
        _release(release)
        accepts = _accepts.setdefault(release, {})[event_type] = _fast(event_type, thorough=False)
        return accepts(event)
    except (UsageError, TypeError, RecursionError):
        return False


def _check(
    event: object,
    event_type: str,
    release: str,
    collection: str | None,
    collections: Iterable[str] | None,
    own: Contract | None,
    *,
    thorough: bool,
) -> Report:
    """As :func:`check`; findings of the tiers loss and lint may be missing where it is not thorough."""
    resolved = _release(release)
    _usable(own)
    if not isinstance(event_type, str):
        raise UsageError(f"the event type must be a string, not {type(event_type).__name__}")
    around: list[RequestFault] = []
    if collection is not None or event_type not in event_types():
        from eventlint import full_check as findings

        around = findings.around(event_type, collection, None if collections is None else frozenset(collections))
    if not around and _is_clean(event, event_type, collection, own, thorough=thorough):
        return Report(event_type, resolved)
    from eventlint.full_check import thorough as long_way

    return long_way(event, event_type, resolved, around, collection, own)


def _usable(own: object) -> None:
    if own is not None and not hasattr(own, "accepts"):
        raise UsageError(f"the contract must come from load_contract; this is of the type {type(own).__name__}")


def validate(
    event: object,
    event_type: str,
    *,
    release: str = "latest",
    collection: str | None = None,
    collections: Iterable[str] | None = None,
    contract: Contract | None = None,
) -> None:
    """Raise when the server would refuse an event, or it breaks the contract; the arguments are those of :func:`check`.

    Raises:
        InvalidEvent: It would be refused, or breaks the contract.
        UsageError: An argument other than the event cannot be.
    """
    report = _check(event, event_type, release, collection, collections, contract, thorough=False)
    if not report.ok:
        raise InvalidEvent(report.findings, event_type, report.answer)


def is_valid(
    event: object,
    event_type: str,
    *,
    release: str = "latest",
    collection: str | None = None,
    collections: Iterable[str] | None = None,
    contract: Contract | None = None,
) -> bool:
    """Whether the server would accept an event, and it fits the contract; the arguments are those of :func:`check`.

    Raises:
        UsageError: An argument other than the event cannot be.
    """
    if collection is None and contract is None:
        try:
            is_accepted = _accepts[release][event_type](event)
        except (KeyError, TypeError, RecursionError):
            is_accepted = _is_accepted(event, event_type, release)
        if is_accepted:
            return True
    return _check(event, event_type, release, collection, collections, contract, thorough=False).ok


def check_request(
    request: Request,
    *,
    release: str = "latest",
    collections: Iterable[str] | None = None,
    contract: Contract | None = None,
) -> Report:
    """Find all that is wrong with a whole request: its path, method, headers, query string and payload.

    Args:
        request: The request.
        release: The server's release, a minor, or ``latest``.
        collections: The names of the collections that exist; None when every legal name does.
        contract: As for :func:`check`.

    Raises:
        UsageError: There is no such release, or the contract is none.
    """
    _usable(contract)
    from eventlint.full_check import meant, of_request
    from eventlint.full_check import thorough as long_way
    from eventlint.mirror import request_checks as requests
    from eventlint.mirror.server import Server

    server = Server(release, collections)
    examined = requests.examine(request, server.release, server.collections)
    findings = [of_request(fault) for fault in examined.faults]
    event_type = examined.event_type or ""
    told = findings[0] if findings else None
    if event_type not in event_types():
        event_type = meant(examined.faults) or ""
    if event_type and examined.body:
        own = None if findings else contract
        report = long_way(examined.body, event_type, server.release, [], examined.collection, own)
        findings += report.findings
        told = told or report.first_error
    # The time of arrival is fixed, so that the same request has the same report.
    answer = server.respond(request.method, request.uri, request.headers, request.body, now=0)
    return Report(event_type, server.release, tuple(findings), told, answer)
