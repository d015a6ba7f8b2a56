"""How the package is built: with the native engine where that is possible, and otherwise without it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Stands in for cargo: it "compiles" a library and reports it as cargo does.
WORKING = """#!{python}
import json, pathlib
library = pathlib.Path({folder!r}) / "lib_native.so"
library.write_bytes(b"library")
print(json.dumps({{"reason": "compiler-artifact", "target": {{"crate_types": ["rlib"]}}, "filenames": ["x.rlib"]}}))
print(json.dumps({{
    "reason": "compiler-artifact", "target": {{"crate_types": ["cdylib"]}}, "filenames": [str(library)],
}}))
"""
FAILING = """#!{python}
import sys
sys.exit("error: linker `cc` not found")
"""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="cargo is replaced by a script, and the tag is that of Linux"),
    pytest.mark.skipif(not (ROOT / "hatch_build.py").exists(), reason="needs the source tree"),
]


def build(folder: Path, wanted: str | None, cargo: str | None) -> subprocess.CompletedProcess[str]:
    """Build a wheel into the folder, with a stand-in for cargo or without cargo."""
    programs = folder / "bin"
    programs.mkdir()
    if cargo is not None:
        script = programs / "cargo"
        script.write_text(cargo.format(python=sys.executable, folder=str(folder)))
        script.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if name != "EVENTLINT_BUILD_NATIVE"}
    if wanted is not None:
        environment["EVENTLINT_BUILD_NATIVE"] = wanted
    environment["PATH"] = str(programs)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def the_wheel(folder: Path) -> Path:
    """The wheel that was built."""
    (wheel,) = (folder / "dist").iterdir()
    return wheel


@pytest.mark.parametrize(
    ("wanted", "cargo"),
    [(None, None), ("auto", FAILING), ("0", WORKING)],
    ids=["without cargo", "cargo fails", "turned off"],
)
def test_without_the_engine_the_wheel_is_pure(tmp_path: Path, wanted: str | None, cargo: str | None) -> None:
    """A wheel without the library has the tag of a pure wheel."""
    finished = build(tmp_path, wanted, cargo)
    assert finished.returncode == 0, finished.stderr
    wheel = the_wheel(tmp_path)
    assert wheel.name.endswith("-py3-none-any.whl")
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith((".so", ".pyd"))]


@pytest.mark.parametrize("wanted", [None, "1"])
def test_the_engine_gives_the_wheel_the_tag_of_its_platform(tmp_path: Path, wanted: str | None) -> None:
    """A wheel with the library has the tag of the stable ABI and of the platform."""
    finished = build(tmp_path, wanted, WORKING)
    assert finished.returncode == 0, finished.stderr
    wheel = the_wheel(tmp_path)
    assert "-cp311-abi3-linux_" in wheel.name
    archive = zipfile.ZipFile(wheel)
    assert archive.read("eventlint/_native.abi3.so") == b"library"
    (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/WHEEL")]
    assert b"Root-Is-Purelib: false" in archive.read(metadata)


def test_a_failure_is_shown(tmp_path: Path) -> None:
    """A build that falls back to a pure wheel shows why."""
    finished = build(tmp_path, "auto", FAILING)
    assert "linker `cc` not found" in finished.stdout + finished.stderr


@pytest.mark.parametrize("cargo", [None, FAILING], ids=["without cargo", "cargo fails"])
def test_a_required_engine_that_cannot_be_built_is_an_error(tmp_path: Path, cargo: str | None) -> None:
    """With the value 1 there is no wheel without the library."""
    finished = build(tmp_path, "1", cargo)
    assert finished.returncode != 0
    assert "cargo" in finished.stderr
    assert not (tmp_path / "dist").exists() or not list((tmp_path / "dist").iterdir())


def test_an_unknown_value_is_an_error(tmp_path: Path) -> None:
    """The variable has three values."""
    finished = build(tmp_path, "yes", WORKING)
    assert finished.returncode != 0
    assert "EVENTLINT_BUILD_NATIVE must be auto, 1 or 0, not 'yes'" in finished.stderr
