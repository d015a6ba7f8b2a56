"""A run that stops can be continued: no line is lost, and none is written twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bulk.conftest import BAD, GOOD, Run, envelope

FILES = ["clean", "rejected", "reasons"]
SPLIT = ["--write-clean", "clean", "--write-rejected", "rejected", "--reasons", "reasons"]
KILLED = """
import os, signal, sys
from eventlint.bulk import journal, line_output
from eventlint.cli import check_options, main

where, count, processes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
original = check_options._bulk
check_options._bulk = lambda *a: original(*a)._replace(processes=processes, range_size=300, block_size=190, alone=0)
write, add = journal.Journal._write, line_output.LineOutput.add

def last():
    global count
    count -= 1
    return count < 0

def killed_write(self, entry):
    if where == "before" and last():
        os.kill(os.getpid(), signal.SIGKILL)
    if where == "within" and last():
        os.write(self._descriptor, b'{"paths": ["sea')
        os.kill(os.getpid(), signal.SIGKILL)
    write(self, entry)

def killed_add(self, *arguments):
    add(self, *arguments)
    if where == "between" and last():
        for file in self._growing.values():
            file._file.flush()
        os.kill(os.getpid(), signal.SIGKILL)

journal.Journal._write, line_output.LineOutput.add = killed_write, killed_add
sys.exit(main(["check", "--isolated", *sys.argv[4:]]))
"""


def write_input(folder: Path) -> None:
    """Two files of some kilobytes."""
    source = random.Random(1)
    for name in ("search.1.ndjson", "search.2.ndjson"):
        lines = [source.choice([GOOD, GOOD, BAD, envelope(BAD), "{"]) for _ in range(28)]
        (folder / name).write_text("\n".join(lines))


def contents(folder: Path) -> list[bytes]:
    """The output files."""
    return [(folder / name).read_bytes() for name in FILES]


@pytest.mark.parametrize(("where", "processes"), [("before", 1), ("within", 1), ("between", 1), ("between", 2)])
def test_a_run_that_is_killed_again_and_again(where: str, processes: int, run: Run, tmp_path: Path) -> None:
    """The output, the statistics and the exit code are those of a run that was not killed."""
    write_input(tmp_path)
    expected = run(*SPLIT, "--statistics", ".")
    wanted = contents(tmp_path)
    for name in FILES:
        (tmp_path / name).unlink()
    words = [*SPLIT, "--resume", "state", "--statistics", "."]
    killed = 0
    done: subprocess.CompletedProcess[str] | None = None
    for step in range(40):
        count = 4 + step % 4 if where != "between" else 23 + step % 7
        done = subprocess.run(
            [sys.executable, "-c", KILLED, where, str(count), str(processes), *words], capture_output=True, text=True
        )
        if done.returncode != -signal.SIGKILL:
            break
        killed += 1
    assert done is not None
    assert (done.returncode, done.stdout) == expected
    assert contents(tmp_path) == wanted
    assert killed >= 2
    assert run(*words) == expected


def test_an_interrupt_leaves_whole_lines(run: Run, tmp_path: Path) -> None:
    """After a signal, the output ends where the state does, and the run can be continued."""
    (tmp_path / "search.ndjson").write_text(f"{BAD}\n{GOOD}\n" * 6_000)
    words = ["check", "--isolated", "-q", "--statistics", *SPLIT, "--resume", "state", "--jobs", "2", "search.ndjson"]
    code = "import sys; from eventlint.bulk import options; from eventlint.cli import check_options, main\n"
    code += "original = check_options._bulk\n"
    code += "check_options._bulk = lambda *a: original(*a)._replace(range_size=20000, alone=0)\n"
    code += "sys.exit(main(sys.argv[1:]))"
    for number, expected in ((signal.SIGTERM, 4), (signal.SIGINT, 130), (signal.SIGHUP, 4)):
        with subprocess.Popen(
            [sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            before = (tmp_path / "state").stat().st_size if (tmp_path / "state").exists() else 0
            while process.poll() is None and not _has_grown(tmp_path / "state", before):
                time.sleep(0.005)
            process.send_signal(number)
            assert process.wait(timeout=60) == expected
        for name in FILES:
            assert (tmp_path / name).read_bytes()[-1:] in (b"\n", b"")
        last = json.loads((tmp_path / "state").read_bytes().splitlines()[-1])
        assert last["sizes"] == {name: (tmp_path / name).stat().st_size for name in FILES}
        assert sorted(os.listdir(tmp_path)) == sorted([*FILES, "search.ndjson", "state"])


def _has_grown(path: Path, before: int) -> bool:
    return path.exists() and path.stat().st_size > before + 1500


def test_another_run_does_not_continue_it(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither with other options, nor with another file, nor from what is not a state."""
    write_input(tmp_path)
    words = [*SPLIT, "--resume", "state", "search.1.ndjson"]
    run(*words)
    assert run(*words, "--select", "error").code == 4
    assert "is the state of a run with other options; delete it to begin again" in capsys.readouterr().err
    (tmp_path / "state").write_text("notes\n")
    assert run(*words).code == 4
    assert "is not the state of a run" in capsys.readouterr().err
    assert (tmp_path / "state").read_text() == "notes\n"


def test_a_changed_input_is_an_error(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is appended to the output of another content."""
    write_input(tmp_path)
    words = [*SPLIT, "--resume", "state", "search.1.ndjson"]
    run(*words, range_size=200)
    entries = (tmp_path / "state").read_bytes().splitlines(keepends=True)
    (tmp_path / "state").write_bytes(b"".join(entries[:4]))
    text = (tmp_path / "search.1.ndjson").read_text()
    (tmp_path / "search.1.ndjson").write_text(text + "\n")
    assert run(*words, range_size=200).code == 4
    assert "has changed since the run began that --resume continues" in capsys.readouterr().err
