"""The configuration of a repository runs no commands."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from eventlint.cli import main
from eventlint.errors import InputError
from eventlint.schemas.documents import load


def git(folder: Path, *words: str) -> str:
    """Run git in a folder."""
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A repository without one of its objects, whose configuration names programs to run."""
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "a.json").write_text('{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object"}')
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "a")
    blob = git(folder, "rev-parse", "HEAD:a.json")
    (folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    command = tmp_path / "command"
    command.write_text(f"#!/bin/sh\necho ran >> {tmp_path}/ran\n")
    command.chmod(0o755)
    settings = {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "evil",
        "remote.evil.url": f"ext::{command}",
        "remote.evil.promisor": "true",
        "remote.evil.uploadpack": str(command),
        "protocol.ext.allow": "always",
        "core.fsmonitor": str(command),
        "core.pager": str(command),
        "diff.external": str(command),
    }
    for name, value in settings.items():
        git(folder, "config", name, value)
    return folder


def test_a_missing_object_is_not_fetched(hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run reports it, and the program of the repository does not run."""
    monkeypatch.chdir(hostile)
    subprocess.run(["git", "cat-file", "-e", "HEAD:a.json"], capture_output=True, check=False)
    assert (tmp_path / "ran").exists(), "the repository is hostile for a plain git"
    (tmp_path / "ran").unlink()
    for where in ("git:HEAD:a.json", "git:HEAD:."):
        with pytest.raises(InputError, match="git failed"):
            load(where)
    main(["schema", "lint", "--against", "git:HEAD", "a.json"])
    main(["schema", "diff", "git:HEAD:a.json", "a.json"])
    (hostile / ".git/config").open("a").write("[core]\nexcludesFile = ignored\n")
    main(["check", "."])
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("ref", ["git:--help", "git:-p:a.json", "git:--output=x:a.json"])
def test_a_ref_is_never_an_option(ref: str, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a usage error."""
    monkeypatch.chdir(hostile)
    assert main(["schema", "diff", ref, "a.json"]) == 2
    assert main(["schema", "lint", "--against", ref, "a.json"]) == 2
