"""Checks the types of arguments, so that a wrong one is a :class:`eventlint.UsageError` at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from eventlint.errors import UsageError

T = TypeVar("T")

_KINDS: dict[type, str] = {str: "a string", bytes: "bytes", int: "an integer", Mapping: "a mapping"}


def instance(name: str, value: Any, kind: type[T], example: str = "") -> T:
    """The value of an argument.

    Raises:
        UsageError: The value has another type.
    """
    if not isinstance(value, kind):
        wanted = _KINDS.get(kind) or f"a {kind.__name__}"
        hint = f"; write {name}={example}" if example else ""
        raise UsageError(f"{name} must be {wanted}, not {shown(value)}{hint}")
    return value


def strings(name: str, value: object) -> tuple[str, ...] | None:
    """The value of an argument that takes an iterable of strings, or None.

    Raises:
        UsageError: The value is a single string, or not an iterable of strings.
    """
    if value is None:
        return None
    if isinstance(value, str):
        raise UsageError(
            f"{name} must be a list of strings, not the string {value[:40]!r}; write {name}=[{value[:40]!r}]"
        )
    if not isinstance(value, Iterable) or isinstance(value, bytes):
        raise UsageError(f"{name} must be a list of strings, not {shown(value)}")
    items = tuple(value)
    for item in items:
        if not isinstance(item, str):
            raise UsageError(f"{name} must contain strings only, not {shown(item)}")
    return items


def shown(value: object) -> str:
    """A value of the wrong type, as a message shows it."""
    if value is None:
        return "None"
    if isinstance(value, str | int | float):
        return repr(value if not isinstance(value, str) else value[:40])
    return f"a {type(value).__name__}"
