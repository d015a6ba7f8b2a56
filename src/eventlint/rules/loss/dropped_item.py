"""A value in the list of results that the server silently drops.

## What it does

Checks for strings, numbers, `true`, `false`, and `null` in the list of results that the server skips.

## Why is this bad?

The server skips exactly one such value before an object and stores the list without it. The positions of the following
results shift. The server rejects two such values in a row, or one at the end of the list.

## Example

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"items": [null, {"document": {"id": "42"}}]}}
}
```

## Use instead

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "results": {"items": [{"document": {"id": "42"}}]}}
}
```

## Fix safety

The fix removes the value. It is unsafe because the value may have been meant as a result.
"""

from collections.abc import Iterator

from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, unsafe
from eventlint.rules.payload import Payload

EXAMINES = "payload"
FIXABLE = "unsafe"
SCREEN = (("not_strict",),)


def check(payload: Payload) -> Iterator[Diagnostic]:
    """Report the values that the server skips."""
    for pointer, offset in payload.walk.dropped:
        end = payload.next_element(offset)
        yield Diagnostic(
            "not an object; the server drops it from the list",
            offset=offset,
            pointer=pointer,
            hint="use only objects in the list",
            effect="changed",
            fix=unsafe("remove the value", Edit(offset, end, b"")) if end is not None else None,
        )


MUTATIONS = ("dropped-element",)
