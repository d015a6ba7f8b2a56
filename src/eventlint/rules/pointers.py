"""JSON Pointers into decoded events, as the schemas write them for rules that compare several values."""

from typing import Any


def value_at(event: object, pointer: str) -> Any:
    """The value that a JSON Pointer leads to; None if there is none."""
    for part in pointer.split("/")[1:]:
        if type(event) is not dict:
            return None
        event = event.get(part)
    return event


def parts_of(pointer: str) -> tuple[str | int, ...]:
    """The keys of a JSON Pointer."""
    return tuple(pointer.split("/")[1:])
