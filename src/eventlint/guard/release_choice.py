"""The release that a guard checks for, chosen so that a service keeps running; it must not know clients."""

from __future__ import annotations

import logging
import re

from eventlint.errors import UsageError
from eventlint.spec import catalog

_log = logging.getLogger("eventlint")
_EXACT = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def known(asked: str) -> str:
    """A release that the catalog knows, for the one that a user asks for; another one than asked for is logged.

    Raises:
        UsageError: It is not a release, or older than the API.
    """
    release = catalog().release(asked)
    exact = _EXACT.match(asked)
    if exact is not None and exact[0] != release.name:
        _log.warning("release %s is not known; events are checked for %s", asked[:40], release.name)
    return release.name


def nearest(told: object) -> str:
    """The same for a release that a server tells; nothing that it tells is an error."""
    if isinstance(told, str):
        try:
            return known(told)
        except UsageError:
            pass
    numbers = catalog().numbers
    older = isinstance(told, str) and _EXACT.match(told) and tuple(map(int, told.split(".")[:2])) < numbers[0][:2]
    name, _ = catalog().by_number[numbers[0 if older else -1]]
    _log.warning("the server tells release %s, which is not known; events are checked for %s", str(told)[:40], name)
    return name
