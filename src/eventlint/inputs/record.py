"""One event, or one request, of a file.

The bytes of an event stay as they are in the file, because the server's reading of unusual JSON depends on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from eventlint.named_tuples import NamedTuple

if TYPE_CHECKING:
    from eventlint.inputs.json_string_map import JsonStringMap
    from eventlint.inputs.source_map import SourceMap
    from eventlint.inputs.utf8_view import Utf8View
    from eventlint.model import Answer, Edit, Finding, Position, Request


class Place(NamedTuple):
    """The start of a payload in its file.

    Attributes:
        encoded: Whether the file contains the payload in another encoding, such as an escaped JSON string; all its
            findings are then reported at its start, unless there is a ``string_map``.
        source_map: Where each part of the payload is in the file; None when the file contains the payload as it is.
        view: The view that the payload was read from, if the file is not in UTF-8; ``offset`` is then an offset in the
            view.
        string_map: Where the bytes of the payload are in the JSON string that encodes it, if that is known.
    """

    line: int = 1
    column: int = 1
    offset: int = 0
    encoded: bool = False
    source_map: SourceMap | None = None
    view: Utf8View | None = None
    string_map: JsonStringMap | None = None

    def of(self, position: Position | None) -> Position:
        """Convert a position in the payload to a position in the file; None is the start of the payload."""
        found = self._in_text(position)
        if self.view is None:
            return found
        from eventlint.model import Position

        return Position(line=found.line, column=found.column, offset=self.view.in_file(found.offset))

    def _in_text(self, position: Position | None) -> Position:
        """Convert a position in the payload to a position in the text of the file as UTF-8."""
        line, column, start, is_encoded, source_map, _, string_map = self
        if position is not None and string_map is not None:
            return string_map.position(position.offset)
        if position is None or is_encoded:
            from eventlint.model import Position

            return Position(line=line, column=column, offset=start)
        if source_map is not None:
            return source_map.position(position.offset)
        column = position.column + (column - 1 if position.line == 1 else 0)
        # its class needs no import, which would take as long as the rest for each finding
        return position.__class__(line=line + position.line - 1, column=column, offset=start + position.offset)

    def shifted(self, position: Position) -> Place:
        """The place of a part of the payload, which the file contains as it is."""
        at = self._in_text(position)
        return self._replace(line=at.line, column=at.column, offset=at.offset)

    def shown(self, position: Position) -> Position:
        """The position of a byte of the payload in the text that :attr:`Record.text` returns."""
        if self.source_map is None or self.encoded:
            return position
        from eventlint.model import Position

        at = self._in_text(position)
        column = at.column - (self.column - 1 if at.line == self.line else 0)
        return Position(line=at.line - self.line + 1, column=column, offset=at.offset - self.offset)

    def allows(self, edit: Edit) -> bool:
        """Whether a fix may make an edit of the payload."""
        return not self.encoded and self.view is None and (self.source_map is None or self.source_map.allows(edit))

    def edits(self, edit: Edit) -> list[Edit] | None:
        """Convert an edit of the payload to edits of the file; None when the file does not have all of its bytes."""
        if self.encoded or self.view is not None:
            return None
        if self.source_map is not None:
            return self.source_map.edits(edit)
        return [edit.__class__(edit.start + self.offset, edit.end + self.offset, edit.content)]


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
        if self.line is not None and record.source is not None:
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
        problem: Why the event cannot be checked, as a finding; else None. Its position is one in the body or, if it has
            a path, in the file.
        unchecked: Why there is nothing to check, although there is an event (``body not recorded``); else None. It
            is counted, and it is no finding.
        unknown: The parts of the body whose value is not known, such as variables: for each, the offset of its first
            byte in the body and the offset after its last byte. No finding may depend on them.
        recorded: The answer that the file recorded; None when it recorded none.
        failure: Why the request failed according to the file: empty when it does not say, None when it did not fail.
        day: The day of the event in UTC (``2024-05-31``), if the envelope has its time; else None.
        source: The path of the file that holds the body, if that is another file; else None.
        not_fixable: Why the event must not be edited, such as an array around it that cannot be read; else None.
        blocks_fixes: Whether no event of the file may be edited, because this part of it is not understood.
        is_clean: Whether the event certainly has no findings; its body is then the line that it is in.
        has_variables: Whether the request line or the headers contain variables, so that their values are not known.
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
    not_fixable: str | None = None
    blocks_fixes: bool = False
    is_clean: bool = False
    has_variables: bool = False
    day: str | None = None

    @property
    def text(self) -> bytes:
        """The event as it is in the file, for people; the body if the file contains it as it is."""
        source_map = self.place.source_map
        if source_map is None or self.place.encoded or not source_map.segments:
            return self.body
        return source_map.text.original[source_map.segments[0].at : source_map.segments[-1].until]
