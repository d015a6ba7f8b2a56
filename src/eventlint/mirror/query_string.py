"""Decodes the path and the query string of a request as the server does.

Source: Elasticsearch's ``RestUtils`` and ``PathTrie``.
"""

from __future__ import annotations

from eventlint.mirror.messages import text as message

_SEPARATORS = frozenset("&;")


class EscapeError(ValueError):
    """A percent escape that cannot be decoded; the text is the server's message."""


def decode(text: str, *, plus_is_space: bool = False) -> str:
    """Decode percent escapes; bytes that are not UTF-8 become U+FFFD. In a query string, a plus sign is a space.

    Characters of the text are bytes, up to U+00FF.
    """
    if plus_is_space and "+" in text:
        text = text.replace("+", " ")
    elif "%" not in text:
        return text
    raw = bytearray()
    index, size = 0, len(text)
    while index < size:
        character = text[index]
        if character != "%":
            raw.append(ord(character) & 0xFF)
            index += 1
            continue
        if index == size - 1:
            raise EscapeError(message("unterminated-escape", text=text))
        if text[index + 1] == "%":
            raw += b"%"
            index += 2
            continue
        if index == size - 2:
            raise EscapeError(message("partial-escape", text=text))
        digits = text[index + 1 : index + 3]
        if not (digits.isascii() and digits.isalnum() and all(digit in "0123456789abcdefABCDEF" for digit in digits)):
            raise EscapeError(message("invalid-escape", digits=digits, index=index, text=text))
        raw.append(int(digits, 16))
        index += 3
    return raw.decode("utf-8", "replace")


def parameters(query: str) -> dict[str, str]:
    """The parameters of a query string; the last one of a name wins, and one without a value is empty."""
    found: dict[str, str] = {}
    start = 0
    for index in range(len(query) + 1):
        if index < len(query) and query[index] not in _SEPARATORS:
            continue
        name, equals, value = query[start:index].partition("=")
        if not name and equals:  # a leading equals sign is ignored, and the name follows it
            name, equals, value = value.partition("=")
        if name:
            found[decode(name, plus_is_space=True)] = decode(value, plus_is_space=True) if equals else ""
        start = index + 1
    return found


def segments(path: str) -> list[str]:
    """The segments of a path, still encoded; the first slash and trailing slashes do not count."""
    parts = path.rstrip("/").split("/")
    return parts[1:] if parts and not parts[0] else parts
