"""Validation of events by jsonschema-rs: patterns take linear time, formats are asserted, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from jsonschema_rs import Draft202012Validator, RegexOptions, Registry, ValidationError

from eventlint.contract.document_set import REFERENCES, DocumentSet
from eventlint.contract.loading import Source
from eventlint.contract.string_formats import FORMATS
from eventlint.schemas.keywords import LISTS, NAMED
from eventlint.schemas.patterns import encodable, original

_SAME_FORMATS = frozenset(["date", "ipv4", "ipv6", "json-pointer", "uuid"])
_FORMATS = {name: test for name, test in FORMATS.items() if name not in _SAME_FORMATS}
"""The formats that the engine itself tests differently; for the others it is faster than a call back to Python."""


class Origin(NamedTuple):
    """The constraint that an error comes from.

    Attributes:
        schema: The schema that holds the constraint; False when that schema refuses every value.
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


class Validator:
    """Validates events by one document."""

    __slots__ = ("_compiled", "_documents", "_source", "is_valid")

    def __init__(self, documents: DocumentSet, source: Source, schema: Any, registry: Registry) -> None:
        """Compile a document.

        Args:
            documents: The documents that it may refer to.
            source: The document.
            schema: What to ask of events: the document's schema, or what is left to ask of accepted events.
            registry: The documents, for the engine.
        """
        self._documents = documents
        self._source = source
        self._compiled = Draft202012Validator(
            with_utf8(schema),
            registry=registry,
            formats=_FORMATS,
            validate_formats=True,
            pattern_options=RegexOptions(),
            offline=True,
        )
        self.is_valid = self._compiled.is_valid
        """Whether an event is valid; raises ValueError for one that has lone surrogates."""

    def errors(self, event: Any) -> Iterator[ValidationError]:
        """The engine's errors for an event.

        Raises:
            ValueError: The engine cannot read the event.
        """
        return self._compiled.iter_errors(with_utf8(event))

    def origin(self, error: ValidationError) -> Origin:
        """The constraint that an error comes from, found along the engine's path through the schemas."""
        library = self._documents.library
        schema, resolver = self._documents.root(self._source)
        rule = schema.get("x-rule", {})
        parts = list(error.evaluation_path)
        is_false = error.kind.name == "falseSchema"
        while len(parts) > (not is_false):
            key = str(parts.pop(0))
            if key == "propertyNames":
                return Origin(schema, key, rule)
            below: Any = schema[key]
            if key in REFERENCES:
                target = library.resolve(resolver, below)
                assert target is not None  # noqa: S101 - all references were checked
                below, resolver = target
            elif key in LISTS:
                below = below[int(parts.pop(0))]
            elif key in NAMED:
                below = below[name_in(below, parts.pop(0))]
            schema, resolver = below, library.inside(below, resolver)
            rule = schema.get("x-rule", rule) if isinstance(schema, dict) else rule
        return Origin(schema, "not" if is_false else str(parts[0]), rule)


def name_in(holder: Any, part: str | int) -> Any:
    """The key or index in a JSON value that a part of the engine's path stands for."""
    if isinstance(part, int) and isinstance(holder, dict):
        # The engine turns keys such as "8" and "08" into indexes.
        return next(key for key in (str(part), *holder) if key in holder and key.lstrip("+0") == str(part).lstrip("0"))
    return part if isinstance(part, int) or part in holder else original(part)
