"""The user and the session have the same ID.

## What it does

Finds events whose user ID is the session ID.

## Why it matters

A session is one visit; a user comes back. When both have one ID, either each visit makes a new user, or all visits of a
user are one session. Reports about returning users are then wrong.

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
    """The schema says which IDs differ."""
    return (("same", tuple(node.lint["user-is-session"]["ids"])),)


def check(event: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Compare the IDs."""
    ids = [value_at(event, pointer) for pointer in facts["ids"]]
    if ids[0] is not None and all(one == ids[0] for one in ids):
        yield Diagnostic(MESSAGE, HINT, pointer=parts_of(facts["ids"][0]))


MESSAGE = "the user has the ID of the session"
HINT = "keep an ID that stays for the user, and make a new one for each session"
