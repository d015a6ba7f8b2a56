"""A text or a number that the walk has read, for those who judge values; it must not know how it is judged."""

from collections.abc import Callable
from typing import Any

from eventlint.mirror.faults import Part
from eventlint.spec.nodes import Node


class Leaf:
    """A text or a number that was read, or the name of an entry, and where it stands.

    Attributes:
        pointer: The way to it.
        node: What the contract says about it.
        offset: Its first byte.
        value: What the server makes of it.
        raw: Its bytes as they stand.
        entry: The name of the entry that a text belongs to; None for other values.
        is_name: Whether it is that name itself.
    """

    __slots__ = ("entry", "is_name", "node", "offset", "pointer", "raw", "value")

    def __init__(
        self,
        pointer: tuple[Part, ...],
        node: Node,
        offset: int,
        value: Any,
        raw: bytes,
        entry: str | None = None,
        *,
        is_name: bool = False,
    ) -> None:
        self.pointer = pointer
        self.node = node
        self.offset = offset
        self.value = value
        self.raw = raw
        self.entry = entry
        self.is_name = is_name


LeafFilter = Callable[[Node, Any, bytes, str | None], bool]
"""Whether a leaf is kept: its node, its value, its bytes, and the name of the entry that it belongs to."""
