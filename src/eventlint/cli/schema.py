"""``eventlint schema``: a group of subcommands about schema documents; it must not know what any of them does."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

from eventlint.cli.terminal import Formatter

COMMANDS: dict[str, tuple[str, str]] = {
    "list": ("eventlint.cli.schema_show:add_list", "List the packaged schema documents."),
    "show": ("eventlint.cli.schema_show:add_show", "Print one of them, also in one piece and for other programs."),
    "export": ("eventlint.cli.schema_show:add_export", "Write them as OpenAPI, as TypeScript, or as one JSON Schema."),
    "lint": ("eventlint.cli.schema_lint", "Tell what is wrong with schema documents."),
    "diff": ("eventlint.cli.schema_diff", "Tell what a change of schemas asks of their versions."),
}
"""Each subcommand's module, with the name of its function where that is not ``add``, and what it is for.

The modules import what is heavy when they run.
"""


def add(commands: Any, summary: str) -> None:
    """Add the group to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "schema", help=summary, description=summary, formatter_class=Formatter
    )
    below = parser.add_subparsers(dest="schema_command", metavar="COMMAND", required=True, prog="eventlint schema")
    for place, told in COMMANDS.values():
        module, _, function = place.partition(":")
        getattr(import_module(module), function or "add")(below, told)
