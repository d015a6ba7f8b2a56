"""An event with more than 1,000 problems, of which the others are not listed.

## What it does

Reports how many more problems an event has than are listed. At most 1,000 errors and 1,000 other findings are listed
for one event. Strings after that are only counted if they look suspicious, so the number may be too high.

## Why is this bad?

The other rules did not list everything. Usually one mistake is repeated, or the payload was made to cost time. Fix the
listed problems and check again to see others.

## Example

```json
{"session": {"id": "s-1"}, "search": {"query": "shoes", "filters": {"f1": 1, "f2": 2, "…": "…", "f1001": 1001}}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes", "filters": {"f1": "1", "f2": "2"}}}
```
"""

from eventlint.model import Finding

EXAMINES = "run"

MESSAGE = "too many findings: {count} more not listed"
HINT = "fix the listed ones first, then check again"


def finding(omitted: int, event_type: str) -> Finding:
    """The finding for an event.

    Args:
        omitted: How many problems are not listed.
        event_type: The event's type.
    """
    message = MESSAGE.format(count=f"{omitted:,}")
    return Finding(rule="too-many-findings", tier="lint", message=message, hint=HINT, event_type=event_type)
