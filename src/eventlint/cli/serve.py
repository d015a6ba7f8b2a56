"""``eventlint serve``: a local endpoint that answers as the server does."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.cli.contract_option import add_options, contract_of
from eventlint.cli.terminal import use_color
from eventlint.cli.termination import Terminated
from eventlint.config import Config, refuse_endless
from eventlint.errors import MissingExtraError, UsageError
from eventlint.job_settings import own_rules

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.serve.received import Received

EXTRA = "serve"
API_KEY_VARIABLE = "EVENTLINT_API_KEY"
_MODULES = ("starlette", "uvicorn", "httpx")
_EXAMPLES = """examples:
  eventlint serve                                  # http://127.0.0.1:9200, the newest release
  eventlint serve --release 8.19 --collection site --record events.ndjson
  eventlint check events.ndjson
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "serve", summary, run, _EXAMPLES)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=9200, help="port; 0 is any free one (default: 9200)")
    parser.add_argument("--release", metavar="R", help="server release (default: latest)")
    parser.add_argument(
        "--collection", action="append", metavar="NAME", help="collection that exists (repeatable; default: all)"
    )
    parser.add_argument("--select", action="append", metavar="RULES", help="check only these rules or tiers")
    parser.add_argument(
        "--ignore", action="append", metavar="RULES", help="do not check these rules or tiers (default: local-url)"
    )
    parser.add_argument(
        "--cors-origin",
        action="append",
        metavar="ORIGIN",
        help="origin of pages that may send and read events; * is all (repeatable; default: on a loopback address, all "
        "may send, and those on this machine may read)",
    )
    parser.add_argument(
        "--allowed-host",
        action="append",
        default=[],
        metavar="NAME",
        help="name of this host under which events may be read (repeatable)",
    )
    parser.add_argument("--tls-cert", metavar="FILE", help="certificate, in PEM format")
    parser.add_argument("--tls-key", metavar="FILE", help="private key, in PEM format")
    parser.add_argument(
        "--api-key", metavar="KEY", help=f"API key that requests must have (default: the variable {API_KEY_VARIABLE})"
    )
    parser.add_argument(
        "--record", metavar="FILE", help="append each event to an NDJSON file, with its payload as it came"
    )
    parser.add_argument("--forward", metavar="URL", help="also send each event to a server, and compare the answers")
    parser.add_argument("--insecure", action="store_true", help="do not verify the certificate of that server")
    parser.add_argument(
        "--log-format", choices=("text", "json"), default="text", help="format of the lines (default: text)"
    )
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="when to use color")
    parser.add_argument("--quiet", "-q", action="store_true", help="print no line for each event")
    parser.add_argument(
        "--max-body", type=_size, metavar="BYTES", help="largest body, such as 5M (default: 100M, as the server)"
    )
    parser.add_argument("--keep", type=int, default=1000, metavar="N", help="events to keep in memory (default: 1000)")
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until a signal ends it."""
    for module in _MODULES:
        if find_spec(module) is None:
            raise MissingExtraError("the command serve", EXTRA)
    if not 0 <= options.port <= 65535:
        raise UsageError(f"--port: must be from 0 to 65535, not {options.port}")
    if (options.tls_cert is None) != (options.tls_key is None):
        raise UsageError("--tls-cert and --tls-key must be used together")
    for path in filter(None, (options.tls_cert, options.tls_key)):
        refuse_endless(path)
    config = config_of(options)
    from eventlint.mirror.content_encoding import MAX_BODY
    from eventlint.serve import running
    from eventlint.serve.access import is_loopback
    from eventlint.serve.endpoint import Endpoint
    from eventlint.serve.forwarding import Forwarder
    from eventlint.serve.recording import Recording

    contract = contract_of(options, config)
    recording = Recording(options.record) if options.record else None
    endpoint = Endpoint(
        release=options.release or next(iter(config.get("release", [])), "latest"),
        collections=options.collection or _collections(config),
        contract=contract,
        select=_selected(options, config, contract),
        cors_origins=options.cors_origin,
        allowed_hosts=[options.host, *options.allowed_host],
        api_key=options.api_key or os.environ.get(API_KEY_VARIABLE) or None,
        max_body=options.max_body or MAX_BODY,
        keep=options.keep,
        recording=recording,
        forwarder=Forwarder(options.forward, verify=not options.insecure) if options.forward else None,
        on_event=None if options.quiet else _printer(options),
        is_local=is_loopback(options.host),
    )
    listening = running.bind(options.host, options.port)
    url = running.url_of(listening, options.host, is_secure=options.tls_cert is not None)
    uvicorn_config = running.config_of(endpoint, options.tls_cert, options.tls_key)
    if not is_loopback(options.host):
        _note(f"warning: everyone who reaches {url} can send events, and read those that arrived")
    try:
        running.run(
            endpoint, listening, uvicorn_config, lambda: _print_start(options, url, endpoint.judge.release.name)
        )
    except (KeyboardInterrupt, Terminated):
        pass  # the usual way to end it
    finally:
        if recording is not None:
            recording.close()
    if recording is not None and recording.error is not None:
        _note(f"error: events could not be recorded: {recording.error}")
        return exits.FAILED
    return exits.CLEAN


def _collections(config: Config) -> list[str] | None:
    """The collections of a configuration that lists them; None if it has none."""
    found = config.get("collections")
    return list(found) if isinstance(found, list) else None


def _selected(options: argparse.Namespace, config: Config, contract: Contract | None) -> list[str]:
    """The names of the rules to check."""
    from eventlint.selection import selection
    from eventlint.serve.endpoint import IGNORED

    ignored = options.ignore or []
    if not options.select and config.get("select") is None:
        ignored = [*ignored, *IGNORED]
    return sorted(selection(options.select or (), ignored, config, own_rules(contract)).on)


def _printer(options: argparse.Namespace) -> Any:
    """A function that prints a line for each event, until nobody reads it."""
    from eventlint.serve.log import TextLines, json_line

    line = json_line if options.log_format == "json" else TextLines(color=use_color(options.color))
    is_open = True

    def show(event: Received) -> None:
        nonlocal is_open
        if not is_open:
            return
        try:
            print(line(event), flush=True)
        except (BrokenPipeError, ValueError):
            is_open = False

    return show


def _print_start(options: argparse.Namespace, url: str, release: str) -> None:
    if options.log_format == "json":
        print(json.dumps({"listening": url, "release": release}), flush=True)
        return
    print(f"Listening on {url} as Elasticsearch {release}. To stop, press Ctrl-C.", flush=True)
    print(f"What arrived: {url}/_eventlint/", flush=True)


def _note(message: str) -> None:
    print(f"eventlint: {message}", file=sys.stderr, flush=True)


def _size(text: str) -> int:
    from eventlint.inputs.size_limit import parse_size

    try:
        return parse_size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
