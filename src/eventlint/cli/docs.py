"""``eventlint docs``: print the documentation of events and rules, or write it to a folder."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from eventlint.baseline import write_whole
from eventlint.cli import exit_codes as exits
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.cli.terminal import Formatter
from eventlint.config import Config, load
from eventlint.errors import InputError

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.docs import ContractRule

_EXAMPLES = """\
examples:
  eventlint docs > events.md
  eventlint docs --format html -o site
  eventlint docs --release X.Y -o docs/events
  eventlint docs --contract contracts --format html -o site

The rules of your custom contracts (from --contract or the configuration) are shown with the fields that they check.
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "docs", help=summary, description=summary, epilog=_EXAMPLES, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "--format",
        choices=("markdown", "html"),
        default="markdown",
        help="output format (default: %(default)s); html is one self-contained file",
    )
    parser.add_argument("-o", "--output", metavar="DIR", help="write files to this folder; it is created if missing")
    parser.add_argument("--release", default="latest", metavar="R", help="release of the server (default: %(default)s)")
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write the documentation.

    Raises:
        UsageError: There is no such release, or the extra that HTML needs is not installed.
        InputError: A file cannot be written, or a contract cannot be read.
        SchemaError: A contract cannot be used.
        ConfigError: The configuration cannot be used.
    """
    from eventlint.docs import build
    from eventlint.docs import markdown_pages as markdown

    config = Config() if options.isolated else load(options.config)
    document = build(options.release, _contract_rules(contract_of(options, config)))
    if options.format == "html":
        from eventlint.docs.html_page import page

        files = {"index.html": page(document)}
    elif options.output is None:
        files = {"": markdown.whole(document)}
    else:
        files = markdown.pages(document)
    if options.output is None:
        sys.stdout.write("".join(files.values()))
        return exits.CLEAN
    for name, text in files.items():
        _write(os.path.join(options.output, *name.split("/")), text)
    print(f"wrote {len(files)} file{'s' if len(files) > 1 else ''} to {options.output}")
    return exits.CLEAN


def _contract_rules(contract: Contract | None) -> list[ContractRule]:
    """The rules of a contract, each once for each event type."""
    from eventlint.docs import ContractRule

    rules = [
        ContractRule(
            pointer=rule.pointer,
            name=rule.name,
            message=rule.message,
            source=f"{rule.identifier} (in {', '.join(rule.collections)})" if rule.collections else rule.identifier,
            event_type=event_type,
        )
        for rule in (contract.rules if contract is not None else ())
        for event_type in rule.event_types
    ]
    return list(dict.fromkeys(rules))


def _write(path: str, text: str) -> None:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    write_whole(path, text)
