"""The hooks, run by pre-commit in a repository with several projects."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
GOOD = '{"session": {"id": "s"}, "user": {"id": "u"}, "search": {"query": "q"}}\n'
BLANK = GOOD.replace('"s"', '""')
FILES = {
    "web/eventlint.toml": 'include = ["fixtures"]\nexclude = ["fixtures/old/"]\n'
    '[events]\n"fixtures/q/*.json" = "search"\n',
    "web/fixtures/q/1.json": GOOD,
    "web/fixtures/old/search.json": BLANK,
    "web/package.json": '{"name": "web"}\n',
    "web/search.json": '{"title": "not an event"}\n',
    "web/tsconfig.json": '{\n  // base\n  "extends": "../tsconfig.json"\n}\n',
    "service/pyproject.toml": '[tool.eventlint]\nignore = ["blank-id"]\n',
    "service/search.json": BLANK,
    "service/requests.http": "POST http://localhost/_application/analytics/site/event/search\n"
    f"Content-Type: application/json\n\n{GOOD}",
    "docs/events.md": f"# Events\n\n```console\nPOST _application/analytics/site/event/search\n{GOOD}```\n",
}


class Repository(NamedTuple):
    """A git repository in which a hook of eventlint is set up."""

    folder: Path

    def write(self, name: str, text: str) -> None:
        """Write a file and stage it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        self.run("git", "add", "-A")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the repository."""
        return subprocess.run(words, cwd=self.folder, text=True, capture_output=True, check=False, timeout=120)

    def hook(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run a hook for all files."""
        return self.run(sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose", name)


def hooks() -> str:
    """The hooks of this project, run with the installed eventlint instead of one that pre-commit installs."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text()
    text = text.replace("language: python", "language: system")
    text = text.replace("entry: eventlint ", f"entry: {json.dumps(sys.executable)[1:-1]} -m eventlint ")
    return "repos:\n- repo: local\n  hooks:\n" + "".join(f"  {line}\n" for line in text.splitlines())


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A monorepo whose events are all as they should be."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    one = Repository(tmp_path / "repository")
    one.folder.mkdir()
    one.run("git", "init", "-q", ".")
    one.write(".pre-commit-config.yaml", hooks())
    for name, text in FILES.items():
        one.write(name, text)
    return one


def test_the_hooks_keep_their_order() -> None:
    """People refer to them by their IDs."""
    lines = (ROOT / ".pre-commit-hooks.yaml").read_text().splitlines()
    assert [line.removeprefix("- id: ") for line in lines if line.startswith("- id:")] == [
        "eventlint",
        "eventlint-fix",
        "eventlint-schema",
    ]


def test_a_clean_monorepo_passes(repository: Repository) -> None:
    """Files that no configuration includes, and events that a configuration accepts, are no findings."""
    done = repository.hook("eventlint")
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout


@pytest.mark.parametrize("name", ["web/fixtures/q/2.json", "search.json", "docs/search/a.json"])
def test_a_bad_event_fails(repository: Repository, name: str) -> None:
    """The configuration that is closest to the file decides."""
    repository.write(name, BLANK)
    done = repository.hook("eventlint")
    assert done.returncode == 1
    assert f"{name}:1:" in done.stdout
    assert done.stdout.count("error[blank-id]") == 1


@pytest.mark.parametrize("name", ["a.http", "a.rest", "a.console", "a.es", "a.md"])
def test_the_hook_takes_request_files(repository: Repository, name: str) -> None:
    """Requests in text files, and in the blocks of a Markdown file."""
    request = f"POST _application/analytics/site/event/search\n{BLANK}"
    repository.write(name, f"```console\n{request}```\n" if name == "a.md" else request)
    done = repository.hook("eventlint")
    assert done.returncode == 1
    assert "error[blank-id]" in done.stdout


def test_the_hook_that_fixes(repository: Repository) -> None:
    """It changes the file that has a fix, and no other."""
    repository.write("search.json", GOOD.replace('"user"', '/* who */ "user"'))
    before = {name: (repository.folder / name).read_text() for name in FILES}
    done = repository.hook("eventlint-fix")
    assert "files were modified by this hook" in done.stdout
    assert "/*" not in (repository.folder / "search.json").read_text()
    assert {name: (repository.folder / name).read_text() for name in FILES} == before
