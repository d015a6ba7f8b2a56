"""Named pipes: one that nobody writes to does not stop the run."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from eventlint.cli import main
from eventlint.inputs import opening
from tests.cli.test_check import GOOD

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A named pipe."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(opening, "PATIENCE", 0.1)
    os.mkfifo(tmp_path / "search.ndjson")
    return tmp_path / "search.ndjson"


def test_a_pipe_that_nobody_writes_to_is_an_error(pipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a short time; in a folder, it is left out."""
    assert main(["check", "--isolated", pipe.name]) == 4
    assert "search.ndjson: nobody writes to this pipe" in capsys.readouterr().err
    assert main(["check", "--isolated", "."]) == 3


@pytest.mark.parametrize("delay", [0, 0.3])
@pytest.mark.parametrize("content", ["", f"{GOOD}\n", f"{GOOD}\n" * 3000])
def test_a_pipe_is_read_to_its_end(
    delay: float, content: str, pipe: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also if the writer comes later, writes later, or writes nothing."""
    monkeypatch.setattr(opening, "PATIENCE", 10)

    def write() -> None:
        with pipe.open("w") as file:
            time.sleep(delay)
            file.write(content)

    writer = threading.Thread(target=write)
    writer.start()
    code = main(["check", "--isolated", pipe.name])
    writer.join()
    assert code == (0 if content else 3)
    assert not content or f"in {content.count(GOOD)} event" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--config", "search.ndjson", "."],
        ["check", "--baseline", "search.ndjson", "--isolated", "."],
        ["check", "--contract", "search.ndjson", "--isolated", "."],
        ["schema", "lint", "search.ndjson"],
        ["answer", "--event-type", "search", "search.ndjson"],
    ],
)
def test_other_files_are_no_pipes(words: list[str], pipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A configuration, a baseline, a contract, and the event of a request."""
    assert main(words) == 4
    assert "pipe" in capsys.readouterr().err


def test_a_pipe_among_schema_documents_is_left_out(pipe: Path) -> None:
    """It is not opened."""
    pipe.rename(pipe.parent / "a.json")
    assert main(["schema", "lint", "."]) == 3
