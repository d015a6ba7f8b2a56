"""``eventlint schema``: the subcommands for schema documents."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import Any

from eventlint.cli import exit_codes as exits

COMMANDS: dict[str, tuple[str, str]] = {
    "list": ("eventlint.cli.schema_show:add_list", "List the packaged schema documents."),
    "show": ("eventlint.cli.schema_show:add_show", "Print a schema document, alone or bundled with its references."),
    "export": (
        "eventlint.cli.schema_show:add_export",
        "Export the schemas as OpenAPI, TypeScript, or one JSON Schema.",
    ),
    "draft": ("eventlint.cli.schema_draft", "Draft a custom contract from recorded events."),
    "lint": ("eventlint.cli.schema_lint", "Lint schema documents."),
    "diff": ("eventlint.cli.schema_diff", "Compare two versions of schemas, and check the version numbers."),
}
"""The module and the function (default: ``add``) of each subcommand, and its summary.

The modules import heavy libraries only when they run.
"""


def add(commands: Any, summary: str) -> None:
    """Add the group to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser("schema", help=summary, description=summary)
    parser.set_defaults(run=lambda _: _show_help(parser))
    below = parser.add_subparsers(dest="schema_command", metavar="COMMAND", prog="eventlint schema")
    for place, text in COMMANDS.values():
        module, _, function = place.partition(":")
        getattr(import_module(module), function or "add")(below, text)


def _show_help(parser: argparse.ArgumentParser) -> int:
    parser.print_help(sys.stderr)
    return exits.USAGE
