"""``eventlint explain``: the manual of a rule or tier, or the rule behind a server message."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.cli.tier_pages import as_tier, tier_page
from eventlint.errors import UsageError
from eventlint.escaping import printable
from eventlint.job_settings import own_rules
from eventlint.rules import RULES, rule
from eventlint.rules.manual import page
from eventlint.rules.reasons import innermost, is_wrapper, rule_of_reason, rules_of_log
from eventlint.selection import nearest

if TYPE_CHECKING:
    from eventlint.contract import Contract

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
    if name in {known.name for known in RULES}:
        return page(rule(name))
    tier = as_tier(name)
    if tier is not None:
        return tier_page(tier)
    from eventlint.schemas.lint_rules import BY_NAME

    if name in BY_NAME:
        return page(BY_NAME[name])
    contract = contract_of(options, config_of(options))
    return _custom_page(contract, name) if contract is not None and name in own_rules(contract) else None


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
