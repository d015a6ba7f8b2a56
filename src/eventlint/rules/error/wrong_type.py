"""A value of the wrong type.

## What it does

Checks the type of each value: string, number, object, or array of objects.

## Why is this bad?

The server rejects the event with status 400. The documentation and the types of the official tracker show different
types for some fields. `sort` is a single object, never an array. `filters` is an object that maps names to strings,
never an array of `{field, value}`. The total is a number, never `{"value": 3}`. IDs are strings, never numbers. `null`
is not allowed anywhere.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": 7}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "7"}, "search": {"query": "shoes"}}
```

## Fix safety

Unwrapping a `sort` that is an array with a single object is safe. The other fixes are unsafe: they convert numbers and
booleans to strings where a string is required, replace `{"value": 3}` with `3`, and convert filters given as an array
of `{field, value}` to an object.
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import KINDS_OF_VALUE, Diagnostic, shown
from eventlint.rules.edits import entries_of_list, number_in_object, only_element, quoted
from eventlint.spec import Entries, Integer, Object, Objects, Text

EXAMINES = "fault"
KINDS = ("wrong-type", "expected-object", "nested-array")
FIXABLE = "safe"


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe the type of the value and the expected type."""
    if fault.kind == "nested-array":
        return Diagnostic("an element of the array is an array, not an object", "list the objects directly")
    if fault.kind == "expected-object":
        return _expected_object(fault)
    _, field, token, node = fault.args
    message = f"{shown(field)} cannot be {KINDS_OF_VALUE[token]}"
    if token == "VALUE_NULL":  # noqa: S105 - a token of JSON
        return Diagnostic(message, "omit the field if there is no value")
    if isinstance(node, Text):
        is_scalar = token in ("VALUE_NUMBER", "VALUE_BOOLEAN")
        fix = quoted(data, fault.offset) if is_scalar else None
        return Diagnostic(message, "use a string", fix)
    if isinstance(node, Integer):
        if token == "START_OBJECT":  # noqa: S105 - a token of JSON
            return Diagnostic(message, "use only the number", number_in_object(data, fault.offset))
        return Diagnostic(message, "use an integer")
    if isinstance(node, Entries):
        return Diagnostic(
            message, 'use an object with string values: {"brand": ["acme"]}', entries_of_list(data, fault.offset)
        )
    if isinstance(node, Object) and token == "START_ARRAY":  # noqa: S105 - a token of JSON
        return Diagnostic(message, "use a single object, not an array", only_element(data, fault.offset))
    return Diagnostic(message, "use an array of objects" if isinstance(node, Objects) else "use an object")


def _expected_object(fault: Fault) -> Diagnostic:
    parser, kind = fault.args
    hint = "send one event, not an array of events" if kind == "START_ARRAY" and not fault.pointer else None
    return Diagnostic(f"expected an object ({parser}), found {KINDS_OF_VALUE[kind]}", hint)
