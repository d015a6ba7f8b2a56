"""A string or number of a payload, as rules about values look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eventlint.mirror.faults import Part
from eventlint.named_tuples import NamedTuple
from eventlint.spec.nodes import Node


@dataclass(slots=True, eq=False, repr=False)
class Leaf:
    """A string, a number, or the key of an entry.

    Attributes:
        value: What the server reads it as.
        raw: Its bytes in the payload.
        entry: The key of the entry that a string belongs to; None for other values.
        is_name: Whether it is that key itself.
    """

    pointer: tuple[Part, ...]
    node: Node
    offset: int
    value: Any
    raw: bytes
    entry: str | None = None
    is_name: bool = False


LeafFilter = Callable[[Node, Any, bytes, str | None], bool]
"""Whether to keep a leaf, by its node, its value, its bytes, and the key of the entry that it belongs to."""


class ValuePlace(NamedTuple):
    """Where a string or number is that is read alone.

    Attributes:
        node: Its specification; that of the filters for one in them.
        pointer: The path to it, as keys and indexes.
        enclosing: The parsers and fields around it, outermost first.
        entry: The key of the entry that it belongs to, or None.
    """

    node: Node
    pointer: tuple[Part, ...]
    enclosing: tuple[tuple[str, str], ...] = ()
    entry: str | None = None
