"""Resolves references among schema documents, and validates values by them.

Documents may refer to themselves in a circle, or double at each reference, so the size of a schema with all references
resolved has a limit. A value that cannot be validated gives None, never a wrong answer.
"""

from __future__ import annotations

import copy
import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol
from urllib.parse import quote

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from jsonschema_specifications import REGISTRY as _SPECIFICATIONS
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from eventlint.schemas import patterns
from eventlint.schemas.documents import Document, distinct, packaged_documents
from eventlint.schemas.keywords import IN_PLACE, Path, parts_of, walk
from eventlint.schemas.string_formats import FORMATS

MAX_SIZE = 20_000
"""How many schemas a document may have with all references resolved, so that values are validated by it."""

Schema = Any


class Resolver(Protocol):
    """Resolves references in some place; the class of the library is not public."""

    def lookup(self, ref: str) -> Any:
        """What a reference leads to."""

    def in_subresource(self, subresource: Any) -> Any:
        """The resolver inside a schema that has an ``$id``."""


Found = tuple[Schema, Resolver]


class TooLargeError(Exception):
    """A schema is too large with all references resolved; never leaves the room."""


class Library:
    """Documents that refer to each other.

    Attributes:
        documents: The documents, and the packaged ones.
        registry: All of them, and the metaschemas.
        asserts_formats: Whether ``format`` rejects values, as in contracts; otherwise it is an annotation.
    """

    def __init__(self, documents: Iterable[Document], *, asserts_formats: bool = False) -> None:
        """Gather documents.

        Args:
            documents: Valid by the metaschema. They replace packaged ones with the same ``$id``.
            asserts_formats: Whether ``format`` rejects values.
        """
        self.asserts_formats = asserts_formats
        by_uri = distinct([*documents, *packaged_documents()])
        self._anchors: Counter[Any] | None = None
        self.documents = tuple(by_uri.values())
        resources = [(uri, DRAFT202012.create_resource(one.value)) for uri, one in by_uri.items()]
        registry: Registry[Any] = _SPECIFICATIONS.with_resources(resources)
        try:
            self.registry = registry.crawl()
        except Exception:  # an anchor or an $id inside a document may be anything
            self.registry = registry

    def root(self, uri: str) -> Found | None:
        """A document, and what resolves references in it."""
        return self.resolve(self.registry.resolver(), uri)

    def resolve(self, resolver: Resolver, reference: str) -> Found | None:
        """What a reference leads to; None when it cannot be resolved.

        Args:
            resolver: Resolves references where the reference is.
            reference: The reference.
        """
        try:
            found = resolver.lookup(reference)
        except Exception:  # the library raises many exceptions for malformed references
            return None
        return found.contents, found.resolver

    def is_dynamic(self, target: Schema) -> bool:
        """Whether a ``$dynamicRef`` to a schema may lead to another one: several documents have its anchor."""
        anchor = target.get("$dynamicAnchor") if isinstance(target, dict) else None
        if anchor is None:
            return False
        if self._anchors is None:
            schemas = (one for document in self.documents for _, one in walk(document.value))
            self._anchors = Counter(
                one["$dynamicAnchor"] for one in schemas if isinstance(one, dict) and "$dynamicAnchor" in one
            )
        return self._anchors[anchor] != 1

    def inside(self, schema: Schema, resolver: Resolver) -> Resolver:
        """What resolves references inside a schema; its ``$id`` may change the base."""
        if not isinstance(schema, dict) or "$id" not in schema:
            return resolver
        try:
            inner: Resolver = resolver.in_subresource(DRAFT202012.create_resource(schema))
        except Exception:  # as above
            return resolver
        return inner

    def walk(self, schema: Schema, resolver: Resolver) -> Iterator[tuple[Path, dict[str, Any], Resolver]]:
        """All schemas in a document that are objects; references are not followed.

        Args:
            schema: The document.
            resolver: Resolves references in it.

        Yields:
            The path to each schema, the schema, and what resolves references inside it.
        """
        waiting: list[tuple[Path, Any, Resolver]] = [((), schema, resolver)]
        while waiting:
            path, one, outer = waiting.pop()
            if isinstance(one, dict):
                inner = self.inside(one, outer)
                yield path, one, inner
                waiting += [((*path, *below), part, inner) for below, part in parts_of(one)][::-1]

    def reached(self, schema: Schema, resolver: Resolver, *, with_definitions: bool = False) -> Iterator[Schema]:
        """Each schema that may validate a value, as often as references lead to it; circles end.

        Args:
            schema: Where to begin.
            resolver: Resolves references there.
            with_definitions: Whether to include definitions that nothing refers to.
        """
        waiting: list[tuple[Schema, Resolver, frozenset[int]]] = [(schema, resolver, frozenset())]
        while waiting:
            one, outer, above = waiting.pop()
            if id(one) in above:
                continue
            yield one
            if not isinstance(one, dict):
                continue
            inner = self.inside(one, outer)
            parts = [below for path, below in parts_of(one) if with_definitions or path[0] != "$defs"]
            waiting += [(below, inner, above) for below in parts]
            for key in ("$ref", "$dynamicRef"):
                target = self.resolve(inner, one[key]) if isinstance(one.get(key), str) else None
                if target is not None:
                    waiting.append((*target, above | {id(one)}))


