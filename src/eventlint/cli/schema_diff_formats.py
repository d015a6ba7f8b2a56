"""The changes of ``eventlint schema diff`` as Markdown, JSON Lines, and annotations of GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from eventlint.model import Finding, Position
from eventlint.output import Style, renderer
from eventlint.output.markdown_table import cell
from eventlint.output.rendering import render

if TYPE_CHECKING:
    from eventlint.schemas.change import Change
    from eventlint.schemas.diff import DocumentDiff
    from eventlint.schemas.documents import Document

Verdict = Callable[["DocumentDiff"], str]
AsObject = Callable[["Change"], dict[str, Any]]


def markdown(diffs: Iterable[DocumentDiff], verdict: Verdict, explanation: str) -> Iterator[str]:
    """A heading and a table of changes for each document."""
    from eventlint.schemas.shortened import shortened

    found = list(diffs)
    yield "## eventlint schema diff\n"
    for one in found:
        mark = "" if one.is_enough else "**version too low**: "
        yield f"\n### {cell(one.name)}\n\n{mark}{cell(verdict(one))}\n"
        if one.changes:
            yield "\n| requires | pointer | change | example | verified |\n|---|---|---|---|---|\n"
        for change in one.changes:
            effect = "rejected now" if change.bump == "model" else "accepted now"
            example = f"{effect}: {shortened(change.counterexample)}" if change.has_counterexample else ""
            row = (change.bump, change.pointer, change.sentence, example, "yes" if change.verified else "no")
            yield f"| {' | '.join(map(cell, row))} |\n"
    low = sum(not one.is_enough for one in found)
    count = f"{len(found)} document{'' if len(found) == 1 else 's'} changed" if found else "no changes"
    if found:
        yield f"\n{explanation}\n"
    yield f"\n{count}{f', {low} with a version that is too low' if low else ''}\n"


def json_lines(diffs: Iterable[DocumentDiff], as_object: AsObject) -> Iterator[str]:
    """One change per line, with the versions of its document."""
    for one in diffs:
        versions = {"old": str(one.old) if one.old else None, "new": str(one.new) if one.new else None}
        for change in one.changes:
            yield json.dumps({**as_object(change), **versions, "enough": one.is_enough}) + "\n"


def github(
    diffs: Iterable[DocumentDiff],
    documents: Mapping[str, Document],
    version_findings: Iterable[Finding],
    write: Callable[[str], object],
) -> None:
    """One annotation per change, and one per version that is too low."""
    out = renderer("github", write, Style())
    found = [_finding(one, change, documents.get(one.name)) for one in diffs for change in one.changes]
    out.findings([render(finding) for finding in [*version_findings, *found]])


def _finding(one: DocumentDiff, change: Change, document: Document | None) -> Finding:
    """A change as a finding: a notice if the version is high enough for it, else a warning."""
    from eventlint.schemas.shortened import shortened

    verified = "" if change.verified else "; not verified"
    example = ""
    if change.has_counterexample:
        effect = "rejected now" if change.bump == "model" else "accepted now"
        example = f"; {effect}: {shortened(change.counterexample)}"
    return Finding(
        rule=f"schema diff, {change.bump}",
        tier="lint" if one.is_enough else "loss",
        message=change.sentence + example + verified,
        pointer=change.pointer,
        position=_position(document, change.pointer),
        path=document.path if document else one.name,
    )


def _position(document: Document | None, pointer: str) -> Position | None:
    """The place of a change in the new document, or of what is around it."""
    if document is None:
        return None
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    return document.text.position(tuple(parts))
