"""Reads the payload of a request as a release of the server does."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from eventlint import spec
from eventlint.jsontext.decoding import Decoded, decode_start
from eventlint.jsontext.dialect import OLDER_WIDE, UTF8, WIDE, Dialect
from eventlint.jsontext.positions import Lines
from eventlint.jsontext.reader import Reader, ReaderLimits
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror import error_chain
from eventlint.mirror.error_chain import FirstFault
from eventlint.mirror.faults import Fault
from eventlint.mirror.leaf import Leaf, LeafFilter, ValuePlace
from eventlint.mirror.rendering import Refusal
from eventlint.mirror.walk import Walk
from eventlint.spec import Release

_SENDER = MappingProxyType({"ip": "127.0.0.1"})


class Reading:
    """The result of reading one payload.

    Attributes:
        format_name: The format of the payload: ``json``, ``yaml``, ``cbor`` or ``smile``.
        text: The payload as UTF-8, with its original encoding; a payload in another format than JSON as JSON.
        walk: The walk over it; None when its encoding could not be read.
        faults: All faults that were found, in the order in which the server meets them.
    """

    __slots__ = ("faults", "format_name", "in_query", "lines", "release", "sender", "text", "walk")

    def __init__(
        self,
        body: bytes,
        event_type: str,
        release: Release,
        *,
        first_only: bool,
        leaf_filter: LeafFilter | None = None,
        examine: Callable[[Leaf], Iterable[Any]] | None = None,
        format_name: str = "json",
        in_query: bool = False,
        sender: Mapping[str, str] = _SENDER,
    ) -> None:
        """Read a payload.

        Args:
            body: The payload.
            event_type: The event's type.
            release: The server's release.
            first_only: Whether to stop at the first fault, as the server does.
            leaf_filter: Chooses the strings and numbers to examine; None chooses none.
            examine: Examines each leaf that the filter chose.
            format_name: The format of the payload.
            in_query: Whether the payload comes from the query string.
            sender: What the server adds to the event's session.

        Raises:
            MissingExtraError: The payload is in a format that an extra reads, and the extra is not installed.
        """
        self.release = release
        self.format_name = format_name
        self.in_query = in_query
        self.sender = sender
        self.walk: Walk | None = None

        def walk_over(reader: Reader) -> list[Fault]:
            self.walk = self._walk(reader, event_type, first_only, leaf_filter, examine)
            return self.walk.faults

        if format_name != "json":
            self._read_transcript(body, walk_over)
            return
        try:
            self.text = decode_start(body)
        except JsonSyntaxError as error:
            error.reading = "token"
            self.text = Decoded(data=body)
            self.faults = [Fault.of_syntax_error(error)]
        else:
            self.faults = walk_over(self._reader())
            if self.text.error and self.faults and self.faults[-1].kind == "utf8-start":
                # The reader met the mark of what cannot be decoded, which is further on.
                last = self.faults[-1]
                last.kind, last.args, last.offset = "encoding", (self.text.error,), len(self.text.data)
        self.lines = Lines(self.text)

    def _reader(self) -> Reader:
        """The reader of the text, with the limits and the differences of the release."""
        text = self.text
        if text.unit > 1:
            wide = OLDER_WIDE if "older-json-reader" in self.release.era.traits else WIDE
            dialect = wide._replace(buffer_starts=text.buffer_starts)
        else:
            dialect = utf8_dialect(self.release)
        return Reader(text.readable, text.start, reader_limits(self.release), dialect)

    def _read_transcript(self, body: bytes, walk_over: Callable[[Reader], list[Fault]]) -> None:
        """Read a payload in another format than JSON."""
        from eventlint.mirror.formats import transcribe
        from eventlint.mirror.formats.places import TranscriptLines
        from eventlint.mirror.formats.transcript_reader import TranscriptReader

        transcript = transcribe(body, self.format_name, self.release)
        reader = TranscriptReader(transcript)
        self.text = Decoded(data=reader.data)
        self.faults = walk_over(reader)
        self.lines = TranscriptLines(body, self.text, transcript, self.format_name)

    def _walk(
        self,
        reader: Reader,
        event_type: str,
        first_only: bool,
        leaf_filter: LeafFilter | None,
        examine: Callable[[Leaf], Iterable[Any]] | None,
    ) -> Walk:
        """Walk over the payload."""
        return Walk(
            reader,
            spec.event(event_type, self.release),
            max_numeric_string=_max_numeric_string(self.release),
            first_only=first_only,
            leaf_filter=leaf_filter,
            examine=examine,
            rereads_keys="key-surrogates-rejected" in self.release.era.traits,
        )

    @property
    def is_editable(self) -> bool:
        """Whether offsets in the text are offsets in the payload."""
        return self.format_name == "json" and self.text.unit == 1

    @property
    def refusal(self) -> Refusal | None:
        """The server's rejection of the payload; None when it accepts it."""
        found = self.rejection
        return found.refusal() if isinstance(found, FirstFault) else found

    @property
    def rejection(self) -> Refusal | FirstFault | None:
        """The same, or what it can be built from; it does not keep the walk."""
        if not self.faults:
            return None
        fault = self.faults[0]
        if fault.reading == "stored" and self.walk is not None:
            from eventlint.mirror import stored_json

            event = self.walk.event
            stored = {**event, "session": {**event["session"], **self.sender}}
            return stored_json.refusal(stored, self.release, utf8_dialect(self.release))
        source = error_chain.STREAM if self.in_query and "query-source-stream" in self.release.era.traits else None
        return FirstFault(fault, self.release, self.lines, source)

    @property
    def outcome(self) -> Refusal | dict[str, Any]:
        """The server's rejection, or the event's fields as they are stored."""
        return self.refusal or (self.walk.event if self.walk is not None else {})


