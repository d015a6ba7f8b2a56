"""What an event is drawn for: its type, and the release of the server whose schema it follows."""

from __future__ import annotations

from typing import NamedTuple

from eventlint import spec
from eventlint.spec.nodes import Object


class Target(NamedTuple):
    """An event type as one release of the server reads it; the release is as the caller gave it."""

    event_type: str
    release: str
    node: Object
    traits: frozenset[str]


def target(event_type: str, release: str = "latest") -> Target:
    """The target for an event type and a release."""
    found = spec.release(release)
    return Target(event_type, release, spec.event(event_type, found), found.era.traits)
