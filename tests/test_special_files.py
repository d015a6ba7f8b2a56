"""Devices and pipes where a file is expected: an error at once, and they are never read without end."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from eventlint.cli import main
from eventlint.output import special_files

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


@pytest.mark.parametrize("special", ["/dev/zero", "/dev/full", "/dev/urandom"], indirect=True)
@pytest.mark.parametrize(
    "words",
    [
        "answer SPECIAL",
        "check --isolated --event-type search SPECIAL",
        "check --isolated --event-type search --write-clean out SPECIAL",
        "check --isolated --jobs 2 --event-type search SPECIAL",
        "schema draft --type search SPECIAL -o out",
    ],
)
def test_no_event_is_read_from_a_device(words: str, special: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It would never end."""
    assert main(words.replace("SPECIAL", special).split()) == 4
    assert f"{special}: is a device" in capsys.readouterr().err


@pytest.mark.parametrize("special", ["/dev/zero"], indirect=True)
def test_the_answer_to_an_endless_body(special: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No more is read than the server reads."""
    assert main(["answer", "--event-type", "search", special]) == 0
    assert "413" in capsys.readouterr().out


@pytest.mark.parametrize("special", ["pipe"], indirect=True)
@pytest.mark.parametrize(
    "words",
    [
        "docs --logo SPECIAL.svg",
        "verify --url http://127.0.0.1:1 --ca-cert SPECIAL",
        "serve --port 0 --tls-cert SPECIAL --tls-key SPECIAL",
    ],
)
def test_a_file_of_an_option_is_not_a_pipe(words: str, special: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody writes to it, so the command would wait without end."""
    os.mkfifo("pipe.svg")
    assert main(words.replace("SPECIAL", special).split()) == 4
    assert "is a pipe" in capsys.readouterr().err


@pytest.mark.parametrize("special", ["pipe"], indirect=True)
def test_a_recording_needs_a_reader(
    special: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``serve`` does not wait for one longer than any other command."""
    monkeypatch.setattr(special_files, "PATIENCE", 0.0)
    assert main(["serve", "--port", "0", "--record", special]) == 4
    assert "nobody reads from this pipe" in capsys.readouterr().err
