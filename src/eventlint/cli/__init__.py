"""The door of the command line; it must not know subcommands.

A run on one file lasts for some hundredths of a second, and most of them are start-up. What is imported stays to the
end, so the garbage collector need not look at it: it rests until the imports are done, and never visits them later.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The words after the command's name; None takes them from the process.

    Returns:
        The exit code; see :mod:`eventlint.cli.exit_codes`.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        from eventlint.cli.app import run

        return run(arguments, ready=lambda: _ready(was_enabled))
    finally:
        _ready(was_enabled)


def _ready(enabled: bool) -> None:
    """All that is imported stays."""
    gc.freeze()
    if enabled:
        gc.enable()
