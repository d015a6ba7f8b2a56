"""What the checker asks of a contract of one's own; it must not know how a contract answers, or what it is made of."""

from __future__ import annotations

from typing import Any, Protocol

from eventlint.model import Finding
from eventlint.server.payload import Reading


class OwnContract(Protocol):
    """Says what of an event that the server takes is not as an organisation wants it."""

    def accepts(self, value: Any, event_type: str, collection: str | None = None) -> bool:
        """Whether there is surely nothing; when in doubt, there is.

        Args:
            value: The event, as strict JSON says it; the server would store it as it is.
            event_type: Its type.
            collection: The collection that it goes to; None when that is not known.
        """
        ...

    def findings(
        self, reading: Reading, event_type: str, collection: str | None = None, *, positioned: bool = True
    ) -> list[tuple[int, Finding]]:
        """Findings of the tier ``contract``, each with its byte.

        Args:
            reading: The event; reading it met no fault.
            event_type: Its type.
            collection: The collection that it goes to; None when that is not known.
            positioned: Whether findings have places.
        """
        ...
