"""Versions that are too low for a change, as findings."""

from __future__ import annotations

from collections.abc import Iterable

from eventlint.model import Finding
from eventlint.schemas.change import Change
from eventlint.schemas.dialects import faults_of
from eventlint.schemas.diff import DocumentDiff, compared
from eventlint.schemas.documents import Document, load, load_from, siblings
from eventlint.schemas.lint_rules import BY_NAME
from eventlint.schemas.shortened import clipped
from eventlint.schemas.versions import BUMPS, next_version

_RULE = "version-too-low"


def version_findings(ref: str, paths: Iterable[str]) -> list[Finding]:
    """The documents that changed since a commit, and whose version is too low for the change.

    A document in a new file is compared with the nearest older version of the same ``$id``.

    Documents that are not JSON, or not JSON Schema, are skipped; other rules report them.

    Args:
        ref: ``git:REF``.
        paths: Files and folders, as they are now.

    Raises:
        InputError: A path does not exist, or git fails.
        UsageError: The ref is not written ``git:REF``.
    """
    found: list[Finding] = []
    for path in paths:
        old, new = (_valid(side) for side in (load_from(ref, path), load(path)[0]))
        beside = _valid(siblings(path))  # older versions of a single file
        found += findings(compared(old, new, beside=beside), new)
    return found


def _valid(documents: list[Document]) -> list[Document]:
    return [one for one in documents if not faults_of(one.value)]


def findings(diffs: Iterable[DocumentDiff], new: Iterable[Document]) -> list[Finding]:
    """Versions that are too low, as findings.

    Args:
        diffs: What changed.
        new: The new documents.
    """
    by_name = {document.name: document for document in new}
    found: list[Finding] = []
    for one in diffs:
        if one.is_enough:
            continue
        document = by_name.get(one.name)
        largest = max(one.changes, key=lambda change: BUMPS.index(change.bump), default=None)
        found.append(
            Finding(
                rule=_RULE,
                tier=BY_NAME[_RULE].tier,
                message=_message(one, largest),
                pointer="/$id" if document and document.identifier else "",
                position=document.text.position(("$id",)) if document else None,
                hint=None
                if one.is_gone or one.old is None
                else f"use {next_version(one.old, one.bump)}; versions are those of SchemaVer, MODEL-REVISION-ADDITION",
                path=document.path if document else one.name,
            )
        )
    return found


def _message(one: DocumentDiff, largest: Change | None) -> str:
    if one.is_gone:
        return "the document was removed, so its values are no longer described"
    why = f": {largest.sentence}" if largest else ""
    shows = f", for example {clipped(largest.counterexample)}" if largest and largest.has_counterexample else ""
    return f"the change from {one.old} to {one.new} requires a new {one.bump}{why}{shows}"
