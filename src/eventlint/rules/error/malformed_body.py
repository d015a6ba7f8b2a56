"""A body in YAML, CBOR or SMILE that cannot be parsed.

## What it does

Checks that a body is valid in the format that `Content-Type` names, if that is not JSON.

## Why is this bad?

The server rejects the event with status 400, or 500 in some releases. Usually the body was cut off, or it is in another
format than the header says.

## Example

```http
POST _application/analytics/site/event/search
Content-Type: application/yaml

{session: {id: s-1}, user: {id: u-1}, search: {query: shoes}
```

## Use instead

```http
POST _application/analytics/site/event/search
Content-Type: application/yaml

{session: {id: s-1}, user: {id: u-1}, search: {query: shoes}}
```
"""

from eventlint.mirror.faults import Fault
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "fault"
KINDS = ("format",)

MESSAGES = (
    r"; byte offset: #-?\d+\]|\bin 'reader', line \d+, column \d+:|\(Scalar value in YAML\)"
    r"|does not start with Smile format header|Encountered shared (?:text value|name) reference"
    r"|\A(?:special characters are not allowed|illegal syntax)\Z"
)
"""What all messages of the server's parsers of CBOR, SMILE and YAML contain; a regular expression."""


def describe(fault: Fault, data: bytes | None) -> Diagnostic:
    """Describe why the body cannot be parsed."""
    problem = fault.args[0]
    if problem.is_end_of_input:
        return Diagnostic("unexpected end of the body")
    return Diagnostic(f"cannot parse the body: {shown(problem.summary)[1:-1]}")
