"""The payload ends before the event does.

## What it does

Finds payloads that end in the middle: a bracket is not closed, or a text has no end.

## Why it matters

The server answers with 400, and with 500 in some releases. Mostly a body was cut at a limit, or joined from pieces.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "fault"
KINDS = ("end", "end-after-comma")


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Where the payload ends."""
    if fault.kind == "end-after-comma":
        return Diagnostic(f"the payload ends after a comma in an {fault.args[0].lower()}")
    return Diagnostic("the payload ends too early" + _where(fault.args[0]))


def _where(words: str) -> str:
    if "close marker" in words:
        return f": the {'array' if 'Array' in words else 'object'} is not closed"
    if "comment" in words:
        return " in a comment"
    if "name" in words:
        return " in a name"
    return " in a string" if "STRING" in words or "escape" in words else ""
