"""``eventlint schema lint``: documents in, findings and an exit code out; it must not know how findings are found."""

from __future__ import annotations

import argparse
import os
import sys
from itertools import groupby
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.terminal import Formatter, width
from eventlint.model import Finding
from eventlint.output import RENDERERS, RedactedLines, Style, Summary, render, renderer

_TIERS = ("error", "lint")
_EXAMPLES = """\
examples:
  eventlint schema lint                           the packaged schemas
  eventlint schema lint schemas/ order.json
  eventlint schema lint --against git:HEAD schemas/
  eventlint schema lint --explain catastrophic-pattern

In a folder all .json files are read that look like schemas. Nothing is ever fetched.

exit codes:
  0 clean, 1 findings, 2 usage, 3 no input found, 4 the job could not be done
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the group."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "lint", help=summary, description=summary, epilog=_EXAMPLES, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files, folders, or git:REF:PATH (the packaged schemas)"
    )
    parser.add_argument("--against", metavar="git:REF", help="also compare with what git had, and ask for versions")
    parser.add_argument("--explain", metavar="RULE", help="show a rule's manual, and stop")
    parser.add_argument("--list-rules", action="store_true", help="list the rules, and stop")
    parser.add_argument("--fail-on", action="append", choices=_TIERS, metavar="TIER", help="a tier that fails (all)")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 even when there are findings")
    parser.add_argument("--format", choices=tuple(RENDERERS), default="text", help="how findings are shown")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="whether text is coloured")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary")


def run(options: argparse.Namespace) -> int:
    """Lint the documents.

    Raises:
        InputError: A path is not there, or cannot be read.
        UsageError: There is no such rule, or the ref is none.
    """
    from eventlint.schemas.lint_rules import RULES, explain

    if options.explain:
        print(explain(options.explain), end="")
        return exits.CLEAN
    if options.list_rules:
        for rule in RULES:
            print(f"{rule.name} ({rule.tier}): {rule.summary}")
        return exits.CLEAN
    from eventlint.schemas.lint import lint
    from eventlint.schemas.version_findings import version_findings

    findings, texts = lint(options.paths)
    if not texts:
        print("eventlint: error: no schema documents were found", file=sys.stderr)
        return exits.NO_INPUT
    if options.against:
        findings += version_findings(options.against, options.paths)
    show(findings, texts, options)
    fails = any(finding.tier in (options.fail_on or _TIERS) for finding in findings)
    return exits.FINDINGS if fails and not options.exit_zero else exits.CLEAN


def show(findings: list[Finding], texts: dict[str, bytes], options: argparse.Namespace) -> None:
    """Show findings about documents in one of the formats of ``eventlint check``.

    Args:
        findings: The findings.
        texts: The bytes of each document, by its path.
        options: What the command line says about format, colour and summary.
    """
    style = Style(color=_coloured(options.color), width=width(), quiet=True)
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    out = renderer(options.format, sys.stdout.write, style)
    summary = Summary(files=len(texts))
    out.start()
    for path, some in groupby(findings, key=lambda finding: finding.path or ""):
        lines = RedactedLines(texts.get(path))
        out.findings([render(finding, lines, at=finding.position) for finding in some])
    for finding in findings:
        summary.tiers[finding.tier] += 1
    out.finish(summary)
    if options.format in ("text", "concise") and not options.quiet:
        errors, lints = summary.tiers["error"], summary.tiers["lint"]
        counts = ", ".join(f"{count} {name}" for count, name in ((errors, "error"), (lints, "lint")) if count)
        print(f"{counts or 'nothing found'} in {len(texts)} document{'' if len(texts) == 1 else 's'}")
    sys.stdout.flush()


def _coloured(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")
