"""Runs scenarios in chromium; without the programs for that, the tests are skipped."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("uvicorn")
pytest.importorskip("starlette")

from eventlint.serve import RunningEndpoint

HERE = Path(__file__).parent
NODE_MODULES = os.environ.get("EVENTLINT_NODE_MODULES_BROWSER")
"""The folder with the packages of npm."""
CHROMIUM = os.environ.get("EVENTLINT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")

Drive = Callable[..., Any]


@pytest.fixture(scope="session")
def modules() -> Path:
    """The folder with the packages of npm."""
    if NODE_MODULES is None or shutil.which("node") is None:
        pytest.skip("needs node and the packages of npm (tox run -e serve-browser)")
    if CHROMIUM is None:
        pytest.skip("needs chromium on the PATH, or in EVENTLINT_CHROMIUM")
    return Path(NODE_MODULES)


@pytest.fixture
def endpoint(modules: Path) -> Iterator[RunningEndpoint]:
    """An endpoint without settings."""
    with RunningEndpoint() as running:
        yield running


@pytest.fixture
def drive(modules: Path, endpoint: RunningEndpoint) -> Drive:
    """Runs a scenario in a browser, and returns what it saw."""

    def run(scenario: str, **more: object) -> Any:
        given = {"modules": str(modules), "chromium": CHROMIUM, "url": endpoint.url, **more}
        command = ["node", str(HERE / "drive.mjs"), scenario, json.dumps(given)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


class _Shop(SimpleHTTPRequestHandler):
    """Serves the pages with trackers, and the packages of npm under ``/modules``."""

    def translate_path(self, path: str) -> str:
        """The file for a path."""
        folder = NODE_MODULES if path.startswith("/modules/") else str(HERE / "shop")
        self.directory = folder or ""
        return super().translate_path(path.removeprefix("/modules"))

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@pytest.fixture
def shop() -> Iterator[str]:
    """The origin of pages with trackers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Shop)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()
