"""A value as tokens of JSON text, each with what a reader is at when it meets it; it must not know any oddity."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from eventlint.strategies.locations import Parts


class Raw(NamedTuple):
    """A value that is written as these bytes."""

    content: bytes


class Members(NamedTuple):
    """An object as its members, in their order; names may repeat."""

    pairs: tuple[tuple[str, Any], ...]


class Token(NamedTuple):
    """One token.

    Attributes:
        content: Its bytes.
        kind: ``{``, ``}``, ``[``, ``]``, ``:``, ``,``, ``name``, ``text`` or ``other``.
        own: The way to the value that it belongs to; of a bracket, the object or array; of a name, the object around.
        after: The way to what a reader is at when it meets something wrong behind it.
    """

    content: bytes
    kind: str
    own: Parts
    after: Parts


def quoted(text: str) -> bytes:
    """A text as JSON, in UTF-8; lone surrogates as escapes."""
    try:
        return json.dumps(text, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(text).encode()


def tokens(value: Any) -> list[Token]:
    """The tokens of a value."""
    found: list[Token] = []
    _add(found, value, (), ())
    return found


def _add(found: list[Token], value: Any, own: Parts, above: Parts) -> None:
    if isinstance(value, Raw):
        found.append(Token(value.content, "text" if value.content[:1] == b'"' else "other", own, above))
    elif isinstance(value, dict | Members):
        pairs: Sequence[tuple[str, Any]] = value.pairs if isinstance(value, Members) else tuple(value.items())
        found.append(Token(b"{", "{", own, own))
        for number, (name, below) in enumerate(pairs):
            if number:
                found.append(Token(b",", ",", own, own))
            inside = (*own, name)
            found.append(Token(quoted(name), "name", own, inside))
            found.append(Token(b":", ":", inside, inside))
            _add(found, below, inside, own)
        found.append(Token(b"}", "}", own, above))
    elif isinstance(value, list):
        found.append(Token(b"[", "[", own, own))
        for index, below in enumerate(value):
            if index:
                found.append(Token(b",", ",", own, own))
            _add(found, below, (*own, index), own)
        found.append(Token(b"]", "]", own, above))
    elif isinstance(value, str):
        found.append(Token(quoted(value), "text", own, above))
    else:
        found.append(Token(json.dumps(value).encode(), "other", own, above))


def joined(parts: Sequence[Token]) -> bytes:
    """The bytes of some tokens."""
    return b"".join(token.content for token in parts)
