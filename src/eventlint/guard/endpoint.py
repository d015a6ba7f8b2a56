"""Recognizes requests that send an event, by their path."""

from __future__ import annotations

import functools
import re

from eventlint.mirror.request_checks import PATH

ENDPOINT = "/" + "/".join(PATH[: PATH.index(None)])  # type: ignore[arg-type]  # the segments before None are strings
"""The path of the endpoint up to the collection."""

_CACHED = 512
_LONGEST_CACHED_URI = 2_000
# The server rejects an empty collection itself, but a path without an event type is another endpoint.
_PARTS = [*("[^/]*" if part is None else part for part in PATH[:-1]), "[^/]+"]
_LOCATE = re.compile(rf"(?:.*/)?({'/'.join(_PARTS)})/*", re.DOTALL)


def locate(method: str, uri: str) -> str | None:
    """The part of a URI that names the endpoint, with the query string; None for any other path.

    The prefix of a proxy is removed. ``OPTIONS`` requests send no event.
    """
    if ENDPOINT not in uri or method == "OPTIONS":
        return None
    return _located(uri) if len(uri) <= _LONGEST_CACHED_URI else _located.__wrapped__(uri)


@functools.lru_cache(_CACHED)
def _located(uri: str) -> str | None:
    path, mark, query = uri.partition("?")
    match = _LOCATE.fullmatch(path)
    if match is None:
        return None
    return f"/{path[match.start(1) :]}{mark}{query}"
