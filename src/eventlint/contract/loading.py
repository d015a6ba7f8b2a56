"""Reads the documents of a contract from files, and checks them as schema lint does."""

from __future__ import annotations

import copy
import functools
import os
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from eventlint.errors import SchemaError
from eventlint.model import Finding
from eventlint.schemas.documents import Document, Unreadable, load, packaged_documents
from eventlint.schemas.keywords import walk
from eventlint.schemas.lint import lint_documents
from eventlint.schemas.lint_rules import ALWAYS_ON
from eventlint.schemas.versions import Version, version_at_end

MAX_SHOWN = 20
"""How many errors of a contract a message shows."""

IsIgnored = Callable[[Finding], bool]
"""Whether a finding about a document is switched off."""


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


def read(paths: Iterable[str]) -> tuple[list[Document], list[Unreadable]]:
    """The documents in some files and folders, and the files that are not JSON.

    Raises:
        InputError: A path does not exist, or cannot be read.
        SchemaError: There is no document.
    """
    found: dict[str, Document] = {}
    broken: dict[str, Unreadable] = {}
    wanted = list(paths)
    for path in wanted:
        documents, unreadable = load(path)
        for document in documents:
            found.setdefault(os.path.abspath(document.path), document)
        for one in unreadable:
            broken.setdefault(os.path.abspath(one.path), one)
    if not found and not broken:
        raise SchemaError(f"{', '.join(wanted) or 'no path given'}: no schema documents found")
    return list(found.values()), list(broken.values())


def validated(
    documents: Iterable[Document], unreadable: Iterable[Unreadable] = (), is_ignored: IsIgnored | None = None
) -> tuple[Finding, ...]:
    """Check documents as ``schema lint`` does.

    Args:
        documents: The documents of a contract.
        unreadable: Files that are not JSON.
        is_ignored: Which findings are switched off; those of rules that are always on are reported nevertheless.

    Returns:
        The findings of the tier lint, which are warnings.

    Raises:
        SchemaError: There are findings of the tier error; the message lists them.
    """
    found = [
        one
        for one in lint_documents(list(documents), unreadable, as_contract=True)
        if one.rule in ALWAYS_ON or is_ignored is None or not is_ignored(one)
    ]
    errors = [one for one in found if one.tier == "error"]
    if not errors:
        return tuple(found)
    lines = [line(one) for one in errors[:MAX_SHOWN]]
    if len(errors) > MAX_SHOWN:
        lines.append(f"and {len(errors) - MAX_SHOWN:,} more errors; 'eventlint schema lint' shows all")
    first = errors[0]
    raise SchemaError("\n".join(lines), path=first.path, position=first.position, pointer=first.pointer)


def line(finding: Finding) -> str:
    """A finding about a document, as errors and warnings show it: the place, the message, the pointer and the rule."""
    at = f":{finding.position.line}:{finding.position.column}" if finding.position else ""
    where = f" ({finding.pointer})" if finding.pointer else ""
    hint = f"\n  hint: {finding.hint}" if finding.hint else ""
    return f"{finding.path}{at}: {finding.message}{where} [{finding.rule}]{hint}"


def source_of(document: Document) -> Source:
    """A valid document as one that can be used."""
    version = version_at_end(document.identifier or "")
    assert version is not None  # noqa: S101 - the document is valid
    schema = copy.deepcopy(document.value)
    for _, part in walk(schema):
        if isinstance(part, dict):
            part.pop("$schema", None)
            _replace_false(part)
    name = document.uri.removesuffix(str(version)).rstrip(":/-_.#")
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


@functools.cache
def packaged_without_draft() -> tuple[Document, ...]:
    """The packaged documents, without ``$schema``."""
    return tuple(
        one.with_value({key: below for key, below in one.value.items() if key != "$schema"})
        for one in packaged_documents()
    )
