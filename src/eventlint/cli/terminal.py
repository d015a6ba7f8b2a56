"""How wide the screen is, and help that fits it; it must not know what is shown."""

from __future__ import annotations

import argparse
import os
import sys


def width() -> int:
    """The screen's width in characters; 100 where there is none."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 100
    except (OSError, ValueError, AttributeError):
        return 100


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with its examples as they are written.

    It knows the width beforehand: argparse would import a module to ask for it, even where no help is shown.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=min(width(), 110) - 2)
