"""Fuzzes ``check``, ``is_valid``, ``validate`` and ``Server`` with bodies."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from eventlint import Checker, InvalidEvent, Request, Server
from eventlint.report import Report
from eventlint.spec import catalog
from tools.fuzz.failure import expect
from tools.fuzz.grammar import Drawn, event, mutated

_ERAS = [era.name for era in catalog().eras]
_CHECKERS = {name: Checker(name) for name in _ERAS}
_SERVERS = {name: Server(name) for name in _ERAS}
_ENCODINGS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32", "utf-8-sig")
_HEADERS = (("Content-Type", "application/json"),)
_BEHIND = (b" x", b"}", b"\n\n", b',{"a":1}', b"\x00", b"\xff", b"// end", b"[", b'"')


def check_body(rand: Random, number: int) -> None:
    """Draw a body, and compare what the public functions report with each other and with what is known of it."""
    drawn = event(rand, number)
    body, fate = drawn.body, drawn.fate
    how = rand.randrange(8)
    if how < 3:
        body, fate = mutated(rand, body), None
    elif how == 3 and fate == "accepted":
        body += rand.choice(_BEHIND)  # the server stops at the closing brace
    elif how == 4 and fate == "accepted":
        body = body.decode().encode(rand.choice(_ENCODINGS))
        if rand.random() < 0.3:
            body, fate = mutated(rand, body), None
    era = rand.choice(_ERAS)
    report = _CHECKERS[era].check(body, drawn.event_type)
    _agree(report, era, body, drawn)
    if fate is not None:
        expect(report.accepted == (fate == "accepted"), f"is not {fate} ({drawn.fault})", body)
    _findings(report, body)
    _same_as_text(report, era, body, drawn)


def _agree(report: Report, era: str, body: bytes, drawn: Drawn) -> None:
    """All functions give the same verdict, and the server the same answer."""
    checker, event_type = _CHECKERS[era], drawn.event_type
    expect(checker.is_valid(body, event_type) == report.ok, "is_valid differs", body)
    try:
        checker.validate(body, event_type)
        is_valid = True
    except InvalidEvent:
        is_valid = False
    expect(is_valid == report.ok, "validate differs", body)
    uri = f"/_application/analytics/site/event/{event_type}"
    answer = _SERVERS[era].respond("POST", uri, _HEADERS, body, now=0)
    expect((answer.status == 202) == report.accepted, f"Server answers {answer.status}", body)
    expect(report.accepted == (not _errors(report)), "accepted and an error, or neither", body)
    if body:  # an event that is empty is reported by another part of the server
        request = checker.check_request(Request(method="POST", uri=uri, headers=_HEADERS, body=body))
        expect(_shown(request) == _shown(report), "check_request differs", body)
        assert report.answer is not None  # noqa: S101 - a body can be sent
        expect((answer.status, answer.body) == (report.answer.status, report.answer.body), "answers differ", body)


def _errors(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings if finding.tier == "error"]


def _shown(report: Report) -> list[Any]:
    return [(one.rule, one.pointer, one.message, one.position) for one in report.findings]


def _findings(report: Report, body: bytes) -> None:
    """Positions and fixes are inside of the body."""
    for finding in report.findings:
        at = finding.position
        if at is not None:
            expect(0 <= at.offset <= len(body) and at.line > 0 and at.column > 0, f"{finding.rule} is at {at}", body)
        for edit in finding.fix.edits if finding.fix is not None else ():
            expect(0 <= edit.start <= edit.end <= len(body), f"{finding.rule} edits {edit.start}", body)


def _same_as_text(report: Report, era: str, body: bytes, drawn: Drawn) -> None:
    """A string gets the report of its bytes, and the parsed event the report of how it is written."""
    if body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\x00" in body[:4]:
        return
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return
    checker = _CHECKERS[era]
    expect(_shown(checker.check(text, drawn.event_type)) == _shown(report), "a string differs from its bytes", body)
    try:
        value = json.loads(text, object_pairs_hook=_distinct)
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        return
    if isinstance(value, str):
        return  # a str is JSON text, not a parsed event
    as_object = checker.check(value, drawn.event_type)
    as_written = checker.check(written, drawn.event_type)
    without_places = [[one[:3] for one in _shown(some)] for some in (as_object, as_written)]
    expect(without_places[0] == without_places[1], "an object differs from its JSON", body)
    expect(as_object.accepted == report.accepted or not _is_exact(body), "an object has another verdict", body)


def _is_exact(body: bytes) -> bool:
    """Whether parsing keeps what the verdict depends on: no number is long, and no string has a lone surrogate."""
    return len(body) < 4000 and b"\\u" not in body and not any(mark in body for mark in (b"e", b"E", b"NaN"))


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found