def _every(*_: object) -> bool:
    """Chooses every leaf."""
    return True


class ValueReader:
    """Reads single strings and numbers of payloads in UTF-8, each as in a walk over all of its payload."""

    def __init__(self, event_type: str, release: Release, examine: Callable[[Leaf], Iterable[Any]]) -> None:
        """Take what all payloads have in common.

        Args:
            event_type: The type of the events.
            release: The server's release.
            examine: Examines each value that is read.
        """
        self._node = spec.event(event_type, release)
        self._limits, self._dialect = reader_limits(release), utf8_dialect(release)
        self._max_numeric_string = _max_numeric_string(release)
        self._examine = examine

    def read(self, data: bytes, start: int, place: ValuePlace) -> Walk:
        """The walk over one value of a payload.

        Args:
            data: The payload.
            start: The first byte of the value.
            place: Where the value is.
        """
        return Walk(
            Reader(data, start, self._limits, self._dialect),
            self._node,
            max_numeric_string=self._max_numeric_string,
            first_only=False,
            leaf_filter=_every,
            examine=self._examine,
            place=place,
        )


def _max_numeric_string(release: Release) -> int | None:
    """How many characters a string may have where an integer is expected; None is no limit."""
    limits, traits = release.limits, release.era.traits
    return limits.numeric_string_characters if "numeric-string-length-limited" in traits else None


def reader_limits(release: Release) -> ReaderLimits:
    """The limits of a release's JSON reader."""
    limits, traits = release.limits, release.era.traits
    return ReaderLimits(
        limits.nesting_depth,
        limits.number_digits,
        limits.key_bytes if "key-length-limited" in traits else None,
    )


def utf8_dialect(release: Release) -> Dialect:
    """The dialect of a release's reader of UTF-8."""
    traits = release.era.traits
    return _utf8_dialect("raw-surrogates-rejected" in traits, "key-surrogates-rejected" in traits)


@functools.cache
def _utf8_dialect(raw_surrogates_rejected: bool, key_surrogates_rejected: bool) -> Dialect:
    return UTF8._replace(
        raw_surrogates_rejected=raw_surrogates_rejected, key_surrogates_rejected=key_surrogates_rejected
    )


def read_payload(body: bytes, event_type: str, release: Release, format_name: str = "json") -> Refusal | dict[str, Any]:
    """Read a payload up to its first fault: the server's rejection, or the event's fields as they are stored.

    Raises:
        MissingExtraError: The payload is in a format that an extra reads, and the extra is not installed.
    """
    return Reading(body, event_type, release, first_only=True, format_name=format_name).outcome
