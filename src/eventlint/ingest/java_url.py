"""Parses URLs as ``java.net.URL`` does since JDK 20.

The class requires a protocol that it has a handler for, and accepts nearly everything after it. Since JDK 20 it checks
the host and the user when a URL is created. Source:
https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/URL.html
"""

import re
import unicodedata

from eventlint.ingest.uri_parts import Read, is_ipv6
from eventlint.jsontext.java_text import BLANKS

_PROTOCOLS = frozenset({"http", "https", "file", "ftp", "jar", "jmod", "jrt", "mailto"})
"""The protocols that the library has handlers for."""

_SPACES = "".join(map(chr, range(0x21)))
_BEFORE_COLON = re.compile("[^:/]*+")
_BAD_USER = re.compile(r"[\x00-\x1f#/?@\[\\\]\x7f]")
_BAD_AUTHORITY = re.compile(r"[\x00-\x1f#/?\\\x7f]")
_BAD_HOST = re.compile(
    '[\\x00-\\x20"#/:<>?@\\[\\\\\\]^`{|}\\x7f'
    "\u2047\u2048\u2049\u2100\u2101\u2105\u2106\u2a74\ufe55\ufe56\ufe5f\ufe6b\uff03\uff0f\uff1a\uff1f\uff20]"
)
_BAD_SCOPE = re.compile(r"[\x00-\x1f\[\]/\\#?\x7f]")
_MAX_INT = 2**31 - 1


def read_url(text: str) -> Read | None:
    """The parts of a URL; None for a string that is not a URL."""
    spec = text.rstrip(_SPACES)
    start = len(spec) - len(spec.lstrip(_SPACES))
    if spec[start : start + 4].lower() == "url:":
        start += 4
    colon = _BEFORE_COLON.match(spec, start)
    end = colon.end() if colon else start
    protocol = spec[start:end].lower()
    if spec[end : end + 1] != ":" or protocol not in _PROTOCOLS:
        return None
    start = end + 1
    mark = spec.find("#", start)
    fragment = spec[mark + 1 :] if mark >= 0 else None
    body = spec[start:mark] if mark >= 0 else spec[start:]
    if protocol == "jar":
        # This handler finds the fragment itself, in the string with its white space.
        whole = text[mark + 1 :] if mark >= 0 else None
        return _jar(text, body, whole, is_only_fragment=mark == start)
    if protocol == "mailto":
        return _mailto(body)
    return _hierarchical(protocol, body, fragment)


def _hierarchical(protocol: str, body: str, fragment: str | None) -> Read | None:
    before, has_query, query = body.partition("?")
    host = user = authority = None
    port = -1
    path = before
    if before.startswith("//") and not before.startswith("////"):
        authority, slash, after = before[2:].partition("/")
        path = slash + after
        found = _authority(authority)
        if found is None:
            return None
        user, host, port = found
    if not _is_valid(user, host, authority):
        return None
    return Read(
        scheme=protocol,
        domain=host or "",
        port=port if port >= 0 else None,
        path=path,
        query=query if has_query else None,
        fragment=fragment,
        user_info=user,
    )


def _authority(authority: str) -> tuple[str | None, str, int] | None:
    """The user, the host and the port; -1 for no port."""
    user, at, host = authority.partition("@")
    if not at:
        user, host = "", authority
    elif "@" in host:
        return None, "", -1
    number = ""
    if host.startswith("["):
        close = host.find("]")
        if close <= 2 or not _is_ipv6(host[1:close]):
            return None
        after = host[close + 1 :]
        if after and not after.startswith(":"):
            return None
        host, number = host[: close + 1], after[1:]
    else:
        host, _, number = host.partition(":")
    port = _integer(number) if number else -1
    if port is None or port < -1:
        return None
    return (user if at else None), host, port


def _integer(text: str) -> int | None:
    """A number as ``Integer.parseInt`` parses it: with a sign, and digits of any script."""
    sign = -1 if text[0] == "-" else 1
    digits = text[1:] if text[0] in "+-" else text
    values = [unicodedata.decimal(digit, None) if digit <= "\uffff" else None for digit in digits]
    if not values or None in values:
        return None
    number = "".join(map(str, values)).lstrip("0")
    if len(number) > 10:
        return None
    value = sign * int(number or "0")
    return value if -_MAX_INT - 1 <= value <= _MAX_INT else None


def _is_valid(user: str | None, host: str | None, authority: str | None) -> bool:
    """Whether the host, the user and the authority contain only allowed characters."""
    if host is not None and not _is_valid_host(host):
        return False
    if user is not None and _BAD_USER.search(user):
        return False
    return authority is None or not _BAD_AUTHORITY.search(authority)


def _is_valid_host(host: str) -> bool:
    if not (host.startswith("[") and host.endswith("]")):
        return not _BAD_HOST.search(host)
    scope = host[1:-1].partition("%")[2]
    return not _BAD_SCOPE.search(scope)


def _is_ipv6(text: str) -> bool:
    """Whether a string is an IPv6 address, with or without a scope."""
    address, scoped, scope = text.partition("%")
    if scoped and not scope:
        return False
    return is_ipv6(address, _is_ipv4, "0*[0-9A-Fa-f]{1,4}")


def _is_ipv4(text: str) -> bool:
    has_form = len(text) <= 15 and re.fullmatch(r"[0-9]+(?:\.[0-9]+){3}", text)
    return bool(has_form) and all(int(part) <= 255 for part in text.split("."))


def _jar(text: str, body: str, fragment: str | None, *, is_only_fragment: bool) -> Read | None:
    """A URL of a file in an archive: the URL of the archive, ``!/``, and a path."""
    if body[:4].lower() == "jar:":
        return None
    if text[:4].lower() != "jar:":
        return Read(scheme="jar", domain="", fragment=fragment) if is_only_fragment else None
    inner = body.rpartition("!/")
    if not inner[1] or read_url(inner[0]) is None:
        return None
    return _of_file("jar", body, fragment)


def _mailto(body: str) -> Read | None:
    return _of_file("mailto", body, None) if body.strip(BLANKS) else None


def _of_file(protocol: str, file: str, fragment: str | None) -> Read:
    path, has_query, query = file.rpartition("?")
    return Read(
        scheme=protocol,
        domain="",
        path=path if has_query else file,
        query=query if has_query else None,
        fragment=fragment,
    )
