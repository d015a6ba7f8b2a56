"""``eventlint rules``: the rules, and whether they are enabled."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.config import Config
from eventlint.escaping import printable
from eventlint.job_settings import own_rules
from eventlint.rules import RULES, Rule
from eventlint.rules.manual import manual, releases_of
from eventlint.selection import selection
from eventlint.tiers import TIERS


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "rules", summary, run)
    parser.add_argument("--tier", choices=TIERS, help="list only the rules of this tier")
    parser.add_argument("--select", action="append", metavar="RULES", help="same as for check")
    parser.add_argument("--ignore", action="append", metavar="RULES", help="same as for check")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")
    add_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the table of rules."""
    config = config_of(arguments)
    custom = own_rules(contract_of(arguments, config))
    on = selection(arguments.select or (), arguments.ignore or (), config, custom).on
    rules = [*RULES, *(Rule(name, "contract") for name in sorted(custom))]
    listed = [
        {
            "rule": rule.name,
            "tier": rule.tier,
            "on": rule.name in on,
            "why": _reason(rule, arguments, config, is_on=rule.name in on),
            "fix": rule.fixable,
            "releases": releases_of(rule),
            "summary": custom.get(rule.name) or manual(rule).summary,
            "url": f"docs/rules/{'contract-violation' if rule.name in custom else rule.name}.md",
        }
        for rule in rules
        if arguments.tier in (None, rule.tier)
    ]
    if arguments.format == "json":
        print(json.dumps(listed, indent=2))
    else:
        _print(listed)
    return exits.CLEAN


def _print(listed: list[dict[str, Any]]) -> None:
    width = max(len(one["rule"]) for one in listed)
    for one in listed:
        state = "on " if one["on"] else "off"
        reason = f" ({one['why']})" if one["why"] else ""
        columns = f"{one['rule']:<{width}}  {one['tier']:<8}  {state}  {one['fix'] or '-':<6}"
        print(printable(f"{columns}  {one['summary']}{reason}"))
    print("\nColumns: rule, tier, enabled here, safety of the fix, what the rule finds.")


def _reason(rule: Rule, arguments: argparse.Namespace, config: Config, *, is_on: bool) -> str:
    """The option or setting that enabled or disabled a rule; empty for the default."""
    path = os.path.relpath(config.path) if config.path else ""
    names = (rule.name, rule.tier, "all")

    def names_rule(words: list[str] | None) -> bool:
        return any(part.strip() in names for word in words or [] for part in word.split(","))

    if not is_on:
        if names_rule(arguments.ignore):
            return "--ignore"
        if names_rule(config.get("ignore")):
            return f"ignore in {path}"
        return "not in --select" if arguments.select else f"not in select of {path}"
    if names_rule(arguments.select):
        return "--select"
    return f"select in {path}" if not arguments.select and names_rule(config.get("select")) else ""
