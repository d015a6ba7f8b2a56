"""Serializes objects to JSON as a client does, or reports the value that cannot be serialized.

Objects are untrusted: they may contain any type, contain themselves, be a million levels deep, or raise when accessed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from eventlint.jsontext.measures import has_surrogate

_KEYS = (str, int, float, bool, type(None))
_LEAVES = (str, int, float, bool, type(None))
_MAX_KEY = 200


class NotSerializable(Exception):  # noqa: N818 - it becomes a finding
    """No bytes can be sent for an object.

    Attributes:
        kind: ``depth``, ``unserializable`` or ``unencodable``.
        message: What is wrong; empty if the kind says it all.
        path: The keys and indexes that lead to the value.
        index: Of a string that was given as JSON text: the index of the character that cannot be encoded.
    """

    def __init__(self, kind: str, message: str = "", path: Sequence[str | int] = (), index: int = 0) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.path = path
        self.index = index


def to_bytes(event: object) -> bytes:
    """The bytes that are sent for an event: bytes and strings as they are, objects as JSON.

    Raises:
        NotSerializable: Nothing can be sent.
    """
    kind = type(event)  # not isinstance, because an object's __class__ may raise
    if kind is bytes:
        return event  # type: ignore[return-value]
    if issubclass(kind, bytes | bytearray | memoryview):
        try:
            return memoryview(event).tobytes()  # type: ignore[arg-type]
        except ValueError as error:  # a view whose memory was released
            raise NotSerializable("unserializable", f"the bytes are not available ({error})") from error
    try:
        return str.encode(event if issubclass(kind, str) else serialize(event))  # type: ignore[arg-type]
    except UnicodeEncodeError as error:
        path: Sequence[str | int] = ()
        if not issubclass(kind, str):
            path = find_surrogate(event)
        raise NotSerializable("unencodable", path=path, index=error.start) from error


def serialize(event: object) -> str:
    """The JSON text of an object, as a client sends it."""
    try:
        return json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    except RecursionError as error:
        raise NotSerializable("depth", "the object is nested too deep to serialize") from error
    except Exception as error:  # the object's code may raise anything
        raise _explained(event, error) from error


def find_surrogate(event: object) -> list[str | int]:
    """The path to the first string or key with a lone surrogate."""
    found = None
    with suppress(Exception):  # an object that raises when accessed again is reported without a pointer
        found = _search(event, lambda value: isinstance(value, str) and has_surrogate(value))
    return found[0] if found else []


def _explained(event: object, error: Exception) -> NotSerializable:
    """The exception that names the value which cannot be serialized."""
    found = None
    with suppress(Exception):  # an object that raises when accessed is reported without a pointer
        found = _search(event, _cannot_be_sent)
    path, circular = found or ([], False)
    return NotSerializable("unserializable", "the object contains itself" if circular else _described(error), path)


def _described(error: Exception) -> str:
    text = " ".join(str(error).split())[:120]
    return f"not serializable as JSON ({text or type(error).__name__})"


def _cannot_be_sent(value: object) -> bool:
    if isinstance(value, _Key):
        return not isinstance(value.value, _KEYS) or _is_too_long(value.value)
    return not isinstance(value, (*_LEAVES, dict, list, tuple)) or _is_too_long(value)


def _is_too_long(value: object) -> bool:
    """Whether a value is an integer with more digits than Python converts."""
    if not isinstance(value, int):
        return False
    try:
        int.__repr__(value)
    except ValueError:
        return True
    return False


class _Key:
    """A key, to distinguish it from a value."""

    def __init__(self, value: object) -> None:
        self.value = value


def _key_text(key: object) -> str:
    """A key as JSON writes it; for a key that JSON cannot write, its ``str``."""
    if isinstance(key, str):
        return key
    if isinstance(key, _KEYS) and not _is_too_long(key):
        return json.dumps(key)
    if isinstance(key, int):
        return f"({key.bit_length()} bits)"
    return str(key)[:_MAX_KEY]


def _children(value: object) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        for key, below in value.items():
            name = _key_text(key)
            yield name, _Key(key)
            yield name, key if isinstance(key, str) else None
            yield name, below
    elif isinstance(value, list | tuple):
        yield from enumerate(value)


def _search(event: object, wanted: Callable[[object], bool]) -> tuple[list[str | int], bool] | None:
    """The path to the first value that is wanted or contains itself, and whether it contains itself; not recursive.

    The order is that of serializing, so the search ends where serializing failed, however often an object is shared.
    """
    if wanted(event):
        return [], False
    path: list[str | int] = []
    above: list[tuple[int, Iterator[tuple[str | int, Any]]]] = [(id(event), _children(event))]
    inside = {id(event)}
    while above:
        identity, children = above[-1]
        step = next(children, None)
        if step is None:
            above.pop()
            inside.discard(identity)
            if path:
                path.pop()
            continue
        part, value = step
        circular = id(value) in inside
        if circular or wanted(value):
            return [*path, part], circular
        if isinstance(value, dict | list | tuple):
            path.append(part)
            above.append((id(value), _children(value)))
            inside.add(id(value))
    return None
