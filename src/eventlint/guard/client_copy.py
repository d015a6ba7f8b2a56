"""Makes a client of a class derived from its own, with the same state; it must not know any client library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def alike(client: Any, methods: Mapping[str, Any]) -> Any:
    """A client with the same state, of a class of its own that has some methods otherwise.

    The state is copied one level deep: connections, cookies and headers are shared.

    Args:
        client: The client.
        methods: What the class has otherwise, by name.
    """
    kind: type = type(client)
    names = {"__module__": kind.__module__, "__qualname__": kind.__qualname__, "__doc__": kind.__doc__}
    copy: Any = object.__new__(type(kind.__name__, (kind,), {**names, **methods}))
    state: Any = object.__getstate__(client)
    attributes, slots = state if isinstance(state, tuple) else (state, None)
    for name, value in {**(attributes or {}), **(slots or {})}.items():
        object.__setattr__(copy, name, value)
    return copy
