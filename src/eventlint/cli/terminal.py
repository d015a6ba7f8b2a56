"""The terminal: its width, whether to use color, and help texts that fit it."""

from __future__ import annotations

import argparse
import os
import sys


def width() -> int:
    """The width in characters; 100 without a terminal."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (OSError, ValueError, AttributeError):
        return 100


def use_color(choice: str) -> bool:
    """Whether to color standard output, for a value of ``--color``."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help that keeps the line breaks of examples.

    Passing the width saves an import: argparse loads ``shutil`` to find it, even when no help is shown.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=min(width(), 110) - 2)