def distinct_parts(library: Library, schema: Schema, resolver: Resolver) -> tuple[list[Schema], bool]:
    """Each schema that may validate a value, once; and whether validating one value by all of them has a bound.

    References to the same schema are harmless if they are followed for different parts of a value. If they are followed
    for the same value, the work doubles with each of them.

    Args:
        library: The documents.
        schema: Where to begin.
        resolver: Resolves references there.
    """
    found: dict[int, Schema] = {}
    same: dict[int, list[int]] = {}
    waiting: list[tuple[Schema, Resolver]] = [(schema, resolver)]
    while waiting and len(found) <= MAX_SIZE:
        one, outer = waiting.pop()
        if id(one) in found or not isinstance(one, dict):
            continue
        found[id(one)] = one
        inner = library.inside(one, outer)
        targets = [library.resolve(inner, one[key]) for key in ("$ref", "$dynamicRef") if isinstance(one.get(key), str)]
        parts = [(path, part) for path, part in parts_of(one) if path[0] != "$defs"]
        same[id(one)] = [id(part) for path, part in parts if path[0] in IN_PLACE]
        same[id(one)] += [id(target[0]) for target in targets if target is not None]
        waiting += [(part, inner) for _, part in parts]
        waiting += [target for target in targets if target is not None]
    return list(found.values()), len(found) <= MAX_SIZE and _is_bounded(same)


def _is_bounded(same: dict[int, list[int]]) -> bool:
    """Whether no schema leads to itself for the same value, or to too many schemas."""
    costs: dict[int, int] = {}
    for start in same:
        stack = [start]
        open_: set[int] = set()
        while stack:
            one = stack[-1]
            below = [part for part in same.get(one, ()) if part not in costs]
            if one in costs or not below:
                costs.setdefault(one, 1 + sum(costs[part] for part in same.get(one, ())))
                if costs[one] > MAX_SIZE:
                    return False
                open_.discard(one)
                stack.pop()
            elif one in open_:
                return False
            else:
                open_.add(one)
                stack += below
    return True


def fragment(uri: str, path: Path) -> str:
    """The address of a part of a document."""
    steps = (part.replace("~", "~0").replace("/", "~1") for part in path)
    pointer = "".join("/" + quote(step, safe="~", errors="surrogatepass") for step in steps)
    return f"{uri}#{pointer}" if path else uri


class SchemaValidator:
    """Validates values by one schema.

    Attributes:
        is_usable: Whether it validates at all: the schema is not too large, and all its patterns are supported.
        is_too_large: Whether it is too large.
    """

    def __init__(self, validator: Any, reached: Iterable[Schema]) -> None:
        """Prepare to validate; see :meth:`of` and :meth:`alone`.

        Args:
            validator: Validates by the schema.
            reached: The schemas that may validate a value.
        """
        self._validator = validator
        self.is_too_large = False
        found: set[str] = set()
        keywords: set[str] = set()
        for count, schema in enumerate(reached):
            if count >= MAX_SIZE:
                self.is_too_large = True
                break
            if isinstance(schema, dict):
                keywords |= schema.keys()
                found |= set(_patterns_of(schema))
        # The library runs the patterns of keys itself to find out which keys are unevaluated.
        is_unbounded = {"patternProperties", "unevaluatedProperties"} <= keywords
        self.is_usable = not (self.is_too_large or is_unbounded or not all(map(patterns.is_comparable, found)))

    @classmethod
    def of(cls, library: Library, uri: str, *, with_definitions: bool = False) -> SchemaValidator:
        """A validator for a document.

        Args:
            library: The documents.
            uri: The document's address.
            with_definitions: Whether its definitions may be used too; see :meth:`part`.
        """
        found = library.root(uri)
        reached: Iterable[Schema] = library.reached(*found, with_definitions=with_definitions) if found else ()
        return cls(_validator_in(library, {"$ref": uri}), reached)

    @classmethod
    def comparing(cls, library: Library, uri: str) -> SchemaValidator:
        """A validator for a document that may refer to the same large schema in many places.

        Args:
            library: The documents.
            uri: The document's address.
        """
        found = library.root(uri)
        schemas, is_bounded = distinct_parts(library, *found) if found else ([], False)
        validator = cls(_validator_in(library, {"$ref": uri}), schemas)
        validator.is_too_large = not is_bounded
        validator.is_usable = validator.is_usable and is_bounded
        return validator

    def part(self, address: str) -> SchemaValidator:
        """A validator for a part of a document.

        Args:
            address: The part's address; see :func:`fragment`.
        """
        found = copy.copy(self)
        found._validator = self._validator.evolve(schema={"$ref": address})
        return found

    @classmethod
    def inside(cls, library: Library, schema: Schema, resolver: Resolver) -> SchemaValidator:
        """A validator for a schema in a document.

        Args:
            library: The documents.
            schema: The schema.
            resolver: Resolves references where the schema is.
        """
        validator = _validator_in(library, schema, library.inside(schema, resolver))
        schemas, is_bounded = distinct_parts(library, schema, resolver)
        found = cls(validator, schemas)
        found.is_usable = found.is_usable and is_bounded
        return found

    @classmethod
    def alone(cls, schema: Schema) -> SchemaValidator:
        """A validator for a schema without references; it does not assert formats."""
        return cls(_Validator(schema, registry=_SPECIFICATIONS), (one for _, one in walk(schema)))

    @classmethod
    def of_form(cls, form: Schema) -> SchemaValidator:
        """A validator for a normal form without references; it asserts the formats that are left."""
        validator = _Validator(form, registry=_SPECIFICATIONS, format_checker=_formats())
        return cls(validator, (one for _, one in walk(form)))

    def accepts(self, value: Any) -> bool | None:
        """Whether the schema accepts a value; None when that cannot be determined.

        Args:
            value: A JSON value.
        """
        try:
            return bool(self._validator.is_valid(value)) if self.is_usable else None
        except Exception:  # a reference may be unresolvable or circular, a number too large
            return None

    def errors(self, value: Any) -> list[ValidationError]:
        """Why the schema rejects a value; empty when it accepts the value, or that cannot be determined."""
        try:
            return list(self._validator.iter_errors(value)) if self.is_usable else []
        except Exception:  # as above
            return []


