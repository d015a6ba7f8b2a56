"""What a check of a document takes and reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from eventlint.schemas.event_places import Use
from eventlint.schemas.keywords import Path
from eventlint.schemas.validity import Library


class Problem(NamedTuple):
    """One problem of a document.

    Attributes:
        rule: The rule's name.
        path: The path to the value.
        message: What is wrong, in one sentence.
        hint: What to write instead, or None.
        of_key: Whether the key is wrong, not its value.
    """

    rule: str
    path: Path
    message: str
    hint: str | None = None
    of_key: bool = False


class View(NamedTuple):
    """A document and the documents that it may refer to.

    Attributes:
        uri: Its address.
        value: The schema.
        schemas: Each schema in it, with the path to it.
        library: The documents that it may refer to.
        is_contract: Whether it belongs to a custom contract.
        uses: How its schemas are used, by their identity; empty if it does not belong to a contract.
    """

    uri: str
    value: Any
    schemas: tuple[tuple[Path, Any], ...]
    library: Library
    is_contract: bool
    uses: Mapping[int, Use]

    def objects(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        """The schemas in the document that are objects, each with its path."""
        return ((path, schema) for path, schema in self.schemas if isinstance(schema, dict))


Check = Callable[[View], Iterator[Problem]]
