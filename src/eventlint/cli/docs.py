"""``eventlint docs``: documentation of events, fields and rules."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of, write_files
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.escaping import printable

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.docs import ContractRule

_EXAMPLES = """\
examples:
  eventlint docs > events.md
  eventlint docs --format html -o site
  eventlint docs --release X.Y -o docs/events
  eventlint docs --contract contracts --format html -o site

Each field also lists the rules of the custom contracts that the configuration or --contract names.
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "docs", summary, run, _EXAMPLES)
    parser.add_argument(
        "--format",
        choices=("markdown", "html"),
        default="markdown",
        help="Markdown, or one self-contained HTML file (default: markdown)",
    )
    parser.add_argument("-o", "--output", metavar="DIR", help="write files to this folder; create it if needed")
    parser.add_argument("--release", default="latest", metavar="R", help="server release to document (default: latest)")
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write the documentation."""
    from eventlint.docs import build
    from eventlint.docs import markdown_pages as markdown

    config = config_of(options)
    document = build(options.release, _custom_rules(contract_of(options, config)))
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
    write_files(options.output, {name: text.encode() for name, text in files.items()})
    print(f"wrote {len(files)} file{'s' if len(files) > 1 else ''} to {options.output}")
    return exits.CLEAN


def _custom_rules(contract: Contract | None) -> list[ContractRule]:
    """The rules of a custom contract, once for each event type."""
    from eventlint.docs import ContractRule

    rules = {
        ContractRule(
            pointer=printable(rule.pointer),
            name=printable(rule.name),
            message=printable(rule.message),
            source=printable(
                f"{rule.identifier} (in {', '.join(rule.collections)})" if rule.collections else rule.identifier
            ),
            event_type=event_type,
        ): None
        for rule in (contract.rules if contract is not None else ())
        for event_type in rule.event_types
    }
    return list(rules)
