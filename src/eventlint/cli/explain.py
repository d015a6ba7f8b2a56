"""``eventlint explain``: the manual of a rule or tier, or the rule behind a server message."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.cli.tier_pages import as_tier, tier_page
from eventlint.errors import UsageError
from eventlint.output.rule_pages import rule_page
from eventlint.rules import rule
from eventlint.rules.manual import page
from eventlint.rules.reasons import innermost, is_wrapper, rule_of_reason, rules_of_log
from eventlint.selection import nearest

_EXAMPLES = """\
examples:
  eventlint explain unknown-field
  eventlint explain loss
  eventlint explain "[3:14] [search] sort doesn't support values of type: START_ARRAY"
  grep -o '{"error":.*' server.log | head -1 | eventlint explain -
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "explain", summary, run, _EXAMPLES)
    parser.add_argument(
        "words",
        nargs="+",
        metavar="RULE|TIER|MESSAGE",
        help="a rule, a tier, or a message from an answer or a log; - reads standard input",
    )
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the manuals of rules and tiers."""
    text = sys.stdin.read() if options.words == ["-"] else " ".join(options.words)
    pages = [_page(name, options) for name in text.replace(",", " ").split()]
    if pages and None not in pages:
        _print("\n".join(filter(None, pages)))
        return exits.CLEAN
    names = _of_message(text)
    noun = "rule" if len(names) == 1 else "rules"
    print(f"This server message belongs to the {noun} {' and '.join(names)}.\n")
    _print("\n".join(page(rule(one)) for one in names))
    return exits.CLEAN


def _page(name: str, options: argparse.Namespace) -> str | None:
    """The manual of a rule or of a tier; None if there is no such name."""
    tier = as_tier(name)
    if tier is not None:
        return tier_page(tier)
    found = rule_page(name)
    if found is not None:
        return found
    contract = contract_of(options, config_of(options))
    return rule_page(name, contract)


def _of_message(text: str) -> list[str]:
    """The rules that a message of the server is about."""
    losses = rules_of_log(text, ("loss",))
    if losses:
        return losses
    reason = innermost(text)
    name = rule_of_reason(reason)
    names = [name] if name is not None else rules_of_log(text)
    if names:
        return names
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
