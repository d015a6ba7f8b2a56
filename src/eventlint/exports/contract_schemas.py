"""The documents of a contract as definitions in one document, next to the built-in ones.

References are rewritten, and custom keywords and addresses removed, so that other programs can read the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from eventlint.contract.document_set import DocumentSet
from eventlint.contract.loading import Source
from eventlint.errors import SchemaError
from eventlint.exports.schema_list import type_names
from eventlint.schemas.event_places import REFERENCES, uses
from eventlint.schemas.keywords import LISTS, NAMED, ONE, Path, walk
from eventlint.schemas.validity import Resolver
from eventlint.spec import document
from eventlint.spec.bundles import Schema, embedded, plain
from eventlint.spec.nodes import Objects

_REMOVED = frozenset(["$id", "$schema", "$anchor", "$dynamicAnchor", "$vocabulary", "$defs", *REFERENCES])
_PACKAGED = "urn:eventlint:"


class Embedder:
    """Collects the definitions that events need, each under its name.

    Attributes:
        definitions: The definitions so far, by name.
        identifiers: The ``$id`` of the built-in documents that they refer to.
    """

    def __init__(self, documents: DocumentSet, prefix: str, taken: Mapping[str, str]) -> None:
        """Prepare.

        Args:
            documents: The documents of the contract.
            prefix: The start of references to definitions.
            taken: The names of the definitions of built-in documents, by ``$id``.
        """
        self.definitions: dict[str, Schema] = {}
        self.identifiers: dict[str, str] = dict(taken)
        self._documents = documents
        self._prefix = prefix
        self._names: dict[int, str] = {}
        self._origins: dict[int, tuple[str, Path]] = {}
        for one in documents.library.documents:
            root = documents.library.root(one.uri)
            for path, part in walk(root[0]) if root else ():
                if isinstance(part, dict):
                    self._origins.setdefault(id(part), (one.uri, path))
        self._used = set(taken.values())

    def reference(self, source: Source) -> str:
        """A reference to the definition of a document."""
        root, resolver = self._documents.root(source)
        return self._prefix + self._name(root, resolver)

    def _name(self, schema: Schema, resolver: Resolver) -> str:
        """The name of the definition of a schema, which is added if it is new."""
        if id(schema) in self._names:
            return self._names[id(schema)]
        uri, path = self._origins.get(id(schema), ("", ()))
        if uri.startswith(_PACKAGED) and not path:
            self._add_built_in(uri)
            return self.identifiers[uri]
        name = self._names[id(schema)] = self._free(_named(uri, path))
        self.definitions[name] = {}
        self.definitions[name] = self.embedded(schema, resolver)
        return name

    def _add_built_in(self, uri: str) -> None:
        """Note a built-in document and all that it refers to."""
        if uri not in self.identifiers:
            self.identifiers[uri] = self._free(type_names([*self.identifiers, uri])[uri])
            for _, part in walk(document(uri)):
                if isinstance(part, dict) and "$ref" in part:
                    self._add_built_in(part["$ref"])

    def _free(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self._used:
            number += 1
            name = f"{wanted}{number}"
        self._used.add(name)
        return name

    def embedded(self, schema: Any, resolver: Resolver) -> Any:
        """A copy of a schema for the definitions."""
        if not isinstance(schema, dict):
            return schema
        library = self._documents.library
        found: Schema = {}
        for key, value in schema.items():
            if key in _REMOVED or key.startswith("x-"):
                continue
            if key in ONE:
                found[key] = self.embedded(value, library.inside(value, resolver))
            elif key in LISTS:
                found[key] = [self.embedded(one, library.inside(one, resolver)) for one in value]
            elif key in NAMED:
                found[key] = {name: self.embedded(one, library.inside(one, resolver)) for name, one in value.items()}
            else:
                found[key] = value
        targets = [self._target(schema, key, resolver) for key in REFERENCES if key in schema]
        kept = [one for one in targets if one is not True]
        if len(kept) == 1 and isinstance(kept[0], str):
            return {"$ref": kept[0], **found}
        if kept:
            found["allOf"] = [
                *found.get("allOf", []),
                *({"$ref": one} if isinstance(one, str) else one for one in kept),
            ]
        return found

    def _target(self, schema: Schema, key: str, resolver: Resolver) -> str | bool:
        """The reference to what a keyword refers to; a boolean if it refers to one."""
        library = self._documents.library
        target = library.resolve(resolver, schema[key])
        assert target is not None  # noqa: S101 - the contract is valid
        if key == "$dynamicRef" and isinstance(target[0], dict) and "$dynamicAnchor" in target[0]:
            anchor = target[0]["$dynamicAnchor"]
            same = {
                id(part)
                for one in library.documents
                for _, part in walk(one.value)
                if isinstance(part, dict) and part.get("$dynamicAnchor") == anchor
            }
            if len(same) > 1:
                raise SchemaError(f"$dynamicRef {schema[key]!r} has several targets, so it cannot be exported")
        if isinstance(target[0], bool):
            return target[0]
        return self._prefix + self._name(target[0], library.inside(*target))


def _named(uri: str, path: Path) -> str:
    """The name of the definition of a document or a part of it: ``SearchContract``, ``CommonIndex``."""
    parts = re.sub(r"[:/_-]*\d+-\d+-\d+(?:\.schema)?(?:\.json)?$", "", uri).split(":")
    words = re.findall("[A-Za-z0-9]+", re.split("[/:]", parts[-1])[-1])
    steps = [part for part in path if part not in NAMED | LISTS | ONE]
    words += re.findall("[A-Za-z0-9]+", " ".join(steps)) if path else ["Contract"]
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name if name[:1].isalpha() else f"Contract{name}"


def needs_arrays(documents: DocumentSet, sources: Iterable[Source]) -> bool:
    """Whether documents constrain an array that the server also accepts as a single object.

    The server, and so ``check``, read a single object as an array of one. Other validators do not.
    """
    found = uses(documents.library, [source.as_document() for source in sources])
    return any(isinstance(place, Objects) for use in found.values() for place in use.places)


def bundle_of(documents: DocumentSet, source: Source) -> Schema:
    """A document of a contract with all that it refers to, in standard keywords only.

    Args:
        documents: The documents of the contract.
        source: The document.
    """
    embedder = Embedder(documents, "#/$defs/", {})
    root, resolver = documents.root(source)
    top = embedder.embedded(root, resolver)
    built_in = {
        name: plain(embedded(document(identifier), lambda target: "#/$defs/" + embedder.identifiers[target]))
        for identifier, name in embedder.identifiers.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": source.identifier,
        **top,
        "$defs": {**embedder.definitions, **built_in},
    }
