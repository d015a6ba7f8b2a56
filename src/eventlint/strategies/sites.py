"""The places in an event that something can be done to, as the contract has them; it must not know what is done."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from eventlint import contract
from eventlint.contract import Node, Object, Objects
from eventlint.strategies.events import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Something that breaks exactly one rule.

    Attributes:
        event: The parsed event, the payload in bytes, or the request.
        rule: The rule that it breaks.
        pointer: The JSON Pointer of the finding.
    """

    event: Any
    rule: str
    pointer: str


class Site(NamedTuple):
    """A place in an event: the way to it, and what the contract says of it."""

    path: Path
    node: Node


@functools.cache
def sites(event_type: str) -> tuple[Site, ...]:
    """All places in an event, the event itself first; in a list only its first item."""
    return tuple(_below(Site((), contract.event(event_type))))


def _below(site: Site) -> Iterator[Site]:
    yield site
    path, node = site
    if isinstance(node, Objects):
        yield from _below(Site((*path, 0), node.item))
    if isinstance(node, Object):
        for name, field in node.fields.items():
            yield from _below(Site((*path, name), field))


def where(event_type: str, wanted: Callable[[Site], bool]) -> list[Site]:
    """The places that somebody wants."""
    return [site for site in sites(event_type) if wanted(site)]


def put(event: Any, path: Path, value: Any) -> Any:
    """An event with another value at a place; it is changed itself, unless the place is the event."""
    if not path:
        return value
    owner = event
    for part in path[:-1]:
        owner = owner[part]
    owner[path[-1]] = value
    return event


def get(event: Any, path: Path) -> Any:
    """The value at a place."""
    for part in path:
        event = event[part]
    return event
