"""``eventlint answer``: one request in, the server's answer out; it must not know how the answer is made."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.terminal import Formatter
from eventlint.errors import InputError, UsageError
from eventlint.inputs.file_formats import read_console
from eventlint.mirror.server import Server
from eventlint.model import Answer, Request
from eventlint.redact import redact
from eventlint.spec import catalog, event_types

_REASONS = {200: "OK", 202: "Accepted", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
_REASONS |= {406: "Not Acceptable", 500: "Internal Server Error"}


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "answer", help=summary, description=summary, formatter_class=Formatter
    )
    parser.set_defaults(run=run)
    parser.add_argument("file", metavar="FILE", help="a payload, or a dev-console request; - is standard input")
    parser.add_argument("--event-type", choices=event_types(), help="the type of a payload")
    parser.add_argument("--collection", default="my_collection", metavar="NAME", help="where a payload is sent to")
    parser.add_argument("--release", default="latest", metavar="R", help="the server's release")
    parser.add_argument("--all-releases", action="store_true", help="the answers of all eras, equal ones together")
    parser.add_argument("--debug", action="store_true", help="ask for the event as it is stored")
    parser.add_argument("--pretty", action="store_true", help="ask for JSON in lines")


def run(options: argparse.Namespace) -> int:
    """Print the answer to one request.

    Raises:
        UsageError: Nothing tells the event type of a payload.
        InputError: The file cannot be read.
    """
    request = _request(options)
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if not options.all_releases:
        _print(_ask(request, options.release))
        return exits.CLEAN
    groups: dict[tuple[int, bytes], list[str]] = {}
    for era in catalog().eras:
        answer = _ask(request, era.name)
        groups.setdefault((answer.status, answer.body), []).append(_span(era.releases))
    shown: list[str] = []
    for (status, body), eras in groups.items():
        text = f"HTTP/1.1 {status} {_REASONS.get(status, '')}\n\n" + _text(body)
        print(f"# {', '.join(eras)}")
        print(text if not shown else "\n".join(_difference(shown[0], text)))
        print()
        shown.append(text)
    return exits.CLEAN


def _span(releases: tuple[str, ...]) -> str:
    return releases[0] if len(releases) == 1 else f"{releases[0]} to {releases[-1]}"


def _difference(before: str, after: str) -> Iterator[str]:
    """How an answer differs from the first one, in lines."""
    from difflib import unified_diff

    split = [text.replace(',"', ',\n"').splitlines() for text in (before, after)]
    return unified_diff(split[0], split[1], "the first answer", "this answer", lineterm="", n=1)


def _ask(request: Request, release: str) -> Answer:
    return Server(release).respond(request.method, request.uri, request.headers, request.body)


def _print(answer: Answer) -> None:
    print(f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, '')}".rstrip())
    for name, value in answer.headers.items():
        print(f"{name}: {value}")
    print()
    print(_text(answer.body))


def _text(body: bytes) -> str:
    """An answer's body for the screen, with its secrets hidden; :attr:`Report.answer` has it as it is."""
    return redact(body.decode("utf-8", "backslashreplace").rstrip("\n"))


def _request(options: argparse.Namespace) -> Request:
    try:
        with sys.stdin.buffer if options.file == "-" else open(options.file, "rb") as file:
            data = file.read()
    except OSError as error:
        raise InputError(f"{options.file}: {error.strerror or error}") from error
    found = next(read_console(data), None) if not options.event_type else None
    wanted = [name for name in ("debug", "pretty") if getattr(options, name)]
    if found is not None and found.request is not None:
        uri = found.request.uri
        if wanted:
            uri += ("&" if "?" in uri else "?") + "&".join(wanted)
        return Request(method=found.request.method, uri=uri, headers=found.request.headers, body=found.body)
    if not options.event_type:
        raise UsageError("a payload needs --event-type (a dev-console request tells it itself)")
    from urllib.parse import quote

    uri = f"/_application/analytics/{quote(options.collection, safe='')}/event/{options.event_type}"
    return Request(
        method="POST",
        uri=uri + ("?" + "&".join(wanted) if wanted else ""),
        headers={"Content-Type": "application/json"},
        body=data,
    )
