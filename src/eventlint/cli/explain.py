"""``eventlint explain``: the manual of a rule, or the rule behind a server message."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.cli.contract_option import add_options, contract_of, own_rules
from eventlint.errors import UsageError
from eventlint.model import printable
from eventlint.rules import RULES, rule
from eventlint.rules.manual import page
from eventlint.rules.reasons import innermost, is_wrapper, rule_of_reason
from eventlint.selection import nearest

if TYPE_CHECKING:
    from eventlint.contract import Contract

_EXAMPLES = """\
examples:
  eventlint explain unknown-field
  eventlint explain "[3:14] [search] sort doesn't support values of type: START_ARRAY"
  grep -o '{"error":.*' server.log | head -1 | eventlint explain -
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "explain", summary, run, _EXAMPLES)
    parser.add_argument(
        "words",
        nargs="+",
        metavar="RULE|MESSAGE",
        help="a rule, or a message from an answer or a log; - reads standard input",
    )
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the manual of a rule."""
    text = sys.stdin.read() if options.words == ["-"] else " ".join(options.words)
    name = text.strip()
    if name not in {known.name for known in RULES}:
        from eventlint.schemas.lint_rules import BY_NAME

        if name in BY_NAME:
            _print(page(BY_NAME[name]))
            return exits.CLEAN
        contract = contract_of(options, config_of(options))
        if contract is not None and name in own_rules(contract):
            _print(_custom_page(contract, name))
            return exits.CLEAN
        name = _of_message(text)
    _print(page(rule(name)))
    return exits.CLEAN


def _custom_page(contract: Contract, name: str) -> str:
    """The page of a rule of a custom contract, in Markdown."""
    parts = [f"# {name}\n\nTier: contract. A custom contract defines this rule; see contract-violation.\n"]
    for found in contract.rules:
        if found.name == name:
            collections = f", in collections {', '.join(found.collections)}" if found.collections else ""
            parts.append(
                f"\n- {found.message}\n\n"
                f"  - applies to: `{found.pointer or 'the event'}` in {', '.join(found.event_types)}{collections}\n"
                + (f"  - hint: {found.hint}\n" if found.hint else "")
                + f"  - defined in: {found.path}:{found.position.line}:{found.position.column} ({found.identifier})\n"
            )
    return printable("".join(parts), keep="\n")


def _of_message(text: str) -> str:
    reason = innermost(text)
    name = rule_of_reason(reason)
    if name is not None:
        print(f"This server message belongs to the rule {name}.\n")
        return name
    if is_wrapper(reason):
        raise UsageError(
            "this message only shows where the error is; the cause is the innermost 'caused_by' of the answer"
        )
    if " " not in text.strip():
        raise UsageError(f"unknown rule {text.strip()[:60]!r}{nearest(text.strip()[:60])}")
    raise UsageError("this is neither a rule nor a known server message; 'eventlint rules' lists all rules")


def _print(text: str) -> None:
    if not sys.stdout.isatty():
        print(text, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))
