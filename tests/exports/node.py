"""Runs programs of Node; tests that need its packages are skipped without them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

MODULES = os.environ.get("EVENTLINT_NODE_MODULES")
needs_node = pytest.mark.skipif(not MODULES, reason="the npm packages are not installed; tox -e exports has them")


def run(name: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command of a package; the caller checks the exit code."""
    command = [str(Path(MODULES or "") / ".bin" / name), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def script(path: Path, *arguments: str) -> str:
    """Run a JavaScript file that may require the packages; returns its output."""
    link = path.parent / "node_modules"
    if not link.exists():
        link.symlink_to(MODULES or "")
    done = subprocess.run(["node", str(path), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
