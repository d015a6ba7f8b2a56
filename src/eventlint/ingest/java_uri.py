"""Parses URIs as ``java.net.URI`` does.

It follows RFC 2396 with the documented deviations of the class: non-ASCII characters other than white space and control
characters are allowed wherever an escape is; an authority may be empty before a path; IPv6 addresses are in brackets,
with or without a scope. Source: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/URI.html
"""

import re
from functools import cache

from eventlint.ingest.uri_parts import Read, is_ipv6

# The last white space in Latin-1 is U+00A0. A class of the others, character by character, takes longer to compile.
_OTHER = r"[^\x00-\xa0\s]"
_ESCAPED = rf"%[0-9A-Fa-f]{{2}}|{_OTHER}"
_UNRESERVED = r"0-9A-Za-z_!.~'()*\-"


def _run(signs: str) -> str:
    """A regular expression for unreserved characters, some signs, escapes and non-ASCII characters."""
    return rf"(?:[{_UNRESERVED}{signs}]++|{_ESCAPED})*+"


_IN_PATH, _IN_QUERY = _run(";/:@&=+$,"), _run(r";/?:@&=+$,\[\]")
_USER, _REGISTRY, _SERVER = _run(";:&=+$,"), _run(";:@&=+$,"), _run(r";:@&=+$,\[\]%")
_IN_SCHEME = r"[A-Za-z][A-Za-z0-9+.\-]*+"
_GROUPS = r"[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4})*+"
_IPV6 = (
    r"\[(?![0:]*+1\])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
    rf"|(?!(?::*+[0-9A-Fa-f]++){{8}})(?:{_GROUPS})?+::(?:{_GROUPS})?+)\]"
)
ABSOLUTE = (
    rf"\A{_IN_SCHEME}:(?:/(?:(?!/)|/(?:(?=[^/?#]){_USER}|{_IPV6}(?::[0-9]{{0,5}})?+)(?![^/?#])){_IN_PATH}"
    rf"(?:\?{_IN_QUERY})?+|(?!/)(?=[^#]){_IN_QUERY})(?:#{_IN_QUERY})?+\Z"
)
"""Matches most URIs that have a scheme, no user information, and no address of the machine itself in brackets."""
_LABEL = r"[0-9A-Za-z]++(?:-++[0-9A-Za-z]++)*+"
_HOST = rf"(?:{_LABEL}\.)*+(?:{_LABEL})?+"
_COMMON = (
    rf"(?:({_IN_SCHEME}):(?=/)|(?![^:/?#]*+:))"
    rf"(?://(?:({_USER})@)?((?:{_LABEL}\.)*+(?![0-9]){_LABEL})(?::([0-9]{{1,9}}+))?(?![^/?#])|(?!//))"
    rf"({_IN_PATH})(?:\?({_IN_QUERY}))?(?:#({_IN_QUERY}))?"
)
"""Matches most URIs with a path, and finds their parts: those that have the name of a host, or no authority."""
_SCOPE = r"[0-9A-Za-z_.]++"
_BYTE = "0*(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[0-9]{1,2})"
_MAX_PORT = 2**31 - 1

_compiled = cache(re.compile)
"""Most runs need none of the expressions."""


def _fits(expression: str, text: str) -> bool:
    return _compiled(expression).fullmatch(text) is not None


def read_uri(text: str) -> Read | None:
    """The parts of a URI; None for a string that is not a URI."""
    common = _compiled(_COMMON).fullmatch(text)
    if common is not None:
        scheme, user, host, port, path, query, fragment = common.groups()
        if "%" in text:
            user, path, query, fragment = [one and _decoded(one) for one in (user, path, query, fragment)]
        return Read(scheme, host, None if port is None else int(port), path, query, fragment, user)
    head = _compiled("[^:/?#]*+").match(text)
    end = head.end() if head else 0
    if text[end : end + 1] != ":":
        return _hierarchical(None, text)
    scheme, rest = text[:end], text[end + 1 :]
    if not _fits(_IN_SCHEME, scheme):
        return None
    if rest.startswith("/"):
        return _hierarchical(scheme, rest)
    opaque, mark, fragment = rest.partition("#")
    if not opaque or not _fits(_IN_QUERY, opaque) or not _fits(_IN_QUERY, fragment):
        return None
    return Read(scheme=scheme, fragment=_decoded(fragment) if mark else None)


