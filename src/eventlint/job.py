"""What to do with a file of events: the job, and what the path of the file determines."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING, Literal

from eventlint.inputs.envelope import Envelope
from eventlint.inputs.file_names import COMPRESSED
from eventlint.inputs.path_patterns import matches
from eventlint.inputs.size_limit import MAX_EVENT_SIZE
from eventlint.inputs.type_from_path import type_of
from eventlint.named_tuples import NamedTuple
from eventlint.selection import Selection

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.inputs.record import Record


class Job(NamedTuple):
    """What to do with each file; it can be sent to another process.

    Attributes:
        config: The configuration file, relative to the current folder; None without one.
        releases: The releases to check for, as the user named them.
        has_release: Whether the user named a release.
        collections: The collections that exist; None when every legal name exists.
        patterns: Path patterns, each with the event type of the files that match; the first match decides.
        patterns_folder: The folder that the patterns are relative to.
        form: The format of all files; None when the content determines it.
        prefixes: The prefixes of proxies in front of the endpoint.
        file_collections: Path patterns, each with the collection of the events in files that match; the first match
            decides.
        file_collections_folder: The folder that these patterns are relative to.
        max_event_size: The largest event that is read, in bytes.
        show_answer: Whether to show the server's whole answer instead of its innermost reason.
        fixes: The fixes to apply: None, ``safe``, or ``unsafe`` for all.
        statistics: Whether to count events by what they belong to.
        counts_only: Whether findings are only counted, so that neither their lines nor their fixes are needed.
    """

    releases: tuple[str, ...]
    collections: tuple[str, ...] | None
    event_type: str | None
    patterns: tuple[tuple[str, str], ...]
    patterns_folder: str
    form: str | None
    envelope: Envelope
    skip_unknown: bool
    stdin_name: str | None
    config: str | None = None
    has_release: bool = False
    show_answer: bool = False
    selection: Selection = Selection()
    fixes: Literal["safe", "unsafe"] | None = None
    show_difference: bool = False
    contract: Contract | None = None
    statistics: bool = False
    counts_only: bool = False
    prefixes: tuple[str, ...] = ()
    file_collections: tuple[tuple[str, str], ...] = ()
    file_collections_folder: str = "."
    max_event_size: int = MAX_EVENT_SIZE


class _OfPath(NamedTuple):
    """The members of :class:`File`, which is a subclass so that it can keep what it looks up."""

    path: str
    name: str
    event_type: str | None
    collection: str | None
    on: frozenset[str]
    suppressions: tuple[int, ...]


class File(_OfPath):
    """A file, and what its path determines.

    Attributes:
        name: The path to show, relative to the current folder.
        event_type: The type of its events according to the command line, the configuration, or its path; else None.
        collection: The collection of its events according to the configuration; else None.
        on: The rules whose findings are reported.
        suppressions: The suppressions of the configuration that apply to it, by their index.
    """

    @functools.cached_property
    def is_editable(self) -> bool:
        """Whether offsets in its events are offsets in the file; it is looked up once."""
        return self.path != "-" and not self.path.endswith(COMPRESSED) and os.path.isfile(self.path)


def file_of(job: Job, path: str) -> File:
    """A file, and what its path determines."""
    name = (job.stdin_name or "-") if path == "-" else shown_name(path)
    selection = job.selection
    on, suppressions = selection.on, tuple(range(len(selection.suppressions)))
    if selection.is_about_paths:
        on = on.difference(
            *(off for pattern, off in selection.paths if matches((pattern,), name, selection.paths_folder))
        )
        suppressions = tuple(
            number
            for number, pattern in enumerate(suppression.path for suppression in selection.suppressions)
            if pattern is None or matches((pattern,), name, selection.suppressions_folder)
        )
    by_pattern = (kind for pattern, kind in job.patterns if matches((pattern,), name, job.patterns_folder))
    by_path = (
        collection
        for pattern, collection in job.file_collections
        if matches((pattern,), name, job.file_collections_folder)
    )
    return File(
        path=path,
        name=name,
        event_type=job.event_type or next(by_pattern, None) or type_of(name),
        collection=next(by_path, None),
        on=on,
        suppressions=suppressions,
    )


def shown_name(path: str) -> str:
    """A path to show: relative to the current folder."""
    is_plain = not path.startswith(("/", ".")) and "/." not in path and "//" not in path and os.sep == "/"
    return path if is_plain else os.path.relpath(path)


def event_type_of(job: Job, file: File, record: Record) -> str | None:
    """The type of an event that is not a request; None if it is unknown."""
    return job.event_type or record.event_type or file.event_type
