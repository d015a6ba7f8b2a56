"""The fields at a place of an event: those of the specification, and what a custom contract leaves of them."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from eventlint.docs.document_model import Event, Field
from eventlint.exports.fields import ANY
from eventlint.lsp.cursor import Part
from eventlint.lsp.places import Subject
from eventlint.lsp.settings import FileSettings
from eventlint.model import pointer
from eventlint.spec import Entries, Node, Object, Objects, Release, event, release

if TYPE_CHECKING:
    from eventlint.contract import Contract, ContractRule
    from eventlint.docs import Document as Documentation
    from eventlint.exports.narrowing import Narrowing


_ARRAY, _FILTERS = "array of objects", "object with any keys"
"""Two types of fields, in the words of the documentation."""


class FilterValue(NamedTuple):
    """The value of a filter: a string or an array of strings."""


class Fields(NamedTuple):
    """What events of some types have at a path.

    Attributes:
        event_types: The event types that have a value there.
        nodes: The specification of the value, for each release and each of these types; empty for a value of a filter.
        narrowings: What the custom contract leaves of it, for each of these types; empty without one.
    """

    event_types: tuple[str, ...]
    nodes: tuple[Node, ...]
    narrowings: tuple[Narrowing, ...] = ()

    @property
    def has_entries(self) -> bool:
        """Whether it is an object with any keys."""
        return any(isinstance(node, Entries) for node in self.nodes)


def fields_at(settings: FileSettings, subject: Subject, path: Sequence[Part]) -> Fields:
    """What is at a path in the events of some types."""
    releases = [release(name) for name in settings.job.releases]
    types: list[str] = []
    nodes: list[Node] = []
    narrowings: list[Narrowing] = []
    for event_type in subject.event_types:
        found = [below(event(event_type, one), path) for one in releases if event_type in one.era.events]
        if not found or None in found:
            continue
        types.append(event_type)
        nodes += [node for node in found if node is not None and not isinstance(node, FilterValue)]
        if settings.contract is not None:
            left = narrowing(settings.contract, event_type, subject.collection)
            narrowings.append(_narrowing_below(left, path))
    return Fields(tuple(types), tuple(nodes), tuple(narrowings))


def below(node: Node, path: Sequence[Part]) -> Node | FilterValue | None:
    """What a path leads to; None if it leads to no field."""
    for index, part in enumerate(path):
        if isinstance(node, Objects):
            # A single object may take the place of the array.
            node = node.item
            if isinstance(part, int):
                continue
        if isinstance(node, Entries):
            rest = path[index + 1 :]
            is_value = isinstance(part, str) and (not rest or (len(rest) == 1 and isinstance(rest[0], int)))
            return FilterValue() if is_value else None
        if not isinstance(node, Object) or not isinstance(part, str) or part not in node.fields:
            return None
        node = node.fields[part]
    return node


@functools.lru_cache(16)
def narrowing(contract: Contract, event_type: str, collection: str | None) -> Narrowing:
    """What a contract leaves of the events of a type in a collection."""
    from eventlint.exports.narrowing import narrowed

    sources = [source for source, scope in contract.used if scope.has(event_type, collection)]
    return narrowed(contract.documents, sources)


def _narrowing_below(found: Narrowing, path: Sequence[Part]) -> Narrowing:
    from eventlint.exports.narrowing import Narrowing

    for part in path:
        found = (found.items or Narrowing()) if isinstance(part, int) else found.field(part)
    return found


# ---- documentation --------------------------------------------------------------------------------------------------


@functools.lru_cache(4)
def documentation(release_name: str) -> Documentation:
    """The documentation of a release; it takes about half a second to build."""
    from eventlint.docs import build

    return build(release_name)


def newest(settings: FileSettings) -> Release:
    """The newest of the releases that a file is checked for."""
    from eventlint.spec import catalog

    known = catalog().eras
    order = {name: index for index, name in enumerate(name for era in known for name in era.releases)}
    return max((release(name) for name in settings.job.releases), key=lambda one: order[one.name])


def pointer_of(path: Iterable[Part]) -> str:
    """The pointer of the documentation for a path: ``*`` is any index."""
    return pointer(tuple(ANY if isinstance(part, int) else part for part in path))


def documented(
    settings: FileSettings, subject: Subject, path: Sequence[Part]
) -> Iterator[tuple[Event, Field, tuple[ContractRule, ...]]]:
    """The documentation of the field at a path, or of the field around it, for each event type that has it."""
    if not subject.event_types:
        return
    document = documentation(newest(settings).name)
    for known in document.events:
        if known.name not in subject.event_types:
            continue
        field = _field(known, path)
        if field is not None:
            yield known, field, tuple(_contract_rules(settings, subject.collection, known.name, path))


def _field(known: Event, path: Sequence[Part]) -> Field | None:
    """The field at a path; for an element of an array or the value of a filter, the array or the filters."""
    parts = list(path)
    if not parts:
        return None
    exact = _with_arrays(known, parts)
    if exact is not None:
        return exact
    while len(parts) > 1:
        parts.pop()
        above = _with_arrays(known, parts)
        if above is not None:
            is_open = above.type == _FILTERS or isinstance(path[len(parts)], int)
            return above if is_open else None
    return None


def _with_arrays(known: Event, parts: Sequence[Part]) -> Field | None:
    """The field at a path in which an array may be replaced by its only element."""
    found = known.field(pointer_of(parts))
    if found is not None:
        return found
    at: list[str] = []
    for part in parts:
        above = known.field(pointer(at)) if at else None
        if above is not None and above.type == _ARRAY and isinstance(part, str):
            at.append(ANY)
        at.append(ANY if isinstance(part, int) else part)
    return known.field(pointer(at))


def _contract_rules(
    settings: FileSettings, collection: str | None, event_type: str, path: Sequence[Part]
) -> Iterator[ContractRule]:
    """The rules of the contract for the value at a path, in the collection of the event."""
    wanted = [ANY if isinstance(part, int) else str(part).replace("~", "~0").replace("/", "~1") for part in path]
    if settings.contract is None:
        return
    from eventlint.contract.scope import Scope

    for rule in settings.contract.rules:
        parts = rule.pointer.split("/")[1:]
        is_here = len(parts) == len(wanted) and all(map(_matches, parts, wanted))
        if is_here and Scope(rule.event_types, rule.collections).has(event_type, collection):
            yield rule


def _matches(part: str, wanted: str) -> bool:
    return part in (ANY, wanted)


def file_link(path: str, line: int) -> str:
    """The address of a line, from 1, of a file."""
    return f"{Path(os.path.abspath(path)).as_uri()}#L{line}"
