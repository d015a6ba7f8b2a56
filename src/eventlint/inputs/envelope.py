"""Events that are wrapped in a larger object."""

from __future__ import annotations

from typing import Any

from eventlint.named_tuples import NamedTuple

BASE64_SUFFIX = "_base64"
"""What follows the key of the payload if the envelope has its bytes in Base64, because they are not JSON."""


class Envelope(NamedTuple):
    """Where the parts of an event are in a larger object: the keys that lead to each.

    Attributes:
        time: The timestamp of the event, in the larger object or in the event; None if it is not wanted.
    """

    payload: tuple[str, ...] = ("payload",)
    event_type: tuple[str, ...] = ("event_type",)
    collection: tuple[str, ...] = ("collection",)
    time: tuple[str, ...] | None = None


ABSENT = object()
"""What :func:`value_at` returns when there is no such value."""


def value_at(value: Any, keys: tuple[str, ...]) -> Any:
    """The value that some keys lead to; :data:`ABSENT` if an object does not have one of them."""
    for key in keys:
        if type(value) is not dict or key not in value:
            return ABSENT
        value = value[key]
    return value
