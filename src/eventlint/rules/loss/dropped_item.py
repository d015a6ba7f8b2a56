"""Something among the results that is no object, and is left out in silence.

## What it does

Finds texts, numbers, `true`, `false` and `null` in the list of results that the server reads away.

## Why it matters

The server passes over exactly one such value before an object, and stores the list without it. The positions of the
results behind it shift. Two of them in a row, or one at the end, are refused.

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

The fix removes the value. It is unsafe: perhaps a result was meant to stand there.
"""

from collections.abc import Iterator

from eventlint.model import Edit
from eventlint.rules.diagnostic import Diagnostic, unsafe
from eventlint.rules.payload import Payload

EXAMINES = "payload"
FIXABLE = "unsafe"
SCREEN = (("not_strict",),)


def check(payload: Payload) -> Iterator[Diagnostic]:
    """The values that are read away."""
    for pointer, offset in payload.walk.dropped:
        end = payload.next_element(offset)
        yield Diagnostic(
            "a value that is no object; the list is stored without it",
            offset=offset,
            pointer=pointer,
            hint="list objects only",
            effect="changed",
            fix=unsafe("remove it", Edit(offset, end, b"")) if end is not None else None,
        )
