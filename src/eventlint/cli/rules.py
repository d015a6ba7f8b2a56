"""``eventlint rules``: which rules there are, and which are switched on here; it must not know what a rule finds."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.contract_option import add_options, contract_of, own_rules
from eventlint.cli.shared_options import selection_of
from eventlint.cli.terminal import Formatter
from eventlint.config import Config, load
from eventlint.model import TIERS
from eventlint.rules import RULES, Rule
from eventlint.rules.manual import manual, releases_of


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "rules", help=summary, description=summary, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    parser.add_argument("--tier", choices=TIERS, help="the rules of one tier")
    parser.add_argument("--select", action="append", metavar="RULES", help="as for check")
    parser.add_argument("--ignore", action="append", metavar="RULES", help="as for check")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how they are shown")
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the table of rules.

    Raises:
        UsageError: A word of the command line names no rule.
        ConfigError: The configuration cannot be used.
    """
    config = Config() if options.isolated else load(options.config)
    contract = contract_of(options, config)
    on = selection_of(options, config, contract.names if contract else ()).on
    own = own_rules(contract)
    every = [*RULES, *(Rule(name, "contract") for name in sorted(own))]
    rules = [rule for rule in every if options.tier in (None, rule.tier)]
    told = [(rule, rule.name in on, _why(rule, options, config, is_on=rule.name in on)) for rule in rules]
    if options.format == "json":
        listed = [
            {
                "rule": rule.name,
                "tier": rule.tier,
                "on": is_on,
                "why": why,
                "fix": rule.fixable,
                "releases": releases_of(rule),
                "summary": own.get(rule.name) or manual(rule).summary,
                "url": f"docs/rules/{'contract-violation' if rule.name in own else rule.name}.md",
            }
            for rule, is_on, why in told
        ]
        print(json.dumps(listed, indent=2))
        return exits.CLEAN
    _print(told, own)
    return exits.CLEAN


def _print(told: list[tuple[Rule, bool, str]], own: Mapping[str, str]) -> None:
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    name = max(len(rule.name) for rule, _, _ in told)
    for rule, is_on, why in told:
        state = "on " if is_on else "off"
        because = f" ({why})" if why else ""
        says = own.get(rule.name) or manual(rule).summary
        print(f"{rule.name:<{name}}  {rule.tier:<8}  {state}  {rule.fixable or '-':<6}  {says}{because}")
    print("\nThe columns: rule, tier, switched on here, how safe its fix is, what it finds.")


def _why(rule: Rule, options: argparse.Namespace, config: Config, *, is_on: bool) -> str:
    """Why a rule is switched on or off, when something has said so."""
    path = os.path.relpath(config.path) if config.path else ""
    names = (rule.name, rule.tier, "all")

    def told(words: list[str] | None) -> bool:
        return any(part.strip() in names for word in words or [] for part in word.split(","))

    if not is_on:
        if told(options.ignore):
            return "--ignore"
        if told(config.get("ignore")):
            return f"ignore in {path}"
        return "not in --select" if options.select else f"not in select of {path}"
    if told(options.select):
        return "--select"
    return f"select in {path}" if not options.select and told(config.get("select")) else ""
