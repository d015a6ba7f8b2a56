"""The extension for Visual Studio Code: its checks, its own tests, and what is in the package."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from eventlint._version import __version__
from tests.lsp_clients.conftest import HERE

SOURCE = HERE.parent.parent / "editors" / "vscode"
MODULES = os.environ.get("EVENTLINT_NODE_MODULES_VSCODE")
"""A folder for a copy of the extension, with the packages of npm."""


def run(folder: Path, *command: str) -> str:
    """Run a command in the extension's folder, and return what it prints."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def extension() -> Path:
    """A copy of the extension in which the packages of npm are installed."""
    if MODULES is None or shutil.which("npm") is None:
        pytest.skip("needs npm (tox run -e lsp)")
    folder = Path(MODULES)
    ignored = shutil.ignore_patterns("node_modules", "dist", "out", "*.vsix")
    shutil.copytree(SOURCE, folder, ignore=ignored, dirs_exist_ok=True)
    lock = (folder / "package-lock.json").read_bytes()
    installed = folder / "node_modules" / ".installed"
    if not installed.exists() or installed.read_bytes() != lock:
        done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True)
        if done.returncode and re.search(r"ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT", done.stderr):
            pytest.skip("needs the npm registry")
        assert done.returncode == 0, done.stderr
        installed.write_bytes(lock)
    return folder


def test_types_and_style(extension: Path) -> None:
    """The compiler and ESLint find nothing."""
    run(extension, "npm", "run", "lint")


def test_unit_tests(extension: Path) -> None:
    """The unit tests pass."""
    assert re.search(r"^# fail 0$", run(extension, "npm", "test"), re.MULTILINE)


def test_package(extension: Path) -> None:
    """The package has the bundle and the documentation, and nothing else."""
    run(extension, "npm", "run", "package")
    with zipfile.ZipFile(extension / "eventlint.vsix") as package:
        names = {
            name.removeprefix("extension/").lower() for name in package.namelist() if name.startswith("extension/")
        }
        manifest = json.loads(package.read("extension/package.json"))
    files = {"changelog.md", "language-configuration.json", "license.txt", "package.json", "readme.md"}
    assert names == files | {"dist/extension.js"}
    assert manifest["main"] == "./dist/extension.js"


def test_versions_agree() -> None:
    """The extension has the version of eventlint."""
    for name in ("package.json", "package-lock.json"):
        assert json.loads((SOURCE / name).read_text())["version"] == __version__


def test_the_lock_file_names_no_registry() -> None:
    """Packages come from the registry that npm is configured for."""
    assert '"resolved"' not in (SOURCE / "package-lock.json").read_text()


def test_each_command_is_registered() -> None:
    """The commands of the manifest are those that the code registers."""
    manifest = json.loads((SOURCE / "package.json").read_text())
    named = {command["command"] for command in manifest["contributes"]["commands"]}
    assert named == set(re.findall(r'^    "(eventlint\.\w+)":', (SOURCE / "src/commands.ts").read_text(), re.MULTILINE))


def test_programs_of_untrusted_workspaces_are_not_started() -> None:
    """Settings that name a program are ignored in a workspace that is not trusted."""
    manifest = json.loads((SOURCE / "package.json").read_text())
    untrusted = manifest["capabilities"]["untrustedWorkspaces"]
    assert untrusted["supported"] == "limited"
    assert {"eventlint.path", "eventlint.args"} <= set(untrusted["restrictedConfigurations"])
