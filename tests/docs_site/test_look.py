"""Kinds of pages of the built site in chromium (``tox run -e site``)."""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

DRIVE = Path(__file__).parents[1] / "serve_browser" / "drive.mjs"
SITE = os.environ.get("EVENTLINT_SITE")
"""The folder with the site."""
NODE_MODULES = os.environ.get("EVENTLINT_NODE_MODULES_BROWSER")
CHROMIUM = os.environ.get("EVENTLINT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
PAGES = {
    "index": "/",
    "rule": "/rules/blank-id/",
    "api": "/api/eventlint.serve/",
    "specification": "/specification/search/",
    "search": "/search/?q=blank",
}


class _Site(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """What the browser saw, by kind of page and screen."""
    if SITE is None:
        pytest.skip("needs the built site (tox run -e site)")
    if NODE_MODULES is None or not Path(NODE_MODULES).is_dir() or shutil.which("node") is None or CHROMIUM is None:
        pytest.skip("needs node, the packages of npm, and chromium")
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Site, directory=SITE)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        given = {
            "modules": NODE_MODULES,
            "chromium": CHROMIUM,
            "url": f"http://127.0.0.1:{server.server_port}",
            "pages": PAGES,
            "screenshots": os.environ.get("EVENTLINT_SCREENSHOTS"),
        }
        command = ["node", str(DRIVE), "../docs_site/look.mjs", json.dumps(given)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        server.shutdown()
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_axe_finds_nothing(seen: dict[str, Any]) -> None:
    """No page has a problem of accessibility, in either color scheme."""
    assert {name: page["violations"] for name, page in seen.items() if page["violations"]} == {}
    assert {name.split()[0] for name in seen} == set(PAGES)


def test_pages_fit_the_screen(seen: dict[str, Any]) -> None:
    """No page is wider than the screen."""
    assert [name for name, page in seen.items() if page["width"] > page["screen"]] == []


def test_nothing_is_loaded_from_elsewhere(seen: dict[str, Any]) -> None:
    """All requests go to the site, and no script fails."""
    assert [
        (name, page["elsewhere"], page["errors"]) for name, page in seen.items() if page["elsewhere"] or page["errors"]
    ] == []


def test_search_finds_a_rule(seen: dict[str, Any]) -> None:
    """The first result for a word in the name of a rule is the page of the rule."""
    assert seen["search light"]["results"][0].endswith("/rules/blank-id/")
