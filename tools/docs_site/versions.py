"""Build the site of each minor release and of this checkout: ``python -m tools.docs_site.versions FOLDER``.

A release is built from its newest tag. The folder gets a folder for each version, ``dev`` for this checkout, and a
start page that leads to the newest release.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tools.docs_site.links import main as check_links
from tools.docs_site.pages import ROOT

_TAG = re.compile(r"v(\d+)\.(\d+)\.(\d+)")
_START = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>eventlint</title>
<meta http-equiv="refresh" content="0; url={version}/">
</head>
<body><p><a href="{version}/">The documentation of eventlint</a></p></body>
</html>
"""


def newest_tags(tags: Iterable[str]) -> dict[str, str]:
    """The newest tag of each minor release, newest release first; tags of pre-releases are left out."""
    found = sorted((tuple(map(int, match.groups())), tag) for tag in tags if (match := _TAG.fullmatch(tag)))
    newest = {f"{major}.{minor}": tag for (major, minor, _), tag in found}
    return dict(reversed(newest.items()))


def main(folder: str) -> int:
    """Build all versions, and check their links."""
    site = Path(folder).resolve()
    shutil.rmtree(site, ignore_errors=True)
    tags = newest_tags(_git("tag", "--list", "v*").split())
    versions = [*tags, "dev"]
    with tempfile.TemporaryDirectory() as checkouts:
        for version, tag in tags.items():
            checkout = Path(checkouts) / version
            _git("worktree", "add", "--detach", str(checkout), tag)
            try:
                _build(checkout, site, version, versions)
            finally:
                _git("worktree", "remove", "--force", str(checkout))
    _build(ROOT, site, "dev", versions)
    (site / "index.html").write_text(_START.format(version=versions[0]), "utf-8")
    return check_links(str(site))


def _build(checkout: Path, site: Path, version: str, versions: list[str]) -> None:
    set_here = {"EVENTLINT_SITE_VERSIONS": " ".join(versions), "EVENTLINT_SITE_VERSION": version}
    if address := os.environ.get("EVENTLINT_SITE_URL"):
        set_here["EVENTLINT_SITE_URL"] = f"{address.rstrip('/')}/{versions[0]}/"
    environment = {**os.environ, **set_here, "PYTHONPATH": str(checkout / "src")}
    command = [sys.executable, "-m", "tools.docs_site", str(site / version)]
    subprocess.run(command, cwd=checkout, env=environment, check=True)  # noqa: S603


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603, S607
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