def _patterns_of(schema: dict[str, Any]) -> Iterator[str]:
    if isinstance(schema.get("pattern"), str):
        yield schema["pattern"]
    if isinstance(schema.get("patternProperties"), dict):
        yield from schema["patternProperties"]


def _matches(pattern: str, text: str) -> bool:
    found = patterns.search_ahead(pattern, text)
    if found is None:
        raise ValueError("the pattern is too complex")
    return found


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _matches(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _below(validator: Any, value: Any, schema: Any, path: Any, schema_path: Any = None) -> Iterator[ValidationError]:
    """The errors of a member or an element; the library gives those of a false schema no path."""
    if schema is False:
        error = ValidationError("no value is allowed", validator=None, instance=value, schema=False)  # type: ignore[arg-type]
        error.path.appendleft(path)
        if schema_path is not None:
            error.schema_path.appendleft(schema_path)
        yield error
    else:
        yield from validator.descend(value, schema, path=path, schema_path=schema_path)


def _properties(validator: Any, properties: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
    for key, schema in properties.items() if isinstance(instance, dict) else ():
        if key in instance:
            yield from _below(validator, instance[key], schema, key, key)


def _pattern_properties(validator: Any, value: Any, instance: Any, _: Any) -> Iterator[ValidationError]:
    for pattern, schema in value.items() if isinstance(instance, dict) else ():
        for key, below in instance.items():
            if _matches(pattern, key):
                yield from _below(validator, below, schema, key, pattern)


def _additional_properties(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    described = schema.get("properties", {})
    others = schema.get("patternProperties", {})
    for key, below in instance.items() if isinstance(instance, dict) else ():
        if key in described or any(_matches(pattern, key) for pattern in others):
            continue
        if value is False:
            yield ValidationError(f"Additional properties are not allowed ({key!r} was unexpected)")
        else:
            yield from validator.descend(below, value, path=key)


_Validator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "pattern": _pattern,
        "properties": _properties,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
    },
)
"""The library's class for 2020-12, with patterns in linear time."""


def _evolve(validator: Any, **changes: Any) -> Any:
    """The validator for another schema; the library's method takes its own class for schemas with ``$schema``."""
    kept = {"schema": validator.schema, "format_checker": validator.format_checker, "registry": validator._registry}
    return _Validator(**{**kept, "_resolver": validator._resolver, **changes})


_Validator.evolve = _evolve


def _validator_in(library: Library, schema: Schema, resolver: Resolver | None = None) -> Any:
    checker = _formats() if library.asserts_formats else None
    more = {} if resolver is None else {"_resolver": resolver}
    return _Validator(schema, registry=library.registry, format_checker=checker, **more)


@functools.cache
def _formats() -> FormatChecker:
    """The formats that contracts assert, for the library."""
    checker = FormatChecker(formats=())
    for name, test in FORMATS.items():
        checker.checks(name)(functools.partial(_has_format, test))
    return checker


def _has_format(test: Callable[[str], bool], value: object) -> bool:
    return not isinstance(value, str) or test(value)
