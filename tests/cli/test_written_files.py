"""An output never replaces an input or another output, under whatever name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eventlint.cli import main
from tests.cli.test_check import GOOD

BAD = GOOD.replace('"q"', '"q","x":1')

TEXT = f"{GOOD}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file of events, a symbolic link to it, and another name for it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "search.ndjson").write_text(TEXT)
    (tmp_path / "search.other.ndjson").write_text(TEXT)
    (tmp_path / "link").symlink_to("search.ndjson")
    os.link("search.ndjson", "linked")
    return tmp_path


@pytest.mark.parametrize("target", ["search.ndjson", "link", "linked", "./../{folder}/linked"])
@pytest.mark.parametrize(
    "options",
    [
        ["--output", "json:TARGET"],
        ["--write-baseline", "--baseline", "TARGET"],
        ["--fix", "--output", "json:TARGET"],
        ["--write-clean", "TARGET"],
        ["--write-rejected", "TARGET"],
        ["--reasons", "TARGET"],
        ["--write-clean", "out", "--resume", "TARGET"],
        ["--write-clean", "TARGET", "--resume", "state"],
    ],
    ids=" ".join,
)
def test_the_input_is_not_replaced(
    options: list[str], target: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The run ends before it writes anything."""
    target = target.replace("{folder}", folder.name)
    before = set(os.listdir())
    words = [word.replace("TARGET", target) for word in options]
    assert main(["check", "--isolated", "search.ndjson", *words]) == 2
    assert "would replace an input" in capsys.readouterr().err
    assert (folder / "search.ndjson").read_text() == TEXT
    assert set(os.listdir()) == before


@pytest.mark.parametrize("option", ["--write-clean", "--write-rejected", "--reasons"])
def test_no_input_becomes_a_file_of_lines(option: str, folder: Path) -> None:
    """Also if there are other inputs."""
    assert main(["check", "--isolated", "search.other.ndjson", "linked", option, "search.ndjson"]) == 2
    assert (folder / "search.ndjson").read_text() == TEXT


@pytest.mark.parametrize(
    "options",
    [
        ["--output", "json:a", "--output", "sarif:./a"],
        ["--output", "json:linked", "--output", "sarif:link"],
        ["--output", "json:a", "--write-clean", "a"],
        ["--output", "json:a", "--reasons", "a"],
        ["--output", "json:a", "--write-baseline", "--baseline", "a"],
        ["--output", "json:a", "--baseline", "a"],
        ["--write-clean", "a", "--write-rejected", "a"],
        ["--write-clean", "linked", "--write-rejected", "link"],
        ["--write-clean", "a", "--resume", "a"],
    ],
    ids=" ".join,
)
def test_two_outputs_are_not_one_file(options: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names both options."""
    (folder / "a").write_text('{"version": 1, "findings": []}')
    assert main(["check", "--isolated", "search.other.ndjson", *options]) == 2
    error = capsys.readouterr().err
    assert f"{options[0]} and " in error or "--baseline" in options
    assert "write to the same file" in error
    assert (folder / "search.ndjson").read_text() == TEXT


def test_a_device_can_have_two_outputs(folder: Path) -> None:
    """It keeps nothing."""
    words = ["--write-clean", "/dev/null", "--write-rejected", "/dev/null", "--output", "json:/dev/null"]
    assert main(["check", "--isolated", "search.ndjson", *words]) == 0


def test_another_name_of_an_output_is_not_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hard link to the output lies in the folder that is checked."""
    os.link("linked", "search.third.ndjson")
    main(["check", "--isolated", "--show-files", "--output", "json:linked", "."])
    assert capsys.readouterr().out.split() == ["search.other.ndjson"]


def test_events_are_not_called_a_state(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The hint to delete the file is only for the state of another run."""
    assert main(["check", "--isolated", "search.other.ndjson", "--write-clean", "out", "--resume", "linked"]) == 4
    error = capsys.readouterr().err
    assert "linked: is not the state of a run" in error
    assert "delete" not in error


@pytest.mark.parametrize("name", ["folder", "link/out"])
def test_a_run_that_cannot_begin_leaves_no_state(name: str, folder: Path) -> None:
    """Otherwise the corrected command would be refused."""
    (folder / "folder").mkdir()
    words = ["check", "--isolated", "search.other.ndjson", "--resume", "state", "--write-clean"]
    assert main([*words, name]) == 4
    assert not (folder / "state").exists()
    assert main([*words, "out"]) == 0


@pytest.mark.parametrize("words", [["docs"], ["schema", "export", "--format", "editor"]], ids=lambda words: words[0])
def test_a_file_where_a_folder_is_expected(words: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message is about the name that the user wrote."""
    assert main([*words, "-o", "search.ndjson"]) == 4
    assert "search.ndjson: is not a folder" in capsys.readouterr().err
    assert (folder / "search.ndjson").read_text() == TEXT


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no such device")
@pytest.mark.parametrize("option", ["--write-clean", "--write-rejected", "--reasons"])
def test_an_error_names_the_file_of_lines(option: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The disk is full while lines are written, not only when the file is closed."""
    (folder / "search.ndjson").write_text(f"{GOOD}\n{BAD}\n" * 3000)
    (folder / "out").symlink_to("/dev/full")
    assert main(["check", "--isolated", "-q", "--format", "jsonl", "search.ndjson", option, "out"]) == 4
    assert "out: cannot be written: No space left" in capsys.readouterr().err


_ENTRY = (
    '{"paths": ["search.other.ndjson"], "offset": 0, "until": 9, "next": 9, "lines": 1, "envelopes": false, '
    '"identity": [0, 0, 0, 0], "sha256": "", "done": false, "sizes": {}, "counts": COUNTS}'
)


@pytest.mark.parametrize(
    "entry",
    [
        *("[]", "null", "1", '{"sizes": 1}', '{"sizes": {}}', '{"sizes": {"clean": "x"}, "counts": {}}', "[" * 100_000),
        *(_ENTRY.replace("COUNTS", counts) for counts in ("1", '{"events": "x"}', '{"tiers": {"a": "b"}}', "[[]]")),
        *(_ENTRY.replace("COUNTS", "{}").replace(old, "7") for old in ('["search.other.ndjson"]', "[0, 0, 0, 0]")),
    ],
    ids=lambda entry: entry[-60:],
)
def test_a_damaged_state_is_an_error(entry: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named, and nothing is written to it."""
    words = ["check", "--isolated", "-q", "search.other.ndjson", "--write-clean", "out", "--resume", "state"]
    assert main(words) == 0
    header = (folder / "state").read_text().partition("\n")[0]
    (folder / "state").write_text(f"{header}\n{entry}\n")
    assert main(words) == 4
    assert "state: is " in capsys.readouterr().err
    assert (folder / "state").read_text() == f"{header}\n{entry}\n"


@pytest.mark.parametrize("header", ["[" * 100_000, "[]", "null", '{"version": 1}'], ids=lambda header: header[-20:])
def test_what_is_not_a_state_is_an_error(header: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """However deep its brackets are."""
    (folder / "state").write_text(f"{header}\n")
    assert main(["check", "--isolated", "search.other.ndjson", "--write-clean", "out", "--resume", "state"]) == 4
    assert "state: is not the state of a run" in capsys.readouterr().err
