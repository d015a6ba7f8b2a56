"""Reads the payload of a request as a release of the server does."""

from __future__ import annotations

from typing import Any

from eventlint import spec
from eventlint.jsontext.decoding import Decoded, decode_start
from eventlint.jsontext.dialect import OLDER_WIDE, UTF8, WIDE
from eventlint.jsontext.positions import Lines
from eventlint.jsontext.reader import Reader, ReaderLimits
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror import error_chain
from eventlint.mirror.faults import Fault
from eventlint.mirror.leaf import LeafFilter
from eventlint.mirror.rendering import Refusal
from eventlint.mirror.walk import Walk
from eventlint.spec import Release


class Reading:
    """The result of reading one payload.

    Attributes:
        text: The payload as UTF-8, with its original encoding.
        walk: The walk over it; None when its encoding could not be read.
        faults: All faults that were found, in the order in which the server meets them.
    """

    __slots__ = ("faults", "lines", "release", "text", "walk")

    def __init__(
        self, body: bytes, event_type: str, release: Release, *, first_only: bool, leaf_filter: LeafFilter | None = None
    ) -> None:
        """Read a payload to its end, or as the server does to its first fault; the filter chooses the leaves."""
        self.release = release
        self.walk: Walk | None = None
        try:
            self.text = decode_start(body)
        except JsonSyntaxError as error:
            error.reading = "token"
            self.text = Decoded(data=body)
            self.faults = [Fault.of_syntax_error(error)]
        else:
            limits, traits = release.limits, release.era.traits
            max_numeric_string = limits.numeric_string_characters
            self.walk = Walk(
                self._reader(),
                spec.event(event_type, release),
                max_numeric_string=max_numeric_string if "numeric-string-length-limited" in traits else None,
                first_only=first_only,
                leaf_filter=leaf_filter,
            )
            self.faults = self.walk.faults
            if self.text.error and self.faults and self.faults[-1].kind == "utf8-start":
                # The reader met the mark of what cannot be decoded, which is further on.
                last = self.faults[-1]
                last.kind, last.args, last.offset = "encoding", (self.text.error,), len(self.text.data)
        self.lines = Lines(self.text)

    def _reader(self) -> Reader:
        """The reader of the text, with the limits and the differences of the release."""
        text, limits, traits = self.text, self.release.limits, self.release.era.traits
        max_key = limits.key_bytes if "key-length-limited" in traits else None
        dialect = UTF8
        if text.unit > 1:
            wide = OLDER_WIDE if "older-json-reader" in traits else WIDE
            dialect = wide._replace(buffer_starts=text.buffer_starts)
        limits_of_reader = ReaderLimits(limits.nesting_depth, limits.number_digits, max_key)
        return Reader(text.readable, text.start, limits_of_reader, dialect)

    @property
    def refusal(self) -> Refusal | None:
        """The server's rejection of the payload; None when it accepts it."""
        return error_chain.refusal(self.faults[0], self.release, self.lines) if self.faults else None

    @property
    def outcome(self) -> Refusal | dict[str, Any]:
        """The server's rejection, or the event's fields as they are stored."""
        return self.refusal or (self.walk.event if self.walk is not None else {})


def read_payload(body: bytes, event_type: str, release: Release) -> Refusal | dict[str, Any]:
    """Read a payload up to its first fault: the server's rejection, or the event's fields as they are stored."""
    return Reading(body, event_type, release, first_only=True).outcome
