"""A filter that is neither a text nor a list of texts.

## What it does

Checks the values of `filters`. Each is a text, or a list of texts; numbers, `true`, `null` and objects are none.

## Why it matters

The server answers with 400. Filters often come from a search library that keeps numbers and booleans as they are.

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

Numbers and booleans become texts. The fix is unsafe: whoever reads the filters may expect another text.
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import KINDS_OF_VALUE, Diagnostic, shown
from eventlint.rules.edits import texts

EXAMINES = "fault"
KINDS = ("filter",)
FIXABLE = "unsafe"


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Which filter is of a wrong kind."""
    name, token = fault.args
    is_list = token == "START_ARRAY"  # noqa: S105 - a token of JSON
    holds = "holds something else than strings" if is_list else f"is {KINDS_OF_VALUE[token]}"
    return Diagnostic(
        f"the filter {shown(name)} {holds}", "write a string, or an array of strings", texts(data, fault.offset)
    )
