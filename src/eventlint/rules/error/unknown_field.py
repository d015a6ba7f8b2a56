"""An object with an unknown field.

## What it does

Checks all keys against the fields of the object. Keys are case-sensitive.

## Why is this bad?

The server rejects the event with status 400. It does not accept custom fields, nor the fields that it sets itself: the
time of the event, and the visitor's IP address and browser.

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
    """Describe the unknown field and suggest similar ones."""
    from eventlint.mirror.suggestions import suggestions

    node, name = fault.args
    message = f"unknown field {shown(name)} in {shown(node.parser)}"
    if name in node.set_by_server:
        return Diagnostic(message, f"remove it. {node.set_by_server[name]}")
    near = suggestions(name, node.fields)
    if near:
        return Diagnostic(message, f"did you mean {' or '.join(map(shown, near))}?")
    return Diagnostic(message, f"allowed fields: {', '.join(node.fields)}")
