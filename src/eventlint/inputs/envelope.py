"""Events that are wrapped in a larger object."""

from __future__ import annotations

from eventlint.named_tuples import NamedTuple


class Envelope(NamedTuple):
    """Where the parts of an event are in a larger object: the keys that lead to each.

    Attributes:
        time: The timestamp of the event, in the larger object or in the event; None if it is not wanted.
    """

    payload: tuple[str, ...] = ("payload",)
    event_type: tuple[str, ...] = ("event_type",)
    collection: tuple[str, ...] = ("collection",)
    time: tuple[str, ...] | None = None
