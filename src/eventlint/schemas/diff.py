"""What a change of schemas asks of their versions, with values that show it; it must not know how that is printed.

Two sides are compared document by document. What differs comes from :mod:`eventlint.schemas.compare`, values that show
it from :mod:`eventlint.schemas.instances`; each such value is given to both schemas before it is told. Where no value
was found and the differing keywords do not prove the answer either, the change says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from eventlint.errors import SchemaError
from eventlint.model import pointer
from eventlint.schemas import annotation_changes as silent
from eventlint.schemas import change_text as wording
from eventlint.schemas import documents
from eventlint.schemas.compare import compare
from eventlint.schemas.counterexample import Counterexample, shows, smallest, tell_apart
from eventlint.schemas.diff_model import MAYBE, NO, YES, Difference
from eventlint.schemas.documents import Document
from eventlint.schemas.equal import canonical
from eventlint.schemas.instances import values
from eventlint.schemas.metaschema import broken
from eventlint.schemas.normal_form import Normaliser
from eventlint.schemas.validity import Judge, Library, Schema, TooLargeError
from eventlint.schemas.versions import BUMPS, Bump, Version, is_enough, without_version

Direction = Literal["narrows", "widens", "both", "neither", "unknown"]
"""Whether values are refused now, accepted now, both, or neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs between two versions of a document.

    Attributes:
        document: The document's name.
        pointer: A JSON Pointer into the schema as if references were written out; for annotations, as it is written.
        sentence: What differs.
        bump: What it asks of the version.
        direction: What it does.
        has_witness: Whether a value shows it.
        counterexample: That value; None where there is none (None may be a counterexample too).
        verified: Whether the bump is shown by the counterexample, or proven (for ``none`` and ``addition`` alike).
        certain: Whether nothing graver than the bump is possible; False where it was neither shown nor ruled out.
    """

    document: str
    pointer: str
    sentence: str
    bump: Bump
    direction: Direction
    has_witness: bool = False
    counterexample: Any = None
    verified: bool = True
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDiff:
    """All that differs between two versions of a document.

    Attributes:
        name: Its name.
        old: The old version's number; None where it has none.
        new: The new version's number.
        is_new: Whether there was no such document.
        is_gone: Whether there is none any more.
        changes: What differs.
    """

    name: str
    old: Version | None
    new: Version | None
    is_new: bool = False
    is_gone: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def bump(self) -> Bump:
        """What the changes ask for in all."""
        asked = {change.bump for change in self.changes}
        found: Bump = "none"
        for bump in BUMPS:
            found = bump if bump in asked else found
        return found

    @property
    def is_enough(self) -> bool:
        """Whether the new number is as great as the changes ask for; True where there are no two numbers."""
        if self.is_gone:
            return False
        return self.old is None or self.new is None or is_enough(self.old, self.new, self.bump)

    @property
    def is_certain(self) -> bool:
        """Whether what is asked for is shown or proven, and there are numbers to compare."""
        has_numbers = self.is_new or self.is_gone or not self.changes or (self.old is not None and self.new is not None)
        is_gravest = any(change.bump == "model" and change.verified for change in self.changes)
        return has_numbers and (is_gravest or all(change.certain and change.verified for change in self.changes))


def diff(old: str, new: str) -> tuple[DocumentDiff, ...]:
    """Compare two files, two folders, or what git has of them.

    Args:
        old: A file, a folder, or ``git:REF:PATH``.
        new: The same for the newer side.

    Returns:
        One for each document of either side that differs, in the order of their names.

    Raises:
        InputError: A side is not there, or cannot be read.
        SchemaError: A document is no JSON, or no JSON Schema.
        UsageError: ``git:`` is followed by something that cannot be.
    """
    return compared_sides(old, new)[0]


def compared_sides(old: str, new: str) -> tuple[tuple[DocumentDiff, ...], list[Document], int]:
    """As :func:`diff`; also the newer documents, and how many documents there are on both sides.

    Args:
        old: A file, a folder, or ``git:REF:PATH``.
        new: The same for the newer side.
    """
    before, after = _load(old), _load(new)
    around = (documents.around(old), documents.around(new))
    return compared(before, after, around=around), after, len(before) + len(after)


def compared(
    old: list[Document], new: list[Document], *, around: tuple[list[Document], list[Document]] = ([], [])
) -> tuple[DocumentDiff, ...]:
    """Compare documents that were read.

    Args:
        old: The old ones.
        new: The new ones.
        around: Other documents that references of either side may lead to.
    """
    before, after = Library([*old, *around[0]]), Library([*new, *around[1]])
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
    found, unread = documents.load(where)
    for one in unread:
        place = one.error.position
        raise SchemaError(f"{one.path}:{place.line}:{place.column}: {one.error.reason}")
    for document in found:
        for fault in broken(document.value)[:1]:
            place = document.text.position(fault.path)
            raise SchemaError(f"{document.path}:{place.line}:{place.column}: no JSON Schema: {fault.message}")
    return found


def _pairs(old: list[Document], new: list[Document]) -> Iterator[tuple[Document | None, Document | None]]:
    """Documents that belong together: two alone; else by name; else by name without version, with the newest before."""
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
        sentence="the document is new" if is_new else "the document is gone",
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
    told = [
        Change(document=now.name, pointer=pointer(path), sentence=sentence, bump="none", direction="neither")
        for path, sentence in silent.differences(was.value, now.value)
    ]
    yield from told
    try:
        old, new = Normaliser(before).form(was.uri), Normaliser(after).form(now.uri)
    except TooLargeError:
        if was.text.value != now.text.value:
            yield _unknown(now.name, "the document is too large to be compared")
        return
    if canonical(old) != canonical(new):
        yield from _told(now.name, _Search(was, now, before, after, old, new))
        return
    fresh = silent.new_properties(was.value, now.value)
    for path in fresh:
        sentence = f"the property {wording.shown(path[-1])} is new; it may hold what it could hold before"
        yield Change(document=now.name, pointer=pointer(path), sentence=sentence, bump="addition", direction="neither")
    if not told and not fresh and silent.without_names(was.value) != silent.without_names(now.value):
        sentence = "the document is written in another way, and accepts the same"
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
        judges = Judge.of(before, was.uri), Judge.of(after, now.uri)
        rich = [Normaliser(library, with_examples=True).form(one.uri) for library, one in ((before, was), (after, now))]
        try:
            tried = values(rich[0], rich[1])
        except RecursionError:  # too deep to build values for; what differs is told without one
            tried = []
        self.counterexamplees = list(tell_apart(tried, *judges, old))

    def of(self, difference: Difference, *bumps: Bump) -> Counterexample | None:
        """The plainest value that shows a difference and asks for one of some bumps."""
        return smallest(one for one in self.counterexamplees if one.bump in bumps and shows(one, difference))


def _told(name: str, search: _Search) -> Iterator[Change]:
    """The differences as changes; a value that none of them explains shows one of those that lack a value."""
    told = [_told_one(name, one, search) for one in search.differences]
    for bump in ("model", "revision", "addition"):
        found = smallest(one for one in search.counterexamplees if one.bump == bump)
        if found is None or any(one.has_witness and BUMPS.index(one.bump) >= BUMPS.index(bump) for one in told):
            continue
        bare = next((at for at, one in enumerate(told) if one.bump == bump and not one.has_witness), None)
        if bare is not None:
            told[bare] = replace(told[bare], has_witness=True, counterexample=found.value, verified=True)
            continue
        where = wording.subject(tuple(map(str, found.errors[0].absolute_path)))
        verb = "refused" if bump == "model" else "accepted"
        more = Change(
            document=name,
            pointer="",
            sentence=f"{where}: values are {verb} now, by several changes together",
            bump=bump,
            direction="narrows" if bump == "model" else "widens",
            has_witness=True,
            counterexample=found.value,
        )
        told.append(more)
    yield from told
    if not told:
        yield _unknown(name, "the schemas differ, and how was not found out")


def _told_one(name: str, difference: Difference, search: _Search) -> Change:
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
        has_witness=counterexample is not None,
        counterexample=counterexample.value if counterexample else None,
        verified=verified,
        certain=certain,
    )


def _weighed(
    difference: Difference, narrowing: Counterexample | None, widening: Counterexample | None
) -> tuple[Bump, Counterexample | None, bool, bool]:
    """The bump of a difference; the value that shows it; whether it is shown; whether nothing graver is possible."""
    if narrowing is not None:
        return "model", narrowing, True, True
    if difference.narrows == YES:
        return "model", None, False, True
    certain = difference.narrows == NO
    if widening is not None:
        certain = certain and (widening.bump == "revision" or difference.adds or difference.widens == NO)
        return widening.bump, widening, True, certain
    if difference.widens == YES:
        # A new property needs no value to show it: nothing that was accepted is refused, and nothing else is accepted.
        return ("addition" if difference.adds else "revision"), None, difference.adds, certain
    if MAYBE in (difference.narrows, difference.widens):
        return "unknown", None, False, False
    return "addition" if difference.path[-2:-1] == ("properties",) else "none", None, True, True
