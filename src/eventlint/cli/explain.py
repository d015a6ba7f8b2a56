"""``eventlint explain``: a rule's manual, or the rule that a server's message is about; it must not know rules."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.cli.terminal import Formatter
from eventlint.config import Config, load
from eventlint.errors import UsageError
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
    parser: argparse.ArgumentParser = commands.add_parser(
        "explain", help=summary, description=summary, epilog=_EXAMPLES, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "words",
        nargs="+",
        metavar="RULE|MESSAGE",
        help="a rule, or a reason from an answer or a log; - is standard input",
    )
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the manual of a rule.

    Raises:
        UsageError: The words are neither a rule nor a message of the server.
        ConfigError: The configuration cannot be used.
        SchemaError: A contract that it names cannot be used.
    """
    text = sys.stdin.read() if options.words == ["-"] else " ".join(options.words)
    name = text.strip()
    if name not in {known.name for known in RULES}:
        contract = contract_of(options, Config() if options.isolated else load(options.config))
        if contract is not None and name in contract.rule_names:
            _print(_own_page(contract, name))
            return exits.CLEAN
        name = _of_message(text)
    _print(page(rule(name)))
    return exits.CLEAN


def _own_page(contract: Contract, name: str) -> str:
    """What is known of a rule that stands in a contract, in Markdown."""
    told = [
        f"# {name}\n\nTier: contract. A rule of your own; `eventlint explain contract-violation` tells more of such.\n"
    ]
    for one in contract.rules:
        if one.name != name:
            continue
        where = f", in collections like {', '.join(one.collections)}" if one.collections else ""
        told.append(
            f"\n- {one.message}\n\n"
            f"  - looks at: `{one.pointer or 'the event'}` in {', '.join(one.event_types)}{where}\n"
            + (f"  - hint: {one.hint}\n" if one.hint else "")
            + f"  - stands in: {one.path}:{one.position.line}:{one.position.column} ({one.identifier})\n"
        )
    return "".join(told)


def _of_message(text: str) -> str:
    reason = innermost(text)
    name = rule_of_reason(reason)
    if name is not None:
        print(f"The server's words are those of the rule {name}.\n")
        return name
    if is_wrapper(reason):
        raise UsageError(
            "this says where something is wrong; what it is stands in the innermost caused_by of the answer"
        )
    if " " not in text.strip():
        raise UsageError(f"there is no rule {text.strip()[:60]!r}{nearest(text.strip()[:60])}")
    raise UsageError("this is neither a rule nor a message of the server; eventlint rules lists the rules")


def _print(text: str) -> None:
    if not sys.stdout.isatty():
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        print(text, end="")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))
