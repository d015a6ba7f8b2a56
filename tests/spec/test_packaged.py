"""Where the packaged documents are found."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import eventlint


def test_an_archive_is_a_clear_error(tmp_path: Path) -> None:
    """The package does not run from a ZIP archive, and says so."""
    package = Path(eventlint.__file__).parent
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for path in package.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, Path("eventlint") / path.relative_to(package))
    code = "import sys; sys.path.insert(0, 'a.zip'); from eventlint.cli import main; sys.exit(main(['schema', 'list']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.endswith("a.zip: eventlint cannot run from an archive; install it to a folder\n")
