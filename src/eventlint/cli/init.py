"""``eventlint init``: a configuration for the repository in the current folder."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command
from eventlint.config import is_inside
from eventlint.errors import InputError, UsageError
from eventlint.inputs.discovery import discover
from eventlint.inputs.envelope import Envelope
from eventlint.inputs.files import records
from eventlint.inputs.type_from_path import type_of
from eventlint.output.files import write_atomically
from eventlint.rules import rule_of_kind
from eventlint.shortcuts import check
from eventlint.spec import catalog, event, event_types

NAME = "eventlint.toml"
_EVENTS_TO_READ = 20
_MAX_BYTES = 50_000_000


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "init", summary, run)
    parser.add_argument("--force", action="store_true", help=f"replace an existing {NAME}")
    parser.add_argument("--stdout", action="store_true", help="print the configuration instead of writing it")


def run(options: argparse.Namespace) -> int:
    """Write a configuration."""
    if os.path.lexists(NAME) and not (options.force or options.stdout):
        raise UsageError(f"{NAME} already exists; use --force to replace it")
    if not (options.stdout or is_inside(NAME, os.curdir)):
        raise InputError(f"{NAME}: a link leads out of the folder; remove it")
    found = dict(sorted(_found()))
    text = _configuration(found)
    if options.stdout:
        sys.stdout.write(text)
        return exits.CLEAN
    write_atomically(NAME, text.encode())
    print(f"wrote {NAME} for {len(found)} files with events; next, run: eventlint check")
    return exits.CLEAN


def _found() -> Iterator[tuple[str, str | None]]:
    """The files with events, each with the type to configure; None if the file name gives the type."""
    for path in discover(["."], lambda _: False, lambda _path, _reason: None):
        try:
            if os.path.getsize(path) > _MAX_BYTES and not path.endswith((".ndjson", ".jsonl")):
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
    """The types of the first events in a file; None for those whose type the file or its name gives."""
    for number, record in enumerate(records(path, None, Envelope())):
        if number >= _EVENTS_TO_READ:
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
    """The most likely type of an event; None if it does not look like an event."""
    unknown_field, wrong_type, missing_field = (
        rule_of_kind(kind).name for kind in ("unknown-field", "wrong-type", "missing")
    )
    names = {
        finding.pointer.split("/")[1]
        for finding in check(body, event_types()[0]).findings
        if finding.rule == unknown_field and finding.pointer.count("/") == 1
    }
    fits: list[tuple[int, int, str]] = []
    for number, kind in enumerate(event_types()):
        report = check(body, kind)
        wrong = [finding for finding in report.findings if finding.tier == "error"]
        if any(finding.fatal or (finding.rule == wrong_type and not finding.pointer) for finding in wrong):
            return None
        missing = sum(finding.rule == missing_field and not finding.pointer for finding in wrong)
        unknown = sum(finding.rule == unknown_field and finding.pointer.count("/") == 1 for finding in wrong)
        if report.ok or (missing + unknown <= 1 and len(event(kind).required) - missing >= 2):
            fits.append((len(wrong), number, kind))
    return min(fits)[2] if fits and len(names) <= len(event_types()) else None


def _configuration(found: dict[str, str | None]) -> str:
    folders = sorted({path.replace(os.sep, "/").rpartition("/")[0] or "." for path in found})
    include = _covering(folders)
    lines = [
        "# Configuration of eventlint. Paths are relative to this file.",
        "",
        "# Files, folders and globs to check if the command line names none.",
        f"include = [{', '.join(_quoted(one) for one in include)}]",
        "",
        "# Files and folders to leave out, as .gitignore patterns.",
        "exclude = []",
        "",
        "# The releases of your servers (default: the newest).",
        f"# release = [{_quoted(catalog().eras[-1].releases[-1])}]",
        "",
        "# The collections that exist; a request to any other is an error (default: every legal name is allowed).",
        "# collections = []",
        "",
        "# Skip events whose type cannot be determined, so that other JSON files are not reported.",
        "skip-unknown = true",
        "",
        "# The tiers that make the run fail. Add lint to make it fail for suspicious values too.",
        'fail-on = ["error", "contract", "loss"]',
        "",
        "# Event types of files whose name or folder does not give the type; the first match wins.",
        "[events]",
    ]
    patterns = _patterns(found)
    lines += [f"{_quoted(pattern)} = {_quoted(kind)}" for pattern, kind in patterns]
    if not patterns:
        lines.append('# "fixtures/clicks/*.json" = "search_click"')
    return "\n".join(lines) + "\n"


def _covering(folders: list[str]) -> list[str]:
    """The folders that are not inside another one; TOML cannot hold a name that is not UTF-8."""
    if not folders or "." in folders or any(map(_has_other_bytes, folders)):
        return ["."]
    return [one for one in folders if not any(one.startswith(other + "/") for other in folders)]


def _has_other_bytes(name: str) -> bool:
    """Whether a name contains bytes that are not UTF-8; Python represents them by surrogates."""
    return any("\ud800" <= character <= "\udfff" for character in name)


def _patterns(found: dict[str, str | None]) -> list[tuple[str, str]]:
    """One pattern for each folder and suffix whose files have the same type; otherwise one for each file."""
    groups: dict[tuple[str, str], dict[str, str]] = {}
    for path, kind in found.items():
        if kind is not None:
            folder, _, name = path.replace(os.sep, "/").rpartition("/")
            groups.setdefault((folder, os.path.splitext(name)[1]), {})[name] = kind
    patterns: list[tuple[str, str]] = []
    for (folder, suffix), kinds in sorted(groups.items()):
        if len(set(kinds.values())) == 1 and len(kinds) > 1:
            patterns.append((f"{_escaped(folder)}/*{_escaped(suffix)}", next(iter(kinds.values()))))
        else:
            patterns += [(f"{_escaped(folder)}/{_escaped(name)}", kind) for name, kind in sorted(kinds.items())]
    distinct: dict[str, str] = {}
    for pattern, kind in patterns:
        distinct.setdefault("\\" + pattern if pattern.startswith(("#", "!")) else pattern, kind)
    return list(distinct.items())


def _escaped(name: str) -> str:
    """A name as a pattern; ``?`` replaces backslashes and what a pattern or a TOML file cannot hold."""
    shown = "".join("?" if _has_other_bytes(one) or one in "\n\r\\" else one for one in name)
    escapes = {"*": "[*]", "?": "\\?", "[": "\\[", "]": "\\]"}
    return "".join(escapes.get(one, one) if one == name[at] else one for at, one in enumerate(shown))


def _quoted(text: str) -> str:
    """A string in TOML; characters that a terminal does not print are escaped."""
    import json

    shown = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in shown)
