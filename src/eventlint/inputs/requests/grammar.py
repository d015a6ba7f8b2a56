"""The lines of a request file, in both dialects.

The grammars are in ``docs/request-files.md``. Sources: the console of Kibana's Dev Tools, the REST Client for Visual
Studio Code, and JetBrains' specification *HTTP Request in Editor*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from eventlint.inputs.endpoint import behind_prefix, endpoint_path, may_have_prefix

METHODS = rb"GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS|CONNECT|TRACE"

VARIABLE = rb"\{\{[^{}\r\n]++\}\}|\$\{[^{}\r\n]++\}|\$[A-Za-z_]\w*+"
"""A variable: ``{{name}}``, ``${name}``, or ``$NAME``."""

ENDPOINT = re.compile(rb"_application/analytics/[^/?\r\n]*/event(?![\w-])")
"""The part of a line that names the endpoint for events."""

BLANK = re.compile(rb"[ \t\f\v]*\r?\n?$")
COMMENT = re.compile(rb"[ \t]*(?:#|//)")
SEPARATOR = re.compile(rb"[ \t]*###")
ASSIGNMENT = re.compile(rb"[ \t]*@([^\s=]++)[ \t]*=([^\r\n]*)")
STATUS_LINE = re.compile(rb"[ \t]*HTTP/[\d.]+[ \t]+\d{3}\b")
HANDLER = re.compile(rb"[ \t]*[<>][ \t]*\{%")
REDIRECT = re.compile(rb"[ \t]*(?:>>!?[ \t]*|(?:>|<>)[ \t]+)[^\s>]")
AFTER_BODY = (HANDLER, REDIRECT, STATUS_LINE)
"""What ends a body: a script, a file for the response, or a recorded response."""

INCLUDE = re.compile(rb"[ \t]*<(@\w*)?[ \t]++(?!\{%)([^\r\n]+)")
HEADER = re.compile(rb"[ \t]*((?:" + VARIABLE + rb"|[!%&'*+.^_`|~0-9A-Za-z-])++)[ \t]*:(?!//)([^\r\n]*)")
HEADERS_VARIABLE = re.compile(rb"[ \t]*(\{\{[^{}\r\n]++\}\})[ \t]*\r?\n?$")
_URL = rb"(?:\{\{[^{}\r\n]++\}\}|\$\{[^{}\r\n]++\}|[^\s])+"
REQUEST = re.compile(rb"[ \t]*(" + METHODS + rb"|\{\{[^{}\r\n]++\}\})[ \t]+(" + _URL + rb")", re.IGNORECASE)
URL_ALONE = re.compile(rb"[ \t]*((?:https?://|\{\{)" + _URL + rb")", re.IGNORECASE)
_PLAUSIBLE = re.compile(rb"https?://|[/_*]|\{\{|\$|kbn:|\[[\da-f:]+\]|[\w.-]+(?::\d+)?/|[\w.-]+[.:]\w", re.IGNORECASE)
_AFTER_URL = re.compile(rb"[ \t]*(HTTP/[\d.]+)?[ \t]*(#|//|/\*)?", re.IGNORECASE)
_CONTINUED = re.compile(rb"([ \t]*)([?&/]\S*|[^\s=:{\[<#]+=\S*)[ \t]*\r?\n?$")
_TYPE = re.compile(rb"/event/([\w-]+)(?=[/?\s#]|$)")
_RESEMBLING = re.compile(rb"[ \t]*(?:[-*$>][ \t]*)?[A-Za-z]+:?[ \t]+[\"'<]?(?:https?://|/|_application|\{\{|\$)\S*")
_JSON_STARTS = (b"{", b"}", b"[", b"]", b'"', b",")
_INNER_SPACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_SPACE = re.compile(r"\s+")
_LEADING_VARIABLE = re.compile(r"\{\{[^{}]+\}\}|\$\{[^{}]+\}|\$[A-Za-z_]\w*")
_HOST = re.compile(r"(?:[^/\s]*@)?(?:\[[^\]]*\]|[^/?#:\s]+)(?::[^/\s]*)?/")


def is_request_line(line: bytes) -> bool:
    """Whether a line begins a request: a method, and what can be a URL."""
    match = REQUEST.match(line)
    return match is not None and _PLAUSIBLE.match(match[2]) is not None


def resembles_request(line: bytes) -> bool:
    """Whether a line is probably meant as a request to the endpoint, although it is not a request line."""
    return ENDPOINT.search(line) is not None and _RESEMBLING.match(line) is not None


def names_endpoint(line: bytes) -> bool:
    """Whether a line that is not a request line names the endpoint, and is not a part of a JSON value."""
    if ENDPOINT.search(line) is None:
        return False
    start = line.lstrip()
    return start.startswith((b"{{", b"${")) or not start.startswith(_JSON_STARTS)


def continued(line: bytes, indent: int, *, has_query: bool) -> bytes | None:
    """The part of the URL on a line that continues a request line; None when it does not."""
    match = _CONTINUED.match(line)
    if match is None or line.lstrip().startswith(b"//"):
        return None
    if match[2][:1] in (b"?", b"&"):
        return match[2]
    is_deeper = len(match[1]) > indent
    return match[2] if is_deeper and (match[2][:1] == b"/" or has_query) else None


def after_url(line: bytes, end: int) -> tuple[bool, bytes]:
    """Whether an HTTP version follows the URL, and what else does, except a comment."""
    match = _AFTER_URL.match(line, end)
    assert match is not None  # noqa: S101 - every part of the pattern is optional
    return match[1] is not None, b"" if match[2] else line[match.end() :].strip()


def type_at(line: bytes, offset: int) -> tuple[int, str] | None:
    """The offset of the event type in a line of a URL, and the event type; None when the line does not have it."""
    match = _TYPE.search(line)
    return (offset + match.start(1), match[1].decode("ascii", "replace")) if match else None


class Target(NamedTuple):
    """Where a request goes.

    Attributes:
        uri: The path from the endpoint on, and the query string; None for another endpoint.
        is_http: Whether the URL has a scheme or a host, so that only an HTTP file can have it.
        prefix: The part of the path in front of the endpoint, or None.
        may_have_prefix: Whether the request may go to the endpoint through a proxy with an unknown prefix.
    """

    uri: str | None
    is_http: bool
    prefix: str | None = None
    may_have_prefix: bool = False


def target(url: str, prefixes: Sequence[str] = ()) -> Target:
    """Where a URL leads to. A part of the URL before its first slash is a host, or a variable that holds one.

    Args:
        url: The URL.
        prefixes: The prefixes of proxies in front of the endpoint.
    """
    url = _INNER_SPACE.sub(lambda match: "{{" + _SPACE.sub("_", match[1]) + "}}", url)
    if url.startswith("kbn:"):
        return Target(None, is_http=False)
    is_http = "{{" in url or "://" in url
    variable = _LEADING_VARIABLE.match(url)
    if "://" not in url and variable:
        rest = url[variable.end() :]
        url = "http://x" + rest if rest[:1] in (":", ".", "{", "$") else "http://x/" + rest.lstrip("/")
    elif "://" not in url and not url.startswith(("/", "_", "?")) and _HOST.match(url):
        url, is_http = "http://" + url, True
    bare = url if "://" in url else "http://x/" + url.lstrip("/")
    path = bare.partition("://")[2].partition("/")[2]
    behind = behind_prefix(path, prefixes)
    if behind is not None:
        return Target(behind.uri, is_http, behind.prefix)
    uri = endpoint_path(bare)
    if uri is None:
        return Target(None, is_http, may_have_prefix=may_have_prefix("/" + path))
    before = path[: path.find("_application/analytics/")].strip("/")
    return Target(uri, is_http, f"/{before}" if before else None)
