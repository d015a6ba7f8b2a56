"""The faults that the walk over a payload finds, as values without wording."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Any

from eventlint.jsontext.syntax_error import JsonSyntaxError

KINDS: dict[str, tuple[str, ...]] = {
    "duplicate": ("key",),
    "unknown-field": ("node", "key"),
    "wrong-type": ("parser", "field", "token", "node"),
    "expected-object": ("parser", "token"),
    "nested-array": ("token",),
    "missing": ("missing", "fields"),
    "blank": ("field", "node"),
    "negative": ("field", "number"),
    "number-range": ("number",),
    "string-range": ("string",),
    "number-format": ("string", "reason"),
    "numeric-string-length": ("length",),
    "filter": ("key", "token"),
}
"""The kinds of fault in valid JSON, with the names of their arguments; for the others see
:data:`eventlint.jsontext.syntax_error.KINDS`.

``node`` is the specification of the object or field, ``token`` the server's name of a token, ``missing``
all sets of required fields that are missing, ``fields`` the one that the fault is about, and ``length`` counts UTF-16
units.
"""

Part = str | int


@dataclass(slots=True, eq=False, repr=False)
class Fault:
    """One fault of a payload, with what its messages need.

    Attributes:
        kind: A key of :data:`KINDS`, or of the JSON reader's.
        offset: The byte to show, from 0.
        args: The values of the message, as the kind's entry in :data:`KINDS` names them.
        pointer: The path to the value, as keys and indexes.
        enclosing: The parsers and fields around the value, outermost first.
        token_start: Where the server's current token begins; -1 before the first.
        server_offset: The byte that the server's position is computed from.
        column_shift: How many columns the server's position is after that byte.
        reading: What the server was reading: ``key``, ``token`` or ``string``; or ``stored``, the JSON that it wrote of
            an accepted event.
        fatal: Whether reading stops at this fault.
    """

    kind: str
    offset: int
    args: tuple[Any, ...]
    _: KW_ONLY
    pointer: tuple[Part, ...]
    enclosing: tuple[tuple[str, str], ...] = ()
    token_start: int = -1
    server_offset: int
    column_shift: int = 0
    reading: str = "key"
    fatal: bool = False

    @classmethod
    def of_syntax_error(
        cls,
        error: JsonSyntaxError,
        pointer: tuple[Part, ...] = (),
        enclosing: tuple[tuple[str, str], ...] = (),
        token_start: int = -1,
    ) -> Fault:
        """The fault for an error of the JSON reader; for the arguments see :class:`Fault`."""
        return cls(
            error.kind,
            error.at,
            error.args,
            pointer=pointer,
            enclosing=enclosing,
            token_start=token_start,
            server_offset=error.server_offset,
            column_shift=error.column_shift,
            reading=error.reading,
            fatal=True,
        )
