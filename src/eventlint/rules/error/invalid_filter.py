"""A filter that is neither a string nor an array of strings.

## What it does

Checks the values of `filters`. Each value must be a string or an array of strings. Numbers, `true`, `null`, and objects
are not allowed.

## Why is this bad?

The server rejects the event with status 400. Filters often come from a search library that keeps numbers and booleans
as they are.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", "filters": {"size": [42, 43]}}}
```

## Use instead

```json search
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "search": {"query": "shoes", "filters": {"size": ["42", "43"]}}
}
```

## Fix safety

The fix converts numbers and booleans to strings. It is unsafe because consumers of the filters may expect a different
string.
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import KINDS_OF_VALUE, Diagnostic, shown
from eventlint.rules.edits import texts

EXAMINES = "fault"
KINDS = ("filter",)
FIXABLE = "unsafe"


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe the filter of the wrong type."""
    name, token = fault.args
    is_list = token == "START_ARRAY"  # noqa: S105 - a token of JSON
    holds = "contains values that are not strings" if is_list else f"is {KINDS_OF_VALUE[token]}"
    return Diagnostic(f"filter {shown(name)} {holds}", "use a string or an array of strings", texts(data, fault.offset))
