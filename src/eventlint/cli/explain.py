"""``eventlint explain``: a rule's manual, or the rule that a server's message is about; it must not know rules."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from eventlint.cli import exits
from eventlint.cli.screen import Formatter
from eventlint.errors import UsageError
from eventlint.rules import RULES, rule
from eventlint.rules.manual import page
from eventlint.rules.reasons import innermost, is_wrapper, rule_of_reason
from eventlint.selection import nearest

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


def run(options: argparse.Namespace) -> int:
    """Print the manual of a rule.

    Raises:
        UsageError: The words are neither a rule nor a message of the server.
    """
    text = sys.stdin.read() if options.words == ["-"] else " ".join(options.words)
    name = text.strip()
    if name not in {known.name for known in RULES}:
        name = _of_message(text)
    _print(page(rule(name)))
    return exits.CLEAN


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
