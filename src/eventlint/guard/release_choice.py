"""Chooses the release that a guard checks for, so that an unknown release does not stop a service."""

from __future__ import annotations

import logging
import re

from eventlint import spec
from eventlint.errors import UsageError
from eventlint.escaping import printable

_log = logging.getLogger("eventlint")
_EXACT = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def log_unknown(release: spec.Release) -> None:
    """Log that another release is used in place of an unknown one."""
    exact = _EXACT.match(release.asked)
    if exact is not None and exact[0] != release.name:
        _log.warning("release %s is unknown; events are checked for %s", printable(release.asked[:40]), release.name)


def nearest(reported: object) -> str:
    """The release to check for, for what a server reports as its release. Nothing that it reports is an error."""
    try:
        if isinstance(reported, str):
            spec.release(reported)
            return reported
    except UsageError:
        pass
    catalog = spec.catalog()
    oldest, newest = catalog.numbers[0], catalog.numbers[-1]
    exact = _EXACT.match(reported) if isinstance(reported, str) else None
    is_older = exact is not None and tuple(map(int, exact[0].split(".")[:2])) < oldest[:2]
    name, _ = catalog.by_number[oldest if is_older else newest]
    _log.warning("the server's release %s is unknown; events are checked for %s", printable(str(reported)[:40]), name)
    return name
