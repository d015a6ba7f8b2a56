"""The part of a URL that names the endpoint for events, and the endpoint behind the prefix of a proxy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from eventlint.spec import event_types

_ROOT = "/_application/analytics"
ENDPOINT = r"/?_application/analytics/[^/?\s]*/event(?:[/?]|$)"

MAY_HAVE_PREFIX = "looks like the endpoint behind a prefix: use --prefix"
"""Why a request is not checked that goes to no endpoint, but to a path of the same form."""


class Target(NamedTuple):
    """Where a request goes.

    Attributes:
        prefix: The part of the path in front of the endpoint, or the prefix of a proxy in its place; else None.
        uri: The path from the endpoint on, and the query string.
    """

    prefix: str | None
    uri: str


def endpoint_path(url: str) -> str | None:
    """The path and query string of a URL to the endpoint; None for other URLs."""
    match = re.search(ENDPOINT, url)
    if match is None or (match.start() > 0 and "://" not in url[: match.start()] and "{{" not in url):
        return None
    return "/" + url[match.start() :].lstrip("/")


def collection_of(uri: str) -> str | None:
    """The collection in a URI of the endpoint; None if there is none."""
    from urllib.parse import unquote

    match = re.search(r"_application/analytics/([^/?#]+)/event(?:[/?#]|$)", uri)
    return unquote(match[1]) if match else None


def behind_prefix(path: str, prefixes: Sequence[str]) -> Target | None:
    """Where a request goes whose path begins with a prefix.

    The path of the endpoint follows, or what comes after ``/_application/analytics`` in it: with the prefix
    ``/api/analytics``, the path ``/api/analytics/site/event/search`` is that of ``site/event/search``.

    Args:
        path: The path and the query string.
        prefixes: The prefixes; the longest that matches decides.
    """
    path = "/" + path.lstrip("/")
    for prefix in sorted(prefixes, key=len, reverse=True):
        prefix = "/" + prefix.strip("/") if prefix.strip("/") else ""
        rest = path[len(prefix) :]
        if not path.startswith(prefix + "/"):
            continue
        if re.match(ENDPOINT, rest):
            return Target(prefix or None, rest)
        if re.match(r"/[^/?]*/event(?:[/?]|$)", rest):
            return Target(prefix or None, _ROOT + rest)
    return None


def may_have_prefix(path: str) -> bool:
    """Whether a path ends like that of the endpoint, with an event type that exists."""
    match = re.search(r"/[^/?#\s]+/event/([^/?#\s]+)/?(?:[?#]|$)", path)
    return match is not None and match[1] in event_types() and re.search(ENDPOINT, path) is None
