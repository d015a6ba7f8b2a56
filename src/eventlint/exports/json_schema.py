"""All events as one JSON Schema document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from eventlint.exports.audience import Audience, Exported
from eventlint.exports.schema_list import DIALECTS, documents_of, events_of, type_names
from eventlint.spec import Era, document, event
from eventlint.spec.bundles import Schema, embedded, plain
from eventlint.spec.nodes import Node, Object, Objects

_ANY = "{}, as the server accepts it, without the custom contract."


def definitions(era: Era, prefix: str, exported: Exported | None = None) -> dict[str, Schema]:
    """The schema of each event and object by its type name; references start with a prefix.

    With a contract, an event's definition also has its constraints, and there is one for each list of collections that
    documents name (``SearchEventInShop``). ``ServerSearchEvent`` is then what the server accepts.
    """
    names = type_names(documents_of(era))
    if exported is None or exported.contract is None:
        return _built_in(names, prefix)
    contract = exported.contract
    from eventlint.exports.contract_schemas import Embedder, needs_arrays

    embedder = Embedder(contract.documents, prefix, _free_names(exported, names))
    narrowed: dict[str, Schema] = {}
    for audience in exported.audiences:
        for event_type, sources in audience.documents.items():
            identifier = events_of(era)[event_type]
            base = embedder.identifiers[identifier]
            if not sources and base == names[identifier]:
                continue
            parts = [{"$ref": prefix + base}, *({"$ref": embedder.reference(source)} for source in sources)]
            if sources and needs_arrays(contract.documents, sources):
                parts += _arrays(exported, event_type)
            narrowed[names[identifier] + audience.suffix] = _narrowed(identifier, audience, parts)
    built_in = _built_in(embedder.identifiers, prefix)
    for identifier, name in embedder.identifiers.items():
        if name != names.get(identifier, name):
            built_in[name] = {**built_in[name], "description": _ANY.format(document(identifier)["title"])}
    return {**narrowed, **embedder.definitions, **built_in}


def _free_names(exported: Exported, names: dict[str, str]) -> dict[str, str]:
    """The names of built-in definitions, in which those of events that the contract narrows are free."""
    taken = dict(names)
    for audience in exported.audiences:
        for event_type, sources in audience.documents.items():
            if sources and not audience.suffix:
                identifier = events_of(exported.release.era)[event_type]
                taken[identifier] = f"Server{names[identifier]}"
    return taken


def _built_in(names: dict[str, str], prefix: str) -> dict[str, Schema]:
    return {
        name: plain(embedded(document(identifier), lambda target: prefix + names[target]))
        for identifier, name in names.items()
    }


def _narrowed(identifier: str, audience: Audience, parts: list[Schema]) -> Schema:
    schema = document(identifier)
    where = f" In collections {', '.join(audience.collections)}." if audience.collections else ""
    description = f"{schema['description']} With the constraints of the custom contract.{where}"
    return {"title": schema["title"], "description": description, "allOf": parts}


def _arrays(exported: Exported, event_type: str) -> list[Schema]:
    """Schemas that require an array where the server also accepts a single object."""
    return [_at(path, {"type": "array"}) for path in _array_paths(event(event_type, exported.release))]


def _array_paths(node: Node, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if isinstance(node, Objects):
        return [path]
    fields = node.fields.items() if isinstance(node, Object) else ()
    return [found for name, below in fields for found in _array_paths(below, (*path, name))]


def _at(path: tuple[str, ...], schema: Schema) -> Schema:
    return {"properties": {path[0]: _at(path[1:], schema)}} if path else schema


def bundle(era: Era, exported: Exported | None = None) -> Schema:
    """One JSON Schema 2020-12 document for all events of an era.

    A value is valid if it is valid as any event. Each event has a definition (``#/$defs/SearchEvent``).
    """
    names = type_names(documents_of(era))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Behavioral Analytics events",
        "description": "An event of any type. Each event type has its own definition.",
        "anyOf": [{"$ref": f"#/$defs/{names[identifier]}"} for identifier in events_of(era).values()],
        "$defs": definitions(era, "#/$defs/", exported),
    }


def of_event(exported: Exported, event_type: str, suffix: str = "") -> Schema:
    """One JSON Schema 2020-12 document for one event, with the definitions that it needs.

    Args:
        exported: What is exported.
        event_type: The event type.
        suffix: The end of its definition's name, for some collections only.
    """
    era = exported.release.era
    name = type_names(documents_of(era))[events_of(era)[event_type]] + suffix
    whole = definitions(era, "#/$defs/", exported)
    needed: dict[str, Schema] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in needed:
            needed[one] = whole[one]
            waiting += [found.removeprefix("#/$defs/") for found in _references(whole[one])]
    top = needed.pop(name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **top,
        "$defs": {one: needed[one] for one in whole if one in needed},
    }


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for below in schema.values():
            yield from _references(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from _references(below)


def text(exported: Exported, dialect: str) -> str:
    """The document as JSON; see :func:`eventlint.exports.export`."""
    return json.dumps(DIALECTS[dialect](bundle(exported.release.era, exported)), indent=2, ensure_ascii=False) + "\n"
