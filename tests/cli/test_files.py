"""Which files ``eventlint check`` reads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from eventlint.cli import main
from tests.cli.test_check import GOOD, Write, write

__all__ = ["write"]
BAD = GOOD.replace('"s"', '""')


def show_files(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The files that a run would check."""
    main(["check", "--show-files", *words])
    return capsys.readouterr().out.splitlines()


def run(*words: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process, in the current folder."""
    command = [sys.executable, "-m", "eventlint", "check", *words]
    return subprocess.run(command, text=True, check=False, timeout=60, **settings)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("form", ["jsonl", "json", "sarif", "gitlab"])
def test_standard_output_is_not_read(write: Write, tmp_path: Path, form: str) -> None:
    """The file that standard output is redirected to lies in the folder that is checked."""
    write("search.ndjson", f"{BAD}\n" * 3)
    report = tmp_path / f"search.{form}.json"
    with report.open("w") as stdout:
        done = run("--isolated", "--format", form, stdout=stdout, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (1, "")
    assert report.name not in report.read_text()


def test_output_files_of_this_run_and_of_earlier_ones_are_not_read(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--output`` names files in the folder that is checked."""
    write("search.json", GOOD)
    options = ["--isolated", "--output", "json:search.report.json", "--output", "jsonl:search.report.jsonl"]
    assert [main(["check", *options]), main(["check", *options])] == [0, 0]
    assert "1 event in 1 file" in capsys.readouterr().out


def test_a_named_output_is_not_read(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A note says so."""
    write("search.json", GOOD)
    write("search.report.json", BAD)
    words = ["check", "--isolated", "search.json", "search.report.json", "--output", "json:search.report.json"]
    assert main(words) == 0
    assert "search.report.json is an output of this run; it was not read" in capsys.readouterr().err


def test_an_output_behind_a_link_is_not_read(write: Write, tmp_path: Path) -> None:
    """The files are compared, not their names."""
    write("search.json", GOOD)
    write("search.out.json", BAD)
    (tmp_path / "search.link.json").symlink_to("search.out.json")
    assert main(["check", "--isolated", "--output", "json:search.out.json", "."]) in (0, 1)
    with (tmp_path / "search.out.json").open("w") as stdout:
        done = run("--isolated", "--format", "json", stdout=stdout, stderr=subprocess.DEVNULL)
    assert done.returncode == 0


def test_the_baseline_is_not_read(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the default one nor a named one."""
    write("search.json", GOOD)
    write("eventlint-baseline.json", "{}")
    write("search.known.json", '{"version": 1, "findings": []}')
    assert show_files(capsys, "--isolated", "--baseline", "search.known.json") == [
        "eventlint-baseline.json",
        "search.json",
    ]
    assert show_files(capsys, "--isolated") == ["search.json", "search.known.json"]


@pytest.mark.parametrize(
    ("settings", "named", "checked"),
    [
        ('exclude = ["old/"]', ["old/a.json", "new/a.json"], ["new/a.json"]),
        ('exclude = ["*.tmp.json"]', ["a.tmp.json", "new/a.json"], ["new/a.json"]),
        ('include = ["new"]', ["old/a.json", "new/a.json"], ["new/a.json"]),
        ('include = ["new/", "a.tmp.json"]', ["a.tmp.json", "old/a.json"], ["a.tmp.json"]),
        ('include = ["**/a.json"]', ["a.tmp.json", "old/a.json"], ["old/a.json"]),
        ('include = ["."]', ["a.tmp.json", "old/a.json"], ["a.tmp.json", "old/a.json"]),
        ('include = ["new"]\nexclude = ["new/a.json"]', ["new/a.json"], []),
        ("", ["old/a.json"], ["old/a.json"]),
    ],
)
def test_force_exclude(
    write: Write, capsys: pytest.CaptureFixture[str], settings: str, named: list[str], checked: list[str]
) -> None:
    """With the option or the setting, include and exclude also hold for named files; without them, they do not."""
    for name in ("old/a.json", "new/a.json", "a.tmp.json"):
        write(name, GOOD)
    write("eventlint.toml", settings)
    assert show_files(capsys, *named) == named
    assert show_files(capsys, "--force-exclude", *named) == checked
    write("eventlint.toml", f"force-exclude = true\n{settings}")
    assert show_files(capsys, *named) == checked


def git(*words: str) -> None:
    """Run git in the current folder."""
    subprocess.run(["git", *words], check=True, capture_output=True)


def test_files_that_git_ignores(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each source of patterns counts, and a later one has precedence."""
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    names = ("by-exclude.json", "by-home.json", "by-mark.json", "kept.json", "a.json")
    for name in names:
        write(f"repo/{name}", GOOD)
    monkeypatch.chdir(tmp_path / "repo")
    git("init", "-q", ".")
    (tmp_path / "repo/.git/info").mkdir(exist_ok=True)
    (tmp_path / "repo/.git/info/exclude").write_text("by-exclude.json\nkept.json\n")
    write("home/.config/git/ignore", "by-home.json\n")
    (tmp_path / "repo/.gitignore").write_bytes(b"\xef\xbb\xbfby-mark.json\n!kept.json\n")
    assert show_files(capsys, "--isolated") == ["a.json", "kept.json"]
    write("home/mine", "a.json\n")
    write("home/.gitconfig", "[core]\n\texcludesFile = ~/mine\n")
    assert show_files(capsys, "--isolated") == ["by-home.json", "kept.json"]


def test_patterns_hold_in_a_linked_work_tree(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There, ``.git`` is a file, and ``info/exclude`` is in the repository that it belongs to."""
    write("repo/a.json", GOOD)
    monkeypatch.chdir(tmp_path / "repo")
    git("init", "-q", ".")
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "--allow-empty", "-m", "start")
    (tmp_path / "repo/.git/info").mkdir(exist_ok=True)
    (tmp_path / "repo/.git/info/exclude").write_text("ignored/\n")
    git("worktree", "add", "-q", "../linked")
    write("linked/ignored/search.json", GOOD)
    write("linked/search.json", GOOD)
    monkeypatch.chdir(tmp_path / "linked")
    assert show_files(capsys, "--isolated") == ["search.json"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every folder")
def test_a_folder_that_cannot_be_read(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is an error, not an empty folder."""
    write("search.json", GOOD)
    (tmp_path / "locked").mkdir(mode=0)
    assert main(["check", "--isolated"]) == 4
    assert "locked: permission denied" in capsys.readouterr().err


def test_each_file_has_the_closest_configuration(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """The configurations of a monorepo differ in releases, rules, types and exclusions."""
    write("eventlint.toml", 'ignore = ["blank-id"]\nfail-on = ["error"]\n')
    write("search.json", BAD)
    write("web/eventlint.toml", 'exclude = ["old/"]\nfail-on = ["lint"]\n[events]\n"x/*.json" = "search"\n')
    write("web/x/1.json", BAD)
    write("web/old/search.json", BAD)
    write("service/pyproject.toml", '[tool.eventlint]\nextend = "../eventlint.toml"\nselect = ["all"]\n')
    write("service/search.json", BAD)
    assert main(["check", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert [(one["path"], one["rule"]) for one in document["findings"]] == [("web/x/1.json", "blank-id")]
    assert document["summary"]["events"] == 3


def test_the_closest_configuration_in_several_processes(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Each worker receives all configurations."""
    write("eventlint.toml", 'ignore = ["blank-id"]\n')
    write("a/search.json", BAD)
    write("b/eventlint.toml", "")
    write("b/search.json", BAD)
    assert main(["check", "--jobs", "2", "--format", "concise"]) == 1
    assert capsys.readouterr().out.splitlines()[0].startswith("b/search.json:1:18: error[blank-id]")


def test_an_unused_suppression_belongs_to_its_configuration(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """Each configuration has entries of its own."""
    entry = '[[suppress]]\nrule = "blank-id"\nreason = "known"\n'
    write("eventlint.toml", entry)
    write("search.json", BAD)
    write("web/eventlint.toml", entry)
    write("web/search.json", GOOD)
    main(["check", "--format", "jsonl"])
    (finding,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (finding["rule"], finding["path"]) == ("unused-suppression", "web/eventlint.toml")


def test_a_named_configuration_holds_for_all_files(write: Write) -> None:
    """With ``--config``, no closer one is read."""
    write("all.toml", 'ignore = ["blank-id"]')
    write("web/eventlint.toml", "wrong = 1")
    write("web/search.json", BAD)
    assert [main(["check", "--config", "all.toml", "web"]), main(["check", "web"])] == [0, 4]


@pytest.mark.parametrize("folder", [".", "fixtures/a", "fixtures"])
def test_a_baseline_holds_wherever_a_run_starts(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    """Files that a run does not read are neither found nor missing."""
    write("eventlint.toml", 'baseline = "known/all.json"\n')
    write("known/.keep", "")
    for name in ("fixtures/a/search.json", "fixtures/b/search.json", "search.json"):
        write(name, BAD)
    assert main(["check", "--write-baseline"]) == 0
    paths = [entry["path"] for entry in json.loads((tmp_path / "known/all.json").read_text())["findings"]]
    assert paths == ["../fixtures/a/search.json", "../fixtures/b/search.json", "../search.json"]
    capsys.readouterr()
    monkeypatch.chdir(tmp_path / folder)
    assert main(["check", "--strict-baseline", "."]) == 0
    captured = capsys.readouterr()
    assert "no longer found" not in captured.err
    assert "known" in captured.out


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("gitlab", '"path": "services/x/search.json"'),
        ("github", "file=services/x/search.json,"),
        ("sarif", '"uri": "services/x/search.json"'),
    ],
)
def test_paths_for_ci_are_relative_to_the_repository(
    write: Write,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    form: str,
    part: str,
) -> None:
    """Annotations need them; a file outside of the repository keeps its path."""
    (tmp_path / "repo/.git").mkdir(parents=True)
    write("repo/services/x/search.json", BAD)
    write("outside/search.json", BAD)
    monkeypatch.chdir(tmp_path / "repo/services/x")
    main(["check", "--isolated", "--format", form, ".", str(tmp_path / "outside/search.json")])
    out = capsys.readouterr().out
    assert part in out
    assert "../../../outside/search.json" in out
    assert str(tmp_path) not in out


def test_standard_error_is_not_read(write: Write, tmp_path: Path) -> None:
    """The file that standard error is redirected to lies in the folder that is checked."""
    write("search.json", GOOD)
    with (tmp_path / "search.errors.json").open("w") as stderr:
        done = run("--isolated", stdout=subprocess.PIPE, stderr=stderr)
    assert (done.returncode, done.stdout) == (0, "nothing found in 1 event in 1 file\n")


@pytest.mark.parametrize("form", ["github", "sarif", "gitlab"])
def test_paths_are_relative_to_the_repository_of_the_file(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """The current folder is in another repository, or in none."""
    write("one/services/search.json", BAD)
    for name in ("one", "two"):
        (tmp_path / name / ".git").mkdir(parents=True)
    for folder, path in (("two", "../one/services"), (".", "one/services")):
        monkeypatch.chdir(tmp_path / folder)
        main(["check", "--isolated", "--format", form, path])
        out = capsys.readouterr().out
        assert "services/search.json" in out
        assert "one/services" not in out


def test_configurations_of_windows(write: Write) -> None:
    """A byte order mark, carriage returns and backslashes do not matter."""
    write("fixtures/good/search.json", GOOD)
    write("fixtures/old/search.json", BAD)
    write("eventlint.toml", '\ufeffinclude = ["fixtures\\\\good", "fixtures\\\\old"]\r\nexclude = ["old\\\\"]\r\n')
    assert main(["check"]) == 0
    assert main(["check", "--force-exclude", "fixtures/good/search.json", "fixtures/old/search.json"]) == 0


def test_a_baseline_with_a_byte_order_mark(write: Write, tmp_path: Path) -> None:
    """Programs of Windows add one when they save a file."""
    write("search.json", BAD)
    main(["check", "--isolated", "--write-baseline", "--baseline", "known.json"])
    known = tmp_path / "known.json"
    known.write_text("\ufeff" + known.read_text())
    assert main(["check", "--isolated", "--baseline", "known.json"]) == 0
