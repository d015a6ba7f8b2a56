"""Requests in text files: the dev console and HTTP files.

The form of a request tells the dialects apart, not the suffix of the file: header lines, a host, ``{{variables}}`` in
the URL, an HTTP version, and bodies from files occur in HTTP files only. Between requests, both dialects have the same
comments.
``docs/request-files.md`` contains the grammars.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from eventlint.inputs.content import MARK
from eventlint.inputs.record import Record
from eventlint.inputs.requests import console, grammar, http_file, records
from eventlint.inputs.requests.records import Comments, RequestHead
from eventlint.inputs.requests.variables import FileVariables
from eventlint.inputs.source_map import SourceText


class Step(NamedTuple):
    """What is read in one go: a request, and what is in front of it.

    Attributes:
        records: The records of the request.
        end: The byte after it.
        may_be_url: Whether the next request may be a URL without a method.
    """

    records: Sequence[Record]
    end: int
    may_be_url: bool = False


def read_requests(
    data: bytes, path: str | None = None, prefixes: Sequence[str] = (), *, is_editable: bool = True
) -> Iterator[Record]:
    """Read the requests to the endpoint from a request file; requests to other endpoints are skipped.

    A line that names the endpoint and that cannot be understood gives a record with a problem.

    Args:
        data: The content of the file.
        path: The path of the file, which bodies from other files are relative to; None for standard input.
        prefixes: The prefixes of proxies in front of the endpoint.
        is_editable: Whether fixes may edit the file: it is certainly a request file.
    """
    text = source_text(data)
    text.is_editable = text.is_editable and is_editable
    yield from RequestReader(text, path, prefixes).records(0, len(text.data))


def source_text(data: bytes) -> SourceText:
    """The content of a text file as UTF-8."""
    from eventlint.jsontext.decoding import decode
    from eventlint.jsontext.syntax_error import JsonSyntaxError

    try:
        decoded = decode(data)
    except JsonSyntaxError:
        return SourceText(data)
    return SourceText(decoded.data, is_editable=decoded.unit == 1)


class RequestReader:
    """Reads the requests of one text, or of several parts of it."""

    def __init__(
        self,
        text: SourceText,
        path: str | None = None,
        prefixes: Sequence[str] = (),
        *,
        number: int = 0,
        variables: FileVariables | None = None,
    ) -> None:
        self._text = text
        self._path = path
        self._prefixes = prefixes
        self.number = number
        self._finders = console.Finders.of(text.data)
        self.variables = variables or FileVariables()
        self._above: Comments = []

    def next_number(self) -> int:
        """Count a record that is not read here."""
        self.number += 1
        return self.number

    def records(self, offset: int, stop: int) -> Iterator[Record]:
        """Read the requests in a part of the text."""
        self.define_variables(offset, stop)
        offset, may_be_url = self.first(offset), True
        while offset < stop:
            step = self.step(offset, stop, may_be_url=may_be_url)
            yield from step.records
            offset, may_be_url = step.end, step.may_be_url

    def first(self, offset: int) -> int:
        """Where the first step begins in a part of the text: after a byte order mark."""
        return len(MARK) if offset == 0 and self._text.data.startswith(MARK) else offset

    def step(self, offset: int, stop: int, *, may_be_url: bool) -> Step:
        """Read up to the end of the next request; without one, to the end of the part."""
        text, data = self._text, self._text.data
        self._finders.forget()
        self._above = []
        while offset < stop:
            end = min(text.end(offset), stop)
            line = data[offset:end]
            following = self._skip(line, offset, end, stop)
            if following is not None:
                may_be_url = may_be_url or grammar.SEPARATOR.match(line) is not None
                offset = following
                continue
            head = self._request_line(line, offset, stop, may_be_url=may_be_url)
            if head is not None:
                return self._request(head, stop)
            if grammar.names_endpoint(line):
                unreadable = records.unreadable_line(text, offset, self.next_number(), self._above)
                return Step([unreadable], end, may_be_url)
            self._above = []
            offset = end
        return Step((), stop, may_be_url)

    def seen(self, end: int, stop: int) -> int:
        """How many bytes at the start of the text have decided what the latest step has read.

        Args:
            end: The byte after the step.
            stop: The end of the part of the text.

        Returns:
            The number of bytes. It is larger than that of the text if other bytes at its end could have had an effect.
        """
        # A step looks at the lines after it only until it finds what is neither blank nor a comment.
        following = console.skip(self._text.data, end, stop, self._finders)
        return max(self._text.end(following) + 1 if following < stop else stop + 1, self._finders.seen)

    def define_variables(self, offset: int, stop: int) -> None:
        """Read what defines variables in a part of the text."""
        if b"@" not in self._text.data[offset:stop]:
            return
        while offset < stop:
            end = min(self._text.end(offset), stop)
            assignment = grammar.ASSIGNMENT.match(self._text.data, offset, end)
            if assignment:
                self.variables.define(assignment[1], assignment[2].strip())
            offset = end

    def _skip(self, line: bytes, offset: int, end: int, stop: int) -> int | None:
        """The byte after what belongs to no request: a blank line, a comment, a variable, a handler; else None."""
        content = offset + len(line) - len(line.lstrip())
        if content == end:
            self._above = []
            return end
        if grammar.COMMENT.match(line):
            if grammar.SEPARATOR.match(line):
                self._above = []
            else:
                self._above.append((content, offset + len(line.rstrip())))
            return end
        if line.startswith(b"/*", content - offset):
            after = self._finders.comment.after(content + 2)
            after = after if 0 <= after <= stop else stop
            self._above.append((content, after))
            return after
        if grammar.HANDLER.match(line):
            return self._after_handler(offset, stop)
        is_skipped = (
            grammar.REDIRECT.match(line) or grammar.INCLUDE.match(line) or grammar.ASSIGNMENT.match(line)
        ) and not (grammar.is_request_line(line) or grammar.resembles_request(line))
        return end if is_skipped else None

    def _after_handler(self, offset: int, stop: int) -> int:
        """The line after a script, which ends at ``%}``; a separator or a request to the endpoint ends it, too."""
        close = self._finders.script.after(offset)
        if not 0 <= close <= stop:
            return min(self._text.end(offset), stop)
        while offset < close:
            line = self._text.data[offset : self._text.end(offset)]
            is_request = grammar.ENDPOINT.search(line) and grammar.is_request_line(line)
            if grammar.SEPARATOR.match(line) or is_request:
                return offset
            offset = min(self._text.end(offset), stop)
        return offset

    def _request_line(self, line: bytes, offset: int, stop: int, *, may_be_url: bool) -> RequestHead | None:
        """Read a request line, with the lines that continue it; None if the line is not one."""
        match = grammar.REQUEST.match(line)
        if match is None or not grammar.is_request_line(line):
            match = grammar.URL_ALONE.match(line) if may_be_url else None
            if match is None:
                return None
            method, url = b"GET", match[1]
        else:
            method, url = match[1].upper(), match[2]
        has_version, rest = grammar.after_url(line, match.end())
        if rest and grammar.ENDPOINT.search(line, match.end() - len(url)) and not grammar.ENDPOINT.search(url):
            return None  # the URL contains a space, or the line contains another request
        type_at = grammar.type_at(match[0], offset)
        indent = len(line) - len(line.lstrip())
        end = min(self._text.end(offset), stop)
        is_http = has_version or match.re is grammar.URL_ALONE
        parts, has_query = [url], b"?" in url
        below = end
        while below < stop and not rest:
            start, below = below, min(self._text.end(below), stop)
            following = self._text.data[start:below]
            part = grammar.continued(following, indent, has_query=has_query)
            if part is not None:
                parts.append(part)
                has_query, end, is_http = has_query or b"?" in part, below, True
                type_at = type_at or grammar.type_at(following.rstrip(), start)
            elif not grammar.COMMENT.match(following) or grammar.SEPARATOR.match(following):
                break
        url = self.variables.applied(b"".join(parts))
        target = grammar.target(url.decode("utf-8", "replace"), self._prefixes)
        return RequestHead(
            start=offset + indent,
            end=end,
            method="POST" if method.startswith(b"{{") else method.decode(),
            target=target,
            is_http=is_http or target.is_http,
            type_at=type_at,
            above=tuple(self._above),
        )

    def _request(self, head: RequestHead, stop: int) -> Step:
        """Read the rest of a request."""
        found: list[Record] = []
        if head.target.uri is not None:
            self.number += 1
        elif head.target.may_have_prefix and head.method == "POST":
            found.append(records.maybe_behind_prefix(self._text, head, self.next_number()))
        headers = http_file.read_headers(self._text, head.end, stop)
        start = console.skip(self._text.data, headers.end, stop, self._finders)
        line = b""
        if start < stop:
            line = self._text.data[self._text.starts[self._text.line(start) - 1] : self._text.end(start)]
        if head.is_http or headers.is_present or grammar.INCLUDE.match(line):
            end = self._http_request(head, headers, stop, found)
        else:
            end = self._console_request(head, start, stop, found)
        return Step(found, end)

    def _console_request(self, head: RequestHead, start: int, stop: int, found: list[Record]) -> int:
        """Read a request of the dev console whose body, if there is one, begins at an offset; returns its end."""
        text = self._text
        has_body = console.begins_body(text.data, start, stop)
        if head.target.uri is None:
            return console.scan(text, start, stop, self._finders).end if has_body else head.end
        if not has_body:
            found.append(records.record(text, head, self.number, {}))
            return head.end
        scanned = console.scan(text, start, stop, self._finders)
        body, source_map = console.build(text, scanned, self.variables)
        comments = console.comments(text.data, head.end, start, self._finders) + scanned.comments
        found.append(records.record(text, head, self.number, console.HEADERS, body, source_map, comments))
        for offset in console.swallowed(text, scanned):
            found.append(records.unreadable_line(text, offset, self.next_number(), []))
        return scanned.end

    def _http_request(self, head: RequestHead, headers: http_file.Headers, stop: int, found: list[Record]) -> int:
        """Read a request of an HTTP file; returns its end."""
        text = self._text
        body = http_file.read_body(text, headers.end, stop, self._finders)
        if head.target.uri is None:
            return body.end
        fields = {self.variables.known(name): self.variables.known(value) for name, value in headers.fields.items()}
        comments = headers.comments + body.comments
        if body.includes:
            found.append(
                records.record_with_file(text, head, self.number, fields, body, comments, self.variables, self._path)
            )
        else:
            content, source_map = http_file.build(text, body, self.variables)
            found.append(records.record(text, head, self.number, fields, content, source_map, comments))
        return body.end
