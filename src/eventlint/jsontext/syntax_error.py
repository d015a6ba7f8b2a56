"""What the reader cannot read, as a value that it raises; it must not know how any of it is worded."""

from __future__ import annotations

from typing import Any


class JsonSyntaxError(Exception):
    """The reader cannot go on.

    Attributes:
        kind: What is wrong; one of the names in :data:`KINDS`.
        at: The offending byte, as an offset from 0.
        server_offset: The byte that the server's position counts from, as an offset from 0.
        past: How many columns further than that byte the server's position is.
        args: What the wording needs, by the kind.
        where: What was asked for: a ``name`` (with its colon and its value's first token), a ``token``, or a ``text``.
            The reader does not know; those who asked set it.
        in_element: Whether the first token of an array's element cannot be read.
    """

    def __init__(self, kind: str, at: int, *args: Any, server_offset: int | None = None, past: int = 0) -> None:
        super().__init__(kind, at, args)
        self.kind = kind
        self.at = at
        self.server_offset = at if server_offset is None else server_offset
        self.past = past
        self.args = args
        self.where = "name"
        self.in_element = False


KINDS: dict[str, str] = {
    "character": "A character that cannot stand here. Arguments: its code, what was expected.",
    "number-character": "A character that cannot stand here in a number. Arguments: its code, what was expected.",
    "close-marker": "The wrong closing bracket. Arguments: its code, the offset of the bracket that is open.",
    "control-character": "A control character in a name or a string. Arguments: its code, which of the two.",
    "escape": "A backslash before a character that it cannot escape. Arguments: its code.",
    "space": "A control character between tokens. Arguments: its code.",
    "bare-word": "A word without quotes. Arguments: the word.",
    "leading-zero": "A number that begins with a zero.",
    "non-standard-token": "NaN or Infinity. Arguments: the token.",
    "utf8-start": "A byte that cannot begin a character. Arguments: the byte.",
    "utf8-middle": "A byte that cannot continue a character. Arguments: the byte.",
    "end": "The end of the input. Arguments: where, in the reader's words.",
    "end-after-comma": "The end of the input after a comma. Arguments: the kind of what is open.",
    "depth": "Brackets nested too deep. Arguments: the depth.",
    "number-length": "A number of too many digits. Arguments: their count.",
    "name-length": "A name of too many bytes. Arguments: their count.",
    "encoding": "An encoding that the reader does not know, or bytes that it does not hold. Arguments: a reason.",
}
