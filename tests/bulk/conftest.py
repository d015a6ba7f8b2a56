"""Runs of ``eventlint check`` with small ranges."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from eventlint.cli import check_options, main

GOOD = '{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q"}}'
BAD = GOOD.replace('"q"', '"q","x":1')


def envelope(payload: str, **more: str) -> str:
    """A line with an event in an envelope."""
    extra = "".join(f',"{name}":"{value}"' for name, value in more.items())
    return f'{{"event_type":"search","collection":"shop","payload":{payload}{extra}}}'


class Outcome(NamedTuple):
    """The exit code and the standard output of a run."""

    code: int
    out: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A function that checks files in a temporary folder; keywords divide files as in ``BulkOptions``."""
    monkeypatch.chdir(tmp_path)
    original: Callable[..., Any] = vars(check_options)["_bulk"]

    def checked(*words: str, **options: Any) -> Outcome:
        monkeypatch.setattr(
            check_options, "_bulk", lambda *arguments: original(*arguments)._replace(**{"alone": 0, **options})
        )
        stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        monkeypatch.setattr(sys, "stdout", stream)
        code = main(["check", "--isolated", *words])
        return Outcome(code, stream.buffer.getvalue().decode())

    return checked
