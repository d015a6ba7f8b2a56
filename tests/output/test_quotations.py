"""A message that is shown without regard to its line has no part of the event in it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.mixture import KINDS, mixture

from eventlint import Checker
from eventlint.model import Finding, Position
from eventlint.output.quotations import SHORTEST, may_quote
from eventlint.output.rendering import Excerpt, RedactedLines, render, without_secrets
from tests.corpus import payload_cases

LETTERS = "qxzjkvwQXZJKVW"
"""No four of them follow each other in what eventlint itself says."""

FORMS = (
    *(
        "{}",
        " {} ",
        "{}7",
        "x {} y",
        "{}'s",
        "'{}'",
        '"{}"',
        "{}é",
        "{}\u202e",
        "[{}]",
        "https://{}.example/{}?token={}",
    ),
    *("https://{}:{}@{}.example/", "https://{} {}.example/", "/{}?{}", "http://{}.localhost/", "{{{{{}}}}}", "<{}>"),
    *("id' {} 'user", "id', '{}", "{}' or 'id", "user' in '{}", "{}@example.org", "${{{}}}", "/{}", "{} characters"),
    *("user", "id"),
)
"""What becomes of a string: most contain a marker, also next to quotation marks and what is between names."""

BYTES = (b"", b"'", b"\\", b"}", b'"', b",", b"\xe9", b"\x01")
"""What becomes of a byte."""

CONTRACT = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:example:event:1-0-0",
    "title": "An event",
    "description": "It violates most kinds of constraint.",
    "x-applies-to": {},
    "properties": {
        "user": {"properties": {"id": {"pattern": "^[a-z]-[0-9a-f]+$", "maxLength": 20}}},
        "session": {"properties": {"id": {"format": "uuid"}}},
        "search": {
            "properties": {
                "query": {"enum": ["shoes", "tea"]},
                "filters": {"additionalProperties": False},
                "results": {"properties": {"total_results": {"multipleOf": 7}}},
                "page": {"properties": {"current": {"maximum": 100}, "size": {"const": 10}}},
            }
        },
        "page": {"oneOf": [{"required": ["title"]}, {"properties": {"url": {"minLength": 200}}}]},
    },
}


_LONG = 900


def marked(value: Any, source: random.Random) -> tuple[Any, list[str]]:
    """A value with markers in some of its strings, keys and numbers, and the markers."""
    markers: list[str] = []
    share = source.choice((0.1, 0.3, 0.9))

    def marker() -> str:
        markers.append("".join(source.choices(LETTERS, k=source.randint(SHORTEST, 14))))
        return markers[-1]

    def text(before: str) -> str:
        if source.random() >= share:
            return before
        form = source.choice((*FORMS, before.replace("{", "{{").replace("}", "}}") + "{}"))
        return form.format(*(marker() for _ in range(3)))

    def number() -> Any:
        digits = str(source.randrange(10 ** source.randint(3, 12), 10**13))
        markers.append(digits)
        return source.choice((int, float, lambda one: -int(one), lambda one: int(one) * 1e9, str))(digits)

    def changed(one: Any) -> Any:
        if isinstance(one, dict):
            return {key if source.random() < 0.8 else text(key): changed(below) for key, below in one.items()}
        if isinstance(one, list):
            return [changed(below) for below in one]
        if isinstance(one, str):
            return text(one)
        return number() if source.random() < share else one

    return changed(value), markers


def events(source: random.Random, number: int) -> Iterator[tuple[bytes, str, list[str]]]:
    """Wrong events with markers, some with a syntax error: each with its type and its markers."""
    known = [(line, "search_click") for line in mixture(KINDS)]
    known += [(case.body, case.event_type) for case in payload_cases() if len(case.body) < _LONG]
    read = [(event, event_type) for line, event_type in known if (event := _read(line)) is not None]
    for _ in range(number):
        event, event_type = source.choice(read)
        event, markers = marked(event, source)
        line = json.dumps(event, ensure_ascii=source.random() < 0.5).encode("utf-8", "surrogatepass")
        if source.random() < 0.2:
            at = source.randrange(len(line) + 1)
            line = line[:at] + source.choice(BYTES) + line[at + 1 :]
        elif source.random() < 0.1:
            markers.append("".join(source.choices(LETTERS, k=9)))
            line = line.replace(b'": "', b'": ' + markers[-1].encode() + b', "', 1)
        elif source.random() < 0.1:
            line = line.replace(b"{", line[:-1] + b",", 1)
        yield line, event_type, markers


def _read(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def quoted(finding: Finding, markers: list[str]) -> list[str]:
    """The parts of markers that a finding has in its message or its hint."""
    said = f"{finding.message}\n{finding.hint}"
    parts = {marker[at : at + SHORTEST] for marker in markers for at in range(len(marker) - SHORTEST + 1)}
    return [part for part in parts if part in said]


@pytest.fixture(scope="module")
def checkers(tmp_path_factory: pytest.TempPathFactory) -> list[Checker]:
    """Without a contract and with one, for the oldest and the newest release."""
    path: Path = tmp_path_factory.mktemp("contract") / "search.json"
    path.write_text(json.dumps(CONTRACT))
    return [Checker(), Checker(release="8.8"), Checker(contract=str(path))]


def test_a_message_that_has_a_part_of_the_event_may_quote_it(checkers: list[Checker]) -> None:
    """No letters and no number of the event are in a message or a hint of which this is not known."""
    rules = set()
    for line, event_type, markers in events(random.Random(5), 600):
        for checker in checkers:
            for finding in checker.check(line, event_type).findings:
                parts = quoted(finding, markers)
                assert not parts or may_quote(finding), (finding, parts)
                rules |= {finding.rule} if parts else set()
    assert {"contract-violation", "invalid-json", "number-out-of-range", "padded-id", "unknown-field"} < rules


def test_a_body_in_another_format_may_be_quoted() -> None:
    """The server's parsers write parts of it without quotes."""
    finding = Finding(rule="malformed-body", tier="error", message="found undefined alias qxzj", event_type="search")
    assert may_quote(finding)


