"""Who may use the endpoint: cross-origin requests, API keys, and names of the host."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from eventlint.mirror.headers import Headers
from eventlint.model import Answer

_MAX_AGE = "1728000"
"""The default of the server's setting ``http.cors.max-age``, in seconds."""
_METHODS = "OPTIONS,HEAD,GET,POST,PUT,DELETE"
_HEADERS = "X-Requested-With,Content-Type,Content-Length,Authorization,Accept,User-Agent,X-Elastic-Client-Meta"
"""The default of the server's setting ``http.cors.allow-headers``."""
_EXPOSED = "X-elastic-product,X-Eventlint-Findings,X-Eventlint-Id,Warning"
_CHALLENGES = ('Basic realm="security", charset="UTF-8"', 'Bearer realm="security"', "ApiKey")
_LOCAL_SUFFIXES = (".localhost", ".internal")
"""Domains that are reserved, so that nobody else can have a name in them."""


def is_loopback(host: str) -> bool:
    """Whether a host is only reachable from this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Cors:
    """Which origins may send events from a browser, and which may read what arrived.

    Args:
        origins: The origins that may do both; ``*`` is all.
        is_open: Whether all other origins may send events. Those on this machine may then also read.
    """

    def __init__(self, origins: Iterable[str] = (), *, is_open: bool = True) -> None:
        self._origins = frozenset(origins)
        self._is_open = is_open and not self._origins

    def may_send(self, origin: str) -> bool:
        """Whether a page of an origin may send events."""
        return self._is_open or self.is_named(origin)

    def may_read(self, origin: str) -> bool:
        """Whether a page of an origin may read the events that arrived."""
        return self.is_named(origin) or (self._is_open and is_loopback(urlsplit(origin).hostname or ""))

    def is_named(self, origin: str) -> bool:
        """Whether an origin is one of those that were given."""
        return origin in self._origins or "*" in self._origins

    def headers(self, origin: str | None, *, is_private: bool) -> dict[str, str]:
        """The headers of an answer to a request from an origin.

        ``is_private`` is whether the request can read events, or change what exists.
        """
        if origin is None:
            return {}
        vary = {"Vary": "Origin"}
        if not (self.may_read(origin) if is_private else self.may_send(origin)):
            return vary
        return {
            **vary,
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Expose-Headers": _EXPOSED,
        }

    def preflight(self, headers: Headers, *, is_private: bool) -> Answer | None:
        """The answer to a preflight request; None if the request is another one."""
        origin = headers.first("Origin")
        if origin is None or headers.first("Access-Control-Request-Method") is None:
            return None
        found = self.headers(origin, is_private=is_private)
        if "Access-Control-Allow-Origin" not in found:
            return Answer(status=403, headers=found)
        found["Access-Control-Allow-Methods"] = _METHODS
        found["Access-Control-Allow-Headers"] = headers.first("Access-Control-Request-Headers") or _HEADERS
        found["Access-Control-Max-Age"] = _MAX_AGE
        if headers.first("Access-Control-Request-Private-Network") == "true":
            found["Access-Control-Allow-Private-Network"] = "true"
        return Answer(status=200, headers=found)


class HostNames:
    """The names of the host that whatever reads events or changes collections answers to.

    A page of another origin could reach them under a name of its own that it lets lead here (DNS rebinding). It cannot
    do so with an address, a name without a dot, or a name in a reserved domain.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = frozenset(name.lower() for name in names)

    def allows(self, host: str | None) -> bool:
        """Whether the value of a ``Host`` header is one of the names."""
        if host is None:
            return False
        name = _host_name(host)
        if name in self._names or "." not in name or name.endswith(_LOCAL_SUFFIXES):
            return bool(name)
        try:
            ip_address(name)
        except ValueError:
            return False
        return True


def _host_name(host: str) -> str:
    """The name in a ``Host`` header, without the port, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].rstrip(".").lower()


class ApiKey:
    """The API key that requests must have."""

    def __init__(self, key: str) -> None:
        """Take a key as clients send it, or as ``ID:KEY``."""
        self._encoded = key.strip().encode()
        self._decoded = _decoded(self._encoded)

    def refusal(self, headers: Headers, uri: str) -> tuple[int, dict[str, object], list[tuple[str, str]]]:
        """The server's status, document and headers for a request without the key; the status is 0 if it has it."""
        given = headers.first("Authorization")
        if given is not None and self._is_right(given):
            return 0, {}, []
        reason = f"missing authentication credentials for REST request [{uri}]"
        if given is not None:
            reason = (
                f"unable to authenticate with provided credentials for REST request [{uri}] "
                "and anonymous access is not allowed for this request"
            )
        problem = {"type": "security_exception", "reason": reason, "header": {"WWW-Authenticate": list(_CHALLENGES)}}
        document: dict[str, object] = {"error": {"root_cause": [problem], **problem}, "status": 401}
        return 401, document, [("WWW-Authenticate", challenge) for challenge in _CHALLENGES]

    def _is_right(self, authorization: str) -> bool:
        scheme, _, credentials = authorization.partition(" ")
        given = credentials.strip().encode("utf-8", "replace")
        if scheme.lower() != "apikey":
            return False
        return hmac.compare_digest(_decoded(given), self._decoded)


def _decoded(key: bytes) -> bytes:
    """A key as ``ID:KEY``; a key that is not in Base64 is itself."""
    if b":" in key:
        return key
    try:
        found = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError):
        return key
    return found if b":" in found else key
