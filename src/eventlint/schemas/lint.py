"""Lints schema documents: all checks, in one list, as findings."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from eventlint.model import Finding, pointer
from eventlint.schemas import (
    contract_checks,
    contradictions,
    event_places,
    reference_checks,
    style_checks,
    unreachable,
)
from eventlint.schemas.change_text import shown
from eventlint.schemas.documents import Document, Unreadable, load, packaged_documents, siblings
from eventlint.schemas.event_places import REFERENCES
from eventlint.schemas.keywords import NAMED, Path, walk
from eventlint.schemas.lint_rules import BY_NAME
from eventlint.schemas.metaschema import Fault, faults
from eventlint.schemas.problem import Check, Problem, View
from eventlint.schemas.validity import Library
from eventlint.schemas.versions import version_at_end
from eventlint.tiers import Tier

MAX_FINDINGS = 1000
"""How many findings of one document are reported."""


def _references(view: View, documents: Iterable[Document]) -> Iterator[Problem]:
    """References that lead nowhere, or to something else than a schema."""
    known = {one.uri: one for one in documents}
    usable = {one.uri for one in view.library.documents}
    start = view.library.root(view.uri)
    for path, schema, resolver in view.library.walk(*start) if start else ():
        for key in REFERENCES:
            if key not in schema:
                continue
            target = view.library.resolve(resolver, schema[key])
            base = str(schema[key]).partition("#")[0]
            if target is None and not (base in known and base not in usable):  # that document has findings itself
                message = f"{shown(schema[key], 80)} cannot be resolved"
                yield Problem("unresolvable-ref", (*path, key), message, _near_reference(view, str(schema[key])))
            elif target is not None and (
                not isinstance(target[0], dict | bool) or _is_map(view, schema[key], target[0])
            ):
                message = f"{shown(schema[key], 80)} leads to a value that is not a schema"
                yield Problem("unresolvable-ref", (*path, key), message, "refer to an object with keywords")


def _is_map(view: View, reference: str, target: Any) -> bool:
    """Whether a reference leads to an object with schemas, such as ``$defs``, whose keys would be read as keywords."""
    if str(reference).rpartition("/")[2] not in {*NAMED, *map(quote, NAMED)}:
        return False
    schemas = (one for document in view.library.documents for _, one in walk(document.value) if isinstance(one, dict))
    return any(one.get(key) is target for one in schemas for key in NAMED)


def _near_reference(view: View, reference: str) -> str:
    """A reference that is similar, or where references are looked up."""
    names = [f"#/$defs/{name}" for name in view.value.get("$defs", ())] if isinstance(view.value, dict) else []
    names += [one.uri for one in view.library.documents if not one.uri.startswith("file:")]
    near = difflib.get_close_matches(reference, names, 1, 0.8)
    if near:
        return f"did you mean {near[0]!r}?"
    return "lint the document that it refers to in the same run; nothing is fetched"


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
)
"""The checks of each document that is valid JSON Schema."""

_CONTRACT_CHECKS: tuple[Check, ...] = (
    contract_checks.identity,
    contract_checks.extensions,
    contract_checks.formats,
    contract_checks.misplaced_fields,
)
"""The checks of each document of a custom contract."""

_PROSE = frozenset(["missing-title", "missing-description", "missing-example"])
"""Rules about documentation, which are reported when there are no errors."""

_STRICTER = frozenset(["missing-id", "schema-too-large", "unsupported-draft"])
"""Rules of the tier lint whose findings are errors in a custom contract, because it cannot be used."""

_ERRORS = frozenset(name for name, rule in BY_NAME.items() if rule.tier == "error")


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
    around = [] if len(wanted) != 1 else siblings(wanted[0])
    return lint_documents(documents, unreadable, around=around), texts


def lint_documents(
    documents: Iterable[Document],
    unreadable: Iterable[Unreadable] = (),
    *,
    as_contract: bool = False,
    around: Iterable[Document] = (),
) -> list[Finding]:
    """Lint documents.

    Args:
        documents: The documents; they may refer to each other.
        unreadable: Files that are not JSON.
        as_contract: Whether they are a custom contract. Otherwise, they are if they look like one.
        around: Documents that they may also refer to, and that are not linted.
    """
    findings = [
        Finding(
            rule="invalid-schema-json",
            tier="error",
            message=f"the file is not JSON: {one.error.reason}",
            position=one.error.position,
            hint=one.error.hint,
            fatal=True,
            path=one.path,
        )
        for one in unreadable
    ]
    documents = list({os.path.abspath(one.path): one for one in documents}.values())
    is_contract = as_contract or contract_checks.is_contract(documents)
    faults_of = {one.path: faults(one.value) for one in documents}
    usable = [one for one in documents if is_usable(faults_of[one.path])]
    others = [one for one in around if is_usable(faults(one.value))]
    library = Library([*usable, *others])
    uses = event_places.uses(library, [*usable, *others]) if is_contract else {}
    problems: dict[str, list[Problem]] = {one.path: [] for one in documents}
    first: dict[str, Document] = {}
    for document in documents:
        found = problems[document.path]
        found += _of_file(document, first)
        found += [
            Problem(
                "invalid-extension" if one.is_extension else "invalid-schema",
                one.path,
                one.message,
                one.hint,
                one.of_key,
            )
            for one in faults_of[document.path]
        ]
        if is_usable(faults_of[document.path]):
            view = View(document.uri, document.value, tuple(walk(document.value)), library, is_contract, uses)
            for check in (*_CHECKS, *(_CONTRACT_CHECKS if is_contract else ())):
                found += check(view)
            found += _references(view, [*documents, *around])
    if is_contract:
        for document, problem in _of_all(documents, usable, library, problems, is_alone=bool(others)):
            found = problems[document.path]
            if problem.rule == "circular-ref":
                found[:] = [one for one in found if one.rule != "schema-too-large"]
            found.append(problem)
    for document in documents:
        findings += _findings(document, problems[document.path], is_contract=is_contract)
    return findings


def _of_all(
    documents: list[Document],
    usable: list[Document],
    library: Library,
    problems: dict[str, list[Problem]],
    *,
    is_alone: bool,
) -> Iterator[tuple[Document, Problem]]:
    """Problems of documents together; none while one of them has an error that they may follow from."""
    circle = reference_checks.circles(usable, library)
    if circle is not None:
        if circle[0].path in problems:
            yield circle
        return
    broken = {one.path for one in documents if any(BY_NAME[two.rule].tier == "error" for two in problems[one.path])}
    if len(usable) == len(documents):
        for document, problem in reference_checks.scopes(usable, library, is_alone=is_alone):
            if document.path not in broken and (not broken or problem.rule != "no-event"):
                yield document, problem


def is_usable(found: Iterable[Fault]) -> bool:
    """Whether a document with some faults can be checked further: it is JSON Schema, apart from extensions."""
    return all(fault.is_extension for fault in found)


def _of_file(document: Document, first: dict[str, Document]) -> Iterator[Problem]:
    """Problems of the file of a document, and of its ``$id``."""
    if document.text.has_mark:
        yield Problem(
            "schema-byte-order-mark", (), "the file begins with a byte order mark", "save it as UTF-8 without one"
        )
    for path in {path for path, _ in document.text.duplicates}:
        yield Problem("duplicate-schema-key", path, f"duplicate key {shown(path[-1])}", "remove one of the two", True)
    identifier = document.identifier
    if identifier is None:
        if isinstance(document.value, dict) and "$id" not in document.value:
            yield Problem("missing-id", (), "the document has no $id", "add one, such as urn:example:order:1-0-0")
        elif isinstance(document.value, bool):
            yield Problem("missing-id", (), "the document is a boolean, which has no $id", "use an object")
        elif isinstance(document.value, dict) and document.value["$id"] == "":
            yield Problem("missing-id", ("$id",), "the $id is empty", "write one, such as urn:example:order:1-0-0")
        return
    other = first.setdefault(document.uri, document)
    if other is not document:
        message = f"{shown(identifier, 60)} is also the $id of {other.path}"
        yield Problem("duplicate-id", ("$id",), message, "give each document a different $id")
    version, in_name = version_at_end(identifier), version_at_end(document.name)
    if in_name is not None and version != in_name and version is not None:
        message = f"the $id has version {version}, but the file name has {in_name}"
        yield Problem("version-mismatch", ("$id",), message, "use the same version in both")
    elif in_name is not None and version is None:
        message = f"the $id has no version, but the file name has {in_name}"
        yield Problem("version-mismatch", ("$id",), message, "use the same version in both")


def _findings(document: Document, problems: list[Problem], *, is_contract: bool) -> Iterator[Finding]:
    """The problems of a document as findings; where an error is, other problems follow from it."""
    text = document.text
    always = _ERRORS | _STRICTER if is_contract else _ERRORS
    errors: dict[Path, Problem] = {}
    chosen: list[tuple[Tier, Problem]] = []
    for one in dict.fromkeys(problems):
        is_error = one.rule in always
        # Errors of a whole document, and of its $id, may be independent.
        if is_error and (errors.setdefault(one.path, one) is one or one.path in ((), ("$id",))):
            chosen.append(("error", one))
    for one in dict.fromkeys(problems):
        is_hidden = bool(errors) and is_contract and one.rule in _PROSE
        if one.path not in errors and one.rule not in always and not is_hidden:
            chosen.append(("lint", one))
    placed: list[tuple[int, Tier, Problem]] = [
        (text.offset(one.path, of_key=one.of_key), tier, one) for tier, one in chosen
    ]
    kept = sorted(placed, key=lambda one: (one[0], one[2].rule, one[2].path, one[2].message))[:MAX_FINDINGS]
    positions = text.positions(offset for offset, _, _ in kept)
    for offset, tier, one in kept:
        yield Finding(
            rule=one.rule,
            tier=tier,
            message=one.message,
            pointer=pointer(one.path),
            position=positions[offset],
            hint=one.hint,
            path=document.path,
        )
