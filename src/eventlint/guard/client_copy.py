"""Copies a client, with some of its methods replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


def copy_with(client: Any, methods: Mapping[str, Any]) -> Any:
    """A client with the same state, of a subclass that replaces some methods.

    The copy is shallow: both clients share connections, cookies and headers.
    """
    kind: type = type(client)
    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__, "__doc__": kind.__doc__}
    added = {"__copy__": _with_same_state, "__reduce_ex__": not_picklable}
    copy: Any = object.__new__(type(kind.__name__, (kind,), {**names, **added, **methods}))
    _put_state(copy, client)
    return copy


def not_picklable(client: Any, protocol: object) -> NoReturn:
    """The ``__reduce_ex__`` of guarded clients.

    Raises:
        TypeError: Always.
    """
    raise TypeError(f"cannot pickle a guarded {client.__class__.__name__}; call guard() in the other process")


def _with_same_state(client: Any) -> Any:
    copy: Any = object.__new__(type(client))
    _put_state(copy, client)
    return copy


def _put_state(copy: Any, client: Any) -> None:
    state: Any = object.__getstate__(client)
    attributes, slots = state if isinstance(state, tuple) else (state, None)
    for name, value in {**(attributes or {}), **(slots or {})}.items():
        object.__setattr__(copy, name, value)
