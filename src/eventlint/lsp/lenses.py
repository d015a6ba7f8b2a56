"""The server's answers above the events of a document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from eventlint.errors import EventlintError
from eventlint.escaping import printable
from eventlint.inputs.sending import request_of
from eventlint.lsp.documents import Document, Region
from eventlint.lsp.json_tokens import STRING
from eventlint.lsp.symbols import shown
from eventlint.mirror.server import Server
from eventlint.output.answer_text import answer_text
from eventlint.record_reports import reports_of
from eventlint.redact import redact
from eventlint.report import Report

MAX_LENSES = 1_000
"""How many events of a large document have an answer above them."""

_MAX_REASON = 80
"""The length of the reason that is shown, in characters."""


class Lens(NamedTuple):
    """The place of an answer.

    Attributes:
        number: The number of the event in the document, from 0.
        offset: The first byte of the request, or else of the event, in the text.
    """

    number: int
    offset: int


class Title(NamedTuple):
    """What is shown above an event.

    Attributes:
        text: The answer in a few words.
        has_answer: Whether :func:`answers` has the whole answer.
    """

    text: str
    has_answer: bool


def lenses(document: Document) -> list[Lens]:
    """The places of the answers: above each request, and above each event of a document with several events.

    A large document has only the first :data:`MAX_LENSES`. The answers are determined one by one, by :func:`title`.
    """
    settings = document.settings
    if settings.is_schema or not settings.is_checked or settings.error is not None:
        return []
    regions = document.first_regions(MAX_LENSES)
    if len(regions) < 2 and not any(region.record.request is not None for region in regions):
        return []
    return [Lens(number, _start(document, region)) for number, region in enumerate(regions)]


def event_at(document: Document, offset: int) -> int | None:
    """The number of the event, from 0, whose request or payload is at a byte of the text; None if there is none."""
    regions = document.first_regions(MAX_LENSES)
    if len(regions) == MAX_LENSES and offset > regions[-1].end:
        regions = document.regions
    found = None
    for number, region in enumerate(regions):
        if min(_start(document, region), region.start) > offset:
            break
        found = number
    if found is None or offset <= max(regions[found].end, _end_of_string(document, regions[found])):
        return found
    return None


def _start(document: Document, region: Region) -> int:
    head = region.record.head
    return region.start if head is None else document.text_offset(head.of(None))


def _end_of_string(document: Document, region: Region) -> int:
    """The end of the JSON string that a recording has in place of the event."""
    string = STRING(document.text, region.start) if region.record.place.string_map is not None else None
    return region.end if string is None else string.end()


def title(document: Document, number: int) -> Title:
    """The answer to an event in a few words, for each release."""
    region = _region(document, number)
    if region is None:
        return Title("", False)
    reason = _unchecked(region)
    if reason is not None:
        return Title(f"not checked: {reason}", False)
    texts: dict[str, list[str]] = {}
    settings = document.settings
    reports = list(reports_of(settings.job, settings.file, region.record, region.record.body))
    for release, report in reports:
        texts.setdefault(_short(document, report), []).append(release)
    if len(texts) > 1:
        text = " | ".join(f"{', '.join(names)}: {text}" for text, names in texts.items())
    else:
        text = next(iter(texts))
    if _has_unknown(region):
        is_accepted = all(report.accepted for _, report in reports)
        return Title(f"{text}, if the variables fit" if is_accepted else f"{text} (whatever the variables are)", False)
    return Title(text, all(report.unchecked is None for _, report in reports))


def _short(document: Document, report: Report) -> str:
    """The answer in a few words."""
    if report.unchecked is not None:
        return f"not checked: {report.unchecked}"
    error = report.first_error
    if error is not None:
        status = str(report.answer.status) if report.answer is not None else "rejected:"
        message = printable(redact(error.message))
        return f"{status} {message if len(message) <= _MAX_REASON else message[:_MAX_REASON] + '…'}"
    wanted = [finding for finding in report.findings if finding.rule in document.settings.file.on]
    counts = [
        _count(sum(finding.tier == tier for finding in wanted), *words)
        for tier, words in (("loss", ("loss", "losses")), ("contract", ("contract violation", "contract violations")))
    ]
    return ", ".join(filter(None, ["202 accepted", *counts]))


def _count(number: int, one: str, several: str) -> str:
    return "" if not number else f"{number} {one if number == 1 else several}"


def answers(document: Document, number: int) -> str:
    """The server's whole answer to an event, as ``eventlint answer`` prints it; one after another for several releases.

    Args:
        document: The document.
        number: The number of the event, from 0.
    """
    region = _region(document, number)
    if region is None:
        return "The document has changed, and there is no such event any more.\n"
    reason = _unchecked(region)
    if reason is not None or _has_unknown(region):
        return f"The answer is not known: {reason or 'the request has variables'}\n"
    return "".join(_answers(document, region))


def _answers(document: Document, region: Region) -> Iterator[str]:
    job = document.settings.job
    request = request_of(region.record, region.event_type or "", region.collection)
    groups: dict[str, list[str]] = {}
    for release in job.releases:
        try:
            server = Server(release, job.collections)
            answer = server.respond(request.method, request.uri, request.headers, request.body)
        except EventlintError as error:
            groups.setdefault(printable(str(error)), []).append(release)
            continue
        groups.setdefault(answer_text(answer), []).append(release)
    yield from _grouped(groups)


def _grouped(groups: dict[str, list[str]]) -> Iterator[str]:
    for text, releases in groups.items():
        yield f"# {', '.join(releases)}\n{text}\n" if len(groups) > 1 else f"{text}\n"


def _region(document: Document, number: int) -> Region | None:
    regions = document.first_regions(MAX_LENSES) if number < MAX_LENSES else document.regions
    return regions[number] if 0 <= number < len(regions) else None


def _has_unknown(region: Region) -> bool:
    return bool(region.record.unknown) or region.record.has_variables


def _unchecked(region: Region) -> str | None:
    """Why the answer to an event is not known; None if it is."""
    record = region.record
    if record.unchecked is not None:
        return shown(record.unchecked)
    if record.problem is not None:
        return shown(record.problem.message)
    if record.request is None and region.event_type is None:
        return "event type unknown"
    return None
