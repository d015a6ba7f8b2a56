"""Determines the format of a file by its content; the suffix only decides what the content leaves open.

A file is NDJSON if its first line is a whole JSON value, and another line begins one. So a single event, indented or
not, stays one event, whatever the file is called. If the first line is damaged, a later line can show that the file is
NDJSON.
"""

from __future__ import annotations

import json

from eventlint.jsontext.lazy_regex import Lazy
from eventlint.jsontext.syntax_error import JsonSyntaxError

MARK = b"\xef\xbb\xbf"
BLANKS = b" \t\r\n" + MARK
"""What may come before a value: white space and the bytes of byte order marks."""
STRAY_MARKS = b"}],; \t\r\n"
"""What may be left over after a value without being somebody's text."""
_BRACKETS = (b"{", b"[")
_HAR = Lazy(rb'\s*\{\s*"log"\s*:\s*\{\s*"(?:version|creator|browser|pages|entries|comment)"\s*:')


def begins_json(line: bytes) -> bool:
    """Whether the first character of a line begins an object or an array."""
    return line.lstrip(BLANKS).startswith(_BRACKETS)


def begins_event(text: bytes) -> bool:
    """Whether a text begins an object, or an array of objects; not a line of a log such as ``[INFO] started``."""
    text = text.lstrip(BLANKS)
    return text.startswith(b"{") or (text.startswith(b"[") and text[1:].lstrip()[:1] in (b"", b"{", b"[", b"]", b"/"))


def is_value(text: bytes) -> bool:
    """Whether a text is one JSON value, as the server's reader sees it, and nothing else."""
    text = text.strip(BLANKS)
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return _end_of_value(text) == len(text)
    return True


def is_ndjson(head: bytes, hint: str | None) -> bool:
    """Whether the first lines of a file are certainly NDJSON.

    Args:
        head: The first bytes of the file as UTF-8, with at least one line ending.
        hint: The format that the suffix indicates, or None.
    """
    first, _, rest = head.lstrip(BLANKS).partition(b"\n")
    if not first.startswith(_BRACKETS) or hint not in ("json", "ndjson", None):
        return False
    if hint == "ndjson" and not first.startswith(b"["):
        return is_value(first)
    return any(map(begins_json, rest.split(b"\n"))) and is_value(first)


def format_of_content(head: bytes, *, is_whole: bool, hint: str | None) -> str | None:
    """The format of a file.

    Args:
        head: The first bytes of the file as UTF-8: at least one whole line, or all.
        is_whole: Whether they are all.
        hint: The format that the suffix indicates, or None.

    Returns:
        The format. None is one that is neither JSON nor a recording, if there is no hint.
    """
    text = head.lstrip(BLANKS)
    if not text:
        return hint or "ndjson"
    if not text.startswith(_BRACKETS) or (hint is None and not begins_event(text)):
        return "json" if hint is None and text.startswith(b"/") and _begins_after_comment(text) else hint
    if hint not in ("json", "ndjson", None):
        is_json = hint not in ("har",) and not text.startswith(b"{{") and (is_value(text) or is_ndjson(text, None))
        return format_of_content(head, is_whole=is_whole, hint=None) if is_json else hint
    first, _, rest = text.partition(b"\n")
    lines = [line for line in rest.split(b"\n") if begins_json(line)]
    if is_value(first):
        if lines or (hint is None and rest.strip(BLANKS)) or (hint == "ndjson" and not first.startswith(b"[")):
            return "ndjson"
        return _single(text)
    if is_whole and is_value(text):
        return _single(text)
    return _damaged(text, first, rest, lines, hint)


def _single(text: bytes) -> str:
    return "har" if _HAR.match(text) else "json"


def _damaged(text: bytes, first: bytes, rest: bytes, lines: list[bytes], hint: str | None) -> str:
    """The format of a text whose first line is not a value: an indented document, or lines that are damaged."""
    is_indented = bool(rest.strip(BLANKS)) and not rest.lstrip(BLANKS[2:]).startswith(_BRACKETS)
    likely = "json" if is_indented or hint != "ndjson" else "ndjson"
    from eventlint.jsontext.cursor import skip_value
    from eventlint.jsontext.reader import Reader

    try:
        reader = Reader(text)
        skip_value(reader, reader.first())
        is_in_line = reader.pos <= len(first) and (hint == "ndjson" or bool(lines))
        return "ndjson" if is_in_line else _single(text)  # something follows the value
    except JsonSyntaxError as error:
        if error.kind in ("end", "end-after-comma"):  # the document goes on after these bytes, or it is cut off
            return _single(text) if likely == "json" else likely
    if not first.startswith(b"["):
        lines = [line.removeprefix(MARK) for line in lines]
        if any(line.startswith(b"{") and is_value(line) for line in lines):
            return "ndjson"
    return likely


def is_text(trailing: bytes) -> bool:
    """Whether what follows a value is another value, or text in a later line.

    Comments, and a word or a bracket too many in the same line, are not.
    """
    from eventlint.jsontext.reader import Reader

    reader = Reader(trailing)
    try:
        reader.space_or_end()
    except JsonSyntaxError:
        return True
    left = trailing[reader.pos :].strip(STRAY_MARKS)
    return bool(left) and (b"\n" in trailing.rstrip() or any(mark in left for mark in _BRACKETS))


def _begins_after_comment(text: bytes) -> bool:
    from eventlint.jsontext.reader import Reader

    reader = Reader(text)
    try:
        return reader.space_or_end() in b"{["
    except (JsonSyntaxError, ValueError):
        return False


def _end_of_value(text: bytes) -> int:
    """The byte after the first value, and the comments after it; 0 if it cannot be read."""
    from eventlint.jsontext.cursor import skip_value
    from eventlint.jsontext.reader import Reader

    reader = Reader(text)
    try:
        skip_value(reader, reader.first())
        reader.space_or_end()
    except JsonSyntaxError:
        return 0
    return reader.pos
