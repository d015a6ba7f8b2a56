"""One event, or one request, as it was found in a file; it must not know where files come from.

An event's bytes are handed on as they stand in the file, so that the server's own reading of odd JSON is kept.
"""

from typing import NamedTuple

from eventlint.model import Finding, Position, Request


class Place(NamedTuple):
    """Where a payload begins in its file: line and column from 1, offset in bytes from 0.

    ``fixed`` says that the payload does not stand there as it is (it is encoded once more), so every finding in it is
    told at this place.
    """

    line: int = 1
    column: int = 1
    offset: int = 0
    fixed: bool = False

    def of(self, position: Position | None) -> Position:
        """The place in the file of a place in the payload; None is the payload's beginning."""
        if position is None or self.fixed:
            return Position(line=self.line, column=self.column, offset=self.offset)
        column = position.column + (self.column - 1 if position.line == 1 else 0)
        return Position(line=self.line + position.line - 1, column=column, offset=self.offset + position.offset)


class Suppression(NamedTuple):
    """A comment that suppressions findings.

    Attributes:
        rules: The rules.
        line: The line of the file that it is about; None is the whole request.
        at: Where the comment stands.
    """

    rules: tuple[str, ...]
    line: int | None
    at: Place

    def covers(self, record: "Record", finding: Finding) -> bool:
        """Whether a finding of a record is suppressed."""
        if finding.rule not in self.rules:
            return False
        return self.line is None or record.place.of(finding.position).line == self.line


class Record(NamedTuple):
    """One event of a file.

    Attributes:
        body: The payload's bytes.
        place: Where it begins.
        number: Which of the file's events it is, from 1: a line, an element, a request; None for the only one.
        event_type: Its type, where the file itself tells it; else None.
        collection: Its collection, where the file itself tells it; else None.
        request: The whole request, where the file holds requests; else None.
        head: Where the request begins; the place of findings that are not about the payload.
        type_at: Where the event type stands in the request line, as a byte from 0, and how it is written there.
        suppressions: The comments that silence findings.
    """

    body: bytes
    place: Place = Place()
    number: int | None = None
    event_type: str | None = None
    collection: str | None = None
    request: Request | None = None
    head: Place | None = None
    type_at: tuple[int, str] | None = None
    suppressions: tuple[Suppression, ...] = ()
