"""One event, or one request, of a file.

The bytes of an event stay as they are in the file, because the server's reading of unusual JSON depends on them.
"""

from __future__ import annotations

from typing import NamedTuple

from eventlint.model import Answer, Finding, Position, Request


class Place(NamedTuple):
    """The start of a payload in its file.

    Attributes:
        encoded: Whether the file contains the payload in another encoding, such as an escaped JSON string; all its
            findings are then reported at its start.
    """

    line: int = 1
    column: int = 1
    offset: int = 0
    encoded: bool = False

    def of(self, position: Position | None) -> Position:
        """Convert a position in the payload to a position in the file; None is the start of the payload."""
        if position is None or self.encoded:
            return Position(line=self.line, column=self.column, offset=self.offset)
        column = position.column + (self.column - 1 if position.line == 1 else 0)
        return Position(line=self.line + position.line - 1, column=column, offset=self.offset + position.offset)


def place_of(position: Position, *, encoded: bool = False) -> Place:
    """The place of a position in a file."""
    return Place(position.line, position.column, position.offset, encoded)


class SuppressionComment(NamedTuple):
    """A comment in a file that suppresses findings.

    Attributes:
        line: The line of the file that it applies to; None is the whole request.
    """

    rules: tuple[str, ...]
    line: int | None
    place: Place

    def covers(self, record: Record, finding: Finding) -> bool:
        """Whether the comment suppresses a finding of a record."""
        if finding.rule not in self.rules:
            return False
        return self.line is None or record.place.of(finding.position).line == self.line


class Record(NamedTuple):
    """One event of a file.

    Attributes:
        number: The number of the event in the file, from 1: a line, an element, or a request; None for the only one.
        event_type: The event type, if the file contains it; else None.
        collection: The collection, if the file contains it; else None.
        request: The whole request, if the file contains requests; else None.
        head: The start of the request: the place of findings that are not in the payload.
        type_at: The offset of the event type in the request line, and the event type as written there.
        suppressions: The comments that suppress findings of this event.
        prefix: The part of the URL's path in front of the endpoint, if the request goes through a proxy; else None.
        problem: Why the event cannot be checked, as a finding with a position in the file; else None.
        unchecked: Why there is nothing to check, although there is an event (``body not recorded``); else None. It
            is counted, and it is no finding.
        unknown: The parts of the body whose value is not known, such as variables: for each, the offset of its first
            byte in the body and the offset after its last byte. No finding may depend on them.
        recorded: The answer that the file recorded; None when it recorded none.
        failure: Why the request failed according to the file: empty when it does not say, None when it did not fail.
        source: The path of the file that holds the body, if that is another file; else None.
    """

    body: bytes
    place: Place = Place()
    number: int | None = None
    event_type: str | None = None
    collection: str | None = None
    request: Request | None = None
    head: Place | None = None
    type_at: tuple[int, str] | None = None
    suppressions: tuple[SuppressionComment, ...] = ()
    prefix: str | None = None
    problem: Finding | None = None
    unchecked: str | None = None
    unknown: tuple[tuple[int, int], ...] = ()
    recorded: Answer | None = None
    failure: str | None = None
    source: str | None = None
