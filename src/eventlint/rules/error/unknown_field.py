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

## Fix safety

The fix renames the key if one field is more similar to it than all others, or differs from it only in case. It is
unsafe because the key may have been meant for something else. If the field is required, its absence is not a second
finding.
"""

from collections.abc import Iterable

from eventlint.jsontext.locate import end_of
from eventlint.mirror.faults import Fault
from eventlint.model import Edit, Fix
from eventlint.rules.diagnostic import Diagnostic, shown, unsafe

EXAMINES = "fault"
KINDS = ("unknown-field",)
FIXABLE = "unsafe"


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe the unknown field and suggest similar ones."""
    from eventlint.mirror.suggestions import suggestions

    node, name = fault.args
    message = f"unknown field {shown(name)} in {shown(node.parser)}"
    if name in node.set_by_server:
        return Diagnostic(message, f"remove it. {node.set_by_server[name]}")
    near = suggestions(name, node.fields) or _in_other_case(name, node.fields)
    if near:
        return Diagnostic(message, f"did you mean {' or '.join(map(shown, near))}?", _rename(fault, data))
    return Diagnostic(message, f"allowed fields: {', '.join(node.fields)}")


def meant(fault: Fault) -> str | None:
    """The field that an unknown field certainly means: it is more similar to it than all others."""
    from eventlint.mirror.suggestions import best_suggestion

    node, name = fault.args
    if name in node.set_by_server:
        return None
    return best_suggestion(name, node.fields) or next(iter(_in_other_case(name, node.fields)), None)


def _in_other_case(name: str, fields: Iterable[str]) -> list[str]:
    """The field that differs only in case, such as ``id`` for ``ID``; the server finds these too different."""
    return [field for field in fields if field.lower() == name.lower()]


def _rename(fault: Fault, data: bytes | None) -> Fix | None:
    field = meant(fault)
    end = None if data is None else end_of(data, fault.offset)
    if field is None or end is None:
        return None
    return unsafe(f"rename to {shown(field)}", Edit(fault.offset, end, f'"{field}"'.encode()))


def without_consequences(faults: Iterable[Fault]) -> list[Fault]:
    """The faults without those for fields that are missing because their key is misspelled in the same object."""
    every = list(faults)
    if not any(fault.kind == "missing" for fault in every):
        return every
    misspelled = {(fault.pointer[:-1], meant(fault)) for fault in every if fault.kind in KINDS}
    return [
        fault
        for fault in every
        if fault.kind != "missing" or not any((fault.pointer, name) in misspelled for name in fault.args[1])
    ]
