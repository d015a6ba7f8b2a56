"""Builds the native engine into the wheel, where a Rust toolchain is found.

The environment variable ``EVENTLINT_BUILD_NATIVE`` decides:

``auto`` (default)
    Build the engine if ``cargo`` is on ``PATH``. Without it, or if the build fails, make a pure wheel
    (``py3-none-any``), which has all functions and is slower.
``1``
    Build the engine, or fail.
``0``
    Make a pure wheel.

An editable installation has no engine; ``python -m tools.build_native`` builds one in place.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import platform_tags

VARIABLE = "EVENTLINT_BUILD_NATIVE"
# The deployment target of CPython's own installers for macOS; 11.0 is the first release for Apple silicon.
_MACOS_TARGET = "11.0"


class NativeUnavailableError(Exception):
    """The native engine cannot be built here. The message says why."""


class NativeBuildHook(BuildHookInterface[Any]):
    """Adds the native engine to a wheel, and gives the wheel the tag of its platform."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the engine, and change the wheel's content and tag only if that worked.

        Args:
            version: The kind of wheel: ``standard`` or ``editable``.
            build_data: What hatchling will write; changed in place.

        Raises:
            NativeUnavailableError: ``EVENTLINT_BUILD_NATIVE`` is ``1``, and the engine cannot be built.
            ValueError: ``EVENTLINT_BUILD_NATIVE`` has another value.
        """
        wanted = os.environ.get(VARIABLE, "auto")
        if wanted not in {"auto", "1", "0"}:
            raise ValueError(f"{VARIABLE} must be auto, 1 or 0, not {wanted!r}")
        if wanted == "0" or version == "editable":
            return
        try:
            library = build(Path(self.root) / "native")
        except NativeUnavailableError as error:
            if wanted == "1":
                raise
            self.app.display_warning(f"Building a wheel without the native engine: {error}")
            return
        build_data["force_include"][str(library)] = f"eventlint/{module_file()}"
        build_data["pure_python"] = False
        build_data["tag"] = f"cp311-abi3-{platform_tag()}"


def build(crate: Path) -> Path:
    """Compile the crate and return the path of the library.

    Args:
        crate: The folder of the crate. Cargo runs there, so that it reads ``.cargo/config.toml``.

    Raises:
        NativeUnavailableError: There is no ``cargo``, this Python cannot load the library, or the build failed.
    """
    if sys.implementation.name != "cpython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
        raise NativeUnavailableError("this Python does not have the stable ABI of CPython")
    cargo = shutil.which("cargo")
    if cargo is None:
        raise NativeUnavailableError("cargo was not found on PATH")
    command = [cargo, "build", "--release", "--locked", "--lib", "--message-format=json-render-diagnostics"]
    environment = {"PYO3_PYTHON": sys.executable, **os.environ}
    if sys.platform == "darwin":
        environment.setdefault("MACOSX_DEPLOYMENT_TARGET", _MACOS_TARGET)
    try:
        finished = subprocess.run(command, cwd=crate, env=environment, capture_output=True, text=True)  # noqa: S603
    except OSError as error:
        raise NativeUnavailableError(f"cargo cannot run: {error}") from error
    if finished.returncode:
        raise NativeUnavailableError(f"cargo failed with status {finished.returncode}:\n{finished.stderr.strip()}")
    return _dynamic_library(finished.stdout)


def _dynamic_library(messages: str) -> Path:
    """Find the library in the messages of cargo, a JSON object per line."""
    suffixes = (".so", ".dylib", ".dll")
    files = [
        file
        for line in messages.splitlines()
        if line.startswith("{")
        for message in [json.loads(line)]
        if message.get("reason") == "compiler-artifact" and "cdylib" in message["target"]["crate_types"]
        for file in message["filenames"]
        if file.endswith(suffixes)
    ]
    if not files:
        raise NativeUnavailableError("cargo reported no dynamic library")
    return Path(files[-1])


def module_file() -> str:
    """Return the file name from which Python on this platform imports the engine."""
    return "_native.pyd" if sys.platform == "win32" else "_native.abi3.so"


def platform_tag() -> str:
    """Return the platform in the wheel's tag: the one of this machine.

    On Linux this is the tag ``linux``, which tools like auditwheel replace with the tag
    of the oldest C library that works.
    """
    if sys.platform == "darwin":
        target = os.environ.get("MACOSX_DEPLOYMENT_TARGET", _MACOS_TARGET).split(".")
        return f"macosx_{target[0]}_{target[1] if len(target) > 1 else 0}_{platform.machine()}"
    return next(tag for tag in platform_tags() if "manylinux" not in tag and "musllinux" not in tag)
