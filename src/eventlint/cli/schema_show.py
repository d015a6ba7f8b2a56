"""``eventlint schema list``, ``show`` and ``export``: the packaged schemas, and those of a custom contract."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.cli.folder_writer import write_files
from eventlint.errors import UsageError
from eventlint.escaping import printable
from eventlint.exports import FORMATS, Exported, export
from eventlint.exports.json_schema import of_event
from eventlint.exports.schema_list import DIALECTS, find, listed, schema_of
from eventlint.output.files import write_atomically
from eventlint.spec import release

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.contract.loading import Source

_SHOW_EXAMPLES = """\
examples:
  eventlint schema show search
  eventlint schema show object:search
  eventlint schema show search_click --bundle --dialect draft-07 > search_click.schema.json
  eventlint schema show search --bundle --contract contracts
  eventlint schema show urn:acme:contract:search:1-0-0 --contract contracts
"""
_EXPORT_EXAMPLES = """\
examples:
  eventlint schema export --format openapi -o openapi.json
  eventlint schema export --format typescript --contract contracts -o events.ts
  eventlint schema export --format typed-dict --contract contracts --collection shop-de -o events.py
  eventlint schema export --format editor -o schemas
  eventlint schema export --format json-schema-bundle --dialect draft-07 --release 8.19

