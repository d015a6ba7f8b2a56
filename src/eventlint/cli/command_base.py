"""What several commands have in common."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from eventlint.cli.terminal import Formatter
from eventlint.config import Config, load
from eventlint.errors import UsageError


def add_command(
    commands: Any, name: str, summary: str, run: Callable[[argparse.Namespace], int], examples: str | None = None
) -> argparse.ArgumentParser:
    """Add a subcommand to the command line, and return its parser."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=summary, epilog=examples, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    return parser


def config_of(arguments: argparse.Namespace) -> Config:
    """The configuration that ``--config`` and ``--isolated`` choose."""
    if arguments.config and arguments.isolated:
        raise UsageError("--config and --isolated cannot be used together")
    return Config() if arguments.isolated else load(arguments.config)
