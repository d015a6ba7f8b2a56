"""The work for a hostile event is linear in its size. Steps are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from benchmarks.hostile_files import FILES
from benchmarks.hostile_shapes import SHAPES, event_type

from eventlint import check, redact
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.files import records
from eventlint.model import MAX_KEY

_SMALL = 8_000


def steps(work: Callable[[], object]) -> int:
    """How many functions some work calls, plus the length of each string and of all bytes that they get or return."""
    count = 0

    def profile(frame: FrameType, event: str, value: Any) -> None:
        nonlocal count
        if event == "call":
            count += 1
        elif event == "return" and type(value) in (str, bytes):
            count += len(value)

    work()  # imports, and compiles regular expressions
    redact._redacted_again.cache_clear()  # else a small event would need no redaction, and a large one all of it
    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def steps_of_check(name: str, size: int) -> int:
    """The steps of a check of a shape."""
    payload = SHAPES[name](size)
    return steps(lambda: [str(finding) for finding in check(payload, event_type(name)).findings])


@pytest.mark.parametrize("name", SHAPES)
def test_four_times_the_size_takes_at_most_five_times_the_steps(name: str) -> None:
    """The time is linear in the size, for each shape."""
    assert steps_of_check(name, 4 * _SMALL) <= 5 * steps_of_check(name, _SMALL) + 5_000


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_four_times_the_size_takes_at_most_five_times_the_steps(name: str, tmp_path: Path) -> None:
    """The time to find the events of a file is linear in its size, for each file."""
    counts = []
    for size in (_SMALL, 4 * _SMALL):
        path = tmp_path / name
        path.write_text(FILES[name](size))
        counts.append(steps(lambda path=path: list(records(str(path), None, Envelope()))))  # type: ignore[misc]
    assert counts[1] <= 5 * counts[0] + 5_000


@pytest.mark.parametrize("name", ["key-times-surrogates", "key-times-duplicates", "secret-key-times-surrogates"])
def test_a_finding_does_not_hold_a_long_key(name: str) -> None:
    """The memory does not grow with the length of a key times the number of its values."""
    findings = check(SHAPES[name](4 * _SMALL), "search").findings
    assert len(findings) > 100
    assert all(len(finding.pointer) < MAX_KEY + 100 and len(finding.message) < 200 for finding in findings)


def test_a_pointer_has_a_key_of_the_maximum_length() -> None:
    """The pointer is exact up to the documented length."""
    key = "k" * MAX_KEY
    event: dict[str, Any] = {"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q", "filters": {key: 1}}}
    assert [finding.pointer for finding in check(event, "search").findings] == [f"/search/filters/{key}"]


def test_a_pointer_has_the_start_of_a_longer_key() -> None:
    """A longer key is cut, and the pointer shows that."""
    key = "k" * (MAX_KEY + 1)
    event: dict[str, Any] = {"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q", "filters": {key: 1}}}
    assert [finding.pointer for finding in check(event, "search").findings] == [f"/search/filters/{key[:-2]}…"]
