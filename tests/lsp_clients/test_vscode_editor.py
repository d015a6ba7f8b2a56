"""The extension in Visual Studio Code, as code-server runs it in a browser; see CONTRIBUTING for how to get it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.lsp_clients.conftest import FIXTURE, HERE, REQUESTS

CODE_SERVER = os.environ.get("EVENTLINT_CODE_SERVER")
"""The command of code-server."""
PACKAGE = os.environ.get("EVENTLINT_VSIX")
"""The package of the extension."""
MODULES = os.environ.get("EVENTLINT_NODE_MODULES_BROWSER")
"""The folder with playwright-core."""
CHROMIUM = os.environ.get("EVENTLINT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

if CODE_SERVER is None or PACKAGE is None or MODULES is None or CHROMIUM is None:
    pytest.skip("needs code-server, a package, playwright-core and chromium", allow_module_level=True)

MISTAKE = REQUESTS.replace('"shoes"', '"shoes", "sort": []')


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the editor, with the extension and a project."""
    folder = tmp_path_factory.mktemp("vscode")
    project = folder / "project"
    project.mkdir()
    (project / "search.json").write_text(FIXTURE)
    (project / "requests.http").write_text(f"{REQUESTS}\n###\n{MISTAKE}")
    program = folder / "eventlint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m eventlint "$@"\n')
    program.chmod(0o755)
    settings = {
        "eventlint.path": str(program),
        "security.workspace.trust.enabled": False,
        "workbench.startupEditor": "none",
    }
    (folder / "user" / "User").mkdir(parents=True)
    (folder / "user" / "User" / "settings.json").write_text(json.dumps(settings))
    command = [*shlex.split(CODE_SERVER or ""), "--user-data-dir", str(folder / "user")]
    command += ["--extensions-dir", str(folder / "extensions"), "--config", str(folder / "config.yaml")]
    subprocess.run([*command, "--install-extension", str(PACKAGE)], check=True, timeout=120, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = ["--auth", "none", "--bind-addr", f"127.0.0.1:{port}", "--disable-telemetry", "--disable-update-check"]
    with (folder / "log").open("wb") as log, subprocess.Popen([*command, *address], stdout=log, stderr=log) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/?folder={quote(str(project))}"
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("code-server does not listen")


def test_the_extension_works_in_the_editor(url: str) -> None:
    """A person fixes a finding, opens the answer above a request, and opens the manual of a rule."""
    given = json.dumps({"modules": str(MODULES), "chromium": CHROMIUM, "url": url})
    command = ["node", str(Path(HERE) / "vscode.mjs"), given]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    seen: Any = json.loads(done.stdout)
    assert seen["actions"][0] == "Unwrap the array"
    assert '"sort": {"name": "price", "direction": "asc"}' in seen["fixed"]
    assert [lens[:3] for lens in seen["lenses"]] == ["202", "400"]
    assert {"answer.http", "Preview manual.md"} <= set(seen["tabs"])
