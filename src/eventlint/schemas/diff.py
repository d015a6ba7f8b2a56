"""Compares two versions of schema documents: what changed, and which new version that requires.

:mod:`eventlint.schemas.compare` finds the differences, :mod:`eventlint.schemas.instances` values that may show them;
each value is validated by both schemas before it is reported. If no value is found, and the keywords do not prove the
answer, the change is marked as unverified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from eventlint.errors import SchemaError
from eventlint.model import pointer
from eventlint.schemas import annotation_changes, change_text, documents
from eventlint.schemas.compare import compare
from eventlint.schemas.counterexample import Counterexample, counterexamples, shows, smallest
from eventlint.schemas.diff_model import MAYBE, NO, YES, Difference
from eventlint.schemas.documents import Document
from eventlint.schemas.equal import canonical
from eventlint.schemas.instances import values
from eventlint.schemas.metaschema import faults
from eventlint.schemas.normal_form import Normalizer
from eventlint.schemas.validity import Library, Schema, SchemaValidator, TooLargeError
from eventlint.schemas.versions import BUMPS, Bump, Version, is_enough, without_version

Direction = Literal["narrows", "widens", "both", "neither", "unknown"]
"""Whether the new schema rejects more values, accepts more, both, or neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference between two versions of a document.

    Attributes:
        document: The document's name.
        pointer: A JSON Pointer into the schema with references resolved; for annotations, into the document.
        sentence: What changed.
        bump: The part of the version that the change must increase.
        direction: Whether the new schema rejects or accepts more.
        has_counterexample: Whether a value shows the change.
        counterexample: That value; None without one (None may also be the value).
        verified: Whether the bump is shown by the counterexample, or proven.
        certain: Whether a larger bump is ruled out.
    """

    document: str
    pointer: str
    sentence: str
    bump: Bump
    direction: Direction
    has_counterexample: bool = False
    counterexample: Any = None
    verified: bool = True
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDiff:
    """The differences between two versions of a document.

    Attributes:
        name: Its name.
        old: The old version; None without one.
        new: The new version; None without one.
        is_new: Whether the document was added.
        is_gone: Whether the document was removed.
        changes: The differences.
    """

    name: str
    old: Version | None
    new: Version | None
    is_new: bool = False
    is_gone: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def bump(self) -> Bump:
        """The largest bump of all changes."""
        bumps: list[Bump] = ["none", *(change.bump for change in self.changes)]
        return max(bumps, key=BUMPS.index)

    @property
    def is_enough(self) -> bool:
        """Whether the new version is large enough for the changes; True without two versions."""
        if self.is_gone:
            return False
        return self.old is None or self.new is None or is_enough(self.old, self.new, self.bump)

    @property
    def is_certain(self) -> bool:
        """Whether the bump is shown or proven, and there are versions to compare."""
        has_numbers = self.is_new or self.is_gone or not self.changes or (self.old is not None and self.new is not None)
        is_largest = any(change.bump == "model" and change.verified for change in self.changes)
        return has_numbers and (is_largest or all(change.certain and change.verified for change in self.changes))


def diff(old: str, new: str) -> tuple[DocumentDiff, ...]:
    """Compare two files, two folders, or their versions in git.

    Args:
        old: A file, a folder, or ``git:REF:PATH``.
        new: The same for the new side.

    Returns:
        One for each document that differs, in the order of their names.

    Raises:
        InputError: A side does not exist, or cannot be read.
        SchemaError: A document is not JSON, or not JSON Schema.
        UsageError: ``git:`` is followed by something else than a ref and a path.
    """
    return compared_sides(old, new)[0]


def compared_sides(old: str, new: str) -> tuple[tuple[DocumentDiff, ...], list[Document], int]:
    """As :func:`diff`; also returns the new documents, and how many documents both sides have.

    Args:
        old: A file, a folder, or ``git:REF:PATH``.
        new: The same for the new side.
    """
    before, after = _load(old), _load(new)
    siblings = (documents.siblings(old), documents.siblings(new))
    return compared(before, after, siblings=siblings), after, len(before) + len(after)


def compared(
    old: list[Document], new: list[Document], *, siblings: tuple[list[Document], list[Document]] = ([], [])
) -> tuple[DocumentDiff, ...]:
    """Compare documents.

    Args:
        old: The old documents.
        new: The new documents.
        siblings: Other documents on each side that references may lead to.
    """
    before, after = Library([*old, *siblings[0]]), Library([*new, *siblings[1]])
    found = []
    for was, now in _pairs(old, new):
        if was is None and now is not None:
            found.append(_whole(now, is_new=True))
        elif was is not None and now is None:
            found.append(_whole(was, is_new=False))
        elif was is not None and now is not None:
            changes = tuple(_changes(was, now, before, after))
            if changes or was.version != now.version:
                found.append(DocumentDiff(name=now.name, old=was.version, new=now.version, changes=changes))
    return tuple(sorted(found, key=lambda one: one.name))


def _load(where: str) -> list[Document]:
    found, unreadable = documents.load(where)
    for one in unreadable:
        position = one.error.position
        raise SchemaError(f"{one.path}:{position.line}:{position.column}: {one.error.reason}")
    for document in found:
        for fault in faults(document.value)[:1]:
            position = document.text.position(fault.path)
            raise SchemaError(f"{document.path}:{position.line}:{position.column}: not JSON Schema: {fault.message}")
    return found


def _pairs(old: list[Document], new: list[Document]) -> Iterator[tuple[Document | None, Document | None]]:
    """Pairs of documents: two single ones, or by name; a new version is paired with the newest earlier one."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    before = {document.name: document for document in old}
    after = {document.name for document in new}
    followed: set[str] = set()
    for document in new:
        was = before.get(document.name) or _predecessor(document, old)
        if was is not None:
            followed.add(was.name)
        yield was, document
    for document in old:
        if document.name not in after and document.name not in followed:
            yield document, None


