"""``eventlint answer``: the server's answer to a request."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.config import is_named_pipe
from eventlint.errors import InputError, UsageError
from eventlint.inputs.file_names import format_of
from eventlint.inputs.files import records
from eventlint.inputs.opening import open_input
from eventlint.inputs.record import Record
from eventlint.inputs.sending import DEFAULT_COLLECTION, request_of
from eventlint.job import Job, event_type_of, file_of
from eventlint.mirror.content_encoding import MAX_BODY
from eventlint.mirror.server import Server
from eventlint.model import Answer, Request
from eventlint.output.answer_text import answer_text, body_text, status_line
from eventlint.spec import catalog, event_types


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the command line."""
    parser = add_command(commands, "answer", summary, run)
    parser.add_argument("file", metavar="FILE", help="an event or a request; - reads standard input")
    parser.add_argument(
        "--event-type",
        choices=event_types(),
        help="type of the event, if neither the file nor the configuration determines it",
    )
    parser.add_argument(
        "--collection", metavar="NAME", help=f"collection, for a payload without one (default: {DEFAULT_COLLECTION})"
    )
    parser.add_argument("--stdin-filename", metavar="NAME", help="file name to assume for standard input")
    parser.add_argument("--release", default="latest", metavar="R", help="server release (default: latest)")
    parser.add_argument("--all-releases", action="store_true", help="show the answers of all releases, without repeats")
    parser.add_argument("--debug", action="store_true", help="add the parameter 'debug' to the request")
    parser.add_argument("--pretty", action="store_true", help="add the parameter 'pretty' to the request")
    parser.add_argument("--config", metavar="FILE", help="configuration file to use")
    parser.add_argument("--isolated", action="store_true", help="ignore configuration files")


def run(options: argparse.Namespace) -> int:
    """Print the answer to one request."""
    request = _request(options)
    if not options.all_releases:
        print(answer_text(_ask(request, options.release)))
        return exits.CLEAN
    groups: dict[tuple[int, bytes], list[str]] = {}
    for era in catalog().eras:
        answer = _ask(request, era.name)
        groups.setdefault((answer.status, answer.body), []).append(era.span)
    shown: list[str] = []
    for (status, body), eras in groups.items():
        text = f"{status_line(status)}\n\n{body_text(body)}"
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


def _request(options: argparse.Namespace) -> Request:
    """The request that the file contains, or that sends the event in it."""
    wanted = [name for name in ("debug", "pretty") if getattr(options, name)]
    record = Record(body=_read(options.file)) if options.event_type else _first_record(options)
    request = request_of(record, options.event_type or record.event_type or "", options.collection)
    if not wanted:
        return request
    return replace(request, uri=request.uri + ("&" if "?" in request.uri else "?") + "&".join(wanted))


def _read(path: str) -> bytes:
    try:
        with _opened(path) as file:
            return file.read(MAX_BODY + 1)  # the server reads no more
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def _opened(path: str) -> IO[bytes]:
    """Open a file; of a named pipe, wait only a short time for a writer."""
    if path == "-":
        return sys.stdin.buffer
    return open_input(path, lambda: sys.stdin.buffer).stream if is_named_pipe(path) else open(path, "rb")


def _first_record(options: argparse.Namespace) -> Record:
    """The first event of the file, with its type, which is determined as ``eventlint check`` determines it."""
    job = _job(options)
    file = file_of(job, options.file)
    form = job.form or (format_of(job.stdin_name) if options.file == "-" and job.stdin_name else None)
    try:
        found = records(options.file, form, job.envelope, lambda: sys.stdin.buffer)
        record = next(found, None)
        if next(found, None) is not None:
            print("eventlint: note: the file contains several events; this is the answer to the first", file=sys.stderr)
    except InputError as error:
        raise InputError(f"{options.file}: {error}") from error
    if record is None:
        raise UsageError(f"{options.file}: no event found")
    event_type = event_type_of(job, file, record)
    if record.problem is not None or record.unchecked is not None:
        reason = record.problem.message if record.problem is not None else record.unchecked
        raise UsageError(f"{options.file}: {reason}")
    if record.request is None and event_type is None:
        raise UsageError("cannot determine the event type; use --event-type")
    return record._replace(event_type=event_type)


def _job(options: argparse.Namespace) -> Job:
    """The job that ``eventlint check`` would have for the file."""
    from eventlint.cli import check
    from eventlint.cli.job_resolver import JobResolver
    from eventlint.cli.parser import Parser

    parser = Parser()
    check.add(parser.add_subparsers(), "")
    words = ["check", *(["--isolated"] if options.isolated else [])]
    words += [f"--config={options.config}"] if options.config else []
    words += [f"--stdin-filename={options.stdin_filename}"] if options.stdin_filename else []
    arguments = parser.parse_args(words)
    return JobResolver(arguments, config_of(arguments)).job(options.file)
