"""A user ID that is the same as the session ID.

## What it does

Checks for events whose user ID is the same as their session ID.

## Why is this bad?

A session is a single visit; a user can return. If both have the same ID, either each visit counts as a new user, or all
visits of a user count as one session. Reports about returning users are then wrong.

## Example

```json search
{"session": {"id": "095de0b4"}, "user": {"id": "095de0b4"}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "095de0b4"}, "user": {"id": "5f26f01a"}, "search": {"query": "shoes"}}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from eventlint.rules.diagnostic import Diagnostic
from eventlint.rules.pointers import parts_of, value_at

EXAMINES = "event"


def screen(node: Any) -> tuple[Any, ...]:
    """The IDs that the schema names."""
    return (("same", tuple(node.lint["user-is-session"]["ids"])),)


def check(event: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Report equal IDs."""
    ids = [value_at(event, pointer) for pointer in facts["ids"]]
    if ids[0] is not None and ids.count(ids[0]) == len(ids):
        yield Diagnostic(MESSAGE, HINT, pointer=parts_of(facts["ids"][0]))


MESSAGE = "the user ID is the same as the session ID"
HINT = "use a persistent user ID, and a new ID for each session"
MUTATIONS = ("equal-ids",)
