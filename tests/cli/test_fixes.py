"""``--fix`` and ``--diff``: how files change."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from eventlint.cli import main
from tests.cli.test_check import GOOD, Write, write

__all__ = ["write"]

SAFE = '{"session":{"id":"s"},"user":{"id":"u"},"search":{"query":"q","results":{"total_results":"3"}}}'
UNSAFE = '{"session":{"id":7},"user":{"id":"u"},"search":{"query":"q"}}'
FIXED = SAFE.replace('"3"', "3")
STRING_ID = UNSAFE.replace("7", '"7"')


def test_unsafe_fixes_need_their_option(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Safe fixes are applied; unsafe fixes are applied only with ``--unsafe-fixes``."""
    path = write("search.ndjson", f"{SAFE}\r\n\n{UNSAFE}\n{GOOD}")
    assert main(["check", "--fix", "search.ndjson"]) == 1
    assert path.read_bytes().decode() == f"{FIXED}\r\n\n{UNSAFE}\n{GOOD}"
    assert "1 error in 3 events of 1 file; 1 fixed" in capsys.readouterr().out
    assert main(["check", "--fix", "--unsafe-fixes", "search.ndjson"]) == 0
    assert path.read_bytes().decode() == f"{FIXED}\r\n\n{STRING_ID}\n{GOOD}"


def test_a_file_without_fixes_is_not_written(write: Write) -> None:
    """The file keeps its modification time."""
    path = write("search.json", UNSAFE)
    os.utime(path, (1, 1))
    main(["check", "--fix", "search.json"])
    assert path.stat().st_mtime == 1


def test_all_formats_are_fixed(write: Write) -> None:
    """Everything around the events in arrays, envelopes and requests stays as it is."""
    array = write("search.json", f"[\n  {SAFE} ,\n  {GOOD}]\n")
    envelope = write("e.json", f'{{"event_type": "search", "x": [1 , 2], "payload": {SAFE}}}')
    console = write("c.http", f"# all\nPOST _application/analytics/site/event/Search?debug\n\n{SAFE}\n\nGET _cat\n")
    assert main(["check", "--fix", "."]) == 0
    assert array.read_text() == f"[\n  {FIXED} ,\n  {GOOD}]\n"
    assert envelope.read_text() == f'{{"event_type": "search", "x": [1 , 2], "payload": {FIXED}}}'
    assert console.read_text() == f"# all\nPOST _application/analytics/site/event/search?debug\n\n{FIXED}\n\nGET _cat\n"


def test_a_misspelled_event_type_in_a_request_line(write: Write) -> None:
    """``pageview`` in a request line becomes ``page_view``."""
    body = '{"session":{"id":"s"},"user":{"id":"u"},"page":{"url":"https://example.com/"}}'
    path = write("c.http", f"POST /_application/analytics/site/event/pageview\n{body}\n")
    assert main(["check", "--fix", "c.http"]) == 0
    assert path.read_text().startswith("POST /_application/analytics/site/event/page_view\n")


def test_the_file_keeps_its_mode_and_its_link(write: Write, tmp_path: Path) -> None:
    """The file is replaced atomically; a link to it stays a link."""
    path = write("real/search.json", SAFE)
    path.chmod(0o640)
    (tmp_path / "search.json").symlink_to(path)
    assert main(["check", "--fix", "search.json"]) == 0
    assert (tmp_path / "search.json").is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in path.parent.iterdir()] == ["search.json"]


def test_ignored_rules_are_not_fixed(write: Write) -> None:
    """Findings that are not reported are not fixed."""
    path = write("search.json", SAFE)
    assert main(["check", "--fix", "--ignore", "coerced-integer", "search.json"]) == 0
    assert path.read_text() == SAFE


def test_a_diff_can_be_applied(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--diff`` changes no files; applying it with git gives the same result as ``--fix``."""
    lines = [SAFE, GOOD, "", GOOD, GOOD, GOOD, GOOD, GOOD, UNSAFE, SAFE]
    path = write("search.ndjson", "\n".join(lines) + "\n")
    pretty = write("page_view.json", '// a\n{\n "session": {"id": "s"}, // b\n "user": {"id": "u"},\n "page": 1\n}\n')
    before = path.read_text(), pretty.read_text()
    assert main(["check", "--diff", "--unsafe-fixes", "."]) == 1
    assert (path.read_text(), pretty.read_text()) == before
    patch = write("x.patch", capsys.readouterr().out)
    subprocess.run(["git", "apply", "-p0", "--unidiff-zero", str(patch)], cwd=tmp_path, check=True)
    applied = path.read_text(), pretty.read_text()
    path.write_text(before[0])
    pretty.write_text(before[1])
    main(["check", "--fix", "--unsafe-fixes", "search.ndjson", "page_view.json"])
    assert applied == (path.read_text(), pretty.read_text()) != before


def test_an_empty_diff(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """If nothing would be fixed, nothing is shown and the exit code is 0."""
    write("search.json", UNSAFE)
    assert main(["check", "--diff", "-q", "search.json"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "words", [["--fix", "--diff"], ["--unsafe-fixes"], ["--strict-baseline"], ["--isolated", "--config", "x"]]
)
def test_conflicting_options(words: list[str], write: Write) -> None:
    """Each combination is a usage error."""
    write("search.json", GOOD)
    assert main(["check", *words, "search.json"]) == 2


def test_a_folder_that_cannot_be_written(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The file stays as it is, and the error names the reason."""
    path = write("sub/search.json", SAFE)
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    path.parent.chmod(0o500)
    try:
        assert main(["check", "--fix", "sub"]) == 4
    finally:
        path.parent.chmod(0o700)
    assert path.read_text() == SAFE
    assert "cannot be written" in capsys.readouterr().err
