"""A document in an editor: its text, its content as a file, and the events in it.

The events are those that the readers of ``eventlint check`` find. Offsets are in bytes of the text as UTF-8.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from eventlint.errors import InputError
from eventlint.inputs.content import MARK
from eventlint.inputs.file_names import COMPRESSED, format_of
from eventlint.inputs.files import format_of_bytes, records
from eventlint.inputs.record import Record
from eventlint.job import event_type_of
from eventlint.lsp.positions import PositionEncoding, Positions, TextPosition
from eventlint.lsp.settings import FileSettings
from eventlint.model import Position

_LANGUAGES = {
    "json": "json",
    "jsonc": "json",
    "jsonl": "ndjson",
    "ndjson": "ndjson",
    "json lines": "ndjson",
    "http": "console",
    "rest": "console",
    "es": "console",
    "esconsole": "console",
    "har": "har",
    "markdown": "markdown",
    "mdx": "markdown",
}
"""The format of a document without a name that indicates one, by the editor's name of its language."""


class Region(NamedTuple):
    """One event of a document.

    Attributes:
        record: The event as the reader found it.
        start: The first byte of the payload in the text; that of the request line if the text has no payload.
        end: The byte after the payload.
        is_exact: Whether the text has the payload byte for byte, so that an offset in it is ``start`` plus an offset.
        event_type: The event type; None if it is unknown.
        collection: The collection; None if it is unknown.
        type_span: Where a request line has the event type: the first byte and the byte after it; None without one.
        collection_span: Where a request line has the collection; None without one.
        line: The line of the request, from 0; of the payload if there is no request.
    """

    record: Record
    start: int
    end: int
    is_exact: bool
    event_type: str | None
    collection: str | None
    type_span: tuple[int, int] | None
    collection_span: tuple[int, int] | None
    line: int


