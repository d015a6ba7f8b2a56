"""``eventlint generate``: generated events as test fixtures."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.cli.folder_writer import write_files
from eventlint.errors import UsageError
from eventlint.escaping import printable
from eventlint.job_settings import own_rules
from eventlint.model import Request, header_pairs
from eventlint.rules import RULES
from eventlint.selection import nearest
from eventlint.spec import event_types

if TYPE_CHECKING:
    from eventlint.contract import Contract

_RULES = tuple(rule.name for rule in RULES if rule.tier in ("error", "loss"))
_KINDS = ("edge_cases", "invalid", "lossy")
_FORMATS = ("ndjson", "files", "console")
_TRIES = 1000
"""After this many examples in a row that the format cannot hold, the command gives up."""

_EXAMPLES = """\
examples:
  eventlint generate search -n 100 --seed 7 > search.ndjson
  eventlint generate search_click --format files -n 20 -o fixtures/search_click
  eventlint generate page_view --rule blank-id --format files -o fixtures/invalid
  eventlint generate search --lossy --format console
  eventlint generate search --contract contracts --rule unknown-filter
  eventlint generate search --contract contracts --collection shop-de --rule shop-application

Valid events also conform to the custom contract that the configuration or --contract names. The same seed gives the
same events, as long as the versions of eventlint and Hypothesis stay the same.

