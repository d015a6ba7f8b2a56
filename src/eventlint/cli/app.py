"""The command-line application: parses arguments and runs a subcommand, whose module is imported on demand."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module

from eventlint._version import __version__
from eventlint.cli import exit_codes as exits
from eventlint.cli.parser import Parser, unknown_argument
from eventlint.cli.termination import Terminated, ending_signals
from eventlint.errors import EventlintError, UsageError
from eventlint.escaping import printable

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("eventlint.cli.check", "Check the events in files, and show what the server will do with them."),
    "rules": ("eventlint.cli.rules", "List the rules and whether they are enabled here."),
    "explain": ("eventlint.cli.explain", "Show the manual of a rule or tier, or find the rule for a server message."),
    "init": ("eventlint.cli.init", "Create a configuration for this repository."),
    "generate": ("eventlint.cli.generate", "Generate events as test fixtures."),
    "answer": ("eventlint.cli.answer", "Print the server's answer to a request."),
    "serve": ("eventlint.cli.serve", "Answer on a local port as the server does, and show the events that arrive."),
    "lsp": ("eventlint.cli.lsp", "Start the language server, which shows findings in an editor."),
    "verify": ("eventlint.cli.verify", "Compare the answers of a real server with the expected ones."),
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
    _open_standard_streams()
    with ending_signals():
        return _exit_code(words, ready)


def _exit_code(words: list[str], ready: Callable[[], None]) -> int:
    try:
        code = _run(words, ready)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except Terminated as end:
        silence()
        _print_error(f"ended by {end.name}")
    except SystemExit as stop:  # argparse has printed an error or help
        return _flushed(stop.code if isinstance(stop.code, int) else exits.USAGE)
    except BrokenPipeError:
        # The reader is gone. Without this, Python would report an error when it flushes the buffer at exit.
        silence()
    except OSError as error:
        silence()
        _print_error(_reason(error))
    except UsageError as error:
        _print_error(str(error))
        return exits.USAGE
    except EventlintError as error:
        _print_error(str(error))
    except MemoryError:
        _print_error("out of memory")
    return exits.FAILED


def _reason(error: OSError) -> str:
    """What an error that nothing else has handled is about: a file, or else standard output."""
    if error.filename is not None:
        return f"{printable(os.fsdecode(error.filename))}: {error.strerror or error}"
    if isinstance(error, FileNotFoundError):
        return "the current folder no longer exists"
    return f"cannot write to standard output: {error.strerror or error}"


def _print_error(message: str) -> None:
    """Print to standard error, if that is possible."""
    with suppress(OSError, ValueError):
        print(f"eventlint: error: {message}", file=sys.stderr)


def _flushed(code: int) -> int:
    """The exit code after standard output was flushed, which can fail."""
    try:
        sys.stdout.flush()
    except OSError as error:
        silence()
        if not isinstance(error, BrokenPipeError):
            _print_error(_reason(error))
        return exits.FAILED
    return code


def silence() -> None:
    """Discard all that is written to standard output from now on, also what is still in its buffer."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_standard_streams() -> None:
    """Replace standard streams that are closed.

    Otherwise the next file that is opened would get their numbers, and with them what is written to the streams.
    Writing to a standard output that is closed is an error; what is written to standard error is discarded.
    """
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")  # noqa: SIM115 - until the process ends
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - until the process ends


def _details() -> list[str]:
    """The lines of ``--version --verbose`` after the first: what decides how fast this installation is."""
    import platform

    from eventlint.screen.native import why_unused
    from eventlint.screen.plan import packaged

    reason = why_unused()
    return [
        f"python {platform.python_version()} ({platform.python_implementation()}, {sys.platform}-{platform.machine()})",
        "engine native" if reason is None else f"engine python ({reason})",
        f"plan {packaged()['hash']}",
    ]


def _run(words: list[str], ready: Callable[[], None]) -> int:
    parser = Parser(prog="eventlint", description=_DESCRIPTION)
    parser.add_argument("-V", "--version", action="store_true", dest="show_version", help="show the version and exit")
    details = "with --version: also show Python, the engine and the plan"
    parser.add_argument("-v", "--verbose", action="store_true", dest="version_details", help=details)
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
    if options.show_version:
        print(f"eventlint {__version__}", *_details() if options.version_details else (), sep="\n")
        return exits.CLEAN
    if options.version_details:
        raise UsageError("--verbose must follow the command; before it, it requires --version")
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
