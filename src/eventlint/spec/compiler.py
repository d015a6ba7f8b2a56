"""Compiles schema documents to a specification.

It reads the keywords of ``event_schemas/vocabulary``. A test checks that they agree with the standard keywords of JSON
Schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from eventlint.errors import SchemaError
from eventlint.spec.nodes import Entries, Ingest, Integer, Lint, Node, Object, Objects, Text

Document = Mapping[str, Any]


def compile_event(document: Document, resolve: Callable[[str], Document]) -> Object:
    """The tree of one event."""
    return _Compiler(resolve).object(document, ())


class _Compiler:
    """Compiles each document once, so that equal subtrees are one value."""

    def __init__(self, resolve: Callable[[str], Document]) -> None:
        self._resolve = resolve
        self._done: dict[str, Object | Entries] = {}

    def object(self, document: Document, above: tuple[str, ...]) -> Object:
        node = self.document(document, above)
        if not isinstance(node, Object):
            raise SchemaError(f"{document['$id']}: must be an object with fields")
        return node

    def document(self, document: Document, above: tuple[str, ...]) -> Object | Entries:
        name = document["$id"]
        if name in above:
            raise SchemaError(f"{name}: refers to itself through {' -> '.join(above)}")
        if name not in self._done:
            try:
                self._done[name] = self._compile(document, (*above, name))
            except KeyError as error:
                raise SchemaError(f"{name}: missing keyword {error}") from error
        return self._done[name]

    def _compile(self, document: Document, above: tuple[str, ...]) -> Object | Entries:
        if document.get("x-reads", {}).get("as") == "entries":
            return Entries(
                schema=document["$id"], parser=document["x-parser"], ingest=_ingest(document), lint=_lint(document)
            )
        fields = {name: self._field(document["properties"][name], above) for name in document["x-order"]}
        return Object(
            schema=document["$id"],
            parser=document["x-parser"],
            fields=MappingProxyType(fields),
            required=tuple(tuple(names) for names in document["x-required-sets"]),
            lint=_lint(document),
            set_by_server=MappingProxyType(document.get("x-set-by-server", {})),
        )

    def _field(self, schema: Document, above: tuple[str, ...]) -> Node:
        if "$ref" in schema:
            return self.document(self._resolve(schema["$ref"]), above)
        reads = schema["x-reads"]
        if reads["as"] == "string":
            return Text(blank_refused=reads.get("refuses") == "blank", ingest=_ingest(schema), lint=_lint(schema))
        if reads["as"] == "integer":
            return Integer(
                minimum=schema["minimum"],
                maximum=schema["maximum"],
                negative_refused=reads.get("refuses") == "negative",
                converts=tuple(reads.get("converts", ())),
                ingest=_ingest(schema),
            )
        item, ingest = self.object(self._resolve(reads["of"]), above), _ingest(schema)
        if ingest.mapping == "disabled":
            item = _disabled(item, ingest.uri_parts)
        return Objects(item=item, ingest=ingest)


def _disabled(node: Object, pointers: tuple[str, ...]) -> Object:
    """An object inside a disabled mapping; the pointers lead to its URLs that are parsed nevertheless."""
    fields: dict[str, Node] = {}
    for name, field in node.fields.items():
        below = tuple(pointer[len(name) + 1 :] for pointer in pointers if f"{pointer}/".startswith(f"/{name}/"))
        ingest = Ingest(mapping="disabled", uri_parts=below)
        if isinstance(field, Object):
            fields[name] = _disabled(field, below)
        elif isinstance(field, Objects):
            fields[name] = Objects(item=_disabled(field.item, below), ingest=ingest)
        else:
            fields[name] = field._replace(ingest=ingest)
    return Object(
        schema=node.schema,
        parser=node.parser,
        fields=MappingProxyType(fields),
        required=node.required,
        lint=node.lint,
        set_by_server=node.set_by_server,
    )


def _ingest(schema: Document) -> Ingest:
    facts = schema.get("x-ingest", {})
    return Ingest(
        mapping=facts.get("mapping", ""),
        routing=facts.get("routing", False),
        uri_parts=tuple(facts.get("uri_parts", ())),
    )


def _lint(schema: Document) -> Lint:
    return MappingProxyType(schema.get("x-lint", {}))