exit codes:
  0 written, 2 usage error, 4 a file exists or cannot be written
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "generate", summary, run, _EXAMPLES)
    parser.add_argument("event_type", metavar="TYPE", choices=event_types(), help=f"one of {', '.join(event_types())}")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--valid", action="store_true", help="events without findings (default)")
    kind.add_argument(
        "--rule", metavar="RULE", help="events that violate this rule of the tiers error, loss or contract"
    )
    kind.add_argument(
        "--edge-cases", action="store_true", help="payloads that the server accepts, including edge cases"
    )
    kind.add_argument("--invalid", action="store_true", help="events that the server rejects")
    kind.add_argument("--lossy", action="store_true", help="events that the server accepts and then drops or changes")
    parser.add_argument("-n", "--count", type=int, default=10, metavar="N", help="number of events (default: 10)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="seed for the generator (default: 0)")
    parser.add_argument("--release", default="latest", metavar="R", help="server release, for --rule (default: latest)")
    parser.add_argument(
        "--format",
        choices=_FORMATS,
        default="ndjson",
        help="one event per line, one file per event, or dev-console requests (default: ndjson)",
    )
    parser.add_argument("-o", "--output", metavar="DIR", help="folder to write to (default: standard output)")
    parser.add_argument(
        "--collection", metavar="NAME", help="the collection of the events: a contract may have rules for some only"
    )
    add_options(parser)
    parser.add_argument("--force", action="store_true", help="replace existing files")


class _Generated(NamedTuple):
    """A generated event; with its request or its file name if the rule is about one of these."""

    body: bytes
    request: Request | None = None
    name: str | None = None


def run(options: argparse.Namespace) -> int:
    """Write the events."""
    if options.count < 0:
        raise UsageError("-n: must not be negative")
    if options.format == "files" and options.output is None:
        raise UsageError("--format files requires a folder: -o DIR")
    with _without_cache():
        return _write(options)


@contextlib.contextmanager
def _without_cache() -> Iterator[None]:
    """Keep Hypothesis from leaving a folder ``.hypothesis`` in the current folder."""
    from hypothesis.configuration import set_hypothesis_home_dir

    import eventlint.strategies  # noqa: F401 - to say what is missing

    set_hypothesis_home_dir(os.path.join(os.devnull, "hypothesis"))
    try:
        yield
    finally:
        set_hypothesis_home_dir(None)


def _write(options: argparse.Namespace) -> int:
    if options.output is None:
        for event in _generate(options):
            sys.stdout.buffer.write(_WRITERS[options.format](event, options))
        sys.stdout.flush()
        return exits.CLEAN
    files = _files(options)
    write_files(options.output, files, force=options.force)
    print(f"wrote {len(files)} file{'' if len(files) == 1 else 's'} to {printable(options.output)}", file=sys.stderr)
    return exits.CLEAN


# ---- events ---------------------------------------------------------------------------------------------------------


def _generate(options: argparse.Namespace) -> Iterator[_Generated]:
    """The requested number of events that the format can hold."""
    config = config_of(options)
    strategy, fits = _strategy(options, contract_of(options, config))
    from eventlint.strategies import drawn

    values = drawn(strategy, options.seed)
    for _ in range(options.count):
        event = next(filter(fits, map(_generated, islice(values, _TRIES))), None)
        if event is None:
            raise UsageError(f"--rule {options.rule}: the format {options.format} cannot hold such events")
        yield event


def _generated(drawn: Any) -> _Generated:
    value = getattr(drawn, "event", drawn)
    if isinstance(value, Request):
        return _Generated(value.body, request=value)
    if isinstance(value, tuple):
        name, body = value
        return _Generated(body, name=name)
    return _Generated(value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode())


def _strategy(options: argparse.Namespace, contract: Contract | None) -> tuple[Any, Callable[[_Generated], bool]]:
    """The strategy to draw from, and whether the format can hold an event."""
    from eventlint import strategies as of

    event_type, rule, release = options.event_type, options.rule, options.release
    plain = tuple(of.EDGE_CASES)
    by_contract: dict[str, Any] = {"contract": contract, "collection": options.collection, "release": release}
    on_one_line = _is_any if options.format == "files" else _is_on_one_line
    if options.edge_cases:
        return of.payloads(event_type, **by_contract), on_one_line
    if options.invalid:
        return of.invalid_payloads(event_type, release=release, without=plain), on_one_line
    if options.lossy:
        return of.lossy_payloads(event_type, release=release, without=plain), on_one_line
    if rule is None:
        return of.payloads(event_type, without=plain, **by_contract), on_one_line
    if contract is not None and rule in own_rules(contract):
        return of.violating_events(event_type, rule, **by_contract), on_one_line
    if rule not in _RULES:
        hint = nearest(rule, own_rules(contract))
        raise UsageError(f"--rule {rule}: not a rule of the tiers error, loss or contract{hint}")
    producers = of.PRODUCERS.get(rule, ())
    if "invalid_payloads" in producers and "invalid_requests" not in producers:
        return of.invalid_payloads(event_type, rule, release=release, without=plain), on_one_line
    if "lossy_payloads" in producers:
        return of.lossy_payloads(event_type, rule, release=release, without=plain), on_one_line
    if "invalid_requests" in producers:
        if options.format != "console":
            raise UsageError(f"--rule {rule}: the rule is about requests; use --format console")
        return of.invalid_requests(event_type, rule, release=release), _goes_into_console
    if "files_without_event_type" in producers:
        if options.format != "files":
            raise UsageError(f"--rule {rule}: the rule is about file names; use --format files")
        return of.files_without_event_type(event_type, release=release), _is_any
    if not producers:
        raise UsageError(f"--rule {rule}: events for this rule cannot be generated")
    raise UsageError(f"--rule {rule}: no file can hold such events; generate them in Python with eventlint.strategies")


def _is_any(event: _Generated) -> bool:
    return True


def _is_on_one_line(event: _Generated) -> bool:
    return b"\n" not in event.body and b"\r" not in event.body and bool(event.body.strip())


def _goes_into_console(event: _Generated) -> bool:
    """Whether a dev-console file can hold the request."""
    assert event.request is not None  # noqa: S101 - the strategy draws requests
    request = event.request
    return (
        "/event/" in request.uri
        and request.uri.startswith("/_application/analytics/")
        and "content-type" in {name.lower() for name, _ in header_pairs(request.headers)}
        and all(value.strip() == value and value for _, value in header_pairs(request.headers))
    )


# ---- output formats -------------------------------------------------------------------------------------------------


def _ndjson(event: _Generated, options: argparse.Namespace) -> bytes:
    return event.body + b"\n"


def _console(event: _Generated, options: argparse.Namespace) -> bytes:
    request = event.request
    if request is None:
        collection = quote(options.collection or "my_collection", safe="")
        line = f"POST /_application/analytics/{collection}/event/{options.event_type}\n"
        return line.encode() + event.body + b"\n\n"
    headers = "".join(f"{name}: {value}\n" for name, value in header_pairs(request.headers))
    gap = "\n" if headers else ""
    return f"{request.method} {request.uri}\n{headers}{gap}".encode() + request.body + b"\n\n"


_WRITERS: dict[str, Callable[[_Generated, argparse.Namespace], bytes]] = {"ndjson": _ndjson, "console": _console}
_SUFFIXES = {"ndjson": ".ndjson", "console": ".http"}


def _files(options: argparse.Namespace) -> dict[str, bytes]:
    """The contents of each file, by name."""
    what = options.rule or next((kind for kind in _KINDS if getattr(options, kind)), "valid")
    stem = f"{options.event_type}.{what.replace('_', '-')}"
    if options.format != "files":
        write = _WRITERS[options.format]
        return {stem + _SUFFIXES[options.format]: b"".join(write(event, options) for event in _generate(options))}
    digits = len(str(options.count))
    found: dict[str, bytes] = {}
    for number, event in enumerate(_generate(options), 1):
        name = f"{number:0{digits}d}-{event.name}" if event.name else f"{stem}.{number:0{digits}d}.json"
        found[name] = event.body
    return found
