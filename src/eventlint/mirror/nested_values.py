"""Reads objects and arrays in filters: values that are not stored, but whose keys must be unique."""

from __future__ import annotations

from collections.abc import Callable

from eventlint.jsontext.cursor import ARRAY, KEY, OBJECT, STRING, Cursor
from eventlint.jsontext.plain_values import skip_plain_rest
from eventlint.jsontext.reader import Reader
from eventlint.jsontext.syntax_error import JsonSyntaxError
from eventlint.mirror.faults import Part


def read_nested(
    reader: Reader, token: int, enclosing: list[Part], duplicate: Callable[[str, tuple[Part, ...]], None]
) -> None:
    """Read a value in an entry that is not a string.

    Keys of objects in it must be unique. Only the first duplicate is a fault.

    Args:
        reader: Where the value is read from.
        token: The first token of the value.
        enclosing: The path to the value; the path inside it is added if it cannot be read.
        duplicate: Called with the first duplicate key, and the path to it inside the value.

    Raises:
        JsonSyntaxError: The value cannot be read.
    """
    if token not in (OBJECT, ARRAY):
        reader.check_scalar()
        return
    if skip_plain_rest(reader):
        return
    cursor = Cursor(reader, token, keys=True, bulk=True)
    path = cursor.path
    keys: dict[int, set[Part]] = {}  # of the innermost open objects, by depth
    is_unique = True
    try:
        for token, _ in cursor:
            if token == KEY:
                depth = len(path) - 1
                if is_unique and path[-1] in keys[depth]:
                    is_unique = False
                    duplicate(str(path[-1]), tuple(path))
                keys[depth].add(path[-1])
            elif token == OBJECT:
                keys[len(path)] = set()
            elif token == STRING:
                reader.read_string()
            elif token != ARRAY:
                reader.check_scalar()
    except JsonSyntaxError:
        enclosing += path
        raise
