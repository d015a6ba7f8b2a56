"""Reads the events in a file: opens it, determines its format, and passes it to the reader of that format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from eventlint.errors import InputError
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.file_names import COMPRESSED, format_of
from eventlint.inputs.opening import open_input, opened_content, peek
from eventlint.inputs.record import Record
from eventlint.inputs.size_limit import MAX_EVENT_SIZE

if TYPE_CHECKING:
    from eventlint.inputs.json_files import Screen


def _no_stdin() -> BinaryIO:
    raise InputError("standard input cannot be read here")


def records(
    path: str,
    form: str | None,
    envelope: Envelope,
    stdin: Callable[[], BinaryIO] = _no_stdin,
    *,
    name: str | None = None,
    screen: Screen | None = None,
    prefixes: Sequence[str] = (),
    most: int = MAX_EVENT_SIZE,
    content: bytes | None = None,
) -> Iterator[Record]:
    """Read the events of one file; ``-`` is standard input.

    Args:
        path: The file.
        form: The format; None if the content determines it. The suffix decides what the content leaves open.
        envelope: Where the parts of an event in an envelope are.
        stdin: Returns standard input.
        name: The file name to assume for standard input.
        screen: Returns a record for a line of NDJSON without findings; see :func:`read_ndjson`.
        prefixes: The prefixes of proxies in front of the endpoint.
        most: The largest event that is read, in bytes; for a compressed file that is not NDJSON, the largest content.
        content: The content of the file, such as that of an editor; None to read the file.

    Raises:
        InputError: The file cannot be read, or it is not in the format.
    """
    hint = form or format_of(name if path == "-" and name else path)
    damaged: type[Exception] = OSError
    try:
        opened, damaged = open_input(path, stdin) if content is None else opened_content(content)
        with opened:
            head, is_whole, stream = peek(opened, begins_ndjson(form, hint), most)
            is_small = is_whole and len(head) <= most
            clean = screen(head) if screen and is_small and hint in ("json", "ndjson", None) else None
            if clean is not None:
                yield clean
                return
            # A run whose files are all clean ends above, and imports none of these.
            from eventlint.inputs.content import BLANKS
            from eventlint.inputs.json_files import in_view, read_json, read_ndjson, read_wide_ndjson
            from eventlint.inputs.size_limit import too_large
            from eventlint.inputs.utf8_view import utf8_view, wide_encoding

            wide = wide_encoding(head)
            form = form or format_of_head(head, is_whole=is_whole, hint=hint, most=most)
            if form == "ndjson":
                is_declared = hint is not None
                if wide is None:
                    yield from read_ndjson(stream, envelope, is_declared=is_declared, screen=screen, most=most)
                else:
                    yield from read_wide_ndjson(
                        stream, wide, envelope, is_declared=is_declared, screen=screen, most=most
                    )
                return
            is_one = form == "json" and _utf8(head).lstrip(BLANKS)[:1] != b"["
            is_limited = is_one or path == "-" or path.endswith(COMPRESSED)
            data = stream.read(most + 1 if is_limited else -1)
    except (OSError, EOFError, ValueError, damaged) as error:
        raise InputError(_reason(error)) from error
    if is_limited and len(data) > most:
        yield too_large(data, most)
        return
    if form == "json":
        for record in read_json(data, envelope):
            yield record if hint else _of_unknown_kind(record)
        return
    view = utf8_view(data)
    read = _reader(form, None if path == "-" else path, prefixes, is_editable=hint is not None)
    for record in read(data if view is None else view.text):
        yield record if view is None else in_view(record, view)


def format_of_bytes(content: bytes, form: str | None, hint: str | None, most: int = MAX_EVENT_SIZE) -> str:
    """The format that :func:`records` reads a content in; the arguments are those of :func:`records`."""
    head, is_whole, _ = peek(opened_content(content).stream, begins_ndjson(form, hint), most)
    return form or format_of_head(head, is_whole=is_whole, hint=hint, most=most)


def format_of_head(head: bytes, *, is_whole: bool, hint: str | None, most: int) -> str:
    """The format of a file that nothing but its first bytes and its name determine.

    Args:
        head: The first bytes: at least one line, all, or more than the largest event.
        is_whole: Whether they are all.
        hint: The format that the suffix indicates, or None.
        most: The largest event that is read, in bytes.
    """
    from eventlint.inputs.content import format_of_content

    form = None
    if len(head) > most and b"\n" not in head:  # a line that is too large; lines may follow it
        form = hint or "ndjson"
    form = form or format_of_content(_utf8(head), is_whole=is_whole, hint=hint)
    return form or ("console" if _is_console(_utf8(head)) else "ndjson")


def begins_ndjson(form: str | None, hint: str | None) -> Callable[[bytes], bool]:
    """For :func:`eventlint.inputs.opening.peek`: whether the first bytes of a file are certainly NDJSON."""
    return lambda head: form is None and _is_ndjson(head, hint)


def _reader(
    form: str, path: str | None, prefixes: Sequence[str], *, is_editable: bool
) -> Callable[[bytes], Iterator[Record]]:
    """The reader of a format, for a whole file as UTF-8; bodies in other files are relative to the path."""
    if form == "har":
        from eventlint.inputs.har import read_har

        return lambda data: read_har(data, prefixes)
    if form == "markdown":
        from eventlint.inputs.markdown import read_markdown

        return lambda data: read_markdown(data, path, prefixes)
    from eventlint.inputs.request_files import read_requests

    return lambda data: read_requests(data, path, prefixes, is_editable=is_editable)


def _of_unknown_kind(record: Record) -> Record:
    """A record of a file whose name indicates no format: what is not JSON blocks the fixes."""
    from eventlint.inputs.content import is_value

    is_json = record.problem is None and (record.number is not None or record.head is not None or is_value(record.body))
    return record._replace(blocks_fixes=not is_json)


def _is_ndjson(head: bytes, hint: str | None) -> bool:
    """Whether the first lines of a file are certainly NDJSON."""
    from eventlint.inputs.content import is_ndjson

    return is_ndjson(_utf8(head), hint)


def _utf8(head: bytes) -> bytes:
    """The first bytes of a file as UTF-8."""
    from eventlint.inputs.utf8_view import wide_encoding

    wide = wide_encoding(head)
    return head if wide is None else head[wide.mark :].decode(wide.encoding, "replace").encode()


def _is_console(head: bytes) -> bool:
    """Whether a text contains a request line that may lead to the endpoint."""
    if b"/event" not in head:
        return False
    from eventlint.inputs.requests.grammar import is_request_line

    return any(b"/event" in line and is_request_line(line) for line in head.splitlines())


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split()) or type(error).__name__