def _predecessor(document: Document, old: list[Document]) -> Document | None:
    version, stem = document.version, without_version(document.name)
    if version is None or stem == document.name:
        return None
    earlier = [one for one in old if without_version(one.name) == stem and one.version and one.version <= version]
    return max(earlier, key=lambda one: one.version or Version(0, 0, 0), default=None)


def _whole(document: Document, *, is_new: bool) -> DocumentDiff:
    change = Change(
        document=document.name,
        pointer="",
        sentence="the document was added" if is_new else "the document was removed",
        bump="addition" if is_new else "model",
        direction="widens" if is_new else "narrows",
    )
    version = document.version
    return DocumentDiff(
        name=document.name,
        old=None if is_new else version,
        new=version if is_new else None,
        is_new=is_new,
        is_gone=not is_new,
        changes=(change,),
    )


def _changes(was: Document, now: Document, before: Library, after: Library) -> Iterator[Change]:
    annotated = [
        Change(document=now.name, pointer=pointer(path), sentence=sentence, bump="none", direction="neither")
        for path, sentence in annotation_changes.differences(was.value, now.value)
    ]
    yield from annotated
    try:
        old, new = Normalizer(before).form(was.uri), Normalizer(after).form(now.uri)
    except TooLargeError:
        if was.text.value != now.text.value:
            yield _unknown(now.name, "the document is too large to compare")
        return
    if canonical(old) != canonical(new):
        yield from _explained(now.name, _Search(was, now, before, after, old, new))
        return
    added = annotation_changes.new_properties(was.value, now.value)
    for path in added:
        sentence = f"the property {change_text.shown(path[-1])} was added; it accepts the same values as before"
        yield Change(document=now.name, pointer=pointer(path), sentence=sentence, bump="addition", direction="neither")
    if (
        not annotated
        and not added
        and annotation_changes.without_identity(was.value) != annotation_changes.without_identity(now.value)
    ):
        sentence = "the document was rewritten, and accepts the same values"
        yield Change(document=now.name, pointer="", sentence=sentence, bump="none", direction="neither")


def _unknown(name: str, sentence: str) -> Change:
    return Change(
        document=name,
        pointer="",
        sentence=sentence,
        bump="unknown",
        direction="unknown",
        verified=False,
        certain=False,
    )


