"""Checks a request with unknown values: only findings that do not depend on these values are kept.

The request is checked with several values in place of each variable. Values that the server accepts are preferred, so
that the rest of the event is checked to its end. A finding is kept if it appears with all of them; a finding about a
value that is known in parts must also appear with the values that the server rejects.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, zip_longest
from typing import Any
from urllib.parse import quote
from zlib import crc32

from eventlint import spec
from eventlint.inputs.record import Record
from eventlint.inputs.requests.unknown_values import Unknown, unknown_values
from eventlint.inputs.requests.variables import has_variable, relocated, with_variables
from eventlint.model import Edit, Finding, Request, header_pairs
from eventlint.report import Report
from eventlint.spec import Release, event_types
from eventlint.spec.nodes import Entries, Node, Object, Objects, Text

Check = Callable[[Request], Report]

_STRINGS = ("x{}", "1", "https://x{}.example.com/", "asc")
_VALUES = ('"x{}"', "1", "1000000", "true", "[]", "{{}}", "null")
_QUERY = ("true", "filter_path", "")
_HEADERS = ("application/json", "json", "x", "")
_DIFFERENCES = frozenset({"click-outside-results"})
"""Rules that report that values differ. A value that is not known may be equal to any other."""


class _Variant:
    """A body with values in place of variables, and what was checked with it."""

    def __init__(self, body: bytes, values: Sequence[Unknown], contents: Sequence[bytes]) -> None:
        parts: list[bytes] = []
        self._shifts: list[tuple[int, int, int, int]] = []
        at = size = 0
        for value, content in zip(values, contents, strict=True):
            size += value.start - at
            parts += (body[at : value.start], content)
            self._shifts.append((size, size + len(content), value.start, value.end))
            at, size = value.end, size + len(content)
        self.body = b"".join([*parts, body[at:]])

    def original(self, offset: int) -> tuple[int, int | None]:
        """The offset in the original body, and the index of the value that it is in, if it is in one."""
        index = bisect_right(self._shifts, offset, key=lambda shift: shift[0]) - 1
        if index < 0:
            return offset, None
        _, end, original_start, original_end = self._shifts[index]
        return (original_start, index) if offset < end else (offset - end + original_end, None)

    def edit(self, edit: Edit) -> Edit | None:
        """An edit of this body as one of the original body; None if it touches an unknown value."""
        start, in_value = self.original(edit.start)
        end, _ = self.original(edit.end)
        if in_value is not None or end - start != edit.end - edit.start:
            return None
        return edit._replace(start=start, end=end)


def check_unknown(
    record: Record, body: bytes, check: Check, release: Release, collections: Sequence[str] | None
) -> Report:
    """The report of a request with variables, without the findings that depend on them.

    Args:
        record: The record of the request.
        body: The body of the request, or the body after some fixes.
        check: Checks a request.
        release: The release that is checked.
        collections: The collections that exist; None when every legal name exists.
    """
    assert record.request is not None  # noqa: S101 - only requests have variables
    spans = record.unknown if body == record.body else relocated(record.unknown, record.body, body)
    values = unknown_values(body, spans) or []
    kind = record.request.uri.partition("?")[0].rsplit("/", 1)[-1]
    contents = [_contents(body, value, _objects(kind, release.name)) for value in values]
    requests = list(_requests(record.request, collections)) if record.has_variables else [record.request]

    def checked(variant: _Variant, request: Request) -> Report:
        return check(dataclasses.replace(request, body=variant.body))

    variant = _Variant(body, values, [some[0] for some in contents])
    reports = [checked(variant, request) for request in requests]
    constant = set.intersection(*(_of_request(report) for report in reports))
    best = min(range(len(requests)), key=lambda index: len(_of_request(reports[index])))
    report = reports[best]
    others: list[set[_Key]] = []
    tried: list[set[_Key]] = []
    parents = {value.parent for value in values if value.parent is not None}
    if values:
        trials = [(one, checked(one, requests[best])) for one in _variants(body, values, contents)]
        tried = [{_key(one, finding) for finding in report.findings} for one, report in trials]
        contents = _good_contents(contents, trials)
        variant, *variants = _variants(body, values, contents)
        report = checked(variant, requests[best])
        others = [{_key(one, finding) for finding in checked(one, requests[best]).findings} for one in variants]

    def is_kept(finding: Finding) -> bool:
        if finding.position is None:
            return (finding.rule, finding.message) in constant
        key = _key(variant, finding)
        if finding.rule in _DIFFERENCES or (finding.rule == "missing-field" and key[2] in parents):
            return False
        _, index = variant.original(finding.position.offset)
        if index is None:
            return all(key in keys for keys in others)
        is_known = values[index].is_string and finding.tier != "contract"
        return is_known and all(key in keys for keys in chain(others, tried))

    findings = [finding for finding in report.findings if is_kept(finding)]
    located = tuple(_located(body, variant, findings))
    error = next((finding for finding in located if finding.tier == "error"), None)
    return Report(report.event_type, report.release, located, error)


_Key = tuple[str, str, int]
"""What identifies a finding in all variants: its rule, its pointer, and its offset in the original body."""


def _key(variant: _Variant, finding: Finding) -> _Key:
    offset = 0 if finding.position is None else variant.original(finding.position.offset)[0]
    return finding.rule, finding.pointer, offset


def _of_request(report: Report) -> set[tuple[str, str]]:
    """The findings that are not about the body."""
    return {(finding.rule, finding.message) for finding in report.findings if finding.position is None}


def _variants(body: bytes, values: Sequence[Unknown], contents: Sequence[Sequence[bytes]]) -> list[_Variant]:
    """The body with the first contents of all values, with the second ones, and so on."""
    return [
        _Variant(body, values, [some[number % len(some)] for some in contents])
        for number in range(max(map(len, contents)))
    ]


def _good_contents(contents: Sequence[Sequence[bytes]], trials: Sequence[tuple[_Variant, Report]]) -> list[list[bytes]]:
    """Of the contents of each value, those that the server accepts and keeps, or else those that it accepts, or all."""
    rejected: list[set[int]] = [set() for _ in contents]
    lost: list[set[int]] = [set() for _ in contents]
    for number, (variant, report) in enumerate(trials):
        for finding in report.findings:
            index = None if finding.position is None else variant.original(finding.position.offset)[1]
            if index is not None and finding.tier in ("error", "loss"):
                (rejected if finding.tier == "error" else lost)[index].add(number % len(contents[index]))
    return [
        _without(some, one | two) or _without(some, one) or list(some)
        for some, one, two in zip(contents, rejected, lost, strict=True)
    ]


def _without(contents: Sequence[bytes], numbers: set[int]) -> list[bytes]:
    return [content for number, content in enumerate(contents) if number not in numbers]


def _contents(body: bytes, value: Unknown, objects: Sequence[bytes]) -> list[bytes]:
    """What to put in place of a value; the same variable has the same content everywhere."""
    name = crc32(b"".join(body[start:end] for start, end in value.spans))
    if not value.is_string:
        return [*(text.format(name).encode() for text in _VALUES), *objects]
    found = [body[value.start : value.end]] if _is_plain(body, value) else []
    return found + [_filled(body, value, text.format(name).encode()) for text in _STRINGS]


def _is_plain(body: bytes, value: Unknown) -> bool:
    """Whether the variables may stay in a string as they are written."""
    return all(b'"' not in body[start:end] and b"\\" not in body[start:end] for start, end in value.spans)


def _filled(body: bytes, value: Unknown, content: bytes) -> bytes:
    """A string with other content in place of its variables."""
    parts: list[bytes] = []
    at = value.start
    for start, end in value.spans:
        parts += (body[at:start], content)
        at = end
    return b"".join([*parts, body[at : value.end]])


@lru_cache(16)
def _objects(event_type: str, release_name: str) -> tuple[bytes, ...]:
    """The smallest valid values of all objects in an event."""
    import json

    release = spec.release(release_name)
    if event_type not in release.era.events:
        return ()
    found: dict[bytes, None] = {}
    waiting: list[Node] = [spec.event(event_type, release)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Object):
            found[json.dumps(_smallest(node)).encode()] = None
            waiting += node.fields.values()
        elif isinstance(node, Objects):
            waiting.append(node.item)
    return tuple(found)


def _smallest(node: Node) -> Any:
    if isinstance(node, Object):
        names = dict.fromkeys(required[0] for required in node.required)
        return {name: _smallest(node.fields[name]) for name in names}
    if isinstance(node, Text):
        return "x"
    return [] if isinstance(node, Objects) else {} if isinstance(node, Entries) else 1


def _requests(request: Request, collections: Sequence[str] | None) -> Iterator[Request]:
    """The request with several values in place of the variables in its URL and headers."""
    path, mark, query = request.uri.partition("?")
    segments = path.split("/")
    if has_variable(segments[3]):
        segments[3] = quote(collections[0], safe="") if collections else "x"
    if any(map(has_variable, segments[5:])):
        segments[5:] = event_types()[:1]  # the event is not checked, but the rest of the request is
    path = "/".join(segments)
    pairs = header_pairs(request.headers)
    for parameter, value in zip_longest(_QUERY, _HEADERS, fillvalue=""):
        headers: list[tuple[str, str]] = []
        for name, content in pairs:
            if has_variable(name):
                name, content = ("Content-Type", value) if value else ("X-Unknown", "x")
                if any(name.lower() == other.lower() for other, _ in (*headers, *pairs)):
                    continue
            headers.append((name, with_variables(content, value)))
        yield dataclasses.replace(request, uri=path + mark + with_variables(query, parameter), headers=headers)


def _located(body: bytes, variant: _Variant, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings with positions and fixes for the original body."""
    from eventlint.jsontext.decoding import decode
    from eventlint.jsontext.positions import Lines

    offsets = [variant.original(one.position.offset)[0] for one in findings if one.position is not None]
    positions = Lines(decode(body)).positions(offsets) if offsets else {}
    for finding in findings:
        if finding.position is None:
            yield finding
            continue
        position = positions[variant.original(finding.position.offset)[0]]
        edits = [] if finding.fix is None else [variant.edit(edit) for edit in finding.fix.edits]
        kept = [edit for edit in edits if edit is not None]
        fix = finding.fix._replace(edits=tuple(kept)) if finding.fix and len(kept) == len(edits) else None
        yield dataclasses.replace(finding, position=position, fix=fix)
