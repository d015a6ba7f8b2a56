"""``eventlint schema diff``: compares two versions of schema documents."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from eventlint._version import __version__
from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command
from eventlint.cli.schema_lint import add_output_options, show
from eventlint.escaping import printable

if TYPE_CHECKING:
    from eventlint.schemas.change import Change
    from eventlint.schemas.diff import DocumentDiff

SCHEMAVER = (
    "Versions are those of SchemaVer, MODEL-REVISION-ADDITION: a new model if valid values are rejected, a new "
    "revision if more values are accepted in existing fields, a new addition for new optional fields."
)
VERSION = 1
"""The version of the JSON report. It increases with changes that could break a program."""

_EXAMPLES = """\
examples:
  eventlint schema diff old.json new.json
  eventlint schema diff schemas
  eventlint schema diff git:HEAD:schemas schemas
  eventlint schema diff --format json git:v1.2:schemas git:HEAD:schemas

With OLD alone, the versions that are side by side in a folder are compared: each with the nearest older one of the
same $id.

Versions are those of SchemaVer, MODEL-REVISION-ADDITION, at the end of the $id or of the file name. A change requires a
new
  model     if valid values are rejected now
  revision  if more values are accepted now, in existing fields
  addition  if there are only new optional fields
and no new version:
  none      if only annotations changed, or the schema accepts the same values
  unknown   a difference that was neither shown by a value nor ruled out; --strict fails

exit codes:
  0 all versions are high enough, 1 a version is too low, 2 usage, 3 no documents found, 4 I/O error
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the group."""
    parser = add_command(commands, "diff", summary, run, _EXAMPLES)
    parser.add_argument("old", metavar="OLD", help="a file, a folder, or git:REF:PATH")
    parser.add_argument("new", metavar="NEW", nargs="?", help="the same for the new side")
    parser.add_argument("--strict", action="store_true", help="also fail if a change is not verified")
    add_output_options(parser)


def run(options: argparse.Namespace) -> int:
    """Compare the two sides."""
    from eventlint.cli import schema_diff_formats
    from eventlint.schemas.diff import compared_sides
    from eventlint.schemas.version_findings import findings

    diffs, new, count = compared_sides(options.old, options.new)
    if not count:
        print("eventlint: error: no schema documents found", file=sys.stderr)
        return exits.NO_INPUT
    if options.format == "json":
        print(json.dumps(as_object(diffs), indent=2))
    elif options.format == "text":
        print(_text(diffs, quiet=options.quiet), end="")
    elif options.format == "markdown":
        print("".join(schema_diff_formats.markdown(diffs, _verdict, SCHEMAVER)), end="")
    elif options.format == "jsonl":
        print("".join(schema_diff_formats.json_lines(diffs, _change)), end="")
    elif options.format == "github":
        by_name = {document.name: document for document in new}
        schema_diff_formats.github(diffs, by_name, findings(diffs, new), sys.stdout.write)
    else:
        texts = {document.path: document.text.data for document in new}
        show(findings(diffs, new), texts, options)
    sys.stdout.flush()
    is_too_low = any(not one.is_enough for one in diffs)
    is_unverified = options.strict and any(not one.is_certain for one in diffs)
    return exits.FINDINGS if is_too_low or is_unverified else exits.CLEAN


def as_object(diffs: tuple[DocumentDiff, ...]) -> dict[str, Any]:
    """The changes as a JSON object."""
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
    from eventlint.schemas.shortened import shortened

    return {
        "document": change.document,
        "pointer": change.pointer,
        "sentence": change.sentence,
        "bump": change.bump,
        "direction": change.direction,
        "has_counterexample": change.has_counterexample,
        "counterexample": change.counterexample,
        "shown": shortened(change.counterexample) if change.has_counterexample else None,
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
        count = f"{len(diffs)} document{'' if len(diffs) == 1 else 's'} changed" if diffs else "no changes"
        if diffs:
            lines += [SCHEMAVER, ""]
        lines.append(f"{count}{f', {low} with a version that is too low' if low else ''}")
    return "".join(f"{line}\n" for line in lines)


def _verdict(one: DocumentDiff) -> str:
    from eventlint.schemas.versions import next_version

    if one.is_new or one.is_gone:
        return "added" if one.is_new else "removed, which no version allows"
    if one.old is None or one.new is None:
        return f"requires {one.bump}, but there are no two versions to compare"
    step = f"{one.old} -> {one.new}" if one.old != one.new else f"{one.old}, unchanged"
    if one.is_enough:
        return f"{step} is high enough for {one.bump}"
    return f"{step} is too low for {one.bump}: use {next_version(one.old, one.bump)}"


def _lines(change: Change) -> list[str]:
    from eventlint.schemas.shortened import shortened

    lines = [f"  {change.bump:8}  {change.sentence} ({change.pointer or 'the document'})"]
    if change.has_counterexample:
        effect = "rejected now" if change.bump == "model" else "accepted now"
        lines.append(f"            {effect}: {shortened(change.counterexample)}")
    if not change.verified:
        lines.append("            not verified: no value shows the change, and equality is not proven")
    elif not change.certain:
        lines.append("            a larger change is not ruled out")
    return lines
