"""``eventlint init``: a first configuration for the repository that it is run in; it must not know what settings do."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

from eventlint.checker import check
from eventlint.cli import exit_codes as exits
from eventlint.cli.terminal import Formatter
from eventlint.errors import InputError, UsageError
from eventlint.inputs.file_formats import Envelope
from eventlint.inputs.files import discover, records
from eventlint.inputs.type_from_path import type_of
from eventlint.output.files import write_atomically
from eventlint.spec import event, event_types

NAME = "eventlint.toml"
_LOOK_AT = 20
_MOST_BYTES = 50_000_000


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "init", help=summary, description=summary, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    parser.add_argument("--force", action="store_true", help=f"replace {NAME} when it is there")
    parser.add_argument("--stdout", action="store_true", help="print it, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Write a first configuration.

    Raises:
        UsageError: There is one already.
        InputError: It cannot be written.
    """
    if os.path.exists(NAME) and not (options.force or options.stdout):
        raise UsageError(f"{NAME} is there already; --force replaces it")
    found = dict(sorted(_found()))
    text = _configuration(found)
    if options.stdout:
        sys.stdout.write(text)
        return exits.CLEAN
    write_atomically(NAME, text.encode())
    print(f"wrote {NAME}: {len(found)} files with events were found; now run: eventlint check")
    return exits.CLEAN


def _found() -> Iterator[tuple[str, str | None]]:
    """The files that hold events, and the type that must be told; None where the name tells it."""
    for path in discover(["."], lambda _: False, lambda _: None):
        try:
            if os.path.getsize(path) > _MOST_BYTES and not path.endswith((".ndjson", ".jsonl")):
                continue
            found = list(_first(path))
        except (InputError, OSError):
            continue
        if not found:
            continue
        if any(found) and type_of(path) is None:
            yield path, max(set(filter(None, found)), key=found.count)
        else:
            yield path, None


def _first(path: str) -> Iterator[str | None]:
    """The types of the first events of a file; None where the file itself, or its name, tells it."""
    for number, record in enumerate(records(path, None, Envelope(), _no_stdin)):
        if number >= _LOOK_AT:
            return
        if record.request is not None or record.event_type is not None:
            yield None
            continue
        known = type_of(path)
        guess = known or _guess(record.body)
        if guess is None or (known is not None and not _guess(record.body)):
            return
        yield None if known else guess


def _guess(body: bytes) -> str | None:
    """The type that an event looks like; None when it looks like none."""
    names = {
        finding.pointer.split("/")[1]
        for finding in check(body, event_types()[0]).findings
        if finding.rule == "unknown-field" and finding.pointer.count("/") == 1
    }
    fits: list[tuple[int, int, str]] = []
    for number, kind in enumerate(event_types()):
        report = check(body, kind)
        wrong = [finding for finding in report.findings if finding.tier == "error"]
        if any(finding.fatal or (finding.rule == "wrong-type" and not finding.pointer) for finding in wrong):
            return None
        missing = sum(finding.rule == "missing-field" and not finding.pointer for finding in wrong)
        unknown = sum(finding.rule == "unknown-field" and finding.pointer.count("/") == 1 for finding in wrong)
        if report.ok or (missing + unknown <= 1 and len(event(kind).required) - missing >= 2):
            fits.append((len(wrong), number, kind))
    return min(fits)[2] if fits and len(names) <= len(event_types()) else None


def _no_stdin() -> BinaryIO:
    raise InputError("standard input is not looked at")


def _configuration(found: dict[str, str | None]) -> str:
    folders = sorted({path.replace(os.sep, "/").rpartition("/")[0] or "." for path in found})
    include = _covering(folders)
    lines = [
        "# The configuration of eventlint. Paths are relative to this file.",
        "",
        "# The files, folders and globs that are checked when none are named on the command line.",
        f"include = [{', '.join(_quoted(one) for one in include)}]",
        "",
        "# Files and folders to leave out, as in a .gitignore.",
        "exclude = []",
        "",
        "# The release of your server, such as 9.1; several are compared. Without it, the newest that eventlint knows.",
        "# release = []",
        "",
        "# The collections that exist; a request to another one is an error. Without it, every legal name is taken.",
        "# collections = []",
        "",
        "# Files whose type nothing tells are passed over, so that other JSON does not disturb.",
        "skip-unknown = true",
        "",
        "# The tiers that fail. Add lint to fail for what looks odd, too.",
        'fail-on = ["error", "contract", "loss"]',
        "",
        "# The type of files whose name or folder does not tell it; the first pattern that fits decides.",
        "[events]",
    ]
    patterns = _patterns(found)
    lines += [f"{_quoted(pattern)} = {_quoted(kind)}" for pattern, kind in patterns]
    if not patterns:
        lines.append('# "fixtures/clicks/*.json" = "search_click"')
    return "\n".join(lines) + "\n"


def _covering(folders: list[str]) -> list[str]:
    """The folders without those that stand in another one of them."""
    if not folders or "." in folders:
        return ["."]
    return [one for one in folders if not any(one.startswith(other + "/") for other in folders)]


def _patterns(found: dict[str, str | None]) -> list[tuple[str, str]]:
    """A pattern for each folder and suffix whose files are all of one type; else one for each file."""
    groups: dict[tuple[str, str], dict[str, str]] = {}
    for path, kind in found.items():
        if kind is not None:
            folder, _, name = path.replace(os.sep, "/").rpartition("/")
            groups.setdefault((folder, os.path.splitext(name)[1]), {})[name] = kind
    patterns: list[tuple[str, str]] = []
    for (folder, suffix), kinds in sorted(groups.items()):
        if len(set(kinds.values())) == 1 and len(kinds) > 1:
            patterns.append((f"{folder}/*{suffix}" if folder else f"/*{suffix}", next(iter(kinds.values()))))
        else:
            patterns += [(f"{folder}/{name}", kind) for name, kind in sorted(kinds.items())]
    return patterns


def _quoted(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)
