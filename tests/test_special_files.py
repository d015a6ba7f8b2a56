"""Devices and pipes where a file is expected: an error at once, and they are never read without end."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from eventlint.cli import main

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")

EVENT = {"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}


@pytest.fixture
def special(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A device, or a pipe that nobody uses, in or next to a folder with an event."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "search.ndjson").write_text(json.dumps(EVENT) + "\n")
    if request.param != "pipe":
        return str(request.param)
    os.mkfifo("pipe")
    return "pipe"


@pytest.mark.parametrize("special", ["/dev/zero", "/dev/full", "pipe"], indirect=True)
@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("--isolated --write-clean out --resume SPECIAL", "which --resume requires"),
        ("--isolated --write-clean SPECIAL --resume state", "which --resume requires"),
        ("--isolated --write-rejected SPECIAL --resume state", "which --resume requires"),
        ("--isolated --baseline SPECIAL", "is a "),
        ("--config SPECIAL", "is a "),
    ],
)
def test_it_is_refused(options: str, reason: str, special: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 4, and the message names the file."""
    words = options.replace("SPECIAL", special).split()
    assert main(["check", "search.ndjson", *words]) == 4
    error = capsys.readouterr().err
    assert f"{special}: " in error
    assert reason in error


@pytest.mark.parametrize("special", ["/dev/null"], indirect=True)
def test_the_null_device_is_an_empty_configuration(special: str) -> None:
    """It ends at once, so it can be read."""
    assert main(["check", "search.ndjson", "--config", special, "-q"]) == 0
