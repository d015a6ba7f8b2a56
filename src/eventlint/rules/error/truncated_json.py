"""A payload that ends before the event is complete.

## What it does

Checks for payloads that end in the middle of the event: a bracket is not closed, or a string is not terminated.

In a HAR file, also checks whether the file itself is cut off.

## Why is this bad?

The server rejects the event with status 400, or 500 in some releases. Usually the body was cut off at a size limit or
joined from pieces. Requests behind the place where a recording is cut off are not checked.

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
from eventlint.model import Finding, Position
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "fault"
KINDS = ("end", "end-after-comma")
RECORDING = "the recording is cut off"


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe where the payload ends."""
    if fault.kind == "end-after-comma":
        return Diagnostic(f"the payload ends after a comma in an {fault.args[0].lower()}")
    return Diagnostic("unexpected end of the payload" + _where(fault.args[0]))


def recording(position: Position, *, misses_requests: bool) -> Finding:
    """The finding for a recording that is cut off at a position."""
    message = f"{RECORDING}; requests may be missing" if misses_requests else f"{RECORDING} after its last request"
    return Finding(rule="truncated-json", tier="error", message=message, hint="export it again", position=position)


def _where(words: str) -> str:
    if "close marker" in words:
        return f": the {'array' if 'Array' in words else 'object'} is not closed"
    if "comment" in words:
        return " in a comment"
    if "name" in words:
        return " in a key"
    return " in a string" if "STRING" in words or "escape" in words else ""
