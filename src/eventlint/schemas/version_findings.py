"""Versions that are too low for a change, as findings; it must not know how changes are found or shown."""

from __future__ import annotations

from collections.abc import Iterable

from eventlint.model import Finding
from eventlint.schemas.change_text import shown
from eventlint.schemas.diff import Change, DocumentDiff, compared
from eventlint.schemas.documents import Document, load, load_from
from eventlint.schemas.lint_rules import BY_NAME
from eventlint.schemas.metaschema import broken
from eventlint.schemas.versions import BUMPS, next_version

_RULE = "version-too-low"


def version_findings(ref: str, paths: Iterable[str]) -> list[Finding]:
    """What changed since a commit and asks for greater versions than the documents have.

    Documents that cannot be read, or are no JSON Schema, are passed over: a lint tells of them.

    Args:
        ref: ``git:REF``.
        paths: Files and folders, as they are now.

    Raises:
        InputError: A path is not there, or git cannot tell.
        UsageError: The ref is none.
    """
    found: list[Finding] = []
    for path in paths:
        old, new = (_valid(side) for side in (load_from(ref, path), load(path)[0]))
        if old:
            found += findings(compared(old, new), new)
    return found


def _valid(documents: list[Document]) -> list[Document]:
    return [one for one in documents if not broken(one.value)]


def findings(diffs: Iterable[DocumentDiff], new: Iterable[Document]) -> list[Finding]:
    """Versions that are too low, as findings.

    Args:
        diffs: What changed.
        new: The newer documents.
    """
    by_name = {document.name: document for document in new}
    found: list[Finding] = []
    for one in diffs:
        if one.is_enough:
            continue
        document = by_name.get(one.name)
        gravest = max(one.changes, key=lambda change: BUMPS.index(change.bump), default=None)
        found.append(
            Finding(
                rule=_RULE,
                tier=BY_NAME[_RULE].tier,
                message=_message(one, gravest),
                pointer="/$id" if document and document.identifier else "",
                position=document.text.position(("$id",)) if document else None,
                hint=None if one.is_gone or one.old is None else f"make it {next_version(one.old, one.bump)}",
                path=document.path if document else one.name,
            )
        )
    return found


def _message(one: DocumentDiff, gravest: Change | None) -> str:
    if one.is_gone:
        return "the document is gone, and events of its kind are no longer described"
    why = f": {gravest.sentence}" if gravest else ""
    shows = f", as {shown(gravest.counterexample, 60)} shows" if gravest and gravest.has_witness else ""
    return f"from {one.old} to {one.new} is less than the {one.bump} that the change asks for{why}{shows}"
