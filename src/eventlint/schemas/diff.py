"""Compares two versions of schema documents: what changed, and which new version that requires.

:mod:`eventlint.schemas.compare` finds the differences keyword by keyword, and :mod:`eventlint.schemas.explanations`
values that one schema accepts and the other rejects, or the proof that there are none. Each value is validated by both
schemas before it is reported. A change for which there is neither a value nor a proof is marked as not verified.

Formats are constraints if the documents of a side look like a contract, and annotations otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eventlint.errors import SchemaError
from eventlint.model import pointer
from eventlint.schemas import annotation_changes, change_text, documents, pairing
from eventlint.schemas.change import Change
from eventlint.schemas.change_search import Search, explained
from eventlint.schemas.contract_checks import is_contract
from eventlint.schemas.dialects import faults_of, upgraded
from eventlint.schemas.documents import Document
from eventlint.schemas.validity import Library
from eventlint.schemas.versions import BUMPS, Bump, Version, is_enough


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


def diff(old: str, new: str | None = None) -> tuple[DocumentDiff, ...]:
    """Compare two files, two folders, their versions in git, or the versions that are side by side in a folder.

    Args:
        old: A file, a folder, or ``git:REF:PATH``.
        new: The same for the new side; None to compare the versions in ``old`` with each other.

    Returns:
        One for each document that differs, in the order of their names.

    Raises:
        InputError: A side does not exist, or cannot be read.
        SchemaError: A document is not JSON, or not JSON Schema.
        UsageError: ``git:`` is followed by something else than a ref and a path.
    """
    return compared_sides(old, new)[0]


def compared_sides(old: str, new: str | None = None) -> tuple[tuple[DocumentDiff, ...], list[Document], int]:
    """As :func:`diff`; also returns the new documents, and how many documents both sides have.

    Args:
        old: A file, a folder, or ``git:REF:PATH``.
        new: The same for the new side; None to compare the versions in ``old`` with each other.
    """
    before = _load(old)
    if new is None:
        around = documents.siblings(old)
        side = _Side(before, around, asserts=is_contract([*before, *around]))
        return _compared(pairing.side_by_side(side.documents), side, side), before, len(before)
    after = _load(new)
    siblings = (documents.siblings(old), documents.siblings(new))
    return compared(before, after, siblings=siblings), after, len(before) + len(after)


def compared(
    old: list[Document],
    new: list[Document],
    *,
    siblings: tuple[list[Document], list[Document]] = ([], []),
    beside: list[Document] | None = None,
) -> tuple[DocumentDiff, ...]:
    """Compare documents.

    Args:
        old: The old documents.
        new: The new documents.
        siblings: Other documents on each side that references may lead to.
        beside: Other documents on the new side that may be older versions of the new ones.
    """
    around = [*siblings[1], *(beside or [])]
    asserts = is_contract([*old, *siblings[0], *new, *around])
    before, after = _Side(old, siblings[0], asserts=asserts), _Side(new, around, asserts=asserts)
    others = [_upgraded(one) for one in beside or []]
    return _compared(pairing.pairs(before.documents, after.documents, others), before, after)


class _Side:
    """The documents of one side, as schemas of the newest draft."""

    def __init__(self, listed: list[Document], siblings: list[Document], *, asserts: bool) -> None:
        self.documents = [_upgraded(document) for document in listed]
        self.written = {document.path: document for document in [*listed, *siblings]}
        self.library = Library([*self.documents, *map(_upgraded, siblings)], asserts_formats=asserts)


def _upgraded(document: Document) -> Document:
    value = upgraded(document.value)
    return document if value is document.value else document.with_value(value)


def _compared(pairs: Iterable[pairing.Pair], before: _Side, after: _Side) -> tuple[DocumentDiff, ...]:
    found = []
    for was, now, is_beside in pairs:
        if was is None and now is not None:
            found.append(_whole(now, is_new=True))
        elif was is not None and now is None:
            found.append(_whole(was, is_new=False))
        elif was is not None and now is not None:
            side = after if is_beside else before
            changes = tuple(_changes((was, now), (side, after)))
            if changes or was.version != now.version:
                found.append(DocumentDiff(name=now.name, old=was.version, new=now.version, changes=changes))
    return tuple(sorted(found, key=lambda one: one.name))


def _load(where: str) -> list[Document]:
    found, unreadable = documents.load(where)
    for one in unreadable:
        position = one.error.position
        raise SchemaError(f"{one.path}:{position.line}:{position.column}: {one.error.reason}")
    for document in found:
        for fault in faults_of(document.value)[:1]:
            position = document.text.position(fault.path)
            raise SchemaError(f"{document.path}:{position.line}:{position.column}: not JSON Schema: {fault.message}")
    return found


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


def _changes(pair: tuple[Document, Document], sides: tuple[_Side, _Side]) -> Iterator[Change]:
    was, now = pair
    written = [side.written.get(one.path, one).value for one, side in zip(pair, sides, strict=True)]
    annotated = [
        Change(document=now.name, pointer=pointer(path), sentence=sentence, bump="none", direction="neither")
        for path, sentence in annotation_changes.differences(
            *written, with_formats=not sides[1].library.asserts_formats
        )
    ]
    yield from annotated
    libraries = sides[0].library, sides[1].library
    search = Search((was, now), libraries)
    if not search.is_same:
        yield from explained(now.name, search)
        return
    added = annotation_changes.new_properties(was.value, now.value)
    for path in added:
        sentence = f"the property {change_text.shown(path[-1])} was added; it accepts the same values as before"
        yield Change(document=now.name, pointer=pointer(path), sentence=sentence, bump="addition", direction="neither")
    if (
        not annotated
        and not added
        and annotation_changes.without_identity(written[0]) != annotation_changes.without_identity(written[1])
    ):
        sentence = "the document was rewritten, and accepts the same values"
        yield Change(document=now.name, pointer="", sentence=sentence, bump="none", direction="neither")