The events have the constraints of the custom contract that the configuration or --contract names. Documents for some
collections have types of their own; with --collection, the export describes the events of that collection only.
"""
_COLUMNS = ("kind", "name", "version", "id", "title")
_EDITOR = "editor"


def add_list(commands: Any, summary: str) -> None:
    """Add ``list`` to the group."""
    parser = add_command(commands, "list", summary, run_list)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")
    add_options(parser)


def add_show(commands: Any, summary: str) -> None:
    """Add ``show`` to the group."""
    parser = add_command(commands, "show", summary, run_show, _SHOW_EXAMPLES)
    parser.add_argument("type", metavar="TYPE", help="an event type, the name of an object, or an $id")
    parser.add_argument("--version", metavar="V", help="version of the schema (default: the newest)")
    parser.add_argument(
        "--bundle",
        action="store_true",
        help="include all referenced documents and, for an event, the contract; standard keywords only",
    )
    _add_dialect(parser)
    _add_collection(parser)
    add_options(parser)


def add_export(commands: Any, summary: str) -> None:
    """Add ``export`` to the group."""
    parser = add_command(commands, "export", summary, run_export, _EXPORT_EXAMPLES)
    parser.add_argument("--format", choices=(*FORMATS, _EDITOR), required=True, help="output format")
    parser.add_argument("--release", default="latest", metavar="R", help="server release (default: latest)")
    _add_dialect(parser)
    parser.add_argument(
        "-o", "--output", metavar="PATH", help="output file (default: standard output); for editor, a folder"
    )
    parser.add_argument("--force", action="store_true", help="for editor: replace existing files")
    _add_collection(parser)
    add_options(parser)


def _add_dialect(parser: argparse.ArgumentParser) -> None:
    text = "dialect of JSON Schema (default: 2020-12; for editors draft-07)"
    parser.add_argument("--dialect", choices=tuple(DIALECTS), help=text)


def _add_collection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--collection", metavar="NAME", help="with a contract: the collection of the events")


def run_list(options: argparse.Namespace) -> int:
    """Print the list of documents."""
    contract = contract_of(options, config_of(options))
    rows: list[dict[str, Any]] = [row._asdict() for row in listed()]
    rows += _of_contract(contract) if contract is not None else []
    if options.format == "json":
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return exits.CLEAN
    table = [{column: column.upper() for column in _COLUMNS}, *rows]
    widths = {column: max(len(printable(str(row[column]))) for row in table) for column in _COLUMNS}
    for row in table:
        print("  ".join(printable(str(row[column])).ljust(widths[column]) for column in _COLUMNS).rstrip())
    return exits.CLEAN


def _of_contract(contract: Contract) -> list[dict[str, Any]]:
    """The documents of a contract, in the order of their names and versions."""
    scopes = {source.identifier: scope for source, scope in contract.used}
    sources = sorted(contract.documents.sources, key=lambda source: (source.name, source.version))
    return [
        {
            "kind": "contract",
            "name": source.name,
            "version": str(source.version),
            "id": source.identifier,
            "title": source.schema.get("title", ""),
            "description": source.schema.get("description", ""),
            "path": source.document.path,
            "events": list(scopes[source.identifier].events) if source.identifier in scopes else [],
            "collections": list(scopes[source.identifier].collections) if source.identifier in scopes else [],
        }
        for source in sources
    ]


def run_show(options: argparse.Namespace) -> int:
    """Print one document."""
    contract = contract_of(options, config_of(options))
    _print(json.dumps(_shown(options, contract), indent=2, ensure_ascii=False) + "\n")
    return exits.CLEAN


def _shown(options: argparse.Namespace, contract: Contract | None) -> dict[str, Any]:
    """The document to print."""
    dialect = options.dialect or next(iter(DIALECTS))
    for source in contract.documents.sources if contract is not None else ():
        names = (source.identifier, source.name)
        if options.type in names and (options.version or str(source.version)) == str(source.version):
            return _document(options, contract, source, dialect)
    row = find(options.type, options.version)
    if contract is None or not options.bundle or row.kind != "event":
        return schema_of(row, bundled=options.bundle, dialect=dialect)
    return DIALECTS[dialect](of_event(Exported(release(), contract, options.collection), row.name))


def _document(options: argparse.Namespace, contract: Contract | None, source: Source, dialect: str) -> dict[str, Any]:
    """A document of a contract."""
    assert contract is not None  # noqa: S101 - the document is from it
    if options.version is None:  # an $id without its version means the newest
        same = [one for one in contract.documents.sources if one.name == source.name]
        is_exact = options.type == source.identifier
        source = source if is_exact else max(same, key=lambda one: one.version)
    value: dict[str, Any] = source.document.value
    if not options.bundle:
        return DIALECTS[dialect](value)
    from eventlint.exports.contract_schemas import bundle_of

    return DIALECTS[dialect](bundle_of(contract.documents, source))


def run_export(options: argparse.Namespace) -> int:
    """Export all events of a release."""
    if options.dialect and not options.format.startswith("json-schema") and options.format != _EDITOR:
        raise UsageError(f"--dialect applies to JSON Schema only; {options.format} has no dialect")
    config = config_of(options)
    contract = contract_of(options, config)
    if options.collection is not None and contract is None:
        raise UsageError("--collection needs a contract: without one, all collections are the same")
    if options.format == _EDITOR:
        return _write_editor(options, contract)
    dialect = options.dialect or next(iter(DIALECTS))
    text = export(options.format, release(options.release), dialect, contract=contract, collection=options.collection)
    if options.output in (None, "-"):
        _print(text)
    else:
        write_atomically(options.output, text.encode())
    return exits.CLEAN


def _write_editor(options: argparse.Namespace, contract: Contract | None) -> int:
    """Write the schemas for editors to a folder."""
    if options.output in (None, "-"):
        raise UsageError("--format editor requires a folder: -o DIR")
    from eventlint.exports.editor import files

    exported = Exported(release(options.release), contract, options.collection)
    folder = options.output.replace(os.sep, "/").rstrip("/")
    found = files(exported, options.dialect or "draft-07", folder)
    write_files(options.output, {name: text.encode() for name, text in found.items()}, force=options.force)
    print(f"wrote {len(found)} files to {printable(options.output)}", file=sys.stderr)
    return exits.CLEAN


def _print(text: str) -> None:
    """Write to standard output as UTF-8, regardless of the terminal's encoding: a program may read it."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(text)
