"""Finds the secrets in a URL, for the rule ``secret-in-url`` and its screen."""

from __future__ import annotations

from functools import cache

from eventlint.redact.expressions import compiled
from eventlint.redact.levels import percent_decoded
from eventlint.redact.names import Kind, is_secret, kind_of_name
from eventlint.redact.service_keys import PREFIXES, find_keys, service_of

_PARAMETER = r"""(?<![\w$.\-])([\w$.\-]++)\]?="""
_VALUE = r"""[^\s&;|#"'<>=]{0,512}+"""

KEY_DELIMITERS = "=/?#"
"""The characters after which the key of a service begins in a URL."""


def secret_parameters(url: str) -> list[str]:
    """The names of the parameters with secret values, decoded.

    Parameters of the query, of a fragment, of the path, and of URLs that are encoded in parameters are found, because
    only the equals sign counts.
    """
    names: dict[str, None] = {}
    kinds: dict[str, Kind | None] = {}
    for text in percent_decoded(url):
        if "=" in text:
            for match in compiled(_PARAMETER).finditer(text):
                name = match[1]
                if name not in kinds:
                    kinds[name] = kind_of_name(name)
                kind = kinds[name]
                if kind is not None and name not in names:
                    value = compiled(_VALUE).match(text, match.end())
                    if value is not None and is_secret(kind, value[0]):
                        names[name] = None
    return list(names)


def services_with_keys(url: str) -> list[str]:
    """The services whose keys the URL contains, or the kinds of tokens."""
    found = [start for start, _ in find_keys(url) if url[start - 1 : start] and url[start - 1] in KEY_DELIMITERS]
    return list(dict.fromkeys(service_of(url, start) for start in found))


@cache
def key_prefixes() -> tuple[str, ...]:
    """The shortest prefixes, with one of which the key of every service begins."""
    shortest: list[str] = []
    for one in PREFIXES:  # they are sorted, so that those with the same beginning follow it
        if not shortest or not one.startswith(shortest[-1]):
            shortest.append(one)
    return tuple(shortest)
