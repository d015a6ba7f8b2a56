"""Reads the payload of a request as a release of the server does."""

from __future__ import annotations

from typing import Any

from eventlint import spec
from eventlint.jsontext.decoding import Decoded, decode
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
        format_name: The format of the payload: ``json``, ``yaml``, ``cbor`` or ``smile``.
        text: The payload as UTF-8, with its original encoding; a payload in another format than JSON as JSON.
        walk: The walk over it; None when its encoding could not be read.
        faults: All faults that were found, in the order in which the server meets them.
    """

    __slots__ = ("faults", "format_name", "lines", "release", "text", "walk")

    def __init__(
        self,
        body: bytes,
        event_type: str,
        release: Release,
        *,
        first_only: bool,
        leaf_filter: LeafFilter | None = None,
        format_name: str = "json",
    ) -> None:
        """Read a payload to its end, or as the server does to its first fault; the filter chooses the leaves.

        Raises:
            MissingExtraError: The payload is in a format that an extra reads, and the extra is not installed.
        """
        self.release = release
        self.format_name = format_name
        self.walk: Walk | None = None
        if format_name != "json":
            self._read_transcript(body, event_type, first_only, leaf_filter)
            return
        try:
            self.text = decode(body)
        except JsonSyntaxError as error:
            error.reading = "token"
            self.text = Decoded(data=body)
            self.faults = [Fault.of_syntax_error(error)]
        else:
            limits = release.limits
            max_key = limits.key_bytes if "key-length-limited" in release.era.traits else None
            reader_limits = ReaderLimits(limits.nesting_depth, limits.number_digits, max_key)
            reader = Reader(self.text.data, self.text.start, reader_limits)
            self.faults = self._walk_over(reader, event_type, first_only, leaf_filter)
        self.lines = Lines(self.text)

    def _read_transcript(self, body: bytes, event_type: str, first_only: bool, leaf_filter: LeafFilter | None) -> None:
        """Read a payload in another format than JSON."""
        from eventlint.mirror.formats import transcribe
        from eventlint.mirror.formats.places import TranscriptLines
        from eventlint.mirror.formats.transcript_reader import TranscriptReader

        transcript = transcribe(body, self.format_name, self.release)
        reader = TranscriptReader(transcript)
        self.text = Decoded(data=reader.data)
        self.faults = self._walk_over(reader, event_type, first_only, leaf_filter)
        self.lines = TranscriptLines(body, self.text, transcript, self.format_name)

    def _walk_over(
        self, reader: Reader, event_type: str, first_only: bool, leaf_filter: LeafFilter | None
    ) -> list[Fault]:
        """Walk over the payload; the faults."""
        limit = self.release.limits.numeric_string_characters
        self.walk = Walk(
            reader,
            spec.event(event_type, self.release),
            max_numeric_string=limit if "numeric-string-length-limited" in self.release.era.traits else None,
            first_only=first_only,
            leaf_filter=leaf_filter,
        )
        return self.walk.faults

    @property
    def is_editable(self) -> bool:
        """Whether offsets in the text are offsets in the payload."""
        return self.format_name == "json" and self.text.unit == 1

    @property
    def refusal(self) -> Refusal | None:
        """The server's rejection of the payload; None when it accepts it."""
        return error_chain.refusal(self.faults[0], self.release, self.lines) if self.faults else None

    @property
    def outcome(self) -> Refusal | dict[str, Any]:
        """The server's rejection, or the event's fields as they are stored."""
        return self.refusal or (self.walk.event if self.walk is not None else {})


def read_payload(body: bytes, event_type: str, release: Release, format_name: str = "json") -> Refusal | dict[str, Any]:
    """Read a payload up to its first fault: the server's rejection, or the event's fields as they are stored.

    Raises:
        MissingExtraError: The payload is in a format that an extra reads, and the extra is not installed.
    """
    return Reading(body, event_type, release, first_only=True, format_name=format_name).outcome
