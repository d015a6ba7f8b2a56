"""Reads YAML as the server does.

Source: Jackson's ``YAMLParser``, on top of SnakeYAML.
"""

from __future__ import annotations

from typing import Any

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from eventlint.mirror.formats.transcript import (
    ARRAY,
    ARRAY_END,
    OBJECT,
    OBJECT_END,
    FormatError,
    Place,
    Problem,
    Transcript,
    joined,
)
from eventlint.mirror.formats.yaml_scalars import InvalidNumberError, Scalar, resolve
from eventlint.mirror.formats.yaml_scanner import Events, YamlError
from eventlint.mirror.formats.yaml_text import YamlText

_EVENTS = "org.yaml.snakeyaml.events"


def read(data: bytes, max_depth: int | None, max_number: int | None) -> Transcript:
    """The transcript of a body.

    Args:
        data: The body.
        max_depth: How deep values may be nested.
        max_number: How many characters a number may have.
    """
    return _Parser(data, max_depth, max_number).run()


class _Parser:
    def __init__(self, data: bytes, max_depth: int | None, max_number: int | None) -> None:
        self.events = Events(YamlText(data))
        self.max_depth = max_depth
        self.max_number = max_number
        self.out = Transcript()
        self.levels: list[int] = []
        self.start = self.end = Place(1, 1, 0)  # of the last event

    def run(self) -> Transcript:
        try:
            self.value()
            while self.levels:
                if self.levels[-1] == ARRAY or self.key():
                    self.value()
        except FormatError as error:
            self.out.fault(error, self.start)
        return self.out

    def next(self) -> Any:
        """The next event."""
        try:
            event = self.events.next_event()
        except YamlError as error:
            shown = None if error.mark is None else _place(error.mark)
            raise FormatError(error.problem, self.end, shown=shown) from None
        self.start, self.end = _place(event.start_mark), _place(event.end_mark)
        return event

    def key(self) -> bool:
        """Read a key; False at the end of the mapping."""
        event = self.next()
        if isinstance(event, ScalarEvent):
            self.out.key(joined(event.value), self.start, self.end)
            return True
        if not isinstance(event, MappingEndEvent):
            reason = f"Expected a field name (Scalar value in YAML), got this instead: {_described(event)}"
            raise FormatError(Problem(reason), self.end)
        self.levels.pop()
        self.out.close(OBJECT_END, self.start, self.end)
        return False

    def value(self) -> None:
        """Read the first token of a value, or the end of a sequence."""
        while True:
            event = self.next()
            if isinstance(event, ScalarEvent):
                return self.scalar(event)
            if isinstance(event, AliasEvent):
                return self.out.string(joined(event.anchor or ""), self.start, self.end)
            if isinstance(event, MappingStartEvent):
                return self.open(OBJECT)
            if isinstance(event, SequenceStartEvent):
                return self.open(ARRAY)
            if isinstance(event, SequenceEndEvent):
                self.levels.pop()
                return self.out.close(ARRAY_END, self.start, self.end)
            if isinstance(event, StreamEndEvent):
                return self.out.end(self.start)

    def open(self, kind: int) -> None:
        if self.max_depth is not None and len(self.levels) >= self.max_depth:
            raise FormatError.of_limit("depth", len(self.levels) + 1)
        self.levels.append(kind)
        self.out.open(kind, self.start, self.end)

    def scalar(self, event: Any) -> None:
        """Read a scalar."""
        place, end, text = self.start, self.end, joined(event.value)
        try:
            scalar = resolve(text, event.tag, is_plain=event.implicit[0])
        except InvalidNumberError as error:
            raise FormatError(error.problem, end) from None
        if scalar.kind == "string":
            self.out.string(text, place, end)
        elif scalar.kind == "number":
            self.out.number(scalar.value, place, end, self.number_error(scalar), shown=text)
        elif scalar.kind == "binary":
            self.out.binary(place, end)
        elif scalar.kind == "none":
            self.out.absent(place, end)
        else:
            self.out.literal(scalar.kind.encode(), place, end)

    def number_error(self, scalar: Scalar) -> FormatError | None:
        """Why a number cannot be read."""
        if scalar.problem is not None:
            return FormatError(scalar.problem, self.end)
        if self.max_number is not None and scalar.length > self.max_number:
            return FormatError.of_limit("number-length", scalar.length)
        return None


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1, mark.index)


def _described(event: Any) -> str:
    """An event as Java shows it."""
    name = type(event).__name__
    anchor = event.anchor if event.anchor is not None else "null"
    if isinstance(event, AliasEvent):
        return f"<{_EVENTS}.{name}(anchor={anchor})>"
    tag = event.tag if event.tag is not None else "null"
    implicit = str(bool(event.implicit)).lower()
    return f"<{_EVENTS}.{name}(anchor={anchor}, tag={tag}, implicit={implicit})>"
