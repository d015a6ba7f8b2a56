"""Standard input of ``eventlint check``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_kept_files import BAD, GOOD, PRETTY, envelope

UNREAD = "standard input was not read; to read it, use: eventlint check -"


def check(folder: Path, *words: str, **settings: Any) -> subprocess.CompletedProcess[bytes]:
    """Run ``eventlint check`` in a folder."""
    command = [sys.executable, "-m", "eventlint", "check", "--isolated", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60, **settings)


@pytest.mark.parametrize(
    ("content", "events", "findings"),
    [
        (f"{envelope(GOOD)}\n{envelope(BAD)}\n".encode(), 2, ["blank-id 2"]),
        (f"{envelope(GOOD)}\n{envelope(BAD)}\n".encode("utf-16"), 2, ["blank-id 2"]),
        (f"POST /_application/analytics/site/event/search\n{BAD}\n".encode(), 1, ["blank-id 2"]),
        (f"[{envelope(GOOD)},\n{envelope(BAD)}]".encode(), 2, ["blank-id 2"]),
        (PRETTY.encode(), 1, ["undetermined-event-type 1"]),
        (b"", 0, []),
        (b"\n\n", 0, []),
    ],
)
def test_the_content_of_a_pipe_decides(tmp_path: Path, content: bytes, events: int, findings: list[str]) -> None:
    """What comes from a pipe has no name, so only its content can tell its format."""
    done = check(tmp_path, "-", "--format", "json", input=content)
    document = json.loads(done.stdout)
    assert [f"{one['rule']} {one['line']}" for one in document["findings"]] == findings
    assert document["summary"]["events"] == events
    assert done.returncode == (3 if not events else 1)


def test_a_pipe_that_is_not_read_is_noted(tmp_path: Path) -> None:
    """Without a path, the folder is checked, and a note says that standard input is not."""
    (tmp_path / "search.json").write_text(GOOD)
    done = check(tmp_path, input=f"{BAD}\n".encode())
    assert (done.returncode, done.stderr.decode().count(UNREAD)) == (0, 1)
    assert b"1 event in 1 file" in done.stdout


def test_a_file_that_is_not_read_is_noted(tmp_path: Path) -> None:
    """The same holds for a file that is redirected to standard input."""
    (tmp_path / "search.json").write_text(GOOD)
    with (tmp_path / "search.json").open("rb") as stdin:
        assert UNREAD in check(tmp_path, stdin=stdin).stderr.decode()


@pytest.mark.parametrize("words", [("search.json",), ("-", "--stdin-filename", "search.json")])
def test_no_note_if_paths_are_given(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Whoever names files does not expect that standard input is read."""
    (tmp_path / "search.json").write_text(GOOD)
    assert UNREAD not in check(tmp_path, *words, input=GOOD.encode()).stderr.decode()


def test_no_note_without_a_pipe(tmp_path: Path) -> None:
    """Nothing is noted if standard input is a device, or closed."""
    (tmp_path / "search.json").write_text(GOOD)
    assert check(tmp_path, stdin=subprocess.DEVNULL).stderr == b""
    assert check(tmp_path, preexec_fn=lambda: os.close(0)).stderr == b""


def test_a_run_does_not_read_what_it_writes(tmp_path: Path) -> None:
    """The report is appended to the file that is read from standard input."""
    path = tmp_path / "search.ndjson"
    path.write_text(f"{BAD}\n" * 40)
    with path.open("rb") as stdin, path.open("ab") as stdout:
        command = [sys.executable, "-m", "eventlint", "check", "--isolated", "-", "--format", "jsonl"]
        command += ["--stdin-filename", path.name]
        subprocess.run(command, stdin=stdin, stdout=stdout, check=False, timeout=60)
    assert path.read_text().count('"blank-id"') == 40
