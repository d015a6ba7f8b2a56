"""``eventlint answer``: the server's answer to a request."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command
from eventlint.errors import InputError, UsageError
from eventlint.inputs.request_files import read_console
from eventlint.mirror.server import Server
from eventlint.model import Answer, Request
from eventlint.redact import redact
from eventlint.spec import catalog, event_types


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "answer", summary, run)
    parser.add_argument("file", metavar="FILE", help="a payload or a dev-console request; - reads standard input")
    parser.add_argument("--event-type", choices=event_types(), help="event type, for a payload")
    parser.add_argument("--collection", default="my_collection", metavar="NAME", help="collection, for a payload")
    parser.add_argument("--release", default="latest", metavar="R", help="server release (default: latest)")
    parser.add_argument("--all-releases", action="store_true", help="show the answers of all releases, without repeats")
    parser.add_argument("--debug", action="store_true", help="add the parameter 'debug' to the request")
    parser.add_argument("--pretty", action="store_true", help="add the parameter 'pretty' to the request")


def run(options: argparse.Namespace) -> int:
    """Print the answer to one request."""
    request = _request(options)
    if not options.all_releases:
        _print(_ask(request, options.release))
        return exits.CLEAN
    groups: dict[tuple[int, bytes], list[str]] = {}
    for era in catalog().eras:
        answer = _ask(request, era.name)
        groups.setdefault((answer.status, answer.body), []).append(era.span)
    shown: list[str] = []
    for (status, body), eras in groups.items():
        text = f"{_status_line(status)}\n\n{_text(body)}"
        print(f"# {', '.join(eras)}")
        print(text if not shown else "\n".join(_difference(shown[0], text)))
        print()
        shown.append(text)
    return exits.CLEAN


def _difference(before: str, after: str) -> Iterator[str]:
    """The lines in which an answer differs from the first one."""
    from difflib import unified_diff

    split = [text.replace(',"', ',\n"').splitlines() for text in (before, after)]
    return unified_diff(split[0], split[1], "the first answer", "this answer", lineterm="", n=1)


def _ask(request: Request, release: str) -> Answer:
    return Server(release).respond(request.method, request.uri, request.headers, request.body)


def _print(answer: Answer) -> None:
    print(_status_line(answer.status))
    for name, value in answer.headers.items():
        print(f"{name}: {value}")
    print()
    print(_text(answer.body))


def _status_line(status: int) -> str:
    if status == 0:
        return "the server closes the connection without an answer"
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"


def _text(body: bytes) -> str:
    """The body of an answer, with secrets redacted; :attr:`Report.answer` has the original."""
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
        raise UsageError("a payload requires --event-type")
    from urllib.parse import quote

    uri = f"/_application/analytics/{quote(options.collection, safe='')}/event/{options.event_type}"
    return Request(
        method="POST",
        uri=uri + ("?" + "&".join(wanted) if wanted else ""),
        headers={"Content-Type": "application/json"},
        body=data,
    )
