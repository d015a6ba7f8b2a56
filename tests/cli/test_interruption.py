"""Runs that cannot print, and runs that the user interrupts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from eventlint.cli import check, main
from tests.cli.test_check import GOOD, Write, write
from tests.cli.test_fix import FIXED, SAFE

__all__ = ["write"]


@pytest.mark.parametrize("words", [["--fix"], ["--output", "a.json"], ["--fix", "--jobs", "2"], ["--write-baseline"]])
def test_files_are_written_though_standard_output_is_closed(words: list[str], write: Write, tmp_path: Path) -> None:
    """A run that writes files completes when the reader of its output is gone; the exit code shows the problem."""
    bad = GOOD.replace('"q"', '"q","x":1')
    write("a/search.ndjson", f"{bad}\n" * 3000)
    path = write("search.ndjson", f"{bad}\n" * 3000 + SAFE)
    with subprocess.Popen(
        [sys.executable, "-m", "eventlint", "check", "--isolated", "--exit-zero", *words, "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert b"Traceback" not in err
    if "--fix" in words:
        assert path.read_text().endswith(FIXED)
    elif "--output" in words:
        assert len(json.loads((tmp_path / "a.json").read_text())["findings"]) == 6001
    else:
        assert len((tmp_path / "eventlint-baseline.json").read_text()) > 100


def interrupting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the user interrupt the run after its first result."""
    original: Callable[..., Iterator[object]] = vars(check)["check_files"]

    def interrupted(*arguments: object) -> Iterator[object]:
        for number, result in enumerate(original(*arguments)):
            if number == 1:
                raise KeyboardInterrupt
            yield result

    monkeypatch.setattr(check, "check_files", interrupted)


def test_an_interrupted_run_prints_the_summary_so_far(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 130, and no output file appears."""
    interrupting(monkeypatch)
    write("search.ndjson", "{\n{\n")
    assert main(["check", "--output", "a.json", "search.ndjson"]) == 130
    assert capsys.readouterr().out.endswith("interrupted: 1 error in 1 event in 1 file\n")
    assert [path.name for path in tmp_path.iterdir()] == ["search.ndjson"]


def test_an_interrupted_report_is_complete_json(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The summary shows that the run was interrupted."""
    interrupting(monkeypatch)
    write("search.ndjson", "{\n{\n")
    assert main(["check", "--format", "json", "search.ndjson"]) == 130
    document = json.loads(capsys.readouterr().out)
    assert (len(document["findings"]), document["summary"]["interrupted"]) == (1, True)


def test_a_real_interrupt(write: Write, tmp_path: Path) -> None:
    """Ctrl-C ends a long run with a summary, without a traceback and without temporary files."""
    path = write("search.ndjson", f"{SAFE}\n" * 60_000)
    size = path.stat().st_size
    with subprocess.Popen(
        [sys.executable, "-m", "eventlint", "check", "--isolated", "--fix", "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        while len(list(tmp_path.iterdir())) == 1 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in err) == (130, False)
    assert out.startswith(b"interrupted: ")
    assert [entry.name for entry in tmp_path.iterdir()] == ["search.ndjson"]
    assert path.stat().st_size == size


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_real_signal(jobs: str, number: signal.Signals, write: Write, tmp_path: Path) -> None:
    """It ends a long run with an error, without a traceback and without temporary files."""
    for name in ("a/search.ndjson", "b/search.ndjson"):
        write(name, f"{SAFE}\n" * 30_000)
    sizes = [path.stat().st_size for path in tmp_path.rglob("*.ndjson")]
    with subprocess.Popen(
        [sys.executable, "-m", "eventlint", "check", "--isolated", "--fix", "--jobs", jobs, "."],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        while not list(tmp_path.rglob(".eventlint-*")) and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, number)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err.decode()) == (4, f"eventlint: error: ended by {number.name}\n")
    assert list(tmp_path.rglob(".eventlint-*")) == []
    assert [path.stat().st_size for path in tmp_path.rglob("*.ndjson")] == sizes


def test_an_ignored_signal_stays_ignored(write: Write) -> None:
    """As with ``nohup``."""
    write("search.ndjson", GOOD)
    code = """
import os, signal
from eventlint.cli import main
signal.signal(signal.SIGHUP, signal.SIG_IGN)
assert main(["check", "-q", "--isolated", "search.ndjson"]) == 0
os.kill(os.getpid(), signal.SIGHUP)
assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
"""
    subprocess.run([sys.executable, "-c", code], check=True)
