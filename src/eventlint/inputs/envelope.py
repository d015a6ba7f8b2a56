"""Events that are wrapped in a larger object."""

from __future__ import annotations

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
