"""A value as the tokens of its JSON, each with the paths that the server reports for a fault there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from eventlint.strategies.locations import Path


class Raw(NamedTuple):
    """A value that is written as these bytes."""

    content: bytes


class Members(NamedTuple):
    """An object as its members in order; keys may repeat."""

    pairs: tuple[tuple[str, Any], ...]


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: ``{``, ``}``, ``[``, ``]``, ``:``, ``,``, ``key``, ``string`` or ``other``.
        path: The path to its value; of a bracket, to the object or array; of a key, to the object that has it.
        after: The path that a fault right after the token has.
    """

    content: bytes
    kind: str
    path: Path
    after: Path


def quoted(text: str) -> bytes:
    """A string as JSON in UTF-8, with lone surrogates as escapes."""
    try:
        return json.dumps(text, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(text).encode()


def tokens(value: Any) -> list[Token]:
    """The tokens of a value."""
    found: list[Token] = []
    _add(found, value, (), ())
    return found


def _add(found: list[Token], value: Any, path: Path, above: Path) -> None:
    if isinstance(value, Raw):
        found.append(Token(value.content, "string" if value.content[:1] == b'"' else "other", path, above))
    elif isinstance(value, dict | Members):
        pairs: Sequence[tuple[str, Any]] = value.pairs if isinstance(value, Members) else tuple(value.items())
        found.append(Token(b"{", "{", path, path))
        for number, (key, below) in enumerate(pairs):
            if number:
                found.append(Token(b",", ",", path, path))
            inside = (*path, key)
            found.append(Token(quoted(key), "key", path, inside))
            found.append(Token(b":", ":", inside, inside))
            _add(found, below, inside, path)
        found.append(Token(b"}", "}", path, above))
    elif isinstance(value, list):
        found.append(Token(b"[", "[", path, path))
        for index, below in enumerate(value):
            if index:
                found.append(Token(b",", ",", path, path))
            _add(found, below, (*path, index), path)
        found.append(Token(b"]", "]", path, above))
    elif isinstance(value, str):
        found.append(Token(quoted(value), "string", path, above))
    else:
        found.append(Token(json.dumps(value).encode(), "other", path, above))


def joined(parts: Sequence[Token]) -> bytes:
    """The bytes of some tokens."""
    return b"".join(token.content for token in parts)