def _hierarchical(scheme: str | None, text: str) -> Read | None:
    """A URI with a path, perhaps an authority before it, and a query and a fragment after it."""
    server: tuple[str | None, str | None, int | None] | None = (None, None, None)
    if text.startswith("//"):
        match = _compiled("[^/?#]*+").match(text, 2)
        authority = match[0] if match else ""
        text = text[2 + len(authority) :]
        if authority:
            server = _authority(authority)
        elif not text:
            return None
    if server is None:
        return None
    rest, has_fragment, fragment = text.partition("#")
    path, has_query, query = rest.partition("?")
    if not (_fits(_IN_PATH, path) and _fits(_IN_QUERY, query) and _fits(_IN_QUERY, fragment)):
        return None
    user, host, port = server
    return Read(
        scheme=scheme,
        domain=host,
        port=port,
        path=_decoded(path),
        query=_decoded(query) if has_query else None,
        fragment=_decoded(fragment) if has_fragment else None,
        user_info=None if user is None else _decoded(user),
    )


def _authority(text: str) -> tuple[str | None, str | None, int | None] | None:
    """The user, the host and the port of an authority; all None for a registry-based authority."""
    registry = _compiled(_REGISTRY).match(text)
    end = registry.end() if registry else 0
    if text[end : end + 1] == "%" or text.startswith("]"):
        return None
    is_registry = end == len(text)
    server = _server(text) if _fits(_SERVER, text) else None
    return server or ((None, None, None) if is_registry else None)


def _server(text: str) -> tuple[str | None, str | None, int | None] | None:
    user, at, rest = text.partition("@")
    if not at:
        rest = text
    elif not _fits(_USER, user):
        return None
    end = _end_of_host(rest)
    if end is None:
        return None
    port: int | None = None
    if rest[end : end + 1] == ":":
        digits = rest[end + 1 :]
        if digits:
            number = digits.lstrip("0") or "0"
            if not re.fullmatch("[0-9]+", digits) or len(number) > 10 or int(number) > _MAX_PORT:
                return None
            port = int(number)
    elif end < len(rest):
        return None
    return (user if at else None), rest[:end], port


def _end_of_host(text: str) -> int | None:
    """The end of the host at the start of a string; None when there is none."""
    if text.startswith("["):
        close = text.find("]")
        address, scoped, scope = text[1:close].partition("%")
        if close < 2 or not is_ipv6(address, _is_ipv4, "[0-9A-Fa-f]{1,4}") or (scoped and not _fits(_SCOPE, scope)):
            return None
        return close + 1
    numbers = re.match("[0-9.]*+", text)
    end = numbers.end() if numbers else 0
    if text[end : end + 1] in ("", ":") and _is_ipv4(text[:end]):
        return end
    match = _compiled(_HOST).match(text)
    end = match.end() if match else 0
    if end == 0 or text[end : end + 1] not in ("", ":"):
        return None
    labels = text[:end].rstrip(".").rpartition(".")
    if labels[1] and not labels[2][0].isalpha():
        return None
    return end


def _is_ipv4(text: str) -> bool:
    """Whether a string is four numbers up to 255, with or without leading zeros."""
    return re.fullmatch(rf"{_BYTE}(?:\.{_BYTE}){{3}}", text) is not None


def _decoded(text: str) -> str:
    """A string with its escapes decoded as UTF-8; invalid bytes become U+FFFD."""
    return re.sub("(?:%[0-9A-Fa-f]{2})++", _bytes, text) if "%" in text else text


def _bytes(match: re.Match[str]) -> str:
    raw = bytes.fromhex(match[0].replace("%", ""))
    # Java's decoder replaces an encoded surrogate, or the beginning of one, with one U+FFFD.
    return re.sub(rb"\xed[\xa0-\xbf][\x80-\xbf]?", b"\xff", raw).decode("utf-8", "replace")
