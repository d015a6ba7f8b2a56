"""``eventlint docs``: documentation of events and rules, printed or in a folder; it must not know them."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.cli.terminal import Formatter
from eventlint.config import Config, load
from eventlint.errors import InputError
from eventlint.output.files import write_atomically

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.docs import OwnRule

_EXAMPLES = """\
examples:
  eventlint docs > events.md
  eventlint docs --format html -o site
  eventlint docs --release X.Y -o docs/events
  eventlint docs --contract contracts --format html -o site

The rules of your own contracts, which the configuration or --contract names, stand with the fields that they are about.
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
        help="markdown, or one self-contained HTML file",
    )
    parser.add_argument("-o", "--output", metavar="DIR", help="write files into this folder; it is made when missing")
    parser.add_argument("--release", default="latest", metavar="R", help="the release whose answers and rules are told")
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write the documentation.

    Raises:
        UsageError: There is no such release, or what HTML needs is not installed.
        InputError: A file cannot be written, or a contract cannot be read.
        SchemaError: A contract cannot be used.
        ConfigError: The configuration cannot be used.
    """
    from eventlint.docs import build
    from eventlint.docs import markdown_pages as markdown

    config = Config() if options.isolated else load(options.config)
    document = build(options.release, _own(contract_of(options, config)))
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


def _own(contract: Contract | None) -> list[OwnRule]:
    """What a contract asks for, once for each event type."""
    from eventlint.docs import OwnRule

    told = {
        OwnRule(
            pointer=rule.pointer,
            name=rule.name,
            message=rule.message,
            source=f"{rule.identifier} (in {', '.join(rule.collections)})" if rule.collections else rule.identifier,
            event_type=event_type,
        ): None
        for rule in (contract.rules if contract is not None else ())
        for event_type in rule.event_types
    }
    return list(told)


def _write(path: str, text: str) -> None:
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    write_atomically(path, text.encode())
