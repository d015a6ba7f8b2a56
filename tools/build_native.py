"""Build the native engine, and copy it to where an editable installation imports it from.

``--scalar`` builds it without SIMD instructions. The target folder of cargo is ``native/target``, or the one that the
environment variable CARGO_TARGET_DIR names. Requires cargo.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / "src/eventlint/_native.abi3.so"
"""What is written; on Windows, the suffix is ``.pyd``."""


def built(*arguments: str) -> Path:
    """Build the library, and return its path in the target folder.

    Args:
        arguments: More arguments for cargo, such as ``--features scalar``.

    Raises:
        CalledProcessError: It cannot be built.
        OSError: There is no cargo.
    """
    folder = ROOT / "native"
    command = ["cargo", "build", "--release", "--locked", "--package", "eventlint-native", *arguments]
    subprocess.run(command, cwd=folder, check=True, env={**os.environ, "PYO3_PYTHON": sys.executable})  # noqa: S603
    release = Path(os.environ.get("CARGO_TARGET_DIR", folder / "target")) / "release"
    names = {"win32": "eventlint_native.dll", "darwin": "libeventlint_native.dylib"}
    return release / names.get(sys.platform, "libeventlint_native.so")


def main() -> int:
    """Build and copy the library."""
    target = LIBRARY.with_name("_native.pyd") if sys.platform == "win32" else LIBRARY
    source = built(*(["--features", "scalar"] if "--scalar" in sys.argv[1:] else []))
    temporary = target.with_name(f"{target.name}.new")
    shutil.copyfile(source, temporary)
    temporary.replace(target)  # a process that has loaded the old file keeps it
    print(f"wrote {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
