"""``eventlint schema list``, ``show`` and ``export``: the packaged schemas."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command
from eventlint.errors import UsageError
from eventlint.exports import FORMATS, export
from eventlint.exports.schema_list import DIALECTS, find, listed, schema_of
from eventlint.output.files import write_atomically
from eventlint.spec import release

_SHOW_EXAMPLES = """\
examples:
  eventlint schema show search
  eventlint schema show object:search
  eventlint schema show search_click --bundle --dialect draft-07 > search_click.schema.json
"""
_EXPORT_EXAMPLES = """\
examples:
  eventlint schema export --format openapi -o openapi.json
  eventlint schema export --format typescript -o events.ts
  eventlint schema export --format json-schema-bundle --dialect draft-07 --release 8.19
"""
_COLUMNS = ("kind", "name", "version", "id", "title")


def add_list(commands: Any, summary: str) -> None:
    """Add ``list`` to the group."""
    parser = add_command(commands, "list", summary, run_list)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")


def add_show(commands: Any, summary: str) -> None:
    """Add ``show`` to the group."""
    parser = add_command(commands, "show", summary, run_show, _SHOW_EXAMPLES)
    parser.add_argument("type", metavar="TYPE", help="an event type, the name of an object, or an $id")
    parser.add_argument("--version", metavar="V", help="version of the schema (default: the newest)")
    parser.add_argument(
        "--bundle", action="store_true", help="include all referenced documents; standard keywords only"
    )
    _add_dialect(parser)


def add_export(commands: Any, summary: str) -> None:
    """Add ``export`` to the group."""
    parser = add_command(commands, "export", summary, run_export, _EXPORT_EXAMPLES)
    parser.add_argument("--format", choices=tuple(FORMATS), required=True, help="output format")
    parser.add_argument("--release", default="latest", metavar="R", help="server release (default: latest)")
    _add_dialect(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="output file (default: standard output)")


def _add_dialect(parser: argparse.ArgumentParser) -> None:
    default = next(iter(DIALECTS))
    text = f"dialect of JSON Schema (default: {default})"
    parser.add_argument("--dialect", choices=tuple(DIALECTS), default=default, help=text)


def run_list(options: argparse.Namespace) -> int:
    """Print the list of documents."""
    if options.format == "json":
        print(json.dumps([row._asdict() for row in listed()], indent=2, ensure_ascii=False))
        return exits.CLEAN
    rows = [{column: getattr(row, column) for column in _COLUMNS} for row in listed()]
    table = [{column: column.upper() for column in _COLUMNS}, *rows]
    widths = {column: max(len(row[column]) for row in table) for column in _COLUMNS}
    for row in table:
        print("  ".join(row[column].ljust(widths[column]) for column in _COLUMNS).rstrip())
    return exits.CLEAN


def run_show(options: argparse.Namespace) -> int:
    """Print one document."""
    row = find(options.type, options.version)
    schema = schema_of(row, bundled=options.bundle, dialect=options.dialect)
    _print(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    return exits.CLEAN


def run_export(options: argparse.Namespace) -> int:
    """Export all events of a release."""
    if options.dialect != next(iter(DIALECTS)) and not options.format.startswith("json-schema"):
        raise UsageError(f"--dialect applies to JSON Schema only; {options.format} has no dialect")
    text = export(options.format, release(options.release), options.dialect)
    if options.output in (None, "-"):
        _print(text)
    else:
        write_atomically(options.output, text.encode())
    return exits.CLEAN


def _print(text: str) -> None:
    """Write to standard output as UTF-8, regardless of the terminal's encoding: a program may read it."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(text)
