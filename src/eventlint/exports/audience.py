"""For which collections an export describes events: documents of a contract may apply to some collections only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from eventlint.spec import Release

if TYPE_CHECKING:
    from eventlint.contract import Contract
    from eventlint.contract.loading import Source
    from eventlint.contract.scope import Scope


class Audience(NamedTuple):
    """Some collections, and the documents that check their events.

    Attributes:
        collections: Patterns of the collections' names; empty for all collections.
        suffix: The end of the names of types for them; empty for all collections.
        documents: The documents for each event type.
    """

    collections: tuple[str, ...]
    suffix: str
    documents: dict[str, tuple[Source, ...]]


class Exported(NamedTuple):
    """What is exported: a release, and a custom contract if there is one.

    Attributes:
        collection: The collection to export for; None for all of them.
    """

    release: Release
    contract: Contract | None = None
    collection: str | None = None

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """The collections that are described: first all, then each list of collections that a document names."""
        return tuple(_audiences(self))


def _audiences(exported: Exported) -> Iterator[Audience]:
    used = exported.contract.used if exported.contract is not None else ()
    events = tuple(exported.release.era.events)
    if exported.collection is not None:
        found = {
            event_type: tuple(source for source, scope in used if scope.has(event_type, exported.collection))
            for event_type in events
        }
        yield Audience((exported.collection,), "", found)
        return
    suffixes: set[str] = {""}
    for patterns in dict.fromkeys(((), *(scope.collections for _, scope in used))):
        suffix = base = "In" + "Or".join(map(_camel, patterns)) if patterns else ""
        number = 1
        while patterns and suffix in suffixes:
            number += 1
            suffix = f"{base}{number}"
        suffixes.add(suffix)
        found = {
            event_type: tuple(source for source, scope in used if _applies(scope, event_type, patterns))
            for event_type in events
            if not patterns or any(scope.collections == patterns and event_type in scope.events for _, scope in used)
        }
        if found:
            yield Audience(patterns, suffix, found)


def _camel(pattern: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.findall("[A-Za-z0-9]+", pattern)) or "Any"


def _applies(scope: Scope, event_type: str, patterns: tuple[str, ...]) -> bool:
    """Whether a document applies to the events of all collections that match some patterns."""
    if event_type not in scope.events:
        return False
    if not scope.collections or scope.collections == patterns:
        return True
    return bool(patterns) and all(any(_includes(wide, one) for wide in scope.collections) for one in patterns)


def _includes(wide: str, narrow: str) -> bool:
    """Whether one pattern matches all names that another one matches, as far as that is certain."""
    if wide == narrow:
        return True
    if any(character in wide for character in "?["):
        return False
    return re.fullmatch(".*".join(map(re.escape, wide.split("*"))), narrow, re.DOTALL) is not None
