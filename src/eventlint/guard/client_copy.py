"""Copies a client, with some of its methods replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def copy_with(client: Any, methods: Mapping[str, Any]) -> Any:
    """A client with the same state, of a subclass that replaces some methods.

    The copy is shallow: both clients share connections, cookies and headers.
    """
    kind: type = type(client)
    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__, "__doc__": kind.__doc__}
    copy: Any = object.__new__(type(kind.__name__, (kind,), {**names, **methods}))
    state: Any = object.__getstate__(client)
    attributes, slots = state if isinstance(state, tuple) else (state, None)
    for name, value in {**(attributes or {}), **(slots or {})}.items():
        object.__setattr__(copy, name, value)
    return copy
