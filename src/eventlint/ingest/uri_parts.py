"""Parses URLs as the ingest pipeline does.

The processor ``uri_parts`` tries two parsers of the Java library: ``java.net.URI``, then ``java.net.URL``. When both
fail, the pipeline fails.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from types import ModuleType

from eventlint.named_tuples import NamedTuple


class Parts(NamedTuple):
    """The parts of a URL, by the names that they are stored under; None for a part that the URL does not have.

    Attributes:
        by: The parser: ``URI`` or ``URL``.
        scheme: As written (``URI``), or in lowercase (``URL``).
        domain: The host; may be empty.
        path: The path. ``URI`` percent-decodes it, the query, the fragment and the user.
        extension: What follows the last dot in the last segment of the path.
        user_info: What precedes the ``@``.
        username: The part of ``user_info`` before the first colon, if there is one.
        password: The part of ``user_info`` after the first colon, if there is one.
    """

    original: str
    by: str
    scheme: str | None = None
    domain: str | None = None
    port: int | None = None
    path: str | None = None
    extension: str | None = None
    query: str | None = None
    fragment: str | None = None
    user_info: str | None = None
    username: str | None = None
    password: str | None = None


class Read(NamedTuple):
    """The result of one of the parsers."""

    scheme: str | None = None
    domain: str | None = None
    port: int | None = None
    path: str | None = None
    query: str | None = None
    fragment: str | None = None
    user_info: str | None = None


def uri_parts(text: str) -> Parts | None:
    """The parts of a URL; None when both parsers reject it, so that the pipeline fails."""
    return _again(text) if len(text) <= _LONGEST_KEPT else _parts(text)


_LONGEST_KEPT = 1 << 20
"""The number of characters of the longest URL whose parts are kept for the next rule that examines it."""


def _parts(text: str) -> Parts | None:
    by, read = "URI", _java_uri().read_uri(text)
    if read is None:
        by, read = "URL", _java_url().read_url(text)
    if read is None:
        return None
    username = password = extension = None
    if read.user_info is not None and ":" in read.user_info:
        username, _, password = read.user_info.partition(":")
    if read.path is not None:
        _, point, after = read.path.rpartition("/")[2].rpartition(".")
        extension = after if point else None
    scheme, domain, port, path, query, fragment, user_info = read
    return Parts(text, by, scheme, domain, port, path, extension, query, fragment, user_info, username, password)


@functools.cache
def _java_uri() -> ModuleType:
    from eventlint.ingest import java_uri

    return java_uri


@functools.cache
def _java_url() -> ModuleType:
    from eventlint.ingest import java_url

    return java_url


_again = functools.lru_cache(1)(_parts)


def is_ipv6(text: str, is_ipv4: Callable[[str], bool], group: str) -> bool:
    """Whether a string without a scope is an IPv6 address; the parsers differ in the IPv4 address and the groups."""

    def size(part: str, *, allow_ipv4: bool = True) -> int:
        """The bytes of some groups; more than an address has for invalid ones."""
        *groups, last = part.split(":")
        ends_in_ipv4 = allow_ipv4 and "." in last
        if not ends_in_ipv4:
            groups.append(last)
        is_valid = all(re.fullmatch(group, one) for one in groups) and (not ends_in_ipv4 or is_ipv4(last))
        return 2 * len(groups) + 4 * ends_in_ipv4 if is_valid else 17

    front, compressed, back = text.partition("::")
    if not compressed:
        return size(text) == 16
    return (size(front, allow_ipv4=False) if front else 0) + (size(back) if back else 0) < 16
