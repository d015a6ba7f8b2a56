"""An object with a field that it cannot have.

## What it does

Checks the names of all fields. Upper case counts.

## Why it matters

The server answers with 400. There is no place for fields of your own, and none for what the server sets itself: the
time of the event, the address and the browser of the visitor.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"quary": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("unknown-field",)


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which field there is not, and what could be meant."""
    from eventlint.mirror.suggestions import suggestions

    node, name = fault.args
    message = f"{shown(node.parser)} has no field {shown(name)}"
    if name in node.set_by_server:
        return Diagnostic(message, f"leave it out. {node.set_by_server[name]}")
    near = suggestions(name, node.fields)
    if near:
        return Diagnostic(message, f"did you mean {' or '.join(map(shown, near))}?")
    return Diagnostic(message, f"it knows: {', '.join(node.fields)}")
