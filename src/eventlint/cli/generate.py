"""``eventlint generate``: a seed in, fixtures out; it must not know how events are drawn."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from eventlint.baseline import write_whole
from eventlint.cli import exit_codes as exits
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.cli.terminal import Formatter
from eventlint.config import Config, load
from eventlint.errors import InputError, UsageError
from eventlint.model import Request
from eventlint.rules import RULES
from eventlint.selection import nearest
from eventlint.spec import event_types

if TYPE_CHECKING:
    from eventlint.contract import Contract

_RULES = tuple(rule.name for rule in RULES if rule.tier in ("error", "loss"))
_FORMATS = ("ndjson", "files", "console")
_TRIES = 1000
"""How many draws in a row may not fit into the format."""

_EXAMPLES = """\
examples:
  eventlint generate search -n 100 --seed 7 > search.ndjson
  eventlint generate search_click --format files -n 20 -o fixtures/search_click
  eventlint generate page_view --rule blank-id --format files -o fixtures/broken
  eventlint generate search --lossy --format console
  eventlint generate search --contract contracts --rule unknown-filter

Good events fit your own contract besides, which the configuration or --contract names. The same seed gives the same
events, with the same version of eventlint and of Hypothesis.

exit codes:
  0 written, 2 usage, 4 a file is there already, or cannot be written
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "generate", help=summary, description=summary, epilog=_EXAMPLES, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    parser.add_argument("event_type", metavar="TYPE", choices=event_types(), help=f"one of {', '.join(event_types())}")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--valid", action="store_true", help="events without a finding; this is what holds")
    kind.add_argument("--rule", metavar="RULE", help="events that break this rule of error, loss or your own contract")
    kind.add_argument("--edge-cases", action="store_true", help="payloads that the server takes, however odd they look")
    kind.add_argument("--invalid", action="store_true", help="events that the server refuses")
    kind.add_argument("--lossy", action="store_true", help="events that the server takes, and then loses or changes")
    parser.add_argument("-n", "--count", type=int, default=10, metavar="N", help="how many (default 10)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="what the events depend on (default 0)")
    parser.add_argument("--release", default="latest", metavar="R", help="the server's release, for --rule")
    parser.add_argument(
        "--format", choices=_FORMATS, default="ndjson", help="one event a line, a file each, or requests"
    )
    parser.add_argument("-o", "--output", metavar="DIR", help="the folder for files; else to standard output")
    add_options(parser)
    parser.add_argument("--force", action="store_true", help="write over files that are there already")


class _Made(NamedTuple):
    """What is written of one event.

    Attributes:
        body: The payload.
        request: The request around it, when that is what is wrong.
        name: The file's name, when that is what is wrong.
    """

    body: bytes
    request: Request | None = None
    name: str | None = None


def run(options: argparse.Namespace) -> int:
    """Write the events.

    Raises:
        UsageError: The options do not go together, or Hypothesis is not installed.
        InputError: A file is there already, or cannot be written.
    """
    if options.count < 0:
        raise UsageError("-n: it must not be negative")
    if options.format == "files" and options.output is None:
        raise UsageError("--format files needs a folder: -o DIR")
    if options.output is None:
        for made in _made(options):
            sys.stdout.buffer.write(_WRITERS[options.format](made, options))
        sys.stdout.flush()
        return exits.CLEAN
    files = _files(options)
    _write(options.output, files, force=options.force)
    print(f"wrote {len(files)} file{'' if len(files) == 1 else 's'} to {options.output}", file=sys.stderr)
    return exits.CLEAN


# ---- what is drawn --------------------------------------------------------------------------------------------------


def _made(options: argparse.Namespace) -> Iterator[_Made]:
    """As many events as are wanted, of those that the format can hold."""
    config = Config() if options.isolated else load(options.config)
    strategy, fits = _strategy(options, contract_of(options, config))
    from eventlint.strategies import drawn

    values = drawn(strategy, options.seed)
    for _ in range(options.count):
        made = next((made for made in map(_as_made, islice(values, _TRIES)) if fits(made)), None)
        if made is None:
            raise UsageError(f"--rule {options.rule}: no such event goes into the format {options.format}")
        yield made


def _as_made(value: Any) -> _Made:
    event = getattr(value, "event", value)
    if isinstance(event, Request):
        return _Made(event.body, request=event)
    if isinstance(event, tuple):
        name, body = event
        return _Made(body, name=name)
    return _Made(event if isinstance(event, bytes) else json.dumps(event, ensure_ascii=False).encode())


def _strategy(options: argparse.Namespace, contract: Contract | None) -> tuple[Any, Callable[[_Made], bool]]:
    """What to draw from, and what the format can hold."""
    from eventlint import strategies as of

    event_type, rule, release = options.event_type, options.rule, options.release
    plain = tuple(of.EDGE_CASES)
    on_one_line = _is_any if options.format == "files" else _is_on_one_line
    if options.edge_cases:
        return of.payloads(event_type, contract=contract, release=release), on_one_line
    if options.invalid:
        return of.invalid_payloads(event_type, release=release, without=plain), on_one_line
    if options.lossy:
        return of.lossy_payloads(event_type, release=release, without=plain), on_one_line
    if rule is None:
        return of.payloads(event_type, without=plain, contract=contract, release=release), on_one_line
    if contract is not None and rule in contract.names:
        return of.violating_events(event_type, rule, contract=contract, release=release), on_one_line
    if rule not in _RULES:
        own = contract.names if contract is not None else ()
        raise UsageError(f"no events break {rule!r}: it is no rule of error, loss or a contract{nearest(rule, own)}")
    producers = of.PRODUCERS.get(rule, ())
    if "invalid_payloads" in producers and "invalid_requests" not in producers:
        return of.invalid_payloads(event_type, rule, release=release, without=plain), on_one_line
    if "lossy_payloads" in producers:
        return of.lossy_payloads(event_type, rule, release=release, without=plain), on_one_line
    if "invalid_requests" in producers:
        if options.format != "console":
            raise UsageError(f"--rule {rule}: it is about a request, so it needs --format console")
        return of.invalid_requests(event_type, rule, release=release), _goes_into_console
    if "files_without_event_type" in producers:
        if options.format != "files":
            raise UsageError(f"--rule {rule}: it is about a file's name, so it needs --format files")
        return of.files_without_event_type(event_type, release=release), _is_any
    raise UsageError(f"--rule {rule}: no file can hold it; eventlint.strategies draws such events in Python")


def _is_any(made: _Made) -> bool:
    return True


def _is_on_one_line(made: _Made) -> bool:
    return b"\n" not in made.body and b"\r" not in made.body and bool(made.body.strip())


def _goes_into_console(made: _Made) -> bool:
    """Whether a reader of consoles finds the request again."""
    assert made.request is not None  # noqa: S101 - it is what was drawn
    request = made.request
    return (
        "/event/" in request.uri
        and request.uri.startswith("/_application/analytics/")
        and "content-type" in {name.lower() for name in request.headers}
        and all(value.strip() == value and value for value in request.headers.values())
    )


# ---- how it is written ----------------------------------------------------------------------------------------------


def _ndjson(made: _Made, options: argparse.Namespace) -> bytes:
    return made.body + b"\n"


def _console(made: _Made, options: argparse.Namespace) -> bytes:
    request = made.request
    if request is None:
        line = f"POST /_application/analytics/my_collection/event/{options.event_type}\n"
        return line.encode() + made.body + b"\n\n"
    headers = "".join(f"{name}: {value}\n" for name, value in request.headers.items())
    gap = "\n" if headers else ""
    return f"{request.method} {request.uri}\n{headers}{gap}".encode() + request.body + b"\n\n"


_WRITERS: dict[str, Callable[[_Made, argparse.Namespace], bytes]] = {"ndjson": _ndjson, "console": _console}
_SUFFIXES = {"ndjson": ".ndjson", "console": ".http"}


def _files(options: argparse.Namespace) -> dict[str, bytes]:
    """Each file's name, and what is in it."""
    what = options.rule or next(
        (name for name in ("edge_cases", "invalid", "lossy") if getattr(options, name)), "valid"
    )
    stem = f"{options.event_type}.{what}"
    if options.format != "files":
        write = _WRITERS[options.format]
        return {stem + _SUFFIXES[options.format]: b"".join(write(made, options) for made in _made(options))}
    digits = len(str(options.count))
    found: dict[str, bytes] = {}
    for number, made in enumerate(_made(options), 1):
        name = f"{number:0{digits}d}-{made.name}" if made.name else f"{stem}.{number:0{digits}d}.json"
        found[name] = made.body
    return found


def _write(folder: str, files: dict[str, bytes], *, force: bool) -> None:
    """Write files, each in one step.

    Raises:
        InputError: One is there already, or cannot be written.
    """
    paths = {os.path.join(folder, name): content for name, content in files.items()}
    there = next((path for path in paths if not force and os.path.lexists(path)), None)
    if there is not None:
        raise InputError(f"{there}: is there already (--force writes over it)")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made: {error.strerror or error}") from error
    for path, content in paths.items():
        write_whole(path, content)
