"""Checks the versions of one document, each time only what has changed.

A document has parts: the lines of NDJSON, or else the events that a reader finds. The result of a part is kept until no
version has the part any more. It depends on nothing but the part, so it stays valid wherever the part moves to.
"""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from eventlint.errors import InputError
from eventlint.file_check import check_record, screen_of
from eventlint.inputs.json_files import read_line
from eventlint.inputs.record import Place, Record
from eventlint.inputs.size_limit import too_large
from eventlint.lsp.diagnostics import Diagnostic, about_file, not_shown, of_finding, unchecked
from eventlint.lsp.documents import Document
from eventlint.lsp.parts import Part, Parts
from eventlint.output import Summary

_FIRST = 64 << 10
"""How many bytes at the start of a document, and around the latest change, are checked first."""

_AT_ONCE = 256
"""How many parts are found between two looks at the clock."""

_SLICE = 0.05
"""The seconds after which a check pauses, so that other documents get their turn, or a new version replaces it."""

_PATIENCE = 0.2
"""The seconds after which the first diagnostics are given, although the document has not been checked to its end."""

_EVERY = 1.0
"""The seconds from one incomplete list of diagnostics to the next."""


class Outcome(NamedTuple):
    """What a part has.

    Attributes:
        found: Its diagnostics, with offsets from the start of the part; None if they were only counted.
        number: How many there are.
        has_envelope: Whether a line has an event in an envelope.
        is_bare: Whether a line has something else, so that its result depends on the lines before it.
        is_after: Whether the line was taken for one after an envelope.
    """

    found: tuple[Diagnostic, ...] | None = ()
    number: int = 0
    has_envelope: bool = False
    is_bare: bool = False
    is_after: bool = False


_CLEAN = Outcome()
_CLEAN_ENVELOPE = Outcome(has_envelope=True)


class Published(NamedTuple):
    """The diagnostics of a document.

    Attributes:
        is_complete: Whether the whole document was checked.
    """

    diagnostics: list[Diagnostic]
    is_complete: bool


