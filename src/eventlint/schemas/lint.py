"""All that is wrong with schema documents, as findings; it must not know how findings are shown.

Each check in :data:`_CHECKS` sees a document with the library around it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

from eventlint.model import Finding, pointer
from eventlint.schemas import contradictions
from eventlint.schemas import style_checks as style
from eventlint.schemas import unreachable as impossible
from eventlint.schemas.change_text import shown
from eventlint.schemas.documents import Document, Unread, load, packaged_documents
from eventlint.schemas.keywords import Path, parts_of, walk
from eventlint.schemas.lint_rules import BY_NAME
from eventlint.schemas.metaschema import broken
from eventlint.schemas.problem import Check, Told, View
from eventlint.schemas.validity import Library
from eventlint.schemas.versions import version_at_end

MAX_FINDINGS = 1000
"""How many findings of one document are kept."""


def _references(view: View) -> Iterator[Told]:
    start = view.library.root(view.uri)
    waiting: list[tuple[Path, Any, Any]] = [((), view.value, start[1])] if start else []
    while waiting:
        path, schema, resolver = waiting.pop()
        if not isinstance(schema, dict):
            continue
        resolver = view.library.inside(schema, resolver)
        for key in ("$ref", "$dynamicRef"):
            if key in schema and view.library.resolve(resolver, schema[key]) is None:
                message = f"{shown(schema[key], 80)} leads nowhere"
                hint = "references are looked up among the documents at hand; nothing is fetched"
                yield Told("unresolvable-ref", (*path, key), message, hint)
        waiting += [((*path, *below), part, resolver) for below, part in parts_of(schema)]


_CHECKS: tuple[Check, ...] = (
    style.draft,
    style.keywords,
    style.expressions,
    style.idle,
    style.prose,
    contradictions.inverted_bounds,
    contradictions.values,
    contradictions.required,
    contradictions.types,
    contradictions.size,
    contradictions.examples,
    impossible.clauses,
    _references,
)
"""What is looked at in each document that is JSON Schema."""


def lint(paths: Iterable[str] = ()) -> tuple[list[Finding], dict[str, bytes]]:
    """Lint the documents that some files and folders hold.

    Args:
        paths: Files, folders, ``git:REF:PATH``; none means the packaged documents.

    Returns:
        The findings, by document and place; and the bytes of each document, by its path.

    Raises:
        InputError: A path is not there, or cannot be read.
    """
    wanted = list(paths)
    documents: list[Document] = [] if wanted else list(packaged_documents())
    unread: list[Unread] = []
    for path in wanted:
        found, unreadable = load(path)
        documents += found
        unread += unreadable
    texts = {one.path: one.text.data for one in documents} | {one.path: one.data for one in unread}
    return lint_documents(documents, unread), texts


def lint_documents(documents: list[Document], unread: Iterable[Unread] = ()) -> list[Finding]:
    """Lint documents that were read.

    Args:
        documents: The documents; they may refer to each other.
        unread: Files that hold no JSON.
    """
    findings = [
        Finding(
            rule="broken-json",
            tier="error",
            message=f"the file is no JSON: {one.error.reason}",
            position=one.error.position,
            fatal=True,
            path=one.path,
        )
        for one in unread
    ]
    documents = list({os.path.abspath(one.path): one for one in documents}.values())
    faults = {one.path: broken(one.value) for one in documents}
    library = Library([one for one in documents if not _is_fatal(faults[one.path])])
    first: dict[str, Document] = {}
    for document in documents:
        told = list(_named(document, first))
        twice = {path for path, _ in document.text.twice}
        told += [
            Told("duplicate-name", path, f"{shown(path[-1])} stands twice here", "take one out", True) for path in twice
        ]
        told += [
            Told("invalid-extension" if fault.is_own else "invalid-schema", fault.path, fault.message)
            for fault in faults[document.path]
        ]
        if not _is_fatal(faults[document.path]):
            schemas = tuple(walk(document.value))
            view = View(document.uri, document.value, schemas, library)
            for check in _CHECKS:
                told += check(view)
        findings += _findings(document, told)
    return findings


def _is_fatal(faults: Iterable[object]) -> bool:
    """Whether a document cannot be looked at any further."""
    return any(not getattr(fault, "is_own", False) for fault in faults)


def _named(document: Document, first: dict[str, Document]) -> Iterator[Told]:
    """What is wrong with what a document is called."""
    identifier = document.identifier
    if identifier is None:
        hint = "for example urn:example:order:1-0-0"
        yield Told("missing-id", (), "the document has no $id", hint)
        return
    other = first.setdefault(identifier, document)
    if other is not document:
        message = f"{shown(identifier, 60)} is the $id of {other.path} too"
        yield Told("duplicate-id", ("$id",), message, "give each document its own")
    said, named = version_at_end(identifier), version_at_end(document.name)
    if named is not None and said != named:
        told = f"version {said}" if said else "no version"
        yield Told("version-mismatch", ("$id",), f"the $id has {told}, the file's name {named}", "mend one of the two")


def _findings(document: Document, told: list[Told]) -> Iterator[Finding]:
    text = document.text
    placed = {(text.offset(one.path, of_name=one.of_name), one) for one in told}
    kept = sorted(placed, key=lambda one: (one[0], one[1].rule, one[1].path, one[1].message))[:MAX_FINDINGS]
    positions = text.positions(offset for offset, _ in kept)
    for offset, one in kept:
        yield Finding(
            rule=one.rule,
            tier=BY_NAME[one.rule].tier,
            message=one.message,
            pointer=pointer(one.path),
            position=positions[offset],
            hint=one.hint,
            path=document.path,
        )
