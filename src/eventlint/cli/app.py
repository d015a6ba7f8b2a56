"""The command-line application: parses arguments and runs a subcommand, whose module is imported on demand."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from eventlint._version import __version__
from eventlint.cli import exit_codes as exits
from eventlint.cli.parser import Parser, unknown_argument
from eventlint.errors import EventlintError, UsageError

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("eventlint.cli.check", "Check the events in files, and show what the server will do with them."),
    "rules": ("eventlint.cli.rules", "List the rules and whether they are enabled here."),
    "explain": ("eventlint.cli.explain", "Show the manual of a rule or tier, or find the rule for a server message."),
    "init": ("eventlint.cli.init", "Create a configuration for this repository."),
    "generate": ("eventlint.cli.generate", "Generate events as test fixtures."),
    "answer": ("eventlint.cli.answer", "Print the server's answer to a request."),
    "docs": ("eventlint.cli.docs", "Generate documentation of events, fields and rules."),
    "schema": ("eventlint.cli.schema", "Show, export, lint and compare schema documents."),
}
"""The module and the summary of each subcommand."""

SHELLS = ("bash", "zsh", "tcsh")
"""The shells whose completion ``shtab`` can generate."""

_DESCRIPTION = "Shows what Elastic Behavioral Analytics will do with an event, before you send it."


def run(arguments: Sequence[str] | None, ready: Callable[[], None]) -> int:
    """Run the command, and return its exit code; ``ready`` is called after the imports, before the work starts."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    if sys.stdout is None:  # it is closed
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - until the process ends
    try:
        code = _exit_code(words, ready)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except BrokenPipeError:
        from eventlint.cli.outputs import silence

        # The reader is gone. Without this, Python would report an error when it flushes the buffer at exit.
        silence()
        return exits.FAILED
    except OSError as error:
        from eventlint.cli.outputs import silence

        silence()
        print(f"eventlint: error: cannot write to standard output: {error.strerror or error}", file=sys.stderr)
        return exits.FAILED
    except EventlintError as error:
        print(f"eventlint: error: {error}", file=sys.stderr)
        return exits.USAGE if isinstance(error, UsageError) else exits.FAILED


def _exit_code(words: list[str], ready: Callable[[], None]) -> int:
    try:
        return _run(words, ready)
    except SystemExit as stop:  # argparse has printed an error or help
        return stop.code if isinstance(stop.code, int) else exits.USAGE


def _run(words: list[str], ready: Callable[[], None]) -> int:
    parser = Parser(prog="eventlint", description=_DESCRIPTION)
    parser.add_argument("-V", "--version", action="version", version=f"eventlint {__version__}")
    parser.add_argument("--print-completion", choices=SHELLS, help="print a script that completes commands in a shell")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="eventlint")
    chosen = next((word for word in words if not word.startswith("-")), None)
    is_completion = any(word.startswith("--print-completion") for word in words)
    for name, (module, summary) in COMMANDS.items():
        if name == chosen or is_completion:
            import_module(module).add(commands, summary)
        else:
            commands.add_parser(name, help=summary, add_help=False)
    options, unknown = parser.parse_known_args(words)
    if unknown:
        raise unknown_argument(unknown[0], commands.choices[options.command] if options.command else parser)
    if options.print_completion:
        from eventlint.cli.completion import completion

        print(completion(parser, options.print_completion), end="")
        return exits.CLEAN
    if options.command is None:
        parser.print_help(sys.stderr)
        return exits.USAGE
    ready()
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    code: int = options.run(options)
    return code
