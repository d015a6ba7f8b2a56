"""Documents from files, as far as each can be judged by itself; it must not know what they refer to.

What is wrong with a document is a :class:`eventlint.errors.SchemaError` with its place.
"""

from __future__ import annotations

import copy
import functools
import os
from collections.abc import Iterable
from typing import Any, NamedTuple

from eventlint.contract import author_errors as blame
from eventlint.contract.string_formats import FORMATS
from eventlint.errors import SchemaError
from eventlint.model import TIERS
from eventlint.rules import RULES
from eventlint.schemas import metaschema, patterns
from eventlint.schemas.change_text import shown
from eventlint.schemas.documents import Document, load, packaged_documents
from eventlint.schemas.keywords import Path, walk
from eventlint.schemas.versions import Version, version_at_end
from eventlint.spec import event_types

_OWN = "urn:eventlint:"
_DRAFTS = frozenset(["https://json-schema.org/draft/2020-12/schema", "urn:eventlint:vocabulary:1-0-0"])
_TAKEN = frozenset(rule.name for rule in RULES) | frozenset(TIERS) | {"all"}
# They ask which members no other keyword has looked at, so all others are asked before them.
LAST = ("unevaluatedItems", "unevaluatedProperties")


class Source(NamedTuple):
    """A document that can be used.

    Attributes:
        document: As it was read, with its places.
        schema: A copy of what it says, without ``$schema``; the library would else leave our own reading of keywords.
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


def read(places: Iterable[str]) -> list[Document]:
    """The documents in some files and folders.

    Raises:
        InputError: A place is not there, or cannot be read.
        SchemaError: A file holds no JSON, or there is no document.
    """
    found: dict[str, Document] = {}
    told = list(places)
    for place in told:
        documents, unread = load(place)
        for broken in unread:
            path = os.path.join(place, broken.name) if os.path.isdir(place) else place
            raise blame.unread(path, f"the file is no JSON: {broken.error.reason}", broken.error.position)
        for document in documents:
            found.setdefault(os.path.abspath(document.path), document)
    if not found:
        raise SchemaError(f"{', '.join(told) or 'nothing'}: no schema documents were found")
    return list(found.values())


def checked(document: Document) -> Source:
    """A document that can be used.

    Raises:
        SchemaError: It cannot be.
    """
    for path, offset in document.text.twice:
        place = document.text.positions([offset])[offset]
        raise blame.unread(document.path, f"{shown(path[-1])} stands twice here", place)
    for fault in metaschema.broken(document.value):
        raise blame.at(document, fault.path, fault.message)
    identifier = document.identifier
    if not isinstance(document.value, dict) or identifier is None:
        raise blame.at(document, (), "the document needs an $id that ends in a version, like urn:acme:search:1-0-0")
    version = version_at_end(identifier)
    if version is None:
        raise blame.at(document, ("$id",), "the $id must end in a version, like urn:acme:search:1-0-0")
    schema = copy.deepcopy(document.value)
    for path, part in walk(schema):
        if isinstance(part, dict):
            _check(document, path, part)
            part.pop("$schema", None)
            _open_false(part)
            for key in LAST:
                if key in part:
                    part[key] = part.pop(key)
    name = identifier.removesuffix("#").removesuffix(str(version)).rstrip(":/-_.#")
    return Source(document, schema, name, version)


def _open_false(part: dict[str, Any]) -> None:
    """Write ``false`` below a name or an index otherwise: the library would forget where in the value it was."""
    for key in ("properties", "patternProperties"):
        part.update({key: {name: _never(one) for name, one in part[key].items()}} if key in part else {})
    if "prefixItems" in part:
        part["prefixItems"] = [_never(one) for one in part["prefixItems"]]
    if "items" in part:
        part["items"] = _never(part["items"])


def _never(schema: Any) -> Any:
    return {"not": {}} if schema is False else schema


def _check(document: Document, path: Path, part: dict[str, Any]) -> None:
    """Look at one schema of a document by itself."""
    said = part.get("$schema")
    if said is not None and said.rstrip("#") not in _DRAFTS:
        raise blame.at(document, (*path, "$schema"), f"{shown(said, 60)} is not the draft 2020-12, which is used here")
    if str(part.get("$id", "")).startswith(_OWN):
        raise blame.at(document, (*path, "$id"), f"an $id of one's own cannot begin with {_OWN}")
    name = part.get("x-rule", {}).get("name")
    if name in _TAKEN:
        raise blame.at(document, (*path, "x-rule", "name"), f"{name!r} is a name that eventlint uses itself")
    if "x-applies-to" in part:
        if path:
            raise blame.at(document, (*path, "x-applies-to"), "x-applies-to stands at a document's root", of_name=True)
        for index, kind in enumerate(part["x-applies-to"].get("events", ())):
            if kind not in event_types():
                told = f"{shown(kind, 40)} is no event type; there are {', '.join(event_types())}"
                raise blame.at(document, ("x-applies-to", "events", str(index)), told)
    if "format" in part and part["format"] not in FORMATS:
        told = f"the format {shown(part['format'], 40)} is not known; there are {', '.join(FORMATS)}"
        raise blame.at(document, (*path, "format"), told)
    if "pattern" in part:
        _check_pattern(document, (*path, "pattern"), part["pattern"], of_name=False)
    for pattern in part.get("patternProperties", ()):
        _check_pattern(document, (*path, "patternProperties", pattern), pattern, of_name=True)


def _check_pattern(document: Document, path: Path, pattern: str, *, of_name: bool) -> None:
    broken = patterns.why_unusable(pattern)
    if broken is not None:
        raise blame.at(document, path, f"{shown(pattern, 40)} is no regular expression: {broken}", of_name=of_name)
    reason = patterns.why_catastrophic(pattern)
    if reason is not None:
        raise blame.at(document, path, f"{shown(pattern, 40)} may take forever: {reason}", of_name=of_name)


@functools.cache
def built_in() -> tuple[Document, ...]:
    """The packaged documents, without ``$schema``."""
    return tuple(_bare(one) for one in packaged_documents())


def _bare(document: Document) -> Document:
    value = {key: below for key, below in document.value.items() if key != "$schema"}
    return Document(path=document.path, name=document.name, text=document.text._replace(value=value))


def bare(source: Source) -> Document:
    """A document with the copy of its schema instead of what was read."""
    document = source.document
    return Document(path=document.path, name=document.name, text=document.text._replace(value=source.schema))
