"""``eventlint generate``: generated events on disk, the same for the same seed; it must not know how they are drawn."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from eventlint.cli import exits
from eventlint.cli.baseline import write_whole
from eventlint.cli.screen import Formatter
from eventlint.contract import event_types
from eventlint.errors import UsageError

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_EXAMPLES = """\
examples:
  eventlint generate search -n 100 --seed 1 > search.ndjson
  eventlint generate search_click --rule missing-field -n 5 --format files -o fixtures
  eventlint generate page_view --lossy -n 10 --format console
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "generate", help=summary, description=summary, epilog=_EXAMPLES, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    parser.add_argument("type", choices=event_types(), metavar="TYPE", help=", ".join(event_types()))
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--valid", action="store_true", help="events that nothing is found in (the default)")
    what.add_argument("--odd", action="store_true", help="payloads that are accepted, as odd as the server takes them")
    what.add_argument("--invalid", action="store_true", help="events that the server refuses")
    what.add_argument("--lossy", action="store_true", help="events that are accepted, and then lost or changed")
    what.add_argument("--rule", metavar="RULE", help="events that break this rule, and no other of its tier")
    parser.add_argument("-n", "--number", type=int, default=10, metavar="N", help="how many (10)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="the same seed gives the same events (0)")
    parser.add_argument(
        "--format", choices=("ndjson", "files", "console"), default="ndjson", help="how they are written"
    )
    parser.add_argument("-o", "--output", metavar="DIR", help="the folder; needed for files")
    parser.add_argument("--collection", default="my_collection", metavar="NAME", help="where requests go to")
    parser.add_argument("--force", action="store_true", help="replace files that are there")


def run(options: argparse.Namespace) -> int:
    """Write generated events.

    Raises:
        UsageError: The options do not go together, a file is there already, or Hypothesis is missing.
        InputError: A file cannot be written.
    """
    if options.number < 1:
        raise UsageError("-n must be at least 1")
    if options.format == "files" and not options.output:
        raise UsageError("--format files needs a folder: -o DIR")
    events = [_bytes(event) for event in _drawn(_strategy(options), options.number, options.seed)]
    if options.format == "files":
        files = {
            f"{options.type}/{number:0{len(str(len(events)))}}.json": event for number, event in enumerate(events, 1)
        }
    elif options.format == "console":
        line = f"POST _application/analytics/{options.collection}/event/{options.type}\n".encode()
        files = {f"{options.type}.http": b"\n".join(line + event + b"\n" for event in events)}
    else:
        _refuse_lines(events)
        files = {f"{options.type}.ndjson": b"".join(event + b"\n" for event in events)}
    if options.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(b"".join(files.values()))
        sys.stdout.flush()
    else:
        _write(files, options.output, force=options.force)
    return exits.CLEAN


def _strategy(options: argparse.Namespace) -> SearchStrategy[Any]:
    from eventlint import strategies

    if options.rule:
        for function in ("invalid_events", "lossy_events", "invalid_payloads", "lossy_payloads"):
            if function in strategies.PRODUCERS.get(options.rule, ()) and not _is_unsendable(options.rule):
                found: SearchStrategy[Any] = getattr(strategies, function)(options.type, options.rule)
                return found
        known = ", ".join(rule for rule in strategies.PRODUCERS if not _is_unsendable(rule))
        raise UsageError(f"no event can be generated for {options.rule!r}; the rules are {known}")
    if options.invalid:
        return strategies.invalid_payloads(options.type)
    if options.lossy:
        return strategies.lossy_payloads(options.type)
    if options.odd:
        return strategies.payloads(options.type)
    return strategies.events(options.type)


def _is_unsendable(rule: str) -> bool:
    return rule in ("unserializable-value", "unencodable-text")


def _drawn(strategy: SearchStrategy[Any], number: int, start: int) -> list[Any]:
    """So many draws, the same for the same seed."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    drawn: list[Any] = []
    round_ = 0
    while len(drawn) < number:

        @seed(start * 1_000_003 + round_)
        @settings(
            max_examples=number - len(drawn) + 1,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
        )
        @given(strategy)
        def collect(value: Any) -> None:
            drawn.append(value)

        collect()
        round_ += 1
    # The first draw of a round is the simplest one; it stands there once.
    return drawn[:number]


def _bytes(drawn: Any) -> bytes:
    event = getattr(drawn, "event", drawn)
    if isinstance(event, bytes):
        return event
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _refuse_lines(events: list[bytes]) -> None:
    if any(b"\n" in event or b"\r" in event for event in events):
        raise UsageError("some of these payloads hold line ends, which NDJSON cannot; use --format files")


def _write(files: dict[str, bytes], folder: str, *, force: bool) -> None:
    there = [name for name in files if os.path.exists(os.path.join(folder, name))]
    if there and not force:
        raise UsageError(f"{os.path.join(folder, there[0])} is there already; --force replaces it")
    for name, content in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_whole(path, content)
    print(f"wrote {len(files)} file{'' if len(files) == 1 else 's'} to {folder}", file=sys.stderr)
