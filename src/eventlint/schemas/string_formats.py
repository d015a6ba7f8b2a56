"""The formats that ``format`` supports, each with its test.

All tests take linear time. Each follows the specification that JSON Schema names for the format.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
from collections.abc import Callable

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch
_TIME = re.compile(r"(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:z|[+-](\d{2}):(\d{2}))", re.ASCII | re.IGNORECASE).fullmatch
_DURATION = re.compile(
    r"P(?:\d+W|(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)", re.ASCII
).fullmatch
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE).fullmatch
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII | re.IGNORECASE).fullmatch
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", re.ASCII).fullmatch
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.ASCII | re.IGNORECASE).match
_URI_TEXT = re.compile(r"(?:[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*", re.ASCII).fullmatch
_POINTER = re.compile(r"(?:/(?:[^~/]|~[01])*)*", re.DOTALL).fullmatch


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _is_date(text: str) -> bool:
    return bool(_DATE(text)) and _parses(datetime.date.fromisoformat, text)


def _is_time(text: str) -> bool:
    found = _TIME(text)
    if found is None:
        return False
    hour, minute, second = (int(part) for part in found.groups()[:3])
    offset = int(found[4] or 0) < 24 and int(found[5] or 0) < 60
    # A leap second has the number 60; which days have one is not checked.
    return hour < 24 and minute < 60 and second <= 60 and offset


def _is_date_time(text: str) -> bool:
    return len(text) > 11 and text[10] in "Tt" and _is_date(text[:10]) and _is_time(text[11:])


def _is_hostname(text: str) -> bool:
    labels = text.split(".")
    return len(text) <= 253 and all(len(label) <= 63 and _LABEL(label) for label in labels)


def _is_email(text: str) -> bool:
    local, at, host = text.rpartition("@")
    return bool(at) and len(local) <= 64 and all(_LOCAL(part) for part in local.split(".")) and _is_hostname(host)


def _is_ipv6(text: str) -> bool:
    return "%" not in text and _parses(ipaddress.IPv6Address, text)


def _is_reference(text: str) -> bool:
    plain, _, fragment = text.partition("#")
    return bool(_URI_TEXT(plain) and _URI_TEXT(fragment)) and _has_fair_brackets(plain)


def _has_fair_brackets(text: str) -> bool:
    """Whether square brackets only enclose an IP address as the host."""
    if "[" not in text and "]" not in text:
        return True
    found = re.fullmatch(r"(?:[^/?\[\]]*:)?//[^/?\[\]]*\[([0-9A-Fa-f:.]{2,45})\](?::\d*)?(?:[/?][^\[\]]*)?", text)
    return found is not None and _is_ipv6(found[1])


FORMATS: dict[str, Callable[[str], bool]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "duration": lambda text: bool(_DURATION(text)) and text[-1] not in "PT",
    "email": _is_email,
    "hostname": _is_hostname,
    "ipv4": lambda text: _parses(ipaddress.IPv4Address, text),
    "ipv6": _is_ipv6,
    "json-pointer": lambda text: bool(_POINTER(text)),
    "time": _is_time,
    "uri": lambda text: bool(_SCHEME(text)) and _is_reference(text),
    "uri-reference": _is_reference,
    "uuid": lambda text: bool(_UUID(text)),
}
"""The test of each format, by its name."""
