"""The collections that exist; requests create and delete them."""

from __future__ import annotations

from collections.abc import Iterable

from eventlint.mirror.request_checks import is_legal

_MOST_USED = 1000
"""How many names of collections that were only sent to are known."""


class Collections:
    """The collections that exist.

    Without names, every legal name exists until it is deleted.
    """

    def __init__(self, names: Iterable[str] | None = None) -> None:
        self.is_open = names is None
        self._names = frozenset(names or ())
        self._used: frozenset[str] = frozenset()
        self._deleted: frozenset[str] = frozenset()
        self._deleted_up_to: dict[str, int] = {}

    def visible_to(self, name: str | None) -> frozenset[str] | None:
        """The collections that exist, as far as a request to one of them can tell; None when every legal name does."""
        if not self.is_open:
            return self._names
        return frozenset() if name is not None and name in self._deleted else None

    @property
    def names(self) -> list[str]:
        """The known names, sorted: those that were given, created, or sent to."""
        return sorted(self._names | self._used)

    def exists(self, name: str) -> bool:
        """Whether a collection exists."""
        return (is_legal(name) and name not in self._deleted) if self.is_open else name in self._names

    def deleted_up_to(self, name: str) -> int:
        """The ID of the newest event that was deleted with a collection of this name; 0 if there is none."""
        return self._deleted_up_to.get(name, 0)

    def use(self, name: str) -> None:
        """Note that an event was sent to a collection that exists."""
        if self.is_open and name not in self._used and len(self._used) < _MOST_USED:
            self._used |= {name}

    def create(self, name: str) -> bool:
        """Create a collection; False if it was created before."""
        if name in self._names:
            return False
        self._names |= {name}
        self._deleted -= {name}
        return True

    def delete(self, name: str, last_id: int) -> bool:
        """Delete a collection, with its events up to an ID; False if it does not exist."""
        if not self.exists(name):
            return False
        self._names -= {name}
        self._used -= {name}
        self._deleted_up_to[name] = last_id
        if self.is_open:
            self._deleted |= {name}
        return True
