"""The variables of a request file: those that it defines, and those whose values are not known."""

from __future__ import annotations

import re

from eventlint.inputs.requests.grammar import VARIABLE
from eventlint.inputs.source_map import EventBuilder

MAX_DEPTH = 10
"""How deep the values of variables may refer to other variables."""

MOST = 10_000
"""The longest value that is put in place of a variable, in bytes."""

_VARIABLE = re.compile(VARIABLE)
_NAMED = re.compile(rb"\{\{[ \t]*([^\s{}]+)[ \t]*\}\}")


class FileVariables:
    """The variables that a request file defines with ``@name = value``."""

    def __init__(self) -> None:
        self._values: dict[bytes, bytes | None] = {}
        self._resolved_values: dict[bytes, bytes | None] = {}

    def define(self, name: bytes, value: bytes) -> None:
        """Define a variable. Its value is not known if the file defines it twice, or with an escape."""
        is_simple = b"\\" not in value and len(value) <= MOST
        self._values[name] = value if is_simple and self._values.get(name, value) == value else None
        self._resolved_values.clear()

    def copy(self) -> FileVariables:
        """The same variables; what is defined later is only in one of both."""
        found = FileVariables()
        found._values.update(self._values)
        return found

    @property
    def definitions(self) -> tuple[tuple[bytes, bytes | None], ...]:
        """The variables with their values, in the order of their names."""
        return tuple(sorted(self._values.items()))

    def __len__(self) -> int:
        return len(self._values)

    def value(self, variable: bytes) -> bytes | None:
        """The value of a variable; None if it is not known. It may contain variables that are not known."""
        match = _NAMED.fullmatch(variable)
        return self._resolved(match[1], 0) if match else None

    def _resolved(self, name: bytes, depth: int) -> bytes | None:
        if name in self._resolved_values:
            return self._resolved_values[name]
        value = self._values.get(name)
        if value is None or depth == MAX_DEPTH:
            return None
        self._resolved_values[name] = None  # a variable that refers to itself has no value

        def replaced(match: re.Match[bytes]) -> bytes:
            return self._resolved(match[1], depth + 1) or match[0]

        value = _NAMED.sub(replaced, value)
        self._resolved_values[name] = value = value if len(value) <= MOST else None
        return value

    def applied(self, text: bytes) -> bytes:
        """A text with the known variables replaced."""
        if not self:
            return text
        return _NAMED.sub(lambda match: self.value(match[0]) or match[0], text)

    def known(self, text: str) -> str:
        """A string with the known variables replaced."""
        if not self or "{{" not in text:
            return text
        return self.applied(text.encode("utf-8", "replace")).decode("utf-8", "replace")


def keep(builder: EventBuilder, data: bytes, start: int, end: int, variables: FileVariables) -> None:
    """Add a part of a file to an event; the value of a variable replaces it if it is known.

    A variable whose value is not known stays as it is, and no fix may touch it.
    """
    part = data[start:end]
    if b"$" in part or b"{{" in part:
        for match in _VARIABLE.finditer(data, start, end):
            builder.keep(start, match.start())
            start = match.end()
            value = variables.value(match[0])
            if value is None:
                builder.keep(match.start(), start, is_exact=False)
            else:
                builder.replace(match.start(), start, value)
    builder.keep(start, end)


def unknown(body: bytes) -> tuple[tuple[int, int], ...]:
    """The variables in a body: for each, its first byte and the byte after it."""
    if b"$" not in body and b"{{" not in body:
        return ()
    return tuple(match.span() for match in _VARIABLE.finditer(body))


def has_variable(text: str) -> bool:
    """Whether a text contains a variable."""
    return _VARIABLE.search(text.encode("utf-8", "surrogatepass")) is not None


def with_variables(text: str, value: str) -> str:
    """A text with a value in place of each variable."""
    if "$" not in text and "{{" not in text:
        return text
    return _VARIABLE.sub(value.encode(), text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")


def relocated(spans: tuple[tuple[int, int], ...], before: bytes, after: bytes) -> tuple[tuple[int, int], ...]:
    """The same variables in a body that was edited elsewhere."""
    found: list[tuple[int, int]] = []
    offset = 0
    for start, end in spans:
        offset = after.find(before[start:end], offset)
        if offset < 0:
            return unknown(after)
        found.append((offset, offset + end - start))
        offset += end - start
    return tuple(found)