class _Search:
    """The differences of two documents, and the values that show them."""

    def __init__(self, was: Document, now: Document, before: Library, after: Library, old: Schema, new: Schema) -> None:
        self.differences = compare(old, new)
        validators = SchemaValidator.of(before, was.uri), SchemaValidator.of(after, now.uri)
        rich = [Normalizer(library, with_examples=True).form(one.uri) for library, one in ((before, was), (after, now))]
        try:
            tried = values(rich[0], rich[1])
        except RecursionError:  # too deep to build values; the differences are reported without one
            tried = []
        self.counterexamples = list(counterexamples(tried, *validators, old))

    def of(self, difference: Difference, *bumps: Bump) -> Counterexample | None:
        """The smallest value that shows a difference with one of some bumps."""
        return smallest(one for one in self.counterexamples if one.bump in bumps and shows(one, difference))


def _explained(name: str, search: _Search) -> Iterator[Change]:
    """The differences as changes; a value that none of them explains is used for one that lacks a value."""
    changes = [_change(name, one, search) for one in search.differences]
    for bump in ("model", "revision", "addition"):
        found = smallest(one for one in search.counterexamples if one.bump == bump)
        if found is None or any(
            one.has_counterexample and BUMPS.index(one.bump) >= BUMPS.index(bump) for one in changes
        ):
            continue
        bare = next((at for at, one in enumerate(changes) if one.bump == bump and not one.has_counterexample), None)
        if bare is not None:
            changes[bare] = replace(changes[bare], has_counterexample=True, counterexample=found.value, verified=True)
            continue
        where = change_text.subject(tuple(map(str, found.errors[0].absolute_path)))
        verb = "rejected" if bump == "model" else "accepted"
        more = Change(
            document=name,
            pointer="",
            sentence=f"{where}: several changes together cause values to be {verb}",
            bump=bump,
            direction="narrows" if bump == "model" else "widens",
            has_counterexample=True,
            counterexample=found.value,
        )
        changes.append(more)
    yield from changes
    if not changes:
        yield _unknown(name, "the schemas differ in a way that cannot be analyzed")


def _change(name: str, difference: Difference, search: _Search) -> Change:
    narrowing = search.of(difference, "model") if difference.narrows else None
    widening = (search.of(difference, "revision") or search.of(difference, "addition")) if difference.widens else None
    bump, counterexample, verified, certain = _weighed(difference, narrowing, widening)
    narrows, widens = (
        NO if effect == NO else YES if found or effect == YES else MAYBE
        for effect, found in ((difference.narrows, narrowing), (difference.widens, widening))
    )
    direction: Direction = "neither"
    if bump == "unknown":
        direction = "unknown"
    elif narrows == YES and widens == YES:
        direction = "both"
    elif narrows == YES or widens == YES:
        direction = "narrows" if narrows == YES else "widens"
    return Change(
        document=name,
        pointer=pointer(difference.path),
        sentence=difference.sentence,
        bump=bump,
        direction=direction,
        has_counterexample=counterexample is not None,
        counterexample=counterexample.value if counterexample else None,
        verified=verified,
        certain=certain,
    )


def _weighed(
    difference: Difference, narrowing: Counterexample | None, widening: Counterexample | None
) -> tuple[Bump, Counterexample | None, bool, bool]:
    """The bump of a difference, the value that shows it, whether it is verified, and whether it is certain."""
    if narrowing is not None:
        return "model", narrowing, True, True
    if difference.narrows == YES:
        return "model", None, False, True
    certain = difference.narrows == NO
    if widening is not None:
        certain = certain and (widening.bump == "revision" or difference.adds or difference.widens == NO)
        return widening.bump, widening, True, certain
    if difference.widens == YES:
        # A new property needs no counterexample: it rejects nothing, and all that it accepts has the property.
        return ("addition" if difference.adds else "revision"), None, difference.adds, certain
    if MAYBE in (difference.narrows, difference.widens):
        return "unknown", None, False, False
    return "addition" if difference.path[-2:-1] == ("properties",) else "none", None, True, True
