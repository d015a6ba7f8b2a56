"""A contract of one's own: documents in, what they say of events out; it must not know files of events, or output."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from eventlint.contract.event_view import see
from eventlint.contract.library import Held, hold
from eventlint.contract.loading import checked, read
from eventlint.contract.rule_listing import ContractRule, rules_of
from eventlint.contract.scope import Scope, newest, scope, without_built_in
from eventlint.contract.validator import UntriedError, Validator
from eventlint.contract.violations import constraint_violations, violations
from eventlint.errors import UsageError
from eventlint.jsontext.locate import Parts, locate
from eventlint.mirror.reading import Reading
from eventlint.model import Finding, pointer
from eventlint.rules.own import ConstraintViolation
from eventlint.schemas.documents import Document
from eventlint.schemas.json_places import read as read_text
from eventlint.schemas.keywords import walk
from eventlint.spec import event

_Text = tuple[str, str, bytes]


class _Overlay(NamedTuple):
    """A document that is used: the events that it is about, and what judges them."""

    identifier: str
    scope: Scope
    validator: Any
    rules: tuple[ContractRule, ...]


class Contract:
    """Documents that events must fit besides; compiled once, never changed, and safe to share between threads.

    Attributes:
        files: The files of all documents.
        identifiers: The ``$id`` of each document that events are judged by, in the order of the files.
        rules: The rules of these documents, as far as they can be told without an event.
        names: The names of all rules that the documents' authors gave.
        versions: The versions that were asked for, by the ``$id`` without the version.
    """

    __slots__ = ("_held", "_homes", "_overlays", "files", "identifiers", "names", "rules", "versions")

    def __init__(self, documents: Iterable[Document], versions: Mapping[str, str] | None = None) -> None:
        """Compile documents; :func:`load_contract` reads them from files.

        Args:
            documents: The documents.
            versions: The version to use, by a document's ``$id`` without it; the newest for all others.

        Raises:
            SchemaError: One of them cannot be used.
        """
        self._compile(hold(tuple(map(checked, documents))), versions or {})

    def _compile(self, held: Held, versions: Mapping[str, str]) -> None:
        self._held = held
        self.versions: Mapping[str, str] = MappingProxyType(dict(versions))
        self._overlays: tuple[_Overlay, ...] = tuple(
            _Overlay(
                source.identifier,
                about,
                Validator(without_built_in(held, source, about), registry=held.library.registry),
                tuple(rules_of(held, source, about)),
            )
            for source in newest(held, versions)
            for about in [scope(held, source)]
            if about is not None
        )
        roots = {source.identifier: held.homes[id(source.schema)] for source in held.sources}
        self._homes = {**held.homes, **{id(one.validator.schema): roots[one.identifier] for one in self._overlays}}
        self.files = tuple(source.document.path for source in held.sources)
        self.identifiers = tuple(one.identifier for one in self._overlays)
        self.rules = tuple(rule for one in self._overlays for rule in one.rules)
        self.names = frozenset(
            part["x-rule"]["name"]
            for source in held.sources
            for _, part in walk(source.schema)
            if isinstance(part, dict) and "x-rule" in part
        )

    def with_versions(self, versions: Mapping[str, str]) -> Contract:
        """The same documents with other versions in use.

        Args:
            versions: As for :func:`load_contract`.

        Raises:
            SchemaError: There is no such document, or no such version of it.
        """
        made = object.__new__(Contract)
        made._compile(self._held, versions)
        return made

    def accepts(self, value: Any, event_type: str, collection: str | None = None) -> bool:
        """Whether a parsed event that the server takes as it is fits all documents about it.

        Args:
            value: The event, as strict JSON says it.
            event_type: Its type.
            collection: The collection that it goes to; None when that is not known.
        """
        validators = self._validators(event_type, collection)
        try:
            return all(next(validator.iter_errors(value), None) is None for validator in validators)
        except (UntriedError, ArithmeticError, RecursionError):
            return False

    def findings(
        self, reading: Reading, event_type: str, collection: str | None = None, *, positioned: bool = True
    ) -> list[tuple[int, Finding]]:
        """What of an event breaks the contract: findings of the tier ``contract``, each with its byte.

        Args:
            reading: The event, which the server would take.
            event_type: Its type.
            collection: The collection that it goes to; None when that is not known.
            positioned: Whether findings have places.
        """
        walked = reading.walk
        validators = self._validators(event_type, collection)
        if walked is None or walked.faults or not validators:
            return []
        text = reading.text
        seen = see(walked, event(event_type), text.data, text.start)
        found: dict[tuple[str, str, Parts], str | None] = {}
        for validator in validators:
            for one in violations(validator, seen.event, self._homes):
                found.setdefault((one.rule, one.message, seen.sent(one.path)), one.hint)
        if not found:
            return []
        offsets = locate(text.data, text.start, {way for _, _, way in found})
        positions = reading.lines.positions(offsets.values()) if positioned else {}
        return [
            (
                offsets[way],
                Finding(
                    rule=rule,
                    tier="contract",
                    message=message,
                    pointer=pointer(way),
                    position=positions.get(offsets[way]),
                    hint=hint,
                    event_type=event_type,
                ),
            )
            for (rule, message, way), hint in found.items()
        ]

    def violations(self, value: Any, event_type: str, collection: str | None = None) -> list[ConstraintViolation]:
        """The constraints that an event breaks, one by one; the arguments are those of :meth:`accepts`."""
        return [
            one
            for validator in self._validators(event_type, collection)
            for one in constraint_violations(validator, value)
        ]

    def asks(self, event_type: str, collection: str | None = None) -> list[tuple[str, str]]:
        """The rules about an event, each with a JSON Pointer to what it looks at; ``*`` is any one name or index.

        Args:
            event_type: The event's type.
            collection: The collection that it goes to; None when that is not known.
        """
        about = (rule for one in self._overlays if one.scope.has(event_type, collection) for rule in one.rules)
        return list(dict.fromkeys((rule.name, rule.pointer) for rule in about if event_type in rule.event_types))

    def _validators(self, event_type: str, collection: str | None) -> list[Any]:
        return [one.validator for one in self._overlays if one.scope.has(event_type, collection)]

    def __reduce__(self) -> tuple[Any, ...]:
        told = tuple((one.document.path, one.document.name, one.document.text.data) for one in self._held.sources)
        return _again, (told, tuple(sorted(self.versions.items())))

    def __repr__(self) -> str:
        return f"Contract({', '.join(self.identifiers)})"


@functools.lru_cache(maxsize=8)
def _again(documents: tuple[_Text, ...], versions: tuple[tuple[str, str], ...]) -> Contract:
    """A contract that came from another process; compiled once there, however often it comes."""
    texts = [Document(path=path, name=name, text=read_text(data)) for path, name, data in documents]
    return Contract(texts, dict(versions))


def load_contract(
    where: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], *, versions: Mapping[str, str] | None = None
) -> Contract:
    """Read a contract of one's own from files.

    Args:
        where: A file, a folder, or several of them. In a folder, all ``.json`` files count that look like schemas.
        versions: The version to use, by a document's ``$id`` without it (``{"urn:acme:search": "1-0-0"}``); of all
            others the newest is used.

    Raises:
        InputError: A place is not there, or cannot be read.
        SchemaError: A document cannot be used; the message says where and why.
        UsageError: What is given names no place.
    """
    try:
        places = [os.fspath(where)] if isinstance(where, str | os.PathLike) else [os.fspath(one) for one in where]
    except TypeError as error:
        raise UsageError(f"a contract is read from files and folders, not from {type(where).__name__}") from error
    return Contract(read(places), versions)
