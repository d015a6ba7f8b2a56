"""``eventlint schema draft``: drafts a contract from recorded events."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from eventlint.cli import exit_codes as exits
from eventlint.cli.command_base import add_command, config_of
from eventlint.cli.contract_option import add_configuration_options
from eventlint.cli.folder_writer import write_files
from eventlint.config import Config
from eventlint.errors import InputError, UsageError
from eventlint.escaping import printable
from eventlint.spec import event_types
from eventlint.spec import release as resolved

if TYPE_CHECKING:
    from eventlint.contract.draft import Draft
    from eventlint.inputs.record import Record
    from eventlint.job import File, Job
    from eventlint.spec import Release

_EXAMPLES = """\
examples:
  eventlint schema draft events.ndjson -o contracts
  eventlint schema draft --type search --id urn:acme:contract searches.ndjson -o contracts
  eventlint schema draft --min-count 100 --max-values 20 recording.har -o contracts

The draft has one document for each event type. It proposes the values of fields with few different ones, formats,
lengths, names of filters, and fields that are always there. Each has a comment with the count that supports it. All
recorded events meet the draft. Events that the server rejects are left out, and counted.

exit codes:
  0 written, 2 usage error, 3 no event was found, 4 a file exists, or cannot be read or written
"""


def add(commands: Any, summary: str) -> None:
    """Add the subcommand to the group."""
    parser = add_command(commands, "draft", summary, run, _EXAMPLES)
    parser.add_argument(
        "paths", nargs="+", metavar="EVENTS", help="files with events, as for check; - is standard input"
    )
    parser.add_argument("-o", "--output", metavar="DIR", required=True, help="folder to write the contract to")
    parser.add_argument("--type", choices=event_types(), metavar="TYPE", help="the event type, if files do not show it")
    parser.add_argument("--collection", metavar="NAME", help="only the events of this collection, and a draft for it")
    parser.add_argument(
        "--id",
        default="urn:example:contract",
        metavar="PREFIX",
        help="the start of each $id (default: urn:example:contract)",
    )
    parser.add_argument("--release", default="latest", metavar="R", help="server release (default: latest)")
    for name, default, text in (
        ("min-count", 20, "how many values must support a proposal"),
        ("max-values", 12, "how many different values an enum may have"),
        ("min-repeats", 5, "how often each value of an enum must occur on average"),
        ("max-names", 30, "how many names of filters are listed"),
    ):
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"{text} (default: {default})")
    parser.add_argument("--force", action="store_true", help="replace existing files")
    add_configuration_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write the draft."""
    from eventlint.contract.draft import Draft, Thresholds

    limits = Thresholds(options.min_count, options.max_values, options.min_repeats, options.max_names)
    if min(limits) < 1:
        raise UsageError("thresholds must be at least 1")
    release = resolved(options.release)
    draft = Draft(release, limits)
    left_out = observe(draft, options, release)
    if not draft.counts:
        print(f"eventlint: error: no event was found ({_reasons(left_out)})", file=sys.stderr)
        return exits.NO_INPUT
    documents = draft.documents(options.id)
    for event_type, document in zip(draft.counts, documents.values(), strict=True):
        if options.collection is not None:
            document["x-applies-to"] = {"events": [event_type], "collections": [options.collection]}
    content = {name: (json.dumps(one, indent=2, ensure_ascii=False) + "\n").encode() for name, one in documents.items()}
    write_files(options.output, content, force=options.force)
    counts = ", ".join(f"{count:,} {event_type}" for event_type, count in draft.counts.items())
    noun = "document" if len(content) == 1 else "documents"
    print(f"wrote {len(content)} {noun} to {printable(options.output)}, from {counts} events", file=sys.stderr)
    if left_out:
        print(f"left out: {_reasons(left_out)}", file=sys.stderr)
    return exits.CLEAN


def _reasons(left_out: Mapping[str, int]) -> str:
    return "; ".join(f"{count:,} {reason}" for reason, count in left_out.items()) or "the files are empty"


def observe(draft: Draft, options: argparse.Namespace, release: Release) -> dict[str, int]:
    """Observe all events of the files; how many were left out, by the reason."""
    from eventlint.contract.event_view import event_view
    from eventlint.mirror.reading import Reading
    from eventlint.spec import event

    left_out: dict[str, int] = {}

    def leave_out(reason: str) -> None:
        left_out[reason] = left_out.get(reason, 0) + 1

    for file, job, record in _records(options, config_of(options)):
        event_type, collection = _kind(file, job, record)
        if record.unknown or record.has_variables or record.problem is not None:
            leave_out("that cannot be read without its variables, or at all")
        elif event_type not in event_types():
            leave_out("of an unknown type")
        elif options.collection is not None and collection != options.collection:
            leave_out("of another collection, or of an unknown one")
        else:
            reading = Reading(record.body, event_type, release, first_only=True)
            walk = reading.walk
            if walk is None or reading.faults:
                leave_out("that the server would reject")
                continue
            view = event_view(walk, event(event_type, release), reading.text.data, reading.text.start)
            draft.add(view.event, event_type)
    return left_out


def _records(options: argparse.Namespace, config: Config) -> Iterator[tuple[File, Job, Record]]:
    """All records of the files, each with its file."""
    from eventlint.inputs.envelope import Envelope
    from eventlint.inputs.files import records
    from eventlint.job import Job, file_of
    from eventlint.selection import Selection

    by_path = config.get("collections", ())
    parts = {name: tuple(pointer.split("/")[1:]) for name, pointer in config.get("envelope", {}).items()}
    job = Job(
        config=config.path,
        releases=(options.release,),
        has_release=True,
        collections=None,
        event_type=options.type,
        patterns=tuple(config.get("events", {}).items()),
        patterns_folder=config.folder("events"),
        form=None,
        envelope=Envelope(**parts),
        statistics=False,
        skip_unknown=False,
        stdin_name=None,
        show_answer=False,
        selection=Selection(),
        fixes=None,
        show_difference=False,
        contract=None,
        file_collections=tuple(by_path.items()) if isinstance(by_path, Mapping) else (),
        file_collections_folder=config.folder("collections"),
    )
    for path in options.paths:
        file = file_of(job, path)
        try:
            for record in records(path, None, job.envelope, lambda: sys.stdin.buffer):
                yield file, job, record
        except InputError as error:
            raise InputError(f"{path}: {error}") from error


def _kind(file: File, job: Job, record: Record) -> tuple[str, str | None]:
    """The event type and the collection of a record; an unknown type is empty."""
    from eventlint.job import event_type_of

    if record.request is None:
        return event_type_of(job, file, record) or "", record.collection or file.collection
    from eventlint.inputs.endpoint import collection_of

    event_type = record.request.uri.partition("?")[0].rstrip("/").rpartition("/")[2]
    return job.event_type or event_type, record.collection or collection_of(record.request.uri)
