"""What an editor offers to do about diagnostics: fixes, suppressions, and the manual of the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from eventlint.file_fixes import blocked_reason, changes_of
from eventlint.inputs.record import Record
from eventlint.lsp.diagnostics import Diagnostic
from eventlint.lsp.documents import Document
from eventlint.model import Edit

QUICK_FIX = "quickfix"
FIX_ALL = "source.fixAll.eventlint"
EXPLAIN_COMMAND = "eventlint.explain"
ANSWER_COMMAND = "eventlint.answer"

_INDENTATION = re.compile(rb"[ \t]*(?:>[ \t]?)*[ \t]*")
_REQUEST_FORMS = ("console", "markdown")


class CodeAction(NamedTuple):
    """Something that an editor offers.

    Attributes:
        title: What it does.
        kind: The kind, as the protocol names it.
        edits: Replacements in the text of the document.
        diagnostics: What it is about.
        is_preferred: Whether it is the most reasonable choice.
        disabled: Why it cannot be done; None if it can.
        rule: The rule whose manual it shows; None for an action with edits.
        suppressed: The diagnostic that it suppresses in the configuration; None for others.
    """

    title: str
    kind: str = QUICK_FIX
    edits: tuple[Edit, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    is_preferred: bool = False
    disabled: str | None = None
    rule: str | None = None
    suppressed: Diagnostic | None = None


def actions(document: Document, found: Iterable[Diagnostic], start: int, end: int) -> list[CodeAction]:
    """The actions for the diagnostics that overlap with a range.

    Args:
        document: The document.
        found: Its diagnostics.
        start: The first byte of the range, in the text.
        end: The byte after the range; the range may be empty.
    """
    here = [one for one in found if one.rule is not None and one.start <= end and one.end >= start]
    fixes = [action for one in here if (action := _fix(one)) is not None]
    safe = sorted(fixes, key=lambda one: (not one.is_preferred, one.disabled is not None))
    suppressions = [action for one in here for action in _suppressions(document, one)]
    rules = dict.fromkeys(str(one.rule) for one in here)
    explanations = [CodeAction(f"Explain {rule}", rule=rule, diagnostics=_of_rule(here, rule)) for rule in rules]
    return [*safe, *suppressions, *explanations]


def _of_rule(found: Iterable[Diagnostic], rule: str) -> tuple[Diagnostic, ...]:
    return tuple(one for one in found if one.rule == rule)


def _fix(found: Diagnostic) -> CodeAction | None:
    """The fix of a diagnostic, or why there is none although its rule has one."""
    if found.fix is None:
        refused = found.data.get("fix_refused")
        return None if refused is None else CodeAction("Fix", diagnostics=(found,), disabled=str(refused))
    title = found.fix.title[:1].upper() + found.fix.title[1:]
    if found.fix.safety == "unsafe":
        return CodeAction(f"{title} (may change the meaning)", edits=found.fix.edits, diagnostics=(found,))
    return CodeAction(title, edits=found.fix.edits, diagnostics=(found,), is_preferred=True)


def has_safe_fix(found: Iterable[Diagnostic]) -> bool:
    """Whether something can be fixed safely."""
    return any(one.fix is not None and one.fix.safety == "safe" for one in found)


def fix_all(document: Document) -> tuple[Edit, ...]:
    """The edits of the text that fix all that has a safe fix, as ``eventlint check --fix`` does."""
    settings = document.settings
    mark = document.mark
    if mark is None or settings.error is not None or not settings.is_checked or settings.is_schema:
        return ()
    if blocked_reason(document.records()) is not None:
        return ()
    job = settings.job._replace(fixes="safe")
    changes = changes_of(job, settings.file, document.records())
    edits = [edit._replace(start=edit.start - mark, end=edit.end - mark) for one in changes for edit in one.edits]
    return tuple(sorted(edit for edit in edits if edit.start >= 0))  # an editor does not show the byte order mark


def _suppressions(document: Document, found: Diagnostic) -> list[CodeAction]:
    """How a diagnostic can be suppressed: by a comment in a request, else in the configuration."""
    if found.rule in _NOT_SUPPRESSED or found.related or document.settings.is_schema:
        return []
    comment = _comment(document, found) if document.form in _REQUEST_FORMS and document.mark is not None else None
    if comment is not None:
        return [CodeAction(f"Suppress {found.rule} here", edits=(comment,), diagnostics=(found,))]
    title = f"Suppress {found.rule} for this place in the configuration"
    return [CodeAction(title, diagnostics=(found,), suppressed=found)]


_NOT_SUPPRESSED = frozenset({"unused-suppression"})


def _comment(document: Document, found: Diagnostic) -> Edit | None:
    """The comment that suppresses a diagnostic, on a line of its own; None if it is not in a request."""
    region = document.region_at(found.start)
    if region is None or region.record.request is None:
        return None
    record, text = region.record, document.text
    line = document.positions.line_of(found.start)
    head = document.text_offset(record.head.of(None)) if record.head is not None else region.start
    at = document.positions.line_start(line)
    if found.start < region.start or not _is_comment_allowed(record, at - (document.mark or 0)):
        at = document.positions.line_start(document.positions.line_of(head))
    indentation = _INDENTATION.match(text, at)
    prefix = b"" if indentation is None else indentation[0]
    end = b"\r\n" if b"\r\n" in text[max(at - 2, 0) : at + 4096] else b"\n"
    return Edit(at, at, prefix + f"# eventlint: ignore[{found.rule}]".encode() + end)


def _is_comment_allowed(record: Record, at: int) -> bool:
    """Whether a line that begins at a byte of the body can have a comment above it: not inside of a string."""
    source_map = record.place.source_map
    segments: Sequence[tuple[int, int, int, int, bool]] = () if source_map is None else source_map.segments
    inside = next((one for one in segments if one[2] < at < one[3]), None)
    return inside is None or inside[4]