class Document:
    """One version of a document; immutable.

    Attributes:
        path: The path of its file, which need not exist.
        language_id: The editor's name of its language.
        version: The version, as the editor counts it.
        text: The text as UTF-8.
        data: The content of the file if it were saved now: the text in the encoding of the file, with its byte order
            mark. If the file has the same text, its bytes, which can be invalid UTF-8.
        settings: How it is checked.
    """

    def __init__(
        self,
        path: str,
        text: bytes,
        settings: FileSettings,
        *,
        language_id: str = "",
        version: int | None = None,
        encoding: PositionEncoding = "utf-16",
        data: bytes | None = None,
    ) -> None:
        self.path = path
        self.language_id = language_id
        self.version = version
        self.text = text
        self.data = text if data is None else data
        self.settings = settings
        self.encoding: PositionEncoding = encoding
        self._first: tuple[int, tuple[Region, ...]] = (0, ())

    @functools.cached_property
    def positions(self) -> Positions:
        """Converts offsets in the text to positions of the editor."""
        return Positions(self.text, self.encoding)

    @property
    def is_plain(self) -> bool:
        """Whether offsets in the content of the file are offsets in the text."""
        return self.data is self.text

    @functools.cached_property
    def mark(self) -> int | None:
        """The bytes of a byte order mark in front of the text, or 0; None if the content is not the text in UTF-8."""
        if self.is_plain:
            return 0
        return len(MARK) if self.data.startswith(MARK) and self.data[len(MARK) :] == self.text else None

    @property
    def hint(self) -> str | None:
        """The format that the name indicates, or else the language; None if neither does."""
        is_unnamed = not os.path.splitext(self.path)[1]
        return format_of(self.path) or (_LANGUAGES.get(self.language_id) if is_unnamed else None)

    @functools.cached_property
    def form(self) -> str:
        """The format that the document is read in."""
        return format_of_bytes(self.data, self._form, self.hint, self.settings.job.max_event_size)

    @property
    def _form(self) -> str | None:
        """The format that is given, so that the content does not decide."""
        job = self.settings.job
        return job.form or (None if format_of(self.path) else _LANGUAGES.get(self.language_id) and self.hint)

    @property
    def is_compressed(self) -> bool:
        """Whether the file would be compressed, so that it cannot be read from the editor."""
        return self.path.endswith(COMPRESSED)

    @property
    def read_path(self) -> str:
        """The path that other files are relative to: relative to the folder of the workspace, as messages show it."""
        name = self.settings.file.name
        return self.path if name.startswith("..") else name

    def records(self) -> Iterator[Record]:
        """Read the events.

        Raises:
            InputError: The document cannot be read.
        """
        job = self.settings.job
        if self.is_compressed:
            raise InputError("a compressed file cannot be checked in an editor")
        return records(
            self.read_path,
            self._form if self.hint is None else self.form,  # known, so that the reader need not determine it again
            job.envelope,
            prefixes=job.prefixes,
            most=job.max_event_size,
            content=self.data,
        )

    @functools.cached_property
    def regions(self) -> tuple[Region, ...]:
        """The events whose payload or request is in the text, in their order; empty if the document cannot be read."""
        return tuple(self._read_regions())

    def first_regions(self, most: int) -> tuple[Region, ...]:
        """The first events, without reading the others."""
        if "regions" in self.__dict__:
            return self.regions[:most]
        known, regions = self._first
        if known < most:
            regions = tuple(islice(self._read_regions(), most))
            self._first = (most, regions)
        return regions[:most]

    def _read_regions(self) -> Iterator[Region]:
        try:
            yield from filter(None, map(self._region, self.records()))
        except InputError:
            return

    def region_at(self, offset: int) -> Region | None:
        """The event at a byte: the last one that begins at or before it, if it does not end before it."""
        found = None
        for region in self.regions:
            head = self.text_offset(region.record.head.of(None)) if region.record.head is not None else region.start
            if min(head, region.start) > offset:
                break
            found = region
        return found if found is not None and offset <= found.end else None

    def _region(self, record: Record) -> Region | None:
        place = record.place
        if record.problem is not None and record.head is None and not record.body:
            return None
        settings = self.settings
        event_type = event_type_of(settings.job, settings.file, record)
        collection = record.collection or (None if record.request is not None else settings.file.collection)
        if record.request is not None:
            from eventlint.inputs.endpoint import collection_of

            event_type = record.type_at[1] if record.type_at is not None else _type_in(record.request.uri)
            collection = collection or collection_of(record.request.uri)
        start = self.text_offset(place.of(None))
        end = start + (0 if place.encoded or record.source is not None else len(record.text))
        head = self.text_offset(record.head.of(None)) if record.head is not None else start
        type_span = collection_span = None
        if record.type_at is not None and self.is_plain:
            at, name = record.type_at
            type_span = (at, at + len(name.encode()))
            collection_span = _collection_span(self.text, head, at, collection)
        return Region(
            record=record,
            start=start,
            end=min(end, len(self.text)),
            is_exact=self.is_plain and place.source_map is None and place.string_map is None and not place.encoded,
            event_type=event_type,
            collection=collection,
            type_span=type_span,
            collection_span=collection_span,
            line=self.positions.line_of(min(head, len(self.text))),
        )

    def text_offset(self, position: Position) -> int:
        """The offset in the text of a position in the content of the file, whose encoding may be another one."""
        if self.mark is not None:
            return min(max(position.offset - self.mark, 0), len(self.text))
        start = self.positions.line_start(position.line - 1)
        return Positions(self.text[start:], "utf-32").offset(TextPosition(0, position.column - 1)) + start

    def position_of(self, position: Position) -> TextPosition:
        """The position in the editor of a position in the content of the file."""
        return self.positions.position(self.text_offset(position))


def _type_in(uri: str) -> str | None:
    """The event type in the path of a request."""
    parts = uri.partition("?")[0].split("/event/")
    return parts[1] if len(parts) > 1 and parts[1] else None


def _collection_span(text: bytes, head: int, at: int, collection: str | None) -> tuple[int, int] | None:
    """Where the collection is: in front of ``/event/`` and the event type."""
    end = text.rfind(b"/event/", head, at)
    if end < 0:
        return None
    start = text.rfind(b"/", head, end) + 1
    return (start, end) if start else None