class Checks:
    """Checks one document as it changes. Used in one thread at a time."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Outcome] = {}
        self._parts = Parts()
        self._settings: object = None

    def check(self, document: Document, most: int, focus: int = 0) -> Iterator[Published | None]:
        """Check a version of the document.

        Args:
            document: The document.
            most: How many diagnostics are given at most; a further one counts the others.
            focus: The byte of the latest change, around which the document is checked first.

        Returns:
            The diagnostics: of a large document first of some parts, in the end of all. None is a pause, after which
            the check can be given up.
        """
        settings = document.settings
        if settings.error is not None:
            yield Published([about_file(document, settings.error)], True)
            return
        key = (settings.job, settings.file, settings.config.path)
        if self._settings != key:
            self._known, self._settings = {}, key
        run = _Run(document, most, self._known)
        try:
            yield from _paused(run.read(self._parts.of(document)))
        except InputError as error:
            yield Published([about_file(document, str(error))], True)
            return
        shown, wait = time.monotonic(), _PATIENCE
        for _ in _paused(run.check_missing(focus)):
            if time.monotonic() - shown > wait:
                yield Published(run.diagnostics(), False)
                shown, wait = time.monotonic(), _EVERY
            else:
                yield None
        yield from _paused(run.check_again())
        self._known = run.kept()
        yield Published(run.diagnostics(), True)


def _paused(steps: Iterator[None]) -> Iterator[None]:
    """A pause from time to time while steps are made."""
    end = time.monotonic() + _SLICE
    for _ in steps:
        if time.monotonic() > end:
            yield None
            end = time.monotonic() + _SLICE


class _Run:
    """The check of one version."""

    def __init__(self, document: Document, most: int, known: dict[Hashable, Outcome]) -> None:
        self._document = document
        self._most = most
        self._known = known
        settings = document.settings
        self._job, self._file = settings.job, settings.file
        self._counting = settings.job._replace(counts_only=True)
        self._screen = screen_of(settings.job, settings.file)
        self._is_declared = document.hint is not None
        self._parts: list[Part] = []
        self._outcomes: list[Outcome | None] = []
        self._stored = 0
        self._first_envelope: int | None = None

    def read(self, parts: Iterable[Part | None]) -> Iterator[None]:
        """Find the results that are known.

        Args:
            parts: The parts of the document; each None is a step towards the next one.

        Raises:
            InputError: The document cannot be read.
        """
        for number, part in enumerate(parts):
            if number % _AT_ONCE == 0:
                yield None
            if part is None:
                continue
            outcome = None if part.key is None else self._known.get(part.key)
            self._parts.append(part)
            self._outcomes.append(outcome)
            if outcome is not None:
                self._note(len(self._parts) - 1, outcome)

    def _note(self, index: int, outcome: Outcome) -> None:
        self._stored += 0 if outcome.found is None else outcome.number
        if outcome.has_envelope and (self._first_envelope is None or index < self._first_envelope):
            self._first_envelope = index

    def check_missing(self, focus: int) -> Iterator[None]:
        """Check the parts without a result."""
        for number, index in enumerate(self._in_order(focus)):
            if number:
                yield None
            self._check(index)

    def _in_order(self, focus: int) -> list[int]:
        """The parts without a result: first those at the start and around the latest change."""
        missing = [index for index, outcome in enumerate(self._outcomes) if outcome is None]
        if len(self._document.text) <= 2 * _FIRST:
            return missing

        def is_first(index: int) -> bool:
            start = self._parts[index].start
            return start < _FIRST or abs(start - focus) < _FIRST

        return sorted(missing, key=lambda index: not is_first(index))

    def _check(self, index: int) -> None:
        """Check a part."""
        part = self._parts[index]
        counts_only = self._stored >= 2 * self._most and self._document.settings.baseline is None
        if part.record is None:
            outcome = self._check_line(part, self._is_after(index), counts_only=counts_only)
        else:
            outcome = self._check_event(part, part.record(), counts_only=counts_only)
        self._outcomes[index] = outcome
        if part.key is not None:
            self._known[part.key] = outcome
        self._note(index, outcome)

    def _is_after(self, index: int) -> bool:
        """Whether an earlier line has an envelope, as far as lines were checked."""
        return self._first_envelope is not None and self._first_envelope < index

    def _check_line(self, part: Part, is_after: bool, *, counts_only: bool) -> Outcome:
        body, most = part.body, self._job.max_event_size
        if len(body) > most:
            records: Iterable[Record] = [too_large(body[: most + 2], most, Place(), 1)]
        else:
            clean = self._screen(body)
            if clean is not None:
                return _CLEAN if clean.event_type is None else _CLEAN_ENVELOPE
            records = read_line(body, Place(), self._job.envelope, self._is_declared, is_after)
        found: list[Diagnostic] = []
        count, has_envelope, is_bare = 0, False, False
        for record in records:
            has_envelope = has_envelope or record.event_type is not None
            is_bare = is_bare or record.body is body
            number, some = self._of_record(record, body, counts_only=counts_only)
            count += number
            found += some
        return Outcome(None if counts_only and count else tuple(found), count, has_envelope, is_bare, is_after)

    def _check_event(self, part: Part, record: Record, *, counts_only: bool) -> Outcome:
        count, found = self._of_record(record, None, counts_only=counts_only)
        return Outcome(None if counts_only and count else tuple(one.shifted(-part.start) for one in found), count)

    def _of_record(self, record: Record, text: bytes | None, *, counts_only: bool) -> tuple[int, list[Diagnostic]]:
        """The number of diagnostics of an event, and the diagnostics if they are wanted."""
        document, counts = self._document, Summary()
        rendered = check_record(self._counting if counts_only else self._job, self._file, record, counts)
        count = len(rendered) + bool(counts.unchecked)
        if counts_only:
            return count, []
        found = [of_finding(document, record, one, text) for one in rendered]
        if counts.unchecked:
            place = (record.head or record.place).of(None)
            start = place.offset if text is not None else document.text_offset(place)
            reason = record.unchecked or next(iter(counts.reasons))
            found.append(unchecked(document.text if text is None else text, start, reason))
        return count, found

    def check_again(self) -> Iterator[None]:
        """Check the lines whose result another one has changed, and what was only counted but has room now."""
        for index, outcome in enumerate(self._outcomes):
            if outcome is not None and outcome.is_bare and outcome.is_after != self._is_after(index):
                self._check(index)
                yield None
        shown = 0
        for index, outcome in enumerate(self._outcomes):
            if shown >= self._most:
                return
            if outcome is not None and outcome.found is None:
                self._stored = 0
                self._check(index)
                outcome = self._outcomes[index]
                yield None
            shown += 0 if outcome is None else outcome.number

    def diagnostics(self) -> list[Diagnostic]:
        """The diagnostics so far, in the order of the document."""
        baseline = self._document.settings.baseline
        known = None if baseline is None else baseline.copy()
        found: list[Diagnostic] = []
        hidden = 0
        for part, outcome in zip(self._parts, self._outcomes, strict=True):
            if outcome is None or not outcome.number:
                continue
            if outcome.found is None:
                hidden += outcome.number
                continue
            for one in outcome.found:
                if known is not None and one.fingerprint and known.has(one.path, one.fingerprint):
                    continue
                if len(found) < self._most:
                    found.append(one.shifted(part.start))
                else:
                    hidden += 1
        return [*found, not_shown(hidden, found[-1])] if hidden and found else found

    def kept(self) -> dict[Hashable, Outcome]:
        """The results that the next version may need."""
        pairs = zip(self._parts, self._outcomes, strict=True)
        return {part.key: outcome for part, outcome in pairs if part.key is not None and outcome is not None}
