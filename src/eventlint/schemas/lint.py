"""Lints schema documents: all checks, in one list, as findings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from eventlint.model import Finding, pointer
from eventlint.schemas import contradictions, style_checks, unreachable
from eventlint.schemas.change_text import shown
from eventlint.schemas.documents import Document, Unreadable, load, packaged_documents
from eventlint.schemas.keywords import walk
from eventlint.schemas.lint_rules import BY_NAME
from eventlint.schemas.metaschema import Fault, faults
from eventlint.schemas.problem import Check, Problem, View
from eventlint.schemas.validity import Library
from eventlint.schemas.versions import version_at_end

MAX_FINDINGS = 1000
"""How many findings of one document are reported."""


def _references(view: View) -> Iterator[Problem]:
    start = view.library.root(view.uri)
    for path, schema, resolver in view.library.walk(*start) if start else ():
        for key in ("$ref", "$dynamicRef"):
            if key in schema and view.library.resolve(resolver, schema[key]) is None:
                message = f"{shown(schema[key], 80)} cannot be resolved"
                hint = "lint the document that it refers to in the same run; nothing is fetched"
                yield Problem("unresolvable-ref", (*path, key), message, hint)


_CHECKS: tuple[Check, ...] = (
    style_checks.draft,
    style_checks.keywords,
    style_checks.expressions,
    style_checks.ineffective,
    style_checks.prose,
    contradictions.inverted_bounds,
    contradictions.values,
    contradictions.required,
    contradictions.types,
    contradictions.size,
    contradictions.examples,
    unreachable.constraints,
    _references,
)
"""The checks of each document that is valid JSON Schema."""


def lint(paths: Iterable[str] = ()) -> tuple[list[Finding], dict[str, bytes]]:
    """Lint the documents in some files and folders.

    Args:
        paths: Files, folders, ``git:REF:PATH``; without any, the packaged documents are linted.

    Returns:
        The findings, by document and position; and the bytes of each document, by its path.

    Raises:
        InputError: A path does not exist, or cannot be read.
    """
    wanted = list(paths)
    documents: list[Document] = [] if wanted else list(packaged_documents())
    unreadable: list[Unreadable] = []
    for path in wanted:
        found, others = load(path)
        documents += found
        unreadable += others
    texts = {one.path: one.text.data for one in documents} | {one.path: one.data for one in unreadable}
    return lint_documents(documents, unreadable), texts


def lint_documents(documents: list[Document], unreadable: Iterable[Unreadable] = ()) -> list[Finding]:
    """Lint documents.

    Args:
        documents: The documents; they may refer to each other.
        unreadable: Files that are not JSON.
    """
    findings = [
        Finding(
            rule="invalid-schema-json",
            tier="error",
            message=f"the file is not JSON: {one.error.reason}",
            position=one.error.position,
            fatal=True,
            path=one.path,
        )
        for one in unreadable
    ]
    documents = list({os.path.abspath(one.path): one for one in documents}.values())
    faults_of = {one.path: faults(one.value) for one in documents}
    library = Library([one for one in documents if is_usable(faults_of[one.path])])
    first: dict[str, Document] = {}
    for document in documents:
        problems = list(_identity(document, first))
        problems += [
            Problem("duplicate-schema-key", path, f"duplicate key {shown(path[-1])}", "remove one of the two", True)
            for path in {path for path, _ in document.text.duplicates}
        ]
        problems += [
            Problem("invalid-extension" if fault.is_extension else "invalid-schema", fault.path, fault.message)
            for fault in faults_of[document.path]
        ]
        if is_usable(faults_of[document.path]):
            view = View(document.uri, document.value, tuple(walk(document.value)), library)
            for check in _CHECKS:
                problems += check(view)
        findings += _findings(document, problems)
    return findings


def is_usable(found: Iterable[Fault]) -> bool:
    """Whether a document with some faults can be checked further: it is JSON Schema, apart from extensions."""
    return all(fault.is_extension for fault in found)


def _identity(document: Document, first: dict[str, Document]) -> Iterator[Problem]:
    """Problems of the ``$id`` of a document."""
    identifier = document.identifier
    if identifier is None:
        yield Problem("missing-id", (), "the document has no $id", "add one, such as urn:example:order:1-0-0")
        return
    other = first.setdefault(identifier, document)
    if other is not document:
        message = f"{shown(identifier, 60)} is also the $id of {other.path}"
        yield Problem("duplicate-id", ("$id",), message, "give each document a different $id")
    version, in_name = version_at_end(identifier), version_at_end(document.name)
    if in_name is not None and version != in_name:
        has = f"version {version}" if version else "no version"
        message = f"the $id has {has}, but the file name has {in_name}"
        yield Problem("version-mismatch", ("$id",), message, "use the same version in both")


def _findings(document: Document, problems: list[Problem]) -> Iterator[Finding]:
    text = document.text
    placed = {(text.offset(one.path, of_key=one.of_key), one) for one in problems}
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
