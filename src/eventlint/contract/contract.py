"""A custom contract: schema documents that check events that the server accepts."""

from __future__ import annotations

import functools
import os
import warnings
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from eventlint.contract.document_set import DocumentSet, combine
from eventlint.contract.event_view import event_view
from eventlint.contract.loading import IsIgnored, Source, line, read, source_of, validated
from eventlint.contract.rule_listing import ContractRule, rules_of
from eventlint.contract.scope import Scope, scope, used, without_built_in
from eventlint.contract.validator import Validator, registry_of
from eventlint.contract.violations import ConstraintViolation, reported, violations
from eventlint.errors import ContractWarning, UsageError
from eventlint.jsontext.locate import Parts, locate
from eventlint.mirror.reading import Reading
from eventlint.model import Finding, pointer
from eventlint.schemas.documents import Document
from eventlint.schemas.json_places import read as read_text
from eventlint.schemas.keywords import walk
from eventlint.schemas.lint_rules import BY_NAME
from eventlint.spec import event

_File = tuple[str, str, bytes]


class _Used(NamedTuple):
    """A document that is used: the events that it applies to, and what checks them."""

    identifier: str
    scope: Scope
    validator: Validator
    rules: tuple[ContractRule, ...]


class Contract:
    """A custom contract: compiled once, immutable, picklable, and safe to share between threads.

    Attributes:
        files: The files of all documents.
        identifiers: The ``$id`` of each document that events are checked by, in the order of the files.
        rules: The rules of these documents.
        rule_names: The names of all rules that the documents' authors gave.
        versions: The requested versions, by the ``$id`` without the version.
        warnings: What schema lint reports about the documents; empty in another process.
    """

    __slots__ = (
        *("_documents", "_used", "_validators", "files", "identifiers"),
        *("rule_names", "rules", "versions", "warnings"),
    )

    def __init__(
        self,
        documents: Iterable[Document],
        versions: Mapping[str, str] | None = None,
        warnings: Iterable[Finding] = (),
    ) -> None:
        """Compile valid documents; :func:`load_contract` reads them from files, and checks them.

        Args:
            documents: The documents, without errors of schema lint.
            versions: The version to use, by a document's ``$id`` without it; the newest for all others.
            warnings: What schema lint reports about them.

        Raises:
            SchemaError: There is no such version.
        """
        self.warnings = tuple(warnings)
        self._compile(combine(tuple(map(source_of, documents))), versions or {})

    def _compile(self, documents: DocumentSet, versions: Mapping[str, str]) -> None:
        self._documents = documents
        self.versions: Mapping[str, str] = MappingProxyType(dict(versions))
        registry = registry_of(documents)
        self._used = tuple(
            _Used(
                source.identifier,
                applies_to,
                Validator(documents, source, without_built_in(documents, source, applies_to), registry),
                tuple(rules_of(documents, source, applies_to)),
            )
            for source in used(documents, versions)
            for applies_to in [scope(documents, source)]
            if applies_to is not None
        )
        self._validators = functools.lru_cache(maxsize=256)(self._validators_for)
        self.files = tuple(source.document.path for source in documents.sources)
        self.identifiers = tuple(one.identifier for one in self._used)
        self.rules = tuple(rule for one in self._used for rule in one.rules)
        self.rule_names = frozenset(
            part["x-rule"]["name"]
            for source in documents.sources
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
        made.warnings = self.warnings
        made._compile(self._documents, versions)
        return made

    def accepts(self, value: Any, event_type: str, collection: str | None = None) -> bool:
        """Whether an event meets the contract.

        Args:
            value: The event as a JSON value, which the server would store unchanged.
            event_type: Its type.
            collection: Its collection; None if unknown.
        """
        try:
            for validator in self._validators(event_type, collection):
                if not validator.is_valid(value):
                    return False
        except UnicodeEncodeError:  # a lone surrogate, which is checked by another route
            return not self.violations(value, event_type, collection)
        except ValueError:
            return False
        return True

    def findings(
        self, reading: Reading, event_type: str, collection: str | None = None, *, positioned: bool = True
    ) -> list[tuple[int, Finding]]:
        """Findings of the tier ``contract``, each with its offset.

        Args:
            reading: The event; the findings are empty if the server would reject it.
            event_type: Its type.
            collection: Its collection; None if unknown.
            positioned: Whether findings have positions.
        """
        walked = reading.walk
        if walked is None or walked.faults or not self._validators(event_type, collection):
            return []
        text = reading.text
        view = event_view(walked, event(event_type, reading.release), text.data, text.start)
        found: dict[tuple[str, str, Parts], str | None] = {}
        for one in reported(self.violations(view.event, event_type, collection)):
            found.setdefault((one.rule, one.message, view.sent(one.path)), one.hint)
        if not found:
            return []
        offsets = locate(text.data, text.start, {path for _, _, path in found})
        positions = reading.lines.positions(offsets.values()) if positioned else {}
        return [
            (
                offsets[path],
                Finding(
                    rule=rule,
                    tier="contract",
                    message=message,
                    pointer=pointer(path),
                    position=positions.get(offsets[path]),
                    hint=hint,
                    event_type=event_type,
                ),
            )
            for (rule, message, path), hint in found.items()
        ]

    def violations(self, value: Any, event_type: str, collection: str | None = None) -> list[ConstraintViolation]:
        """The constraints that an event violates; the arguments are those of :meth:`accepts`."""
        return [
            one
            for validator in self._validators(event_type, collection)
            for one in violations(validator, value, self._documents)
        ]

    def rule_pointers(self, event_type: str, collection: str | None = None) -> list[tuple[str, str]]:
        """The names of the rules for an event, each with a JSON Pointer to what it checks.

        In a pointer, ``*`` is any key or index.

        Args:
            event_type: The event's type.
            collection: Its collection; None if unknown.
        """
        found = (rule for one in self._used if one.scope.has(event_type, collection) for rule in one.rules)
        return list(dict.fromkeys((rule.name, rule.pointer) for rule in found if event_type in rule.event_types))

    def identifiers_for(self, event_type: str, collection: str | None = None) -> list[str]:
        """The ``$id`` of each document that checks an event; the arguments are those of :meth:`rule_pointers`."""
        return [one.identifier for one in self._used if one.scope.has(event_type, collection)]

    @property
    def documents(self) -> DocumentSet:
        """The documents, and how they refer to each other."""
        return self._documents

    @property
    def used(self) -> tuple[tuple[Source, Scope], ...]:
        """The documents that check events, each with the events that it applies to."""
        sources = {source.identifier: source for source in self._documents.sources}
        return tuple((sources[one.identifier], one.scope) for one in self._used)

    def _validators_for(self, event_type: str, collection: str | None) -> tuple[Validator, ...]:
        return tuple(one.validator for one in self._used if one.scope.has(event_type, collection))

    def _state(self) -> tuple[tuple[_File, ...], tuple[tuple[str, str], ...]]:
        sources = self._documents.sources
        files = tuple((one.document.path, one.document.name, one.document.text.data) for one in sources)
        return files, tuple(sorted(self.versions.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, self._state()

    def __eq__(self, other: object) -> bool:
        return self._state() == other._state() if isinstance(other, Contract) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.files, self.identifiers))

    def __repr__(self) -> str:
        return f"Contract({', '.join(self.identifiers)})"


@functools.lru_cache(maxsize=8)
def _unpickled(files: tuple[_File, ...], versions: tuple[tuple[str, str], ...]) -> Contract:
    """A contract from another process; compiled once in each process."""
    documents = [Document(path=path, name=name, text=read_text(data)) for path, name, data in files]
    return Contract(documents, dict(versions))


def load_contract(
    path: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    versions: Mapping[str, str] | None = None,
    ignore: Iterable[str] = (),
) -> Contract:
    """Read a custom contract from files.

    The documents are checked as ``eventlint schema lint`` does. Its findings of the tier lint are issued as warnings of
    the category :class:`eventlint.ContractWarning`.

    Args:
        path: A file, a folder, or several of them. A folder means all its ``.json`` files that look like schemas.
            ``package:acme_events/contracts`` is a folder in an installed package.
        versions: The version to use, by a document's ``$id`` without it (``{"urn:acme:search": "1-0-0"}``). The newest
            version is used of all other documents.
        ignore: The names of rules of schema lint to switch off. Rules without which a document cannot be used stay on.

    Returns:
        The contract, to pass as ``contract=``.

    Raises:
        InputError: A path does not exist, or cannot be read.
        SchemaError: A document cannot be used; the message has file, line, column and reason.
        UsageError: The argument is not a path, or there is no such rule.
    """
    names = frozenset([ignore] if isinstance(ignore, str) else ignore)
    unknown = sorted(names - BY_NAME.keys())
    if unknown:
        raise UsageError(f"ignore: unknown rule of schema lint: {unknown[0]!r}")
    contract = loaded(path, versions, lambda finding: finding.rule in names)
    for finding in contract.warnings:
        warnings.warn(line(finding), ContractWarning, stacklevel=2)
    return contract


def loaded(
    path: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    versions: Mapping[str, str] | None = None,
    is_ignored: IsIgnored | None = None,
) -> Contract:
    """Like :func:`load_contract`, but warnings are only an attribute of the contract.

    Args:
        path: As for :func:`load_contract`.
        versions: As for :func:`load_contract`.
        is_ignored: Which findings about the documents are switched off.

    Raises:
        EventlintError: As for :func:`load_contract`.
    """
    try:
        paths = [os.fspath(path)] if isinstance(path, str | os.PathLike) else [os.fspath(one) for one in path]
    except TypeError as error:
        raise UsageError(f"a contract is read from files and folders, not from {type(path).__name__}") from error
    documents, unreadable = read(paths)
    return Contract(documents, versions, validated(documents, unreadable, is_ignored))
