"""The objects of a large array, most of which are read again from the payload when they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eventlint.mirror.plain_runs import content, elements_of


class StoredElements:
    """Objects as the server stores them, of an array that it accepts.

    As Python objects, small elements need twenty times the memory that they have in the payload.
    """

    __slots__ = ("_data", "_pieces", "_size")

    def __init__(self, data: bytes, objects: list[dict[str, Any]]) -> None:
        """Start with some objects; ``data`` is the payload."""
        self._data = data
        self._pieces: list[dict[str, Any] | tuple[int, int]] = [*objects]
        self._size = len(objects)

    def append(self, value: dict[str, Any]) -> None:
        """Add an object."""
        self._pieces.append(value)
        self._size += 1

    def add_run(self, start: int, end: int, count: int) -> None:
        """Add the objects of a run between two bytes, the comma before it included; and how many they are."""
        self._pieces.append((start, end))
        self._size += count

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for piece in self._pieces:
            if isinstance(piece, dict):
                yield piece
            else:
                yield from (one for one in elements_of(content(self._data, *piece)) if type(one) is dict)
