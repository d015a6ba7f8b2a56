"""Checks the types of arguments, so that a wrong one is a :class:`eventlint.UsageError` at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from eventlint.errors import UsageError

if TYPE_CHECKING:
    from eventlint.model import Request

T = TypeVar("T")

_SHOWN = 40
_KINDS: dict[type, str] = {str: "a string", bytes: "bytes", int: "an integer", Mapping: "a mapping"}


def is_a(value: object, kind: type) -> bool:
    """Whether a value has a type. It is not ``isinstance``, because an object's ``__class__`` may raise or lie."""
    try:
        return issubclass(type(value), kind)
    except Exception:  # a metaclass may raise, too
        return False


def instance(name: str, value: Any, kind: type[T], example: str = "") -> T:
    """The value of an argument.

    Raises:
        UsageError: The value has another type.
    """
    if not is_a(value, kind):
        wanted = _KINDS.get(kind) or f"a {kind.__name__}"
        hint = f"; write {name}={example}" if example else ""
        raise UsageError(f"{name} must be {wanted}, not {shown(value)}{hint}")
    found: T = value
    return found


def string(name: str, value: object) -> str:
    """The value of an argument that takes a string. A subclass, whose methods may do anything, becomes a plain string.

    Raises:
        UsageError: The value has another type.
    """
    if type(value) is str:
        return value
    return str.__str__(instance(name, value, str))


def integer(name: str, value: object) -> int:
    """The value of an argument that takes an integer, as a plain integer.

    Raises:
        UsageError: The value has another type.
    """
    return int.__add__(instance(name, value, int), 0)


def strings(name: str, value: object) -> tuple[str, ...] | None:
    """The value of an argument that takes an iterable of strings, or None.

    Raises:
        UsageError: The value is a single string, or not an iterable of strings.
    """
    if value is None:
        return None
    if is_a(value, str):
        text = shown(value)
        raise UsageError(f"{name} must be a list of strings, not the string {text}; write {name}=[{text}]")
    if is_a(value, bytes):
        raise UsageError(f"{name} must be a list of strings, not {shown(value)}")
    try:
        items: tuple[object, ...] = tuple(value)  # type: ignore[arg-type]  # it may not be iterable
    except Exception as error:  # the object's code may raise anything
        raise UsageError(f"{name} must be a list of strings, not {shown(value)}") from error
    for item in items:
        if not is_a(item, str):
            raise UsageError(f"{name} must contain strings only, not {shown(item)}")
    return tuple(string(name, item) for item in items)


def plain_request(value: object) -> Request:
    """A request whose method, URI and body have no subclass of their types.

    Raises:
        UsageError: It is not a request, or a part of it has the wrong type.
    """
    from eventlint.model import Request

    request = instance("request", value, Request)
    if type(request.method) is type(request.uri) is str and type(request.body) is bytes:
        return request
    method, uri = string("method", request.method), string("uri", request.uri)
    body = instance("body", request.body, bytes)
    if type(request.body) is not bytes:
        body = memoryview(body).tobytes()
    return Request(method=method, uri=uri, headers=request.headers, body=body)


def shown(value: object) -> str:
    """A value of the wrong type, as a message shows it."""
    if is_a(value, str):
        return repr(str.__str__(cast("str", value))[:_SHOWN])
    try:
        if value is None or type(value) in (bool, int, float):
            return repr(value)[:_SHOWN]
        return f"a {type(value).__name__}"
    except Exception:  # an integer with too many digits, or a metaclass
        return "another value"
