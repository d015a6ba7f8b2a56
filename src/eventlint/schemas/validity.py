"""Whether a schema accepts a value, by the library that knows; it must not know rules, or why somebody asks.

A schema of people may hold anything: expressions that take forever, references in circles, references that double. So
before a value is judged its texts are counted against the expressions (see :mod:`eventlint.schemas.patterns`), and the
schema's size with all references written out has a limit. What is not judged gives None, never a wrong answer.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any, Protocol
from urllib.parse import quote

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema_specifications import REGISTRY as _SPECIFICATIONS
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from eventlint.schemas import patterns
from eventlint.schemas.documents import Document, distinct, packaged_documents
from eventlint.schemas.keywords import Path, parts_of, walk

MAX_SIZE = 20_000
"""How many schemas a document may be with all its references written out, so that it is still tried on values."""

MAX_TEXT = 5_000
"""How many characters the texts of a value may have in all, so that expressions are tried on them."""

Schema = Any


class Resolver(Protocol):
    """What resolves references in some place; the library's own class is not public."""

    def lookup(self, ref: str) -> Any:
        """What a reference leads to."""

    def in_subresource(self, subresource: Any) -> Any:
        """The resolver inside a schema with an ``$id`` of its own."""


Found = tuple[Schema, Resolver]


class TooLargeError(Exception):
    """A schema is too large to be written out; never leaves the room."""


class Library:
    """Documents that refer to each other.

    Attributes:
        registry: All of them, the packaged ones, and the metaschemas.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        """Gather documents.

        Args:
            documents: Valid by the metaschema. They hide packaged ones of the same name.
        """
        held = distinct([*documents, *packaged_documents()])
        resources = [(uri, DRAFT202012.create_resource(one.value)) for uri, one in held.items()]
        registry: Registry[Any] = _SPECIFICATIONS.with_resources(resources)
        try:
            self.registry = registry.crawl()
        except Exception:  # an anchor or a name inside of a document may be anything
            self.registry = registry

    def root(self, uri: str) -> Found | None:
        """A document, and what resolves references in it."""
        return self.resolve(self.registry.resolver(), uri)

    def resolve(self, resolver: Resolver, reference: str) -> Found | None:
        """What a reference leads to; None when it leads nowhere.

        Args:
            resolver: What resolves references where the reference stands.
            reference: The reference.
        """
        try:
            found = resolver.lookup(reference)
        except Exception:  # the library tells odd references by many exceptions
            return None
        return found.contents, found.resolver

    def inside(self, schema: Schema, resolver: Resolver) -> Resolver:
        """What resolves references inside a schema, whose own ``$id`` may change it."""
        if not isinstance(schema, dict) or "$id" not in schema:
            return resolver
        try:
            inner: Resolver = resolver.in_subresource(DRAFT202012.create_resource(schema))
        except Exception:  # as above
            return resolver
        return inner

    def reached(self, schema: Schema, resolver: Resolver, *, with_definitions: bool = False) -> Iterator[Schema]:
        """Each schema that a value can be judged by, as often as references lead there; circles end.

        Args:
            schema: Where to begin.
            resolver: What resolves references there.
            with_definitions: Whether definitions count that nothing refers to.
        """
        waiting: list[tuple[Schema, Resolver, frozenset[int]]] = [(schema, resolver, frozenset())]
        while waiting:
            one, around, above = waiting.pop()
            if id(one) in above:
                continue
            yield one
            if not isinstance(one, dict):
                continue
            around = self.inside(one, around)
            parts = [below for path, below in parts_of(one) if with_definitions or path[0] != "$defs"]
            waiting += [(below, around, above) for below in parts]
            for key in ("$ref", "$dynamicRef"):
                target = self.resolve(around, one[key]) if isinstance(one.get(key), str) else None
                if target is not None:
                    waiting.append((*target, above | {id(one)}))


def fragment(uri: str, path: Path) -> str:
    """The address of a part of a document."""
    steps = (part.replace("~", "~0").replace("/", "~1") for part in path)
    told = "".join("/" + quote(step, safe="~", errors="surrogatepass") for step in steps)
    return f"{uri}#{told}" if path else uri


class Judge:
    """Asks one schema about values.

    Attributes:
        is_usable: Whether it answers at all: the schema is not too large, and its expressions can be compiled.
        is_too_large: Whether it is too large.
    """

    def __init__(self, validator: Any, reached: Iterable[Schema]) -> None:
        """Prepare to ask; see :meth:`of` and :meth:`alone`.

        Args:
            validator: Validates by the schema.
            reached: The schemas that a value may be judged by.
        """
        self._validator = validator
        self.is_usable = True
        self.is_too_large = False
        self._patterns: set[str] = set()
        for count, schema in enumerate(reached):
            if count >= MAX_SIZE:
                self.is_usable, self.is_too_large = False, True
                break
            if isinstance(schema, dict):
                self._patterns |= set(_patterns_of(schema))
        if any(patterns.why_unusable(pattern) for pattern in self._patterns):
            self.is_usable = False

    @classmethod
    def of(cls, library: Library, uri: str, *, with_definitions: bool = False) -> Judge:
        """Ask a document.

        Args:
            library: The documents.
            uri: The document's address.
            with_definitions: Whether its definitions may be asked too; see :meth:`part`.
        """
        found = library.root(uri)
        reached: Iterable[Schema] = library.reached(*found, with_definitions=with_definitions) if found else ()
        return cls(Draft202012Validator({"$ref": uri}, registry=library.registry), reached)

    def part(self, address: str) -> Judge:
        """Ask a part of a document, as carefully as the whole.

        Args:
            address: The part's address; see :func:`fragment`.
        """
        found = copy.copy(self)
        found._validator = self._validator.evolve(schema={"$ref": address})
        return found

    @classmethod
    def alone(cls, schema: Schema) -> Judge:
        """Ask a schema that refers to nothing."""
        return cls(Draft202012Validator(schema, registry=_SPECIFICATIONS), (one for _, one in walk(schema)))

    def accepts(self, value: Any) -> bool | None:
        """Whether the schema accepts a value; None when that was not tried, or could not be found out.

        Args:
            value: A JSON value.
        """
        if not self._may_try(value):
            return None
        try:
            return bool(self._validator.is_valid(value))
        except Exception:  # a reference may lead nowhere or in circles, a number be too big
            return None

    def errors(self, value: Any) -> list[ValidationError]:
        """Why the schema refuses a value, in the library's words; empty when it does not, or was not tried."""
        if not self._may_try(value):
            return []
        try:
            return list(self._validator.iter_errors(value))
        except Exception:  # as above
            return []

    def _may_try(self, value: Any) -> bool:
        if not self.is_usable:
            return False
        if not self._patterns:
            return True
        texts = list(_texts(value))
        if sum(map(len, texts)) > MAX_TEXT:
            return False
        return all(patterns.is_affordable(pattern, text) for pattern in self._patterns for text in texts)


def _patterns_of(schema: dict[str, Any]) -> Iterator[str]:
    if isinstance(schema.get("pattern"), str):
        yield schema["pattern"]
    if isinstance(schema.get("patternProperties"), dict):
        names = list(schema["patternProperties"])
        yield from names
        if len(names) > 1:
            yield "|".join(names)  # the library asks for all of them at once


def _texts(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield from one
            waiting += one.values()
