"""Which documents are versions of the same schema, and are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from eventlint.schemas.documents import Document


class Pair(NamedTuple):
    """Two versions of a document.

    Attributes:
        old: The old version; None if the document was added.
        new: The new version; None if it was removed.
        is_beside: Whether the old version is on the new side, in another file.
    """

    old: Document | None
    new: Document | None
    is_beside: bool = False


def pairs(old: list[Document], new: list[Document], beside: Iterable[Document] = ()) -> Iterator[Pair]:
    """Pairs of documents.

    Two single documents are a pair. Otherwise a document is compared with the one of the same name; a document in a
    new file is compared with the nearest older version of the same ``$id``, in another file on either side.

    Args:
        old: The old documents.
        new: The new documents.
        beside: Other documents on the new side that may be older versions.
    """
    if len(old) == len(new) == 1 and not list(beside):
        yield Pair(old[0], new[0])
        return
    before = {document.name: document for document in old}
    after = {document.name for document in new}
    others = [*new, *beside]
    followed: set[str] = set()
    for document in new:
        was, is_beside = before.get(document.name), False
        if was is None:
            was, is_beside = _nearest(document, old, others)
        if was is not None and not is_beside:
            followed.add(was.name)
        yield Pair(was, document, is_beside)
    for document in old:
        if document.name not in after and document.name not in followed:
            yield Pair(document, None)


def side_by_side(documents: list[Document]) -> Iterator[Pair]:
    """Each document with the nearest older version of the same ``$id``, if there is one.

    Args:
        documents: Documents on one side.
    """
    for document in documents:
        was, _ = _nearest(document, [], documents)
        if was is not None:
            yield Pair(was, document, True)


def _nearest(document: Document, old: Iterable[Document], others: Iterable[Document]) -> tuple[Document | None, bool]:
    """The nearest older version of a document, and whether it is on the new side."""
    version, stem = document.version, document.stem
    if version is None or stem is None:
        return None, False
    earlier = [(one.version, 1, one) for one in old if one.stem == stem and one.version and one.version <= version]
    earlier += [(one.version, 0, one) for one in others if one.stem == stem and one.version and one.version < version]
    if not earlier:
        return None, False
    _, is_old, found = max(earlier, key=lambda one: one[:2])
    return found, not is_old
