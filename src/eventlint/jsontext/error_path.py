"""The way to the place in a JSON text where reading broke off; it must not know what is wrong there."""

from __future__ import annotations

from eventlint.jsontext.reader import Reader, count_plain_elements
from eventlint.jsontext.syntax_error import JsonSyntaxError

_OBJECT, _ARRAY, _ARRAY_END, _QUOTE = b'{[]"'


def path_to_error(data: bytes, start: int, opened: list[int]) -> list[str | int]:
    """The names and indexes that lead, inside an object or array, to where it cannot be read.

    The value is read once more for this, so that nobody has to keep count while all is well.

    Args:
        data: The text.
        start: Where the value begins.
        opened: The offsets of all brackets that are open in it, its own the last.
    """
    reader = Reader(data, start + 1)
    reader.opened = list(opened)
    reader.at = reader.token = reader.held = start
    way: list[str | int] = []
    is_first = True
    before: str | int = -1
    try:
        while len(reader.opened) >= len(opened):
            before = -1 if is_first else way.pop()
            if data[reader.opened[-1]] == _OBJECT:
                name = reader.member(is_first)
                if name is None:
                    is_first = False
                    continue
                way.append(name)
                reader.accept_name()
                token = reader.value()
            else:
                if not is_first:
                    before = int(before) + count_plain_elements(data, reader.pass_plain_elements())
                token = reader.element(is_first)
                if token == _ARRAY_END:
                    is_first = False
                    continue
                way.append(int(before) + 1)
            if token == _QUOTE:
                reader.pass_text()
            is_first = token in (_OBJECT, _ARRAY)
    except JsonSyntaxError as syntax_error:
        if syntax_error.in_element:
            way.append(int(before) + 1)
    return way
