"""``eventlint verify``: compares a real server with the mirror."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command
from eventlint.cli.serve import API_KEY_VARIABLE, EXTRA
from eventlint.config import refuse_endless
from eventlint.errors import InputError, MissingExtraError
from eventlint.escaping import printable
from eventlint.redact import redact

if TYPE_CHECKING:
    from eventlint.serve.verification import Result

_SHOWN = 5
_CUT = 300
_EXAMPLES = """examples:
  EVENTLINT_API_KEY=... eventlint verify --url https://localhost:9200 --collection my_collection
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "verify", summary, run, _EXAMPLES)
    parser.add_argument("--url", required=True, help="URL of the server, as http://HOST:PORT")
    parser.add_argument(
        "--collection", metavar="NAME", help="collection that exists (default: one that the server lists)"
    )
    parser.add_argument("--api-key", metavar="KEY", help=f"API key (default: the variable {API_KEY_VARIABLE})")
    parser.add_argument("--ca-cert", metavar="FILE", help="certificates of authorities to trust, in PEM format")
    parser.add_argument("--insecure", action="store_true", help="do not verify the server's certificate")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")


def run(options: argparse.Namespace) -> int:
    """Send the requests, and print how the answers compare."""
    if find_spec("httpx") is None:
        raise MissingExtraError("the command verify", EXTRA)
    import httpx

    from eventlint.serve.forwarding import base_url
    from eventlint.serve.verification import Verifier

    base = base_url(options.url, "--url")
    key = options.api_key or os.environ.get(API_KEY_VARIABLE)
    headers = {"Authorization": f"ApiKey {key.strip()}"} if key else {}
    with httpx.Client(verify=_trust(options), trust_env=False) as client:
        result = Verifier(base, client, headers).verify(options.collection, _progress())
    if options.format == "json":
        print(json.dumps(_document(result), indent=2))
    else:
        _print(result)
    expected = result.expected_era
    is_expected = bool(result.fitting) and (expected is None or expected in result.fitting)
    return exits.CLEAN if is_expected else exits.FINDINGS


def _trust(options: argparse.Namespace) -> Any:
    import ssl

    if options.insecure:
        return False
    if options.ca_cert is None:
        return True
    refuse_endless(options.ca_cert)
    try:
        return ssl.create_default_context(cafile=options.ca_cert)
    except (OSError, ssl.SSLError) as error:
        raise InputError(f"{options.ca_cert}: {error.strerror or error}") from error


def _progress() -> Any:
    """A function that shows the number of answers on a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(count: int) -> None:
        print(f"\r{count} answers", end="", file=sys.stderr, flush=True)

    return show


def _document(result: Result) -> dict[str, Any]:
    return {
        "version": result.version,
        "expected_era": result.expected_era,
        "fitting_eras": result.fitting,
        "best_era": result.best,
        "collection": result.collection,
        "requests": len(result.compared),
        "same": result.count(result.best),
        "differences": [
            {
                "method": one.request.method,
                "uri": redact(one.request.uri),
                "expected": redact(one.expected(result.best).body.decode("utf-8", "replace"))[:_CUT],
                "actual": redact(one.actual.body.decode("utf-8", "replace"))[:_CUT],
                "status": [one.expected(result.best).status, one.actual.status],
            }
            for one in result.compared
            if not one.fits(result.best)
        ],
    }


def _print(result: Result) -> None:
    said = printable(result.version or "of an unknown release")
    total, same = len(result.compared), result.count(result.best)
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    print(f"The server says that it is {said} (era {result.expected_era or 'unknown'}).")
    if result.collection is None:
        print("No collection exists, so no payload was read; create one for a complete comparison.")
    if result.fitting:
        print(f"All {total} answers are those of the era {', '.join(result.fitting)}. Nothing was stored.")
        return
    print(f"{same} of {total} answers are those of the era {result.best}. Nothing was stored. Differences:")
    for one in [one for one in result.compared if not one.fits(result.best)][:_SHOWN]:
        print(printable(redact(f"\n{one.request.method} {one.request.uri}")).replace("\\n", "\n"))
        for difference in one.differences(result.best) or ():
            print(f"  {difference.part}: expected {_shown(difference.expected)}")
            print(f"  {' ' * len(difference.part)}  got      {_shown(difference.actual)}")
        if not one.differences(result.best):
            print(f"  expected {_shown(one.expected(result.best).body.decode('utf-8', 'replace'))}")
            print(f"  got      {_shown(one.actual.body.decode('utf-8', 'replace'))}")
    if total - same > _SHOWN:
        print(f"\nand {total - same - _SHOWN} more; --format json lists all")


def _shown(text: str) -> str:
    text = printable(redact(text))
    return text if len(text) <= _CUT else f"{text[: _CUT - 1]}…"
