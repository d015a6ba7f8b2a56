"""What a check says, before it becomes a finding; it must not know files or positions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from eventlint.schemas.keywords import Path
from eventlint.schemas.validity import Library


class Told(NamedTuple):
    """One thing that is wrong with a document.

    Attributes:
        rule: The rule's name.
        path: The way to what it is about.
        message: One sentence.
        hint: What to write instead, or None.
        of_name: Whether it is about the member's name, not about its value.
    """

    rule: str
    path: Path
    message: str
    hint: str | None = None
    of_name: bool = False


class View(NamedTuple):
    """A document, as checks see it.

    Attributes:
        uri: Its address.
        value: The schema.
        schemas: Each schema in it, with the way to it.
        library: The documents that it may refer to.
    """

    uri: str
    value: Any
    schemas: tuple[tuple[Path, Any], ...]
    library: Library


Check = Callable[[View], Iterator[Told]]
