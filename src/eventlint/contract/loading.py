"""Reads the documents of a contract from files, and checks each by itself."""

from __future__ import annotations

import copy
import functools
import os
from collections.abc import Iterable
from typing import Any, NamedTuple

from eventlint.contract import author_errors
from eventlint.contract.string_formats import FORMATS
from eventlint.errors import SchemaError
from eventlint.rules import RULES
from eventlint.schemas import metaschema, patterns
from eventlint.schemas.change_text import shown
from eventlint.schemas.documents import Document, load, packaged_documents
from eventlint.schemas.keywords import Path, walk
from eventlint.schemas.versions import Version, version_at_end
from eventlint.spec import event_types
from eventlint.tiers import TIERS

_PACKAGED = "urn:eventlint:"
_DRAFTS = frozenset(["https://json-schema.org/draft/2020-12/schema", "urn:eventlint:vocabulary:1-0-0"])
_RESERVED = frozenset(rule.name for rule in RULES) | frozenset(TIERS) | {"all"}


class Source(NamedTuple):
    """A document that can be used.

    Attributes:
        document: The document as it was read, with positions.
        schema: A copy of its schema without ``$schema``, in which ``false`` below a key or an index is ``{"not": {}}``.
        name: Its ``$id`` without the version.
        version: The version.
    """

    document: Document
    schema: dict[str, Any]
    name: str
    version: Version

    @property
    def identifier(self) -> str:
        """The ``$id``."""
        return self.document.uri

    def as_document(self) -> Document:
        """The document, with the copy of its schema in place of what was read."""
        return self.document.with_value(self.schema)


def read(paths: Iterable[str]) -> list[Document]:
    """The documents in some files and folders.

    Raises:
        InputError: A path does not exist, or cannot be read.
        SchemaError: A file is not JSON, or there is no document.
    """
    found: dict[str, Document] = {}
    wanted = list(paths)
    for path in wanted:
        documents, unreadable = load(path)
        for one in unreadable:
            raise author_errors.in_file(one.path, f"the file is not JSON: {one.error.reason}", one.error.position)
        for document in documents:
            found.setdefault(os.path.abspath(document.path), document)
    if not found:
        raise SchemaError(f"{', '.join(wanted) or 'no path given'}: no schema documents found")
    return list(found.values())


def checked(document: Document) -> Source:
    """The document as one that can be used; a SchemaError if it cannot."""
    for path, offset in document.text.duplicates:
        position = document.text.positions([offset])[offset]
        raise author_errors.in_file(document.path, f"duplicate key {shown(path[-1])}", position)
    for fault in metaschema.faults(document.value):
        raise author_errors.at(document, fault.path, fault.message)
    identifier = document.identifier
    if not isinstance(document.value, dict) or identifier is None:
        raise author_errors.at(document, (), "the document needs an $id with a version, such as urn:acme:search:1-0-0")
    version = version_at_end(identifier)
    if version is None:
        message = "the $id must end in a version, such as urn:acme:search:1-0-0"
        raise author_errors.at(document, ("$id",), message)
    schema = copy.deepcopy(document.value)
    for path, part in walk(schema):
        if isinstance(part, dict):
            _check(document, path, part)
            part.pop("$schema", None)
            _replace_false(part)
    name = identifier.removesuffix("#").removesuffix(str(version)).rstrip(":/-_.#")
    return Source(document, schema, name, version)


def _replace_false(part: dict[str, Any]) -> None:
    """Write ``false`` for a value as a schema with a keyword, so that it is listed as a rule like all others."""
    for key in ("properties", "patternProperties"):
        if key in part:
            part[key] = {name: _without_false(one) for name, one in part[key].items()}
    if "prefixItems" in part:
        part["prefixItems"] = [_without_false(one) for one in part["prefixItems"]]
    if "items" in part:
        part["items"] = _without_false(part["items"])


def _without_false(schema: Any) -> Any:
    return {"not": {}} if schema is False else schema


def _check(document: Document, path: Path, part: dict[str, Any]) -> None:
    """Check one schema of a document by itself."""
    draft = part.get("$schema")
    if draft is not None and draft.rstrip("#") not in _DRAFTS:
        raise author_errors.at(document, (*path, "$schema"), f"{shown(draft, 60)} is not the draft 2020-12")
    if str(part.get("$id", "")).startswith(_PACKAGED):
        raise author_errors.at(document, (*path, "$id"), f"a custom $id cannot begin with {_PACKAGED}")
    name = part.get("x-rule", {}).get("name")
    if name in _RESERVED:
        raise author_errors.at(document, (*path, "x-rule", "name"), f"the rule name {name!r} is reserved")
    if "x-applies-to" in part:
        if path:
            message = "x-applies-to is only allowed at the root of a document"
            raise author_errors.at(document, (*path, "x-applies-to"), message, of_key=True)
        for index, event_type in enumerate(part["x-applies-to"].get("events", ())):
            if event_type not in event_types():
                message = f"{shown(event_type, 40)} is not an event type; use {', '.join(event_types())}"
                raise author_errors.at(document, ("x-applies-to", "events", str(index)), message)
    if "format" in part and part["format"] not in FORMATS:
        message = f"unknown format {shown(part['format'], 40)}; use {', '.join(FORMATS)}"
        raise author_errors.at(document, (*path, "format"), message)
    if "pattern" in part:
        _check_pattern(document, (*path, "pattern"), part["pattern"], of_key=False)
    for pattern in part.get("patternProperties", ()):
        _check_pattern(document, (*path, "patternProperties", pattern), pattern, of_key=True)


def _check_pattern(document: Document, path: Path, pattern: str, *, of_key: bool) -> None:
    reason = patterns.why_unsupported(pattern)
    if reason is not None:
        message = f"unsupported pattern {shown(pattern, 40)}: {reason}"
        raise author_errors.at(document, path, message, of_key=of_key)


@functools.cache
def packaged_without_draft() -> tuple[Document, ...]:
    """The packaged documents, without ``$schema``."""
    return tuple(
        one.with_value({key: below for key, below in one.value.items() if key != "$schema"})
        for one in packaged_documents()
    )
