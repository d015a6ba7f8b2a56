"""What is known about the strings of a format: an expression for them, or samples.

An expression is exact, so that it answers whether a pattern implies the format. The other formats are not regular, or
too large as an expression: for them, strings are drawn and tested.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from eventlint.schemas import patterns
from eventlint.schemas.regex_words import Question
from eventlint.schemas.string_formats import FORMATS

_MAX_TRIED = 400
_YEAR = r"(?:000[1-9]|00[1-9]\d|0[1-9]\d{2}|[1-9]\d{3})"
_LEAP = r"(?:0[48]|[2468][048]|[13579][26])"
_DAYS = r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))"
_DATE = rf"(?:{_YEAR}-{_DAYS}|(?:\d{{2}}{_LEAP}|{_LEAP}00)-02-29)"
_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
_TIME = rf"{_HOUR}:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-]{_HOUR})"
_PERIOD = r"(?:\d+Y(?:\d+M)?(?:\d+D)?|\d+M(?:\d+D)?|\d+D)"
_CLOCK = r"T(?:\d+H(?:\d+M)?(?:\d+S)?|\d+M(?:\d+S)?|\d+S)"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d{2}|[1-9]?\d)"

PATTERNS: dict[str, str] = {
    "date": f"^{_DATE}$",
    "date-time": f"^{_DATE}[Tt]{_TIME}$",
    "duration": rf"^P(?:\d+W|{_PERIOD}(?:{_CLOCK})?|{_CLOCK})$",
    "ipv4": rf"^{_OCTET}(?:\.{_OCTET}){{3}}$",
    "json-pointer": "^(?:/(?:[^~/]|~[01])*)*$",
    "time": f"^{_TIME}$",
    "uuid": "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
}
"""For some formats, the expression that matches the same strings."""

_URI = r"[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=%#]*$"

LIMITS: dict[str, tuple[str, int, int | None]] = {
    "email": (r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$", 3, 64 + 1 + 253),
    "hostname": (r"^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$", 1, 253),
    "ipv6": (r"^[0-9A-Fa-f:][0-9A-Fa-f:.]+$", 2, 45),
    "uri": (rf"^[A-Za-z][A-Za-z0-9+.-]*:{_URI}", 2, None),
    "uri-reference": (f"^{_URI}", 0, None),
}
"""For the others, an expression that matches all their strings, and more; and the lengths that they may have."""

SAMPLES: dict[str, tuple[str, ...]] = {
    "date": ("2024-02-29",),
    "date-time": ("2024-02-29T12:30:45Z", "2024-02-29T12:30:45.5+01:00"),
    "duration": ("P1D", "PT1M", "P2W"),
    "email": ("a@b", "user.name+tag@mail.example.org", "{a}@example.org"),
    "hostname": ("a", "example.org", "a-1.example.org"),
    "ipv4": ("192.0.2.1",),
    "ipv6": ("::", "2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001", "::ffff:192.0.2.1"),
    "json-pointer": ("", "/a/0", "/~1"),
    "time": ("12:30:45Z", "12:30:45.5+01:00"),
    "uri": ("a:", "https://example.org/a?b=c#d", "https://[::1]:80/", "urn:example:a"),
    "uri-reference": ("", "a", "/a/b?c#d", "//example.org/a"),
    "uuid": ("00000000-0000-4000-8000-000000000000", "A0000000-0000-4000-8000-00000000000a"),
}
"""Some strings of each format."""

_REFUSED = ("~", "a b", "-a", "a..b", "1.2.3.256", ":::", "http://[", "%", "é")

IMPLIED: dict[str, frozenset[str]] = {
    "hostname": frozenset(["date", "duration", "ipv4", "uuid"]),
    "uri-reference": frozenset(
        ["date", "date-time", "duration", "hostname", "ipv4", "ipv6", "time", "uri", "uuid"],
    ),
}
"""The formats whose strings all have another format, too."""


def asserted(schema: dict[str, Any]) -> str | None:
    """The format that a schema asserts, where formats are asserted; None for one that is not supported."""
    name = schema.get("format")
    return name if isinstance(name, str) and name in FORMATS else None


def is_contradiction(wanted: Iterable[str], unwanted: Iterable[str]) -> bool:
    """Whether no string has all of some formats, and none of others."""
    having = set(wanted)
    return any(one in having or having & IMPLIED.get(one, frozenset()) for one in unwanted)


def samples(names: Iterable[str]) -> list[str]:
    """Strings of some formats, and strings that lack many formats."""
    return list(dict.fromkeys([*itertools.chain.from_iterable(SAMPLES[one] for one in names), *_REFUSED]))


def tested(question: Question, found: Iterator[Any], wanted: set[str], unwanted: set[str]) -> Iterator[Any]:
    """The strings of a question that have some formats, and lack others.

    Args:
        question: What else must hold.
        found: All strings of the question.
        wanted: The formats that they must have.
        unwanted: The formats that they must not have.

    Yields:
        Strings, none twice; None last if there may be more.
    """

    def fits(text: str) -> bool:
        return all(FORMATS[one](text) for one in wanted) and not any(FORMATS[one](text) for one in unwanted)

    known: set[str] = set()
    for text in samples(sorted(wanted | unwanted)) if wanted else ():
        if fits(text) and _answers(question, text):
            known.add(text)
            yield text
    for count, text in enumerate(found):
        if count >= _MAX_TRIED or not isinstance(text, str):
            yield None
            return
        if text not in known and fits(text):
            known.add(text)
            yield text


def _answers(question: Question, text: str) -> bool:
    """Whether a string is one of those that a question asks for."""
    return (
        question.low <= len(text)
        and (question.high is None or len(text) <= question.high)
        and text not in question.excluded
        and all(patterns.search_ahead(one, text) is True for one in question.wanted)
        and all(patterns.search_ahead(one, text) is False for one in question.unwanted)
    )
