"""The doors of the package over the whole corpus, and many faults of one event, place by place."""

from __future__ import annotations

import pytest

from eventlint import InvalidEvent, Position, check, is_valid, validate
from tests.corpus import payload_cases


def test_is_valid_agrees_with_check() -> None:
    """``is_valid`` says of each payload what ``check`` says."""
    wrong = [
        case.id
        for case in payload_cases()
        if is_valid(case.body, case.event_type) != check(case.body, case.event_type).ok
    ]
    assert wrong == []


def test_validate_agrees_with_check() -> None:
    """``validate`` raises, with the findings and the answer of ``check``, exactly where ``check`` is not ok."""
    wrong: list[str] = []
    for case in payload_cases():
        report = check(case.body, case.event_type)
        told = None
        try:
            validate(case.body, case.event_type)
        except InvalidEvent as error:
            told = (error.findings, error.answer)
        if told != (None if report.ok else (report.findings, report.answer)):
            wrong.append(case.id)
    assert wrong == []


def test_text_is_judged_as_its_bytes() -> None:
    """A text has the findings of its bytes in UTF-8."""
    wrong: list[str] = []
    for case in payload_cases():
        try:
            text = case.body.decode()
        except UnicodeDecodeError:
            continue
        if check(text, case.event_type).findings != check(case.body, case.event_type).findings:
            wrong.append(case.id)
    assert wrong == []


MANY = "\r\n".join(
    [
        '{"session": {"id": "\\t"}, // é😀',
        ' "user": {"id": null},',
        ' "search": {"é😀": 1, "query": "q",',
        '  "page": {"current": "x",',
        '\t"size": -1},',
        '  "sort": {"name": "n", "direction": {}},',
        '  "filters": {"colour": ["red", 7]}, "results": {"total_results": 1e10}},',
        ' "document": {"index": "é😀"}, "page": {"url": "é😀", "ref": 1}}',
    ]
)


@pytest.mark.parametrize(
    ("number", "rule", "pointer", "mark"),
    [
        (0, "blank-id", "/session/id", '"\\t"'),
        (1, "wrong-type", "/user/id", "null"),
        (2, "unknown-field", "/search/é😀", '"é😀": 1'),
        (3, "invalid-number", "/search/page/current", '"x"'),
        (4, "negative-number", "/search/page/size", "-1"),
        (5, "wrong-type", "/search/sort/direction", "{}"),
        (6, "invalid-filter", "/search/filters/colour", '["red", 7]'),
        (7, "number-out-of-range", "/search/results/total_results", "1e10"),
        (8, "missing-field", "/document", '{"index"'),
        (9, "unknown-field", "/page/ref", '"ref"'),
    ],
)
def test_each_of_many_faults_is_told_at_its_place(number: int, rule: str, pointer: str, mark: str) -> None:
    """Each fault has its rule, pointer, line, column in characters and offset in bytes, whatever stands before it."""
    findings = [finding for finding in check(MANY, "search_click").findings if finding.tier == "error"]
    before = MANY[: MANY.index(mark)]
    line = before.count("\r\n") + 1
    place = Position(line=line, column=len(before) - (before.rfind("\n") + 1) + 1, offset=len(before.encode()))
    assert len(findings) == 10
    assert (findings[number].rule, findings[number].pointer, findings[number].position) == (rule, pointer, place)
