"""Tells requests that send an event from all others, by their path; it must not know payloads or policies."""

from __future__ import annotations

import functools
import re

from eventlint.mirror.request_checks import PATH

ENDPOINT = "/" + "/".join(PATH[: PATH.index(None)])  # type: ignore[arg-type]  # what stands before None is text
"""What stands before the collection in the endpoint's path."""

_REMEMBERED = 512
_LONGEST = 2_000
# A collection's name may be missing there, which is for the server to say; a type may not.
_PARTS = [*("[^/]*" if part is None else part for part in PATH[:-1]), "[^/]+"]
_LOCATE = re.compile(rf"(?:.*/)?({'/'.join(_PARTS)})/*", re.DOTALL)


def locate(method: str, uri: str) -> str | None:
    """The part of a URI that names the endpoint, with the query string; None when it is another path.

    What stands before it (a proxy's prefix) is cut off. Questions about the endpoint (``OPTIONS``) send no event.

    Args:
        method: The HTTP method.
        uri: The path and the query string, still percent-encoded.
    """
    if ENDPOINT not in uri or method == "OPTIONS":
        return None
    return _located(uri) if len(uri) <= _LONGEST else _located.__wrapped__(uri)


@functools.lru_cache(_REMEMBERED)
def _located(uri: str) -> str | None:
    path, mark, query = uri.partition("?")
    match = _LOCATE.fullmatch(path)
    if match is None:
        return None
    return f"/{path[match.start(1) :]}{mark}{query}"
