"""Requests and events in the fenced code blocks of Markdown documents.

These blocks are read: ``http`` and ``rest``; ``es``; ``console``, if its first line is a request, because such a block
is a shell session otherwise; ``json`` with an event type in the info string, such as ``json search``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eventlint.inputs.content import MARK
from eventlint.inputs.record import Place, Record
from eventlint.inputs.request_files import RequestReader, source_text
from eventlint.inputs.requests import grammar
from eventlint.inputs.source_map import EventBuilder, SourceText
from eventlint.inputs.type_from_path import type_of_name

_REQUESTS = frozenset({"http", "rest", "es", "console"})
_MARK = re.compile(rb"```|~~~|<!--")
"""What every line has that begins a block or a comment."""

_FENCE = re.compile(
    rb"((?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*+)[ \t]*(?:(`{3,}+)([^`\r\n]*)|(~{3,}+)([^\r\n]*))\r?\n?$"
)
_COMMENT = re.compile(rb" {0,3}<!--")
_WORD = re.compile(r"[^\s,{}.=:\"']+")


class Block(NamedTuple):
    """A fenced block.

    Attributes:
        start: The first byte after the line of the opening fence.
        end: The first byte of the line of the closing fence.
        holes: The marks of quotes inside of it: for each, its first byte and the byte after it.
        language: The first word of the info string, in lower case.
        event_type: The event type in the info string, or None.
    """

    start: int
    end: int
    language: str
    event_type: str | None
    holes: Sequence[tuple[int, int]] = ()


def read_markdown(data: bytes, path: str | None = None, prefixes: Sequence[str] = ()) -> Iterator[Record]:
    """Read the requests and events in the fenced blocks of a Markdown document.

    Args:
        data: The content of the document.
        path: The path of the document, which bodies from other files are relative to; None for standard input.
        prefixes: The prefixes of proxies in front of the endpoint.
    """
    text, blocks = read_blocks(source_text(data))
    if not blocks:
        return
    reader = RequestReader(text, path, prefixes)
    for block in blocks:
        yield from records_of(text, block, reader)


def read_blocks(plain: SourceText) -> tuple[SourceText, list[Block]]:
    """The blocks in the text of a Markdown document, and the text without the marks of quotes inside of them."""
    blocks = list(_blocks(plain))
    holes = [hole for block in blocks for hole in block.holes]
    if not holes:
        return plain, blocks
    masked = bytearray(plain.data)
    for start, end in holes:
        masked[start:end] = b" " * (end - start)
    return SourceText(bytes(masked), plain.data, holes, is_editable=plain.is_editable), blocks


def records_of(text: SourceText, block: Block, reader: RequestReader) -> Iterator[Record]:
    """The requests, or the event, in a block of a text.

    They depend on the text of the block, the marks of quotes in it, and the variables that the reader knows.
    """
    if block.event_type is not None:
        record = _event(text, block, reader.next_number())
        if record is not None:
            yield record
    elif has_requests(text, block):
        yield from reader.records(block.start, block.end)


def has_requests(text: SourceText, block: Block) -> bool:
    """Whether a block is read as requests."""
    is_event = block.event_type is not None
    return not is_event and (block.language != "console" or _begins_with_request(text.data, block))


def request_blocks(data: bytes) -> list[tuple[int, int]]:
    """The first byte of each block of requests in a Markdown document in UTF-8, and the byte after it."""
    return [(block.start, block.end) for block in _blocks(SourceText(data)) if block.event_type is None]


def _event(text: SourceText, block: Block, number: int) -> Record | None:
    """The event in a block of JSON; None if the block is empty."""
    content = text.data[block.start : block.end]
    start = block.start + len(content) - len(content.lstrip())
    if start == block.end:
        return None
    builder = EventBuilder(text)
    builder.keep(start, block.end)
    body, source_map = builder.build()
    position = text.position(start)
    place = Place(position.line, position.column, start, source_map=source_map)
    return Record(body=body, place=place, number=number, event_type=block.event_type)


def _begins_with_request(data: bytes, block: Block) -> bool:
    """Whether the first line that is not a comment begins with an HTTP method."""
    for line in data[block.start : block.end].splitlines():
        if line.strip() and not grammar.COMMENT.match(line):
            return grammar.is_request_line(line)
    return False


def _blocks(text: SourceText) -> Iterator[Block]:
    """The blocks that are read."""
    offset = len(MARK) if text.data.startswith(MARK) else 0
    while mark := _MARK.search(text.data, offset):
        offset = max(offset, text.starts[text.line(mark.start()) - 1])
        end = text.end(offset)
        match = _FENCE.match(text.data, offset, end)
        if match is None:
            comment = _COMMENT.match(text.data, offset, end)
            close = -1 if comment is None else text.data.find(b"-->", comment.end())
            offset = end if comment is None else len(text.data) if close < 0 else text.end(close)
            continue
        fence = match[2] or match[4]
        marks: list[tuple[int, int]] = []
        stop, offset = _end_of_block(text, end, fence, match[1].count(b">"), marks)
        language, event_type = _info((match[3] or match[5] or b"").decode("utf-8", "replace"))
        if language in _REQUESTS or event_type is not None:
            yield Block(end, stop, language, event_type, marks)


def _end_of_block(
    text: SourceText, offset: int, fence: bytes, depth: int, holes: list[tuple[int, int]]
) -> tuple[int, int]:
    """The first byte of the line that closes a block, and the byte after it."""
    quote = re.compile(rb"(?:[ \t]*>){%d}" % depth)
    closing = re.compile(rb"[ \t]*%s{%d,}[ \t]*\r?\n?$" % (re.escape(fence[:1]), len(fence)))
    while offset < len(text.data):
        if not depth:  # only a line with the fence can end the block
            found = text.data.find(fence, offset)
            if found < 0:
                break
            offset = text.starts[text.line(found) - 1]
        end = text.end(offset)
        mark = quote.match(text.data, offset, end)
        if mark is None:
            return offset, offset
        if closing.match(text.data, mark.end(), end):
            return offset, end
        if depth:
            holes.append(mark.span())
        offset = end
    return len(text.data), len(text.data)


def _info(info: str) -> tuple[str, str | None]:
    """The language in an info string, and the event type if the language is JSON."""
    words = _WORD.findall(info)
    language = words[0].lower() if words else ""
    if language not in ("json", "jsonc"):
        return language, None
    listed = info.replace(",", " ").split()
    return language, next(filter(None, map(type_of_name, listed)), None)
