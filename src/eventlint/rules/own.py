"""What the checker asks of a contract of one's own; it must not know how a contract answers, or what it is made of."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple, Protocol

from eventlint.mirror.faults import Part
from eventlint.mirror.reading import Reading
from eventlint.model import Finding


class ConstraintViolation(NamedTuple):
    """A constraint that an event breaks, for those who want to mend or to break events.

    Attributes:
        rule: The name of the rule.
        path: The way to the value.
        keyword: The keyword of JSON Schema that is the constraint.
        schema: The schema that it stands in.
        name: The name of a member that is missing or not allowed; empty where it is about none.
        choices: Of ``anyOf`` and ``oneOf``: what breaks each branch.
    """

    rule: str
    path: tuple[Part, ...]
    keyword: str
    schema: Any
    name: str
    choices: tuple[tuple[ConstraintViolation, ...], ...] = ()


class Contract(Protocol):
    """Says what of an event that the server takes is not as an organisation wants it."""

    @property
    def rule_names(self) -> Collection[str]:
        """The names of all rules that its authors gave."""
        ...

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

    def violations(self, value: Any, event_type: str, collection: str | None = None) -> Sequence[Any]:
        """The constraints that an event breaks, one by one; the arguments are those of :meth:`accepts`."""
        ...

    def rule_pointers(self, event_type: str, collection: str | None = None) -> Sequence[tuple[str, str]]:
        """The rules about an event, each with a JSON Pointer to what it looks at; ``*`` is any one name or index.

        Args:
            event_type: The event's type.
            collection: The collection that it goes to; None when that is not known.
        """
        ...
