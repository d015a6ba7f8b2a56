"""The error of the JSON reader, as a value without wording."""

from __future__ import annotations

from typing import Any


class JsonSyntaxError(Exception):
    """The reader cannot go on.

    Attributes:
        kind: What is wrong: a key of :data:`KINDS`.
        at: The offending byte, as an offset from 0.
        server_offset: The byte that the server's position is computed from, as an offset from 0.
        column_shift: How many columns the server's position is after that byte.
        args: The values for the message, as :data:`KINDS` names them.
        reading: What was read: a ``key`` (up to the first token of its value), a ``token`` or a ``string``.
        in_element: Whether the error is in the first token of an array element.
    """

    def __init__(self, kind: str, at: int, *args: Any, server_offset: int | None = None, column_shift: int = 0) -> None:
        super().__init__(kind, at, args)
        self.kind = kind
        self.at = at
        self.server_offset = at if server_offset is None else server_offset
        self.column_shift = column_shift
        self.args = args
        self.reading = "key"
        self.in_element = False


KINDS: dict[str, tuple[str, ...]] = {
    "character": ("code", "expected"),
    "number-character": ("code", "expected"),
    "close-marker": ("code", "opened"),
    "control-character": ("code", "inside"),
    "escape": ("code",),
    "space": ("code",),
    "bare-word": ("word",),
    "leading-zero": (),
    "non-standard-token": ("word",),
    "utf8-start": ("byte",),
    "utf8-middle": ("byte",),
    "raw-surrogate": ("surrogate",),
    "unexpected-low-surrogate": ("surrogate",),
    "high-surrogate-alone": ("byte",),
    "low-surrogate-expected": ("unit",),
    "end": ("inside", "opened"),
    "end-after-comma": ("inside",),
    "depth": ("depth",),
    "number-length": ("length",),
    "name-length": ("length",),
    "encoding": ("reason",),
    "format": ("problem",),
}
"""The kinds of syntax errors, with the names of their arguments.

``code`` is the character that is wrong, ``opened`` the offset of the innermost open bracket (END when none is open).
"""
