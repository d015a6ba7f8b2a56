"""The command line.

Checking one file takes some hundredths of a second, mostly for imports. Imported modules stay until the process ends,
so the garbage collector pauses during the imports and ignores their objects afterwards.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command (by default with the arguments of ``sys.argv``), and return its exit code."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        from eventlint.cli.app import run

        return run(arguments, ready=lambda: _resume_collection(was_enabled))
    finally:
        _resume_collection(was_enabled)


def _resume_collection(enabled: bool) -> None:
    gc.freeze()
    if enabled:
        gc.enable()
