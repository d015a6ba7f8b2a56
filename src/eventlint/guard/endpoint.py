"""Recognizes requests that send an event, by their path."""

from __future__ import annotations

import functools

from eventlint.mirror.query_string import EscapeError, decode
from eventlint.mirror.request_checks import PATH
from eventlint.mirror.transport import read_target

ENDPOINT = "/" + "/".join(PATH[: PATH.index(None)])  # type: ignore[arg-type]  # the segments before None are strings
"""The path of the endpoint up to the collection."""

_CACHED = 512
_LONGEST_CACHED_URI = 2_000


def locate(method: str, uri: str) -> str | None:
    """The part of a URI that names the endpoint, with the query string; None for any other path.

    Segments are compared as the server decodes them. The prefix of a proxy is removed; an empty segment is not a
    prefix, so ``//_application`` is another path. ``OPTIONS`` requests send no event.
    """
    if method == "OPTIONS" or (ENDPOINT not in uri and "%" not in uri):
        return None
    return _located(uri) if len(uri) <= _LONGEST_CACHED_URI else _located.__wrapped__(uri)


@functools.lru_cache(_CACHED)
def _located(uri: str) -> str | None:
    path = uri.partition("?")[0]
    segments = path.rstrip("/").split("/")
    prefix, found = segments[: -len(PATH)], segments[-len(PATH) :]
    # The server rejects an empty collection itself, but a path without an event type is another endpoint.
    if len(found) < len(PATH) or not all(map(_matches, PATH, found)):
        return None
    if len(prefix) > 1 and not prefix[-1]:
        return None
    return f"/{uri[sum(map(len, prefix)) + len(prefix) :]}"


def _matches(wanted: str | None, segment: str) -> bool:
    try:
        return wanted is None or wanted in (segment, decode(read_target(segment)))
    except EscapeError:
        return False
