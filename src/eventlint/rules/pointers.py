"""JSON Pointers into decoded events, as the schemas write them for rules that compare several values."""

import functools
from typing import Any

from eventlint.mirror.stored_elements import StoredElements


def value_at(event: object, pointer: str) -> Any:
    """The value that a JSON Pointer leads to; None if there is none."""
    for part in parts_of(pointer):
        if type(event) is not dict:
            return None
        event = event.get(part)
    return event


def objects_at(event: object, pointer: str) -> list[dict[str, Any]] | StoredElements | None:
    """The array of objects that a JSON Pointer leads to; None if there is none."""
    found = value_at(event, pointer)
    return found if isinstance(found, list | StoredElements) else None


@functools.lru_cache(64)
def parts_of(pointer: str) -> tuple[str, ...]:
    """The keys of a JSON Pointer."""
    return tuple(pointer.split("/")[1:])
