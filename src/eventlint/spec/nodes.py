"""The compiled contract: an immutable tree of what the server reads; it must not know schemas, files or answers.

A tree has five kinds of node. :class:`Text` and :class:`Integer` are leaves; :class:`Object` has named fields;
:class:`Objects` is an array of one kind of object; :class:`Entries` is an object with any names.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Ingest(NamedTuple):
    """What becomes of a value after a 202 (keyword ``x-ingest`` of the schemas).

    Attributes:
        mapping: ``keyword``, ``integer``, ``uri_parts``, ``flattened`` or ``disabled``; empty when nothing is said.
        routing: Whether the value decides on the shard.
        uri_parts: For ``disabled``: pointers into each element, to URLs that are taken apart all the same. The empty
            pointer is the value itself.
    """

    mapping: str = ""
    routing: bool = False
    uri_parts: tuple[str, ...] = ()

    @property
    def is_taken_apart(self) -> bool:
        """Whether the pipeline takes the value apart as a URL."""
        return self.mapping == "uri_parts" or "" in self.uri_parts


Lint = Mapping[str, Mapping[str, Any]]
"""The rules of the tier lint that look at a value or an object, and what each needs to know (keyword ``x-lint``)."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Text(NamedTuple):
    """A JSON string; with ``blank_refused`` it must hold more than white space."""

    blank_refused: bool
    ingest: Ingest
    lint: Lint = _NOTHING


class Integer(NamedTuple):
    """A whole number from ``minimum`` to ``maximum``, both included.

    ``negative_refused`` says that the server itself judges the sign; the range is judged by its JSON reader.
    """

    minimum: int
    maximum: int
    negative_refused: bool
    converts: tuple[str, ...]
    ingest: Ingest


class Object:
    """An object with known fields.

    Attributes:
        schema: The ``$id`` of the document that describes it.
        parser: The name that the server's messages give it.
        fields: Its fields, in the server's order.
        required: Sets of names, of each of which one must be there, in the order in which they are reported.
        lint: The rules of the tier lint that look at the object as a whole.
        set_by_server: Names that are no fields, since the server sets them, and how it does.
    """

    __slots__ = ("fields", "lint", "parser", "required", "schema", "set_by_server")

    def __init__(
        self,
        *,
        schema: str,
        parser: str,
        fields: "Mapping[str, Node]",
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
    """An object with any names; each value is a string or an array of strings."""

    schema: str
    parser: str
    ingest: Ingest
    lint: Lint = _NOTHING


Node = Text | Integer | Object | Objects | Entries
