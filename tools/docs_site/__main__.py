"""Build the documentation as a site, and check its links: ``python -m tools.docs_site [FOLDER]``, by default ``site``.

Warnings are errors. ``python -m tools.docs_site.versions`` sets these variables: ``EVENTLINT_SITE_VERSIONS`` has the
versions to link to, separated by spaces; ``EVENTLINT_SITE_VERSION`` is this one of them; ``EVENTLINT_SITE_URL`` is the
address of the version that search engines list.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

from tools.docs_site.accessibility import correct
from tools.docs_site.links import main as check_links
from tools.docs_site.pages import ROOT


def main(arguments: list[str]) -> int:
    """Build and check."""
    site = Path(arguments[0] if arguments else ROOT / "site").resolve()
    work = ROOT / "build" / "site"
    for folder in (site, work):
        shutil.rmtree(folder, ignore_errors=True)
    options = ["--builder", "dirhtml", "--fail-on-warning", "--fresh-env", "--quiet", "--jobs", "auto"]
    folders = ["--conf-dir", str(Path(__file__).parent), "--doctree-dir", str(work / "doctrees"), str(ROOT), str(site)]
    failed: int = build_main([*options, *folders])
    if failed:
        return failed
    correct(site)
    # Links to other versions lead out of the folder.
    return 0 if os.environ.get("EVENTLINT_SITE_VERSIONS") else check_links(str(site))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
