"""The command line: words in, an exit code out; each subcommand is a module that is imported when it is chosen."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from eventlint._version import __version__
from eventlint.cli import exit_codes as exits
from eventlint.cli.terminal import Formatter
from eventlint.errors import ConfigError, EventlintError, UsageError

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("eventlint.cli.check", "Tell what the server would do with the events in files."),
    "rules": ("eventlint.cli.rules", "List the rules, and which are switched on here."),
    "explain": ("eventlint.cli.explain", "Print a rule's manual, or say which rule a server's message is about."),
    "init": ("eventlint.cli.init", "Write a first configuration for this repository."),
    "generate": ("eventlint.cli.generate", "Write generated events, as fixtures for tests."),
    "answer": ("eventlint.cli.answer", "Print the server's answer to one request."),
    "docs": ("eventlint.cli.docs", "Write the documentation of events, fields and rules."),
    "schema": ("eventlint.cli.schema", "Show schema documents, export, check and compare them."),
}
"""Each subcommand's module, and what it is for."""

_DESCRIPTION = "Tells what Elastic Behavioral Analytics will do with an event, before you send it."


def run(arguments: Sequence[str] | None, ready: Callable[[], None]) -> int:
    """Run the command.

    Args:
        arguments: The words after the command's name; None takes them from the process.
        ready: Called when all is imported, before the work begins.

    Returns:
        The exit code; see :mod:`eventlint.cli.exit_codes`.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words, ready)
    except SystemExit as stop:  # argparse has told what is wrong, or shown its help
        return stop.code if isinstance(stop.code, int) else exits.USAGE
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except BrokenPipeError:
        # Whoever read us has gone; what is left in the buffer must not be told as an error at the end of the process.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.FAILED
    except UsageError as error:
        print(f"eventlint: error: {error}", file=sys.stderr)
        return exits.USAGE
    except (ConfigError, EventlintError) as error:
        print(f"eventlint: error: {error}", file=sys.stderr)
        return exits.FAILED


def _run(words: list[str], ready: Callable[[], None]) -> int:
    parser = argparse.ArgumentParser(prog="eventlint", description=_DESCRIPTION, formatter_class=Formatter)
    parser.add_argument("--version", action="version", version=f"eventlint {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, prog="eventlint")
    chosen = next((word for word in words if not word.startswith("-")), None)
    for name, (module, summary) in COMMANDS.items():
        if name == chosen:
            import_module(module).add(commands, summary)
        else:
            commands.add_parser(name, help=summary, add_help=False)
    options = parser.parse_args(words)
    ready()
    code: int = options.run(options)
    return code
