"""Makes a client of a class derived from its own, with the same state; it must not know any client library."""

from __future__ import annotations

import functools
from typing import Any


@functools.cache
def derived(kind: type, mixin: type) -> type:
    """A class that is one of both, and is named as the first."""
    return type(kind.__name__, (mixin, kind), {"__module__": kind.__module__, "__qualname__": kind.__qualname__})


def alike(client: Any, mixin: type) -> Any:
    """A client with the same state, of a class that puts a mixin before the client's own.

    The state is copied one level deep: connections, cookies and headers are shared.
    """
    kind: type = type(client)
    copy: Any = object.__new__(derived(kind, mixin))
    state: Any = object.__getstate__(client)
    attributes, slots = state if isinstance(state, tuple) else (state, None)
    for name, value in {**(attributes or {}), **(slots or {})}.items():
        object.__setattr__(copy, name, value)
    return copy
