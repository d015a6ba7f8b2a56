"""Validation of events by jsonschema-rs: patterns take linear time, formats are asserted, and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from jsonschema_rs import Draft202012, Draft202012Validator, ReferencingError, RegexOptions, Registry, ValidationError

from eventlint.contract.document_set import REFERENCES, DocumentSet
from eventlint.contract.loading import Source
from eventlint.errors import SchemaError
from eventlint.schemas.keywords import LISTS, NAMED, walk
from eventlint.schemas.patterns import encodable, original
from eventlint.schemas.string_formats import FORMATS
from eventlint.schemas.validity import Resolver

_SAME_FORMATS = frozenset(["date", "ipv4", "ipv6", "json-pointer", "uuid"])
_FORMATS = {name: test for name, test in FORMATS.items() if name not in _SAME_FORMATS}
"""The formats that the engine itself tests differently; for the others it is faster than a call back to Python."""


class Origin(NamedTuple):
    """The constraint that an error comes from.

    Attributes:
        schema: The schema that holds the constraint; False when that schema rejects every value.
        keyword: The keyword; ``not`` for False.
        rule: The innermost ``x-rule`` that applies; empty without one.
    """

    schema: Any
    keyword: str
    rule: dict[str, str]


def with_utf8(value: Any) -> Any:
    """A JSON value in which all strings have UTF-8; see :func:`encodable`."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [with_utf8(one) for one in value]
    if isinstance(value, dict):
        return {encodable(key): with_utf8(below) for key, below in value.items()}
    return value


def for_engine(schema: Any) -> Any:
    """A copy of a schema that the engine can read: its strings have UTF-8, and its references are valid URIs."""
    copy = with_utf8(schema)
    for _, part in walk(copy):
        for key in ("$id", *REFERENCES) if isinstance(part, dict) else ():
            if isinstance(part.get(key), str):
                part[key] = as_uri(part[key])
    return copy


def as_uri(reference: str) -> str:
    """A reference in which all characters that a URI may not contain are percent-encoded (RFC 3986, appendix A).

    ``#/$defs/café`` and ``#/$defs/caf%C3%A9`` lead to the same schema, but the engine accepts only the second one.
    """
    base, mark, fragment = encodable(reference).partition("#")
    quoted = _quoted(base, "[]" if "://[" in base else "") + mark + _quoted(fragment, "")
    return quoted or "#"  # both are the root of the document, but the engine ignores an empty reference


def _quoted(text: str, more: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=f"!$&'()*+,;=:@/?%{more}")


_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def registry_of(documents: DocumentSet) -> Registry:
    """The documents as the engine finds them.

    Raises:
        SchemaError: The engine cannot read one of them.
    """
    resources = [(as_uri(one.uri), for_engine(one.value)) for one in documents.library.documents]
    try:
        return Registry(resources, draft=Draft202012)
    except (ReferencingError, ValueError) as error:
        paths = [source.document.path for source in documents.sources]
        raise _unusable(paths, error) from error


class Validator:
    """Validates events by one document."""

    __slots__ = ("_compiled", "_documents", "_source", "is_valid")

    def __init__(self, documents: DocumentSet, source: Source, schema: Any, registry: Registry) -> None:
        """Compile a document: its schema, or what is left of it to ask of accepted events.

        Raises:
            SchemaError: The engine cannot read it.
        """
        self._documents = documents
        self._source = source
        try:
            self._compiled = Draft202012Validator(
                for_engine(schema),
                registry=registry,
                formats=_FORMATS,
                validate_formats=True,
                pattern_options=RegexOptions(),
                offline=True,
            )
        except (ReferencingError, ValueError) as error:
            raise _unusable([source.document.path], error) from error
        self.is_valid = self._compiled.is_valid
        """Whether an event is valid; raises ValueError for one that has lone surrogates."""

    def errors(self, event: Any) -> Iterator[ValidationError]:
        """The engine's errors for an event; a ValueError if it cannot read the event."""
        return self._compiled.iter_errors(with_utf8(event))

    def origin(self, error: ValidationError) -> Origin:
        """The constraint that an error comes from, found along the engine's path through the schemas."""
        parts = tuple(error.evaluation_path)
        schema, resolver = self._documents.root(self._source)
        found = self._origins(schema, resolver, schema.get("x-rule", {}), parts, error.kind.name == "falseSchema")
        return next(found, Origin({}, str(parts[-1]), {}))

    def _origins(
        self, schema: Any, resolver: Resolver, rule: dict[str, str], parts: tuple[str | int, ...], is_false: bool
    ) -> Iterator[Origin]:
        if not parts:
            if is_false and schema is False:
                yield Origin(schema, "not", rule)
            return
        key, rest = str(parts[0]), parts[1:]
        if not isinstance(schema, dict) or key not in schema:
            return
        if key == "propertyNames" or not (rest or is_false):
            yield Origin(schema, key, rule)
            return
        library = self._documents.library
        below: list[Any] = [schema[key]]
        if key in REFERENCES:
            target = library.resolve(resolver, schema[key])
            assert target is not None  # noqa: S101 - all references were checked
            below, resolver = [target[0]], target[1]
        elif key in LISTS:
            below, rest = [schema[key][int(rest[0])]], rest[1:]
        elif key in NAMED:
            below, rest = [schema[key][name] for name in keys_in(schema[key], rest[0])], rest[1:]
        for one in below:
            inner = one.get("x-rule", rule) if isinstance(one, dict) else rule
            yield from self._origins(one, library.inside(one, resolver), inner, rest, is_false)


def _unusable(paths: list[str], error: Exception) -> SchemaError:
    """The exception for documents that the engine cannot read."""
    text = str(error).partition("\n")[0]
    message = f"{', '.join(paths)}: {text[:1].lower()}{text[1:]}"
    return SchemaError(message, path=paths[0] if len(paths) == 1 else None)


def keys_in(holder: Any, part: str | int) -> list[Any]:
    """The keys or indexes of a JSON value that a part of the engine's path may stand for.

    The engine writes keys of digits as numbers: 8 may be ``"8"`` or ``"08"``.
    """
    if isinstance(holder, list):
        return [part]
    if isinstance(part, int):
        return [key for key in holder if _DIGITS(key) and int(key) == part]
    return [part if part in holder else original(part)]


_DIGITS = re.compile(r"\+?[0-9]+").fullmatch
