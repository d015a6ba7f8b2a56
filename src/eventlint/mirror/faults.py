"""What the walk over a payload finds, before anybody words it; it must not know rules, messages or answers."""

from __future__ import annotations

from typing import Any

KINDS: dict[str, str] = {
    "duplicate": "A name that the object already has. Arguments: the name.",
    "unknown-field": "A name that the object cannot have. Arguments: the object's node, the name.",
    "wrong-type": "A kind of value that the field cannot have. Arguments: the parser, the field, the token, its node.",
    "expected-object": "Something else where an object must begin. Arguments: the parser, the token.",
    "nested-array": "An array as an element of an array of objects. Arguments: the token.",
    "missing": "A field that an object must have. Arguments: all sets that are missing, the set that this is about.",
    "blank": "A text of only white space. Arguments: the field, its node.",
    "negative": "A number under zero. Arguments: the field, the number.",
    "number-range": "A number that does not fit into 32 bits. Arguments: its text.",
    "string-range": "A number in a string that does not fit into 32 bits. Arguments: the string.",
    "number-format": "A string that is no number. Arguments: the string, Java's words.",
    "numeric-string-length": "A string that is too long for a number. Arguments: its length in UTF-16 units.",
    "filter": "A filter that is neither a string nor an array of strings. Arguments: its name, the token.",
}
"""The kinds of fault that the walk itself finds; those of the reader are in :data:`eventlint.jsontext.syntax_error.KINDS`."""

Part = str | int


class Fault:
    """One fault of a payload, with all that is needed to word it for people and as the server would.

    Attributes:
        kind: One of :data:`KINDS`, or of the reader's.
        offset: The byte that people should look at, from 0.
        pointer: The way to the value, as names and indexes.
        chain: The parsers and fields around it, outermost first.
        token: Where the token begins that the server's reader holds as current; -1 before the first.
        server_offset: The byte that the server's own position counts from.
        past: How many columns further than that byte its position is.
        where: What the server was reading: ``name``, ``token`` or ``text``.
        fatal: Whether reading cannot go on after it.
        args: What the wording needs, by the kind.
    """

    __slots__ = ("args", "chain", "fatal", "kind", "offset", "past", "pointer", "server_offset", "token", "where")

    def __init__(
        self,
        kind: str,
        offset: int,
        args: tuple[Any, ...],
        *,
        pointer: tuple[Part, ...],
        chain: tuple[tuple[str, str], ...] = (),
        token: int = -1,
        server_offset: int,
        past: int = 0,
        where: str = "name",
        fatal: bool = False,
    ) -> None:
        self.kind = kind
        self.offset = offset
        self.args = args
        self.pointer = pointer
        self.chain = chain
        self.token = token
        self.server_offset = server_offset
        self.past = past
        self.where = where
        self.fatal = fatal
