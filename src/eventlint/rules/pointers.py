"""JSON Pointers into decoded events, as the schemas write them for rules that compare several values."""

from typing import Any

from eventlint.mirror.stored_elements import StoredElements


def value_at(event: object, pointer: str) -> Any:
    """The value that a JSON Pointer leads to; None if there is none."""
    for part in pointer.split("/")[1:]:
        if type(event) is not dict:
            return None
        event = event.get(part)
    return event


def objects_at(event: object, pointer: str) -> list[dict[str, Any]] | StoredElements | None:
    """The array of objects that a JSON Pointer leads to; None if there is none."""
    found = value_at(event, pointer)
    return found if isinstance(found, list | StoredElements) else None


def parts_of(pointer: str) -> tuple[str | int, ...]:
    """The keys of a JSON Pointer."""
    return tuple(pointer.split("/")[1:])
