"""The public names, their documentation, and the functions over the whole corpus."""

from __future__ import annotations

import doctest
import pydoc
import subprocess
import sys
from pathlib import Path

import pytest

import eventlint
from eventlint import InvalidEvent, Position, check, is_valid, validate
from tests.corpus import payload_cases


def test_dir_lists_exactly_the_public_names() -> None:
    """``dir(eventlint)`` has the public names and Python's own, before and after a name is used."""
    program = "import eventlint; print(dir(eventlint)); eventlint.check; eventlint.load_contract; print(dir(eventlint))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        names = set(eval(line))  # noqa: S307 - a printed list of strings
        assert {name for name in names if not name.startswith("__")} == set(eventlint.__all__) - {"__version__"}
        assert "__version__" in names


def test_help_shows_every_public_name_with_its_documentation() -> None:
    """``help(eventlint)`` has a section for each class and function, and an example for each function."""
    text = pydoc.plain(pydoc.render_doc(eventlint))
    for name in eventlint.__all__:
        value = getattr(eventlint, name)
        if isinstance(value, type):
            assert f"class {name}(" in text
        elif callable(value):
            assert f"\n    {name}(" in text
            assert f"eventlint.{name}(" in (eventlint.__doc__ or "")
        doc = (getattr(value, "__doc__", None) or "").partition("\n")[0] if callable(value) else ""
        assert doc in text
        assert doc or name == "__version__"
    for name in ("check", "validate", "is_valid", "check_request"):
        assert f"{name}(self, " in text


def test_the_examples_of_the_package_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples in the docstrings of the package and of the checker run as shown."""
    from eventlint import checker

    monkeypatch.chdir(Path(__file__).parent.parent)
    for module in (eventlint, checker):
        result = doctest.testmod(module)
        assert result.attempted > 3
        assert result.failed == 0


def test_is_valid_agrees_with_check() -> None:
    """``is_valid`` agrees with ``check`` on each payload."""
    wrong = [
        case.id
        for case in payload_cases()
        if is_valid(case.body, case.event_type) != check(case.body, case.event_type).ok
    ]
    assert wrong == []


def test_validate_agrees_with_check() -> None:
    """``validate`` raises, with the findings and the answer of ``check``, if and only if ``check`` is not ok."""
    wrong: list[str] = []
    for case in payload_cases():
        report = check(case.body, case.event_type)
        raised = None
        try:
            validate(case.body, case.event_type)
        except InvalidEvent as error:
            raised = (error.findings, error.answer)
        if raised != (None if report.ok else (report.findings, report.answer)):
            wrong.append(case.id)
    assert wrong == []


def test_a_string_has_the_findings_of_its_bytes() -> None:
    """A string has the findings of its bytes in UTF-8."""
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
def test_each_of_many_errors_has_its_position(number: int, rule: str, pointer: str, mark: str) -> None:
    """Each error has its rule, pointer, line, column in characters and offset in bytes, whatever comes before it."""
    findings = [finding for finding in check(MANY, "search_click").findings if finding.tier == "error"]
    before = MANY[: MANY.index(mark)]
    line = before.count("\r\n") + 1
    position = Position(line=line, column=len(before) - (before.rfind("\n") + 1) + 1, offset=len(before.encode()))
    assert len(findings) == 10
    assert (findings[number].rule, findings[number].pointer, findings[number].position) == (rule, pointer, position)
