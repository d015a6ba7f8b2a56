"""``eventlint schema diff``: two sides in, changes and an exit code out; it must not know how changes are found."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from eventlint._version import __version__
from eventlint.cli import exit_codes as exits
from eventlint.cli.schema_lint import show
from eventlint.cli.terminal import Formatter
from eventlint.model import printable
from eventlint.output import RENDERERS

if TYPE_CHECKING:
    from eventlint.schemas.diff import Change, DocumentDiff

VERSION = 1
"""The version of the JSON's shape. It grows when a program that reads it could break."""

_EXAMPLES = """\
examples:
  eventlint schema diff old.json new.json
  eventlint schema diff git:HEAD:schemas schemas
  eventlint schema diff --format json git:v1.2:schemas git:HEAD:schemas

A version is MODEL-REVISION-ADDITION, at the end of $id, else of the file's name.
  model     something that was valid is refused now
  revision  something that was refused is accepted now, in fields that existed
  addition  only new optional fields
  none      nothing but annotations
  unknown   a difference that no value shows and no reasoning settles; --strict fails on it

exit codes:
  0 the versions are great enough, 1 one is too low, 2 usage, 3 no input found, 4 the job could not be done
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the group."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "diff", help=summary, description=summary, epilog=_EXAMPLES, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    parser.add_argument("old", metavar="OLD", help="a file, a folder, or git:REF:PATH")
    parser.add_argument("new", metavar="NEW", help="the same, for the newer side")
    parser.add_argument("--strict", action="store_true", help="fail where something was neither shown nor proven")
    parser.add_argument("--format", choices=tuple(RENDERERS), default="text", help="how changes are shown")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="whether text is coloured")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary")


def run(options: argparse.Namespace) -> int:
    """Compare the two sides.

    Raises:
        InputError: A side is not there, or cannot be read.
        SchemaError: A document is no JSON, or no JSON Schema.
        UsageError: A side cannot be what it says.
    """
    from eventlint.schemas.diff import compared_sides
    from eventlint.schemas.version_findings import findings

    diffs, new, count = compared_sides(options.old, options.new)
    if not count:
        print("eventlint: error: no schema documents were found", file=sys.stderr)
        return exits.NO_INPUT
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if options.format == "json":
        print(json.dumps(as_object(diffs), indent=2))
    elif options.format == "text":
        print(_text(diffs, quiet=options.quiet), end="")
    else:
        texts = {document.path: document.text.data for document in new}
        show(findings(diffs, new), texts, options)
    sys.stdout.flush()
    is_too_low = any(not one.is_enough for one in diffs)
    is_open = options.strict and any(not one.is_certain for one in diffs)
    return exits.FINDINGS if is_too_low or is_open else exits.CLEAN


def as_object(diffs: tuple[DocumentDiff, ...]) -> dict[str, Any]:
    """All changes as a JSON object, for programs."""
    return {
        "version": VERSION,
        "tool": {"name": "eventlint", "version": __version__},
        "documents": [
            {
                "document": one.name,
                "old": str(one.old) if one.old else None,
                "new": str(one.new) if one.new else None,
                "bump": one.bump,
                "enough": one.is_enough,
                "certain": one.is_certain,
                "changes": [_change(change) for change in one.changes],
            }
            for one in diffs
        ],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "document": change.document,
        "pointer": change.pointer,
        "sentence": change.sentence,
        "bump": change.bump,
        "direction": change.direction,
        "has_witness": change.has_witness,
        "counterexample": change.counterexample,
        "verified": change.verified,
        "certain": change.certain,
    }


def _text(diffs: tuple[DocumentDiff, ...], *, quiet: bool) -> str:
    lines: list[str] = []
    for one in diffs:
        lines.append(printable(f"{one.name}: {_verdict(one)}"))
        for change in one.changes:
            lines += [printable(line) for line in _lines(change)]
        lines.append("")
    if not quiet:
        low = sum(not one.is_enough for one in diffs)
        words = f"{len(diffs)} document{' differs' if len(diffs) == 1 else 's differ'}" if diffs else "nothing differs"
        lines.append(f"{words}{f', {low} too low in version' if low else ''}")
    return "".join(f"{line}\n" for line in lines)


def _verdict(one: DocumentDiff) -> str:
    from eventlint.schemas.versions import next_version

    if one.is_new or one.is_gone:
        return "a new document" if one.is_new else "the document is gone, which no version allows"
    if one.old is None or one.new is None:
        return f"asks for {one.bump}; there are no two versions to compare"
    step = f"{one.old} -> {one.new}" if one.old != one.new else f"{one.old}, as before"
    if one.is_enough:
        return f"{step}, which is enough for {one.bump}"
    return f"{step}, which is too low for {one.bump}: {next_version(one.old, one.bump)} is the least"


def _lines(change: Change) -> list[str]:
    lines = [f"  {change.bump:8}  {change.sentence} ({change.pointer or 'the document'})"]
    if change.has_witness:
        told = "was accepted, is refused now" if change.bump == "model" else "was refused, is accepted now"
        lines.append(f"            {told}: {json.dumps(change.counterexample, ensure_ascii=False)}")
    if not change.verified:
        lines.append("            not verified: no value was found that shows it, and equality was not proven")
    elif not change.certain:
        lines.append("            something graver was neither shown nor ruled out")
    return lines