class _Unread(RedactedLines):
    def excerpt(self, number: int, column: int = 1) -> Excerpt:
        raise AssertionError(number, column)


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        ("missing one of the fields 'document' or 'page'", "add 'document' or 'page'"),
        ("unknown field 'ip' in 'session'", None),
        ("the URL parameter 'token' looks secret", "remove it before sending"),
        ("1200 characters; strings over 1024 are not searchable", None),
        ('unexpected character "\'": expected a value', "remove it; '#' does not start a comment"),
        ("'[object Object]' looks like a placeholder for a missing value", None),
    ],
)
def test_a_line_is_not_read_for_a_message_that_quotes_only_names(message: str, hint: str | None) -> None:
    """Most messages are of this kind."""
    at = Position(line=1, column=1, offset=0)
    finding = Finding(
        rule="missing-field", tier="error", message=message, hint=hint, position=at, event_type="search_click"
    )
    assert without_secrets(finding, _Unread()) == finding


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("'hunter' is not a number", "'******' is not a number"),
        ("'id' or 'hunter' is missing", "'id' or '******' is missing"),
        ("'a', 'bc' is not a number", "'*******' is not a number"),
        ("the 1234567 is less than 2", "the ******* is less than 2"),
        ("\\ud83d is a lone surrogate", "****** is a lone surrogate"),
        ("'user' is not a number", "'user' is not a number"),
    ],
)
def test_a_secret_of_the_line_is_redacted_unless_it_is_a_name(message: str, wanted: str) -> None:
    """A finding says the same, whether or not its line is shown."""
    line = '{"password": "hunter", "token": "user", "secret": "a\', \'bc", "pin": 1234567, "pwd": "\\ud83d"}'
    at = Position(line=1, column=14, offset=13)
    finding = Finding(rule="invalid-number", tier="error", message=message, position=at, event_type="search")
    assert without_secrets(finding, RedactedLines(line)).message == wanted
    assert render(finding, RedactedLines(line), at=at).finding.message == wanted
