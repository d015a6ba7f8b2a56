"""The compiled specification of an event: an immutable tree.

A tree has five kinds of node. :class:`Text` and :class:`Integer` are leaves; :class:`Object` has fields;
:class:`Objects` is an array of one kind of object; :class:`Entries` is an object with any keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from eventlint.named_tuples import NamedTuple


class Ingest(NamedTuple):
    """What the ingest pipeline does with a value after a 202 (keyword ``x-ingest`` of the schemas).

    Attributes:
        mapping: ``keyword``, ``integer``, ``uri_parts``, ``flattened`` or ``disabled``; empty when not specified.
        routing: Whether the value determines the shard.
        uri_parts: For ``disabled``: pointers into each element to URLs that are parsed nevertheless. The empty pointer
            is the value itself.
    """

    mapping: str = ""
    routing: bool = False
    uri_parts: tuple[str, ...] = ()

    @property
    def is_taken_apart(self) -> bool:
        """Whether the pipeline parses the value as a URL."""
        return self.mapping == "uri_parts" or "" in self.uri_parts


Lint = Mapping[str, Mapping[str, Any]]
"""The lint rules that check a value or an object, with their settings (keyword ``x-lint``)."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Text(NamedTuple):
    """A JSON string; with ``blank_refused`` it must contain more than white space."""

    blank_refused: bool
    ingest: Ingest
    lint: Lint = _NOTHING


class Integer(NamedTuple):
    """A whole number from ``minimum`` to ``maximum``, both included.

    With ``negative_refused`` the server's parser rejects negative numbers; its JSON reader checks the range.
    """

    minimum: int
    maximum: int
    negative_refused: bool
    converts: tuple[str, ...]
    ingest: Ingest


class Object:
    """An object with known fields.

    Attributes:
        schema: The ``$id`` of its document.
        parser: Its name in the server's messages.
        required: Sets of fields; of each set at least one field is required. In the order in which they are reported.
        lint: The lint rules that check the object as a whole.
        set_by_server: Keys that are not fields, because the server sets them, and how it sets them.
    """

    __slots__ = ("fields", "lint", "parser", "required", "schema", "set_by_server")

    def __init__(
        self,
        *,
        schema: str,
        parser: str,
        fields: Mapping[str, Node],
        required: tuple[tuple[str, ...], ...],
        lint: Lint = _NOTHING,
        set_by_server: Mapping[str, str] = _NOTHING,
    ) -> None:
        self.schema = schema
        self.parser = parser
        self.fields = fields
        self.required = required
        self.lint = lint
        self.set_by_server = set_by_server


class Objects(NamedTuple):
    """An array of objects, or one object alone."""

    item: Object
    ingest: Ingest


class Entries(NamedTuple):
    """An object with any keys; each value is a string or an array of strings."""

    schema: str
    parser: str
    ingest: Ingest
    lint: Lint = _NOTHING


Node = Text | Integer | Object | Objects | Entries
