"""Finds the parts of the versions of one document: the lines of NDJSON, or else the events.

Of a file of requests, and of the blocks of Markdown, only what has changed is read again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from eventlint.inputs.content import BLANKS
from eventlint.inputs.markdown import Block, has_requests, read_blocks, records_of
from eventlint.inputs.record import Record
from eventlint.inputs.request_files import RequestReader, source_text
from eventlint.inputs.requests.variables import FileVariables
from eventlint.inputs.source_map import SourceText
from eventlint.inputs.utf8_view import wide_encoding
from eventlint.lsp.buffers import common, common_end
from eventlint.lsp.documents import Document

_AT_ONCE = 256
"""How many steps are read before what was read replaces what is known of an earlier version."""

_MOST_VARIABLES = 100
"""With more variables, all blocks of Markdown are read again, since the result of each depends on all variables."""


class Part(NamedTuple):
    """A line of NDJSON, or an event.

    Attributes:
        key: What its result depends on; None if the result is not kept.
        start: Its first byte in the text.
        line: Its line, from 1, if it is a line of NDJSON; else 0.
        body: The line without its end; empty for an event.
        record: Returns the event; None for a line of NDJSON.
    """

    key: Hashable
    start: int
    line: int = 0
    body: bytes = b""
    record: Callable[[], Record] | None = None


class _Kept(NamedTuple):
    """What is kept of an event: what its result depends on, and where it is in its step or block."""

    key: Hashable
    at: int


class _Step(NamedTuple):
    """A step of :class:`RequestReader` in a version of a file.

    Attributes:
        start: Its first byte.
        may_be_url: What the reader knew in front of it.
        end: The byte after it.
        then_may_be_url: What the reader knew after it.
        seen: How many bytes at the start of the text decided about it.
        numbers: How many numbers its records have.
        events: Its events.
    """

    start: int
    may_be_url: bool
    end: int
    then_may_be_url: bool
    seen: int
    numbers: int
    events: tuple[_Kept, ...]

    def moved(self, by: int) -> _Step:
        """The same step some bytes later."""
        return self._replace(start=self.start + by, end=self.end + by, seen=self.seen + by)


class _KeptBlock(NamedTuple):
    """A block of Markdown: how many numbers its records have, and its events."""

    numbers: int
    events: tuple[_Kept, ...]


class _Again:
    """The records of a step or block that is known; they are read only if one of them is needed."""

    def __init__(self, read: Callable[[], Iterable[Record]]) -> None:
        self._read = read

    @functools.cached_property
    def _records(self) -> list[Record]:
        return list(self._read())

    def parts(self, start: int, events: Sequence[_Kept]) -> Iterator[Part]:
        """The parts that the records are."""
        for index, (key, at) in enumerate(events):
            yield Part(key, start + at, record=functools.partial(self._record, index))

    def _record(self, index: int) -> Record:
        return self._records[index]


class Parts:
    """Finds the parts of the versions of one document."""

    def __init__(self) -> None:
        self._context: object = None
        self._text = b""
        self._steps: list[_Step] = []
        self._blocks: dict[Hashable, _KeptBlock] = {}

    def of(self, document: Document) -> Iterator[Part | None]:
        """The parts of a version in their order; None from time to time where there are none.

        Raises:
            InputError: The document cannot be read.
        """
        if document.is_plain and document.form == "ndjson":
            yield from _lines(document.text)
            return
        text = _text_of_requests(document)
        if text is None:
            for record in document.records():
                yield _part(document, record)
        elif document.form == "markdown":
            yield from self._of_markdown(document, text)
        else:
            yield from self._of_requests(document, text)

    def _of_requests(self, document: Document, text: SourceText) -> Iterator[Part | None]:
        path, prefixes, stop = document.read_path, document.settings.job.prefixes, len(text.data)
        reader = RequestReader(text, path, prefixes)
        reader.define_variables(0, stop)
        self._in_context((path, tuple(prefixes), text.is_editable, reader.variables.definitions))
        old_text, old = self._text, self._steps
        same = common(old_text, text.data)
        same_end = common_end(old_text[same:], text.data[same:])
        by = stop - len(old_text)
        steps: list[_Step] = []

        def again(step: _Step) -> Iterator[Part | None]:
            number = reader.number
            reader.number += step.numbers
            steps.append(step)
            if not step.events:
                yield None
                return
            other = functools.partial(RequestReader, text, path, prefixes, number=number, variables=reader.variables)
            records = _Again(lambda: other().step(step.start, stop, may_be_url=step.may_be_url).records)
            yield from records.parts(step.start, step.events)

        for step in takewhile(lambda step: step.seen <= same, old):
            yield from again(step)
        known = {step.start + by: index for index, step in enumerate(old) if step.start >= len(old_text) - same_end}
        offset, may_be_url = (steps[-1].end, steps[-1].then_may_be_url) if steps else (reader.first(0), True)
        while offset < stop:
            index = known.get(offset)
            if index is not None and old[index].may_be_url == may_be_url:
                for step in old[index:]:
                    yield from again(step.moved(by))
                break
            number, found = reader.number, reader.step(offset, stop, may_be_url=may_be_url)
            parts = [_part(document, record) for record in found.records]
            events = tuple(_Kept(part.key, part.start - offset) for part in parts)
            seen = reader.seen(found.end, stop)
            numbers = reader.number - number
            steps.append(_Step(offset, may_be_url, found.end, found.may_be_url, seen, numbers, events))
            yield from parts or (None,)
            offset, may_be_url = found.end, found.may_be_url
            if len(steps) % _AT_ONCE == 0 and len(steps) > len(self._steps):
                self._text, self._steps = text.data, steps  # so that a check that is given up was not in vain
        self._text, self._steps = text.data, steps

    def _of_markdown(self, document: Document, plain: SourceText) -> Iterator[Part | None]:
        path, prefixes = document.read_path, document.settings.job.prefixes
        self._in_context((path, tuple(prefixes), plain.is_editable))
        text, blocks = read_blocks(plain)
        reader = RequestReader(text, path, prefixes)
        variables, definitions = FileVariables(), reader.variables.definitions
        found: dict[Hashable, _KeptBlock] = {}
        for block in blocks:
            if _may_define(text, block):
                reader.define_variables(block.start, block.end)
                if len(reader.variables) <= _MOST_VARIABLES and definitions != reader.variables.definitions:
                    variables, definitions = reader.variables.copy(), reader.variables.definitions
            key = _block_key(text, block, definitions)
            known = self._blocks.get(key) if len(reader.variables) <= _MOST_VARIABLES else None
            number = reader.number
            if known is None:
                parts = [_part(document, record) for record in records_of(text, block, reader)]
                events = tuple(_Kept(part.key, part.start - block.start) for part in parts)
                known = _KeptBlock(reader.number - number, events)
                yield from parts
            else:
                records = _Again(functools.partial(_read_block, document, text, block, number, variables))
                reader.number += known.numbers
                yield from records.parts(block.start, known.events)
            if not known.events:
                yield None
            if len(reader.variables) <= _MOST_VARIABLES:
                found[key] = known
        self._blocks = found

    def _in_context(self, context: object) -> None:
        """Forget what is known if it was found with other settings."""
        if self._context != context:
            self._context, self._text, self._steps, self._blocks = context, b"", [], {}


def _may_define(text: SourceText, block: Block) -> bool:
    """Whether a block may define variables."""
    return b"@" in text.data[block.start : block.end] and has_requests(text, block)


def _read_block(
    document: Document, text: SourceText, block: Block, number: int, variables: FileVariables
) -> Iterator[Record]:
    reader = RequestReader(text, document.read_path, document.settings.job.prefixes, number=number, variables=variables)
    return records_of(text, block, reader)


def _block_key(text: SourceText, block: Block, definitions: Hashable) -> Hashable:
    """What the records in a block depend on, apart from where they are."""
    holes = tuple((start - block.start, end - block.start) for start, end in block.holes)
    return text.original[block.start : block.end], holes, block.language, block.event_type, definitions


def _text_of_requests(document: Document) -> SourceText | None:
    """The text of a document with requests; None if it has another format, or is not read as it is."""
    is_read = document.is_plain and not document.is_compressed and wide_encoding(document.data[:4]) is None
    if not is_read or document.form not in ("console", "markdown"):
        return None
    text = source_text(document.data)
    if not text.is_editable or text.data != document.text:
        return None
    text.is_editable = document.form == "markdown" or document.hint is not None
    return text


def _lines(text: bytes) -> Iterator[Part]:
    at = 0
    for number, line in enumerate(text.split(b"\n"), 1):
        body = line.rstrip(b"\r")
        if body and body.strip(BLANKS):
            yield Part(body, at, number, body=body)
        at += len(line) + 1


def _part(document: Document, record: Record) -> Part:
    place = record.place if record.head is None else record.head
    start = place.offset if document.is_plain else 0
    return Part(_key(document, record, start), start, record=lambda: record)


def _key(document: Document, record: Record, start: int) -> Hashable:
    """All that the result of an event depends on, apart from where it is; None if that cannot be said."""
    place = record.place
    is_moved = place.string_map is not None or record.source is not None or record.problem is not None
    if is_moved or not document.is_plain or record.recorded is not None or record.failure is not None:
        return None
    segments = None
    end = place.offset + (0 if place.encoded else len(record.body))
    if place.source_map is not None:
        segments = tuple(
            (*one[:2], one.at - start, one.until - start, one.is_exact) for one in place.source_map.segments
        )
        end = max((one.until for one in place.source_map.segments), default=end)
    request = record.request
    suppressions = tuple(
        (one.rules, None if one.line is None else one.line - place.line, one.place.offset - start)
        for one in record.suppressions
    )
    return (
        *(record.body, document.text[start:end], place.offset - start, place.encoded, segments),
        None if request is None else (request.method, request.uri, tuple(dict(request.headers).items())),
        *(record.event_type, record.collection, record.prefix, suppressions),
        None if record.type_at is None else (record.type_at[0] - start, record.type_at[1]),
        *(record.unchecked, record.unknown, record.not_fixable, record.has_variables),
    )
