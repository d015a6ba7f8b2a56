"""A value of a kind that its field cannot have.

## What it does

Checks the kind of each value: a text, a number, an object, a list of objects.

## Why it matters

The server answers with 400. The documentation and the types of the official tracker show other kinds for some fields:
`sort` is one object, never a list; `filters` is an object from names to texts, never a list of `{field, value}`; the
total is a number, never `{"value": 3}`; IDs are texts, never numbers. `null` can stand nowhere.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": 7}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "7"}, "search": {"query": "shoes"}}
```

## Fix safety

A `sort` that is a list of one object is unwrapped; that is safe. The others are unsafe: numbers and booleans become
texts where a text is needed, `{"value": 3}` becomes `3`, and filters given as a list of `{field, value}` become an
object.
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import KINDS_OF_VALUE, Diagnostic, shown
from eventlint.rules.edits import entries_of_list, number_in_object, only_element, quoted
from eventlint.spec import Entries, Integer, Object, Objects, Text

EXAMINES = "fault"
KINDS = ("wrong-type", "expected-object", "nested-array")
FIXABLE = "safe"


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which kind of value stands there, and what should."""
    if fault.kind == "nested-array":
        return Diagnostic("an element is an array where it must be an object", "list the objects themselves")
    if fault.kind == "expected-object":
        return _expected_object(fault)
    _, field, token, node = fault.args
    message = f"{shown(field)} cannot be {KINDS_OF_VALUE[token]}"
    if token == "VALUE_NULL":  # noqa: S105 - a token of JSON
        return Diagnostic(message, "leave the field out when there is no value")
    if isinstance(node, Text):
        is_scalar = token in ("VALUE_NUMBER", "VALUE_BOOLEAN")
        fix = quoted(data, fault.offset) if is_scalar else None
        return Diagnostic(message, "write it as a text, in double quotes" if is_scalar else "send a text", fix)
    if isinstance(node, Integer):
        if token == "START_OBJECT":  # noqa: S105 - a token of JSON
            return Diagnostic(message, "send the number alone", number_in_object(data, fault.offset))
        return Diagnostic(message, "send a whole number")
    if isinstance(node, Entries):
        return Diagnostic(
            message, 'send an object from names to texts: {"brand": ["acme"]}', entries_of_list(data, fault.offset)
        )
    if isinstance(node, Object) and token == "START_ARRAY":  # noqa: S105 - a token of JSON
        return Diagnostic(message, "send one object, not a list", only_element(data, fault.offset))
    return Diagnostic(message, "send a list of objects" if isinstance(node, Objects) else "send an object")


def _expected_object(fault: Fault) -> Diagnostic:
    parser, kind = fault.args
    hint = "send one event, not a list of events" if kind == "START_ARRAY" and not fault.pointer else None
    return Diagnostic(f"expected an object ({parser}) but found {KINDS_OF_VALUE[kind]}", hint)
