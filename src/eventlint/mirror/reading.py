"""The payload of a request, as an era of the server reads it; it must not know the request around it, nor findings."""

from __future__ import annotations

from typing import Any

from eventlint import spec as contract
from eventlint.jsontext.decoding import Decoded, decode
from eventlint.jsontext.positions import Lines
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror import messages as words
from eventlint.mirror.faults import Fault
from eventlint.mirror.leaf import LeafFilter
from eventlint.mirror.rendering import Refusal
from eventlint.mirror.walk import Walk

MAX_NAME_BYTES = 50_000
"""How many bytes a name may have in an era with the trait that limits it."""


class Reading:
    """What came of reading one payload.

    Attributes:
        text: The payload as UTF-8, and what it was before; None when its encoding could not be read.
        walk: The walk over it; None when its encoding could not be read.
        faults: All faults that were found, in the order in which the server would meet them.
        lines: Tells the places of bytes.
        traits: What sets the era apart in which it was read.
    """

    __slots__ = ("faults", "lines", "text", "traits", "walk")

    def __init__(
        self,
        body: bytes,
        event_type: str,
        traits: frozenset[str],
        *,
        first_only: bool,
        leaf_filter: LeafFilter | None = None,
    ) -> None:
        """Read a payload.

        Args:
            body: The payload's bytes.
            event_type: One of the contract's event types.
            traits: What sets the era apart.
            first_only: Whether to stop at the first fault, as the server does.
            leaf_filter: Tells which texts and numbers the walk keeps as leaves; None keeps none.
        """
        self.traits = traits
        self.walk: Walk | None = None
        try:
            self.text = decode(body)
        except JsonSyntaxError as syntax_error:
            self.text = Decoded(data=body)
            self.faults = [
                Fault(
                    syntax_error.kind,
                    syntax_error.at,
                    syntax_error.args,
                    pointer=(),
                    server_offset=syntax_error.server_offset,
                    where="token",
                    fatal=True,
                )
            ]
        else:
            limit = MAX_NAME_BYTES if "name-length-limited" in traits else None
            self.walk = Walk(
                Reader(self.text.data, self.text.start, limit),
                contract.event(event_type),
                limit_strings="numeric-string-length-limited" in traits,
                first_only=first_only,
                leaf_filter=leaf_filter,
            )
            self.faults = self.walk.faults
        self.lines = Lines(self.text)

    @property
    def refusal(self) -> Refusal | None:
        """What the server says of the payload; None when it is accepted."""
        return words.refusal(self.faults[0], self.traits, self.lines) if self.faults else None


def read_payload(body: bytes, event_type: str, traits: frozenset[str]) -> Refusal | dict[str, Any]:
    """Read a payload up to its first fault.

    Args:
        body: The payload's bytes.
        event_type: One of the contract's event types.
        traits: What sets the era apart.

    Returns:
        The server's refusal, or the event's fields as they are stored.
    """
    reading = Reading(body, event_type, traits, first_only=True)
    if reading.refusal is not None:
        return reading.refusal
    assert reading.walk is not None  # noqa: S101 - there is a fault when there is no walk
    return reading.walk.event
