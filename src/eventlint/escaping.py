"""Escapes characters that are not printable."""

from __future__ import annotations


def printable(text: str, keep: str = "") -> str:
    """A string in which each character that is not printable is escaped with its code (``u001b`` after a backslash).

    Every format and message uses it. The escaped characters are those that control a terminal, change the direction of
    writing, or are invisible, such as escape sequences, bidirectional controls, and all spaces other than U+0020.

    Args:
        text: The string.
        keep: Characters that stay, such as line feeds in a text of several lines.
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one in keep else _escaped(one) for one in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
