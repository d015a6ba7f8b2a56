"""``--fix`` and ``--diff``."""

from __future__ import annotations

import gzip
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


def test_fix_applies_safe_fixes_only(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is fixed in place; findings with an unsafe fix are still reported."""
    path = write("search.ndjson", f"{SAFE}\r\n\n{UNSAFE}\n{GOOD}")
    assert main(["check", "--fix", "search.ndjson"]) == 1
    assert path.read_bytes().decode() == f"{FIXED}\r\n\n{UNSAFE}\n{GOOD}"
    assert "1 error in 3 events in 1 file; 1 fixed; 1 fixable with `--fix --unsafe-fixes`" in capsys.readouterr().out
    assert main(["check", "--fix", "--unsafe-fixes", "search.ndjson"]) == 0
    assert path.read_bytes().decode() == f"{FIXED}\r\n\n{STRING_ID}\n{GOOD}"


def test_a_file_without_fixes_is_not_written(write: Write) -> None:
    """The modification time of the file stays the same."""
    path = write("search.json", UNSAFE)
    os.utime(path, (1, 1))
    main(["check", "--fix", "search.json"])
    assert path.stat().st_mtime == 1


def test_all_formats_are_fixed(write: Write) -> None:
    """In arrays, envelopes and requests, all bytes outside of the events stay the same."""
    array = write("search.json", f"[\n  {SAFE} ,\n  {GOOD}]\n")
    envelope = write("e.json", f'{{"event_type": "search", "x": [1 , 2], "payload": {SAFE}}}')
    console = write("c.http", f"# all\nPOST _application/analytics/site/event/Search?debug\n\n{SAFE}\n\nGET _cat\n")
    assert main(["check", "--fix", "."]) == 0
    assert array.read_text() == f"[\n  {FIXED} ,\n  {GOOD}]\n"
    assert envelope.read_text() == f'{{"event_type": "search", "x": [1 , 2], "payload": {FIXED}}}'
    assert console.read_text() == f"# all\nPOST _application/analytics/site/event/search?debug\n\n{FIXED}\n\nGET _cat\n"


def test_a_misspelled_event_type_is_fixed(write: Write) -> None:
    """``pageview`` in a request line becomes ``page_view``."""
    body = '{"session":{"id":"s"},"user":{"id":"u"},"page":{"url":"https://example.com/"}}'
    path = write("c.http", f"POST /_application/analytics/site/event/pageview\n{body}\n")
    assert main(["check", "--fix", "c.http"]) == 0
    assert path.read_text().startswith("POST /_application/analytics/site/event/page_view\n")


def test_a_fixed_file_keeps_its_mode_and_its_links(write: Write, tmp_path: Path) -> None:
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
    """``--diff`` changes nothing; applying its output with git gives the result of ``--fix``."""
    lines = [SAFE, GOOD, "", GOOD, GOOD, GOOD, GOOD, GOOD, UNSAFE, SAFE]
    path = write("search.ndjson", "\n".join(lines) + "\n")
    pretty = write("page_view.json", '// a\n{\n "session": {"id": "s"}, // b\n "user": {"id": "u"},\n "page": 1\n}\n')
    open_end = write("search.json", SAFE.replace('"q"', '"q\u2028"'))
    paths = (path, pretty, open_end)
    before = [one.read_text() for one in paths]
    assert main(["check", "--diff", "--unsafe-fixes", "."]) == 1
    assert [one.read_text() for one in paths] == before
    patch = write("x.patch", capsys.readouterr().out)
    subprocess.run(["git", "apply", "-p0", "--unidiff-zero", str(patch)], cwd=tmp_path, check=True)
    applied = [one.read_text() for one in paths]
    for one, text in zip(paths, before, strict=True):
        one.write_text(text)
    main(["check", "--fix", "--unsafe-fixes", "search.ndjson", "page_view.json", "search.json"])
    assert applied == [one.read_text() for one in paths]
    assert all(after != text for after, text in zip(applied, before, strict=True))


def test_a_diff_contains_no_control_characters(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines of a file cannot control the terminal."""
    write("search.json", SAFE.replace('"q"', '"q\x9b31m"'))
    main(["check", "--diff", "search.json"])
    out = capsys.readouterr().out
    assert "q\\u009b31m" in out
    assert out.splitlines()[-1].startswith("# This diff cannot be applied: ")


def test_a_refused_fix_is_not_counted_and_has_a_reason(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The counts are those of what ``--fix`` does, and fixable findings have a mark."""
    write("search.json", SAFE.replace('"q"', '"q","quary":1,"sort":[{"name":7}]'))
    assert main(["check", "search.json"]) == 1
    out = capsys.readouterr().out
    assert "loss[coerced-integer]: [*] " in out
    assert "error[unknown-field]: unknown" in out
    assert "= no fix: it would cause duplicate-key" in out
    assert "; 1 fixable with `--fix`\n" in out
    main(["check", "--fix", "--unsafe-fixes", "search.json"])
    assert "; 1 fixed; 1 not fixed (it would cause duplicate-key, wrong-type: 1)\n" in capsys.readouterr().out


def test_suppressed_findings_are_not_fixed(write: Write) -> None:
    """A finding that the configuration suppresses or ignores below a pointer stays."""
    path = write("search.json", SAFE)
    write("eventlint.toml", '[[suppress]]\nrule = "coerced-integer"\nreason = "x"\n')
    assert main(["check", "--fix", "search.json"]) == 0
    write("eventlint.toml", '[per-pointer-ignores]\n"/search" = ["loss"]\n')
    assert main(["check", "--fix", "search.json"]) == 0
    assert path.read_text() == SAFE


def test_a_compressed_file_is_not_edited(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reason is shown when fixes are asked for."""
    (tmp_path / "search.json.gz").write_bytes(gzip.compress(SAFE.encode()))
    main(["check", "--fix", "search.json.gz"])
    assert "= no fix: a compressed file cannot be edited" in capsys.readouterr().out


def test_diff_has_precedence_over_fix(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """With both options, the diff is shown and nothing is written, as in ruff."""
    path = write("search.json", SAFE)
    assert main(["check", "--fix", "--diff", "search.json"]) == 1
    assert path.read_text() == SAFE
    captured = capsys.readouterr()
    assert f"+{FIXED}" in captured.out
    assert captured.err == "eventlint: 1 finding would be fixed\n"


def test_a_diff_counts_unsafe_fixes(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The line after the diff shows how many more findings unsafe fixes would fix."""
    write("search.json", SAFE.replace('"s"', "1"))
    assert main(["check", "--diff", "search.json"]) == 1
    assert capsys.readouterr().err == "eventlint: 1 finding would be fixed (1 more with `--unsafe-fixes`)\n"
    assert main(["check", "--diff", "--unsafe-fixes", "search.json"]) == 1
    assert capsys.readouterr().err == "eventlint: 2 findings would be fixed\n"


def test_a_diff_without_fixes_is_empty(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed, and the exit code is 0."""
    write("search.json", UNSAFE)
    assert main(["check", "--diff", "-q", "search.json"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("options", [["--unsafe-fixes"], ["--strict-baseline"], ["--isolated", "--config", "x"]])
def test_options_that_cannot_be_combined(options: list[str], write: Write) -> None:
    """The combination is a usage error."""
    write("search.json", GOOD)
    assert main(["check", *options, "search.json"]) == 2


def test_a_folder_that_cannot_be_written(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The file stays as it is, and the error is printed."""
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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("options", [["--fix"], ["--fix", "--unsafe-fixes"], ["--diff"]])
def test_an_event_that_is_not_utf_8_is_not_fixed_and_that_is_said(
    encoding: str, options: list[str], write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file stays as it is, and the findings that would be fixed in UTF-8 are counted with the reason."""
    content = SAFE.encode(encoding)
    (tmp_path / "search.json").write_bytes(content)
    main(["check", *options, "search.json"])
    captured = capsys.readouterr()
    assert (tmp_path / "search.json").read_bytes() == content
    assert "1 not fixed (only an event in UTF-8 can be edited: 1)" in captured.out + captured.err


def test_fixes_that_are_refused_are_counted_with_their_reason(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --fix nothing is counted as not fixed."""
    write("search.json", SAFE.replace('"q"', '"q","quary":"x"'))
    main(["check", "search.json"])
    assert "not fixed" not in capsys.readouterr().out
    main(["check", "--fix", "--unsafe-fixes", "search.json"])
    assert "1 not fixed (it would cause duplicate-key: 1)" in capsys.readouterr().out
