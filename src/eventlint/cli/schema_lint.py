"""``eventlint schema lint``: lints schema documents."""

from __future__ import annotations

import argparse
import sys
from itertools import groupby
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.cli.contract_option import add_configuration_options
from eventlint.cli.parser import listed
from eventlint.cli.terminal import use_color, width
from eventlint.errors import UsageError
from eventlint.job_settings import ignored_by
from eventlint.model import Finding
from eventlint.output import RENDERERS, Style, Summary, renderer
from eventlint.output.rendering import RedactedLines, render
from eventlint.tiers import Tier

_TIERS: tuple[Tier, ...] = ("error", "lint")
_EXAMPLES = """\
examples:
  eventlint schema lint                           the packaged schemas
  eventlint schema lint schemas/ order.json
  eventlint schema lint --ignore missing-example,missing-title schemas/
  eventlint schema lint --against git:HEAD schemas/
  eventlint schema lint --explain invalid-pattern

In a folder, all .json files that look like schemas are linted. Nothing is ever fetched. Documents that use x-rule or
x-applies-to, or refer to built-in schemas, are a custom contract, and need what a contract needs.

The settings ignore and per-path-ignores of the configuration switch rules off, by name and by path.

exit codes:
  0 clean, 1 findings, 2 usage, 3 no documents found, 4 I/O error
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the group."""
    parser = add_command(commands, "lint", summary, run, _EXAMPLES)
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files, folders, git:REF:PATH, or package:NAME/FOLDER (default: the packaged schemas)",
    )
    parser.add_argument(
        "--against", metavar="git:REF", help="compare with a commit, and report versions that are too low"
    )
    parser.add_argument("--select", action="append", metavar="RULES", help="enable only these rules or tiers")
    parser.add_argument("--ignore", action="append", metavar="RULES", help="disable these rules or tiers")
    parser.add_argument("--explain", metavar="RULE", help="show the manual of a rule, and exit")
    parser.add_argument("--list-rules", action="store_true", help="list the rules, and exit")
    parser.add_argument(
        "--fail-on",
        action="extend",
        type=listed("tier", _TIERS),
        metavar="TIERS",
        help="tiers that make the run fail (default: all)",
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 even if there are findings")
    add_configuration_options(parser)
    add_output_options(parser)


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that :func:`show` needs."""
    parser.add_argument("--format", choices=tuple(RENDERERS), default="text", help="output format (default: text)")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="whether to use color")
    parser.add_argument("-q", "--quiet", action="store_true", help="hide the summary")


def run(options: argparse.Namespace) -> int:
    """Lint the documents."""
    from eventlint.rules.manual import manual, page
    from eventlint.schemas.lint_rules import BY_NAME, SCHEMA_RULES
    from eventlint.selection import names_of, nearest

    if options.explain:
        if options.explain not in BY_NAME:
            raise UsageError(f"unknown schema rule {options.explain!r}{nearest(options.explain, rules=SCHEMA_RULES)}")
        print(page(BY_NAME[options.explain]), end="")
        return exits.CLEAN
    if options.list_rules:
        for rule in SCHEMA_RULES:
            print(f"{rule.name} ({rule.tier}): {manual(rule).summary}")
        return exits.CLEAN
    enabled = names_of(options.select or ["all"], UsageError, rules=SCHEMA_RULES)
    enabled -= names_of(options.ignore or [], UsageError, rules=SCHEMA_RULES)
    from eventlint.schemas.lint import lint
    from eventlint.schemas.version_findings import version_findings

    is_ignored = ignored_by(config_of(options))
    findings, texts = lint(options.paths)
    if not texts:
        print("eventlint: error: no schema documents found", file=sys.stderr)
        return exits.NO_INPUT
    if options.against:
        findings += version_findings(options.against, options.paths)
    findings = [finding for finding in findings if finding.rule in enabled and not is_ignored(finding)]
    show(findings, texts, options)
    fails = any(finding.tier in (options.fail_on or _TIERS) for finding in findings)
    return exits.FINDINGS if fails and not options.exit_zero else exits.CLEAN


def show(findings: list[Finding], texts: dict[str, bytes], options: argparse.Namespace) -> None:
    """Print findings about documents, whose bytes are given by path, in one of the formats of ``eventlint check``."""
    style = Style(color=use_color(options.color), width=width(), quiet=True)
    out = renderer(options.format, sys.stdout.write, style)
    summary = Summary(files=len(texts))
    out.start()
    for path, some in groupby(findings, key=lambda finding: finding.path or ""):
        lines = RedactedLines(texts.get(path))
        out.findings([render(finding, lines, at=finding.position) for finding in some])
    for finding in findings:
        summary.count(finding)
    out.finish(summary)
    if options.format in ("text", "concise") and not options.quiet:
        counts = ", ".join(f"{summary.tiers[tier]} {tier}" for tier in _TIERS if summary.tiers[tier])
        print(f"{counts or 'no findings'} in {len(texts)} document{'' if len(texts) == 1 else 's'}")
    sys.stdout.flush()
