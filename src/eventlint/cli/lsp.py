"""``eventlint lsp``: the language server for editors, on standard input and output."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command
from eventlint.errors import UsageError

_MODULES = ("pygls", "lsprotocol")
_NOTES = """\
The server speaks the Language Server Protocol on standard input and output; editors start it. It sends nothing over a
network. docs/language-server.md lists the options that an editor can send, and the limits.

exit codes:
  0 the client ended the server, 1 without asking it to shut down first, 2 usage error
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "lsp", summary, run, _NOTES)
    parser.add_argument("--stdio", action="store_true", help="use standard input and output, as always")


def run(options: argparse.Namespace) -> int:
    """Serve until the client ends it."""
    if any(find_spec(module) is None for module in _MODULES):
        raise UsageError(f"the language server is not installed: run {_python()} -m pip install 'eventlint[lsp]'")
    from eventlint.lsp.server import run as serve

    return serve() or exits.CLEAN


def _python() -> str:
    """The interpreter, as a command to type."""
    from shlex import quote

    return quote(sys.executable or "python")
