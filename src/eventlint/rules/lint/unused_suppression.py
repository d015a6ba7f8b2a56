"""A suppression that does not match any finding.

## What it does

Checks for `suppress` entries in the configuration, and `# eventlint: ignore[…]` comments in request files, that do not
match any finding. An entry is checked only if a file that matches its path was read.

## Why is this bad?

The suppressed finding was fixed or never existed. If the suppression stays, it hides the next mistake of the same kind.

## Example

```http
# eventlint: ignore[blank-id] the old importer has no IDs
POST _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

## Use instead

```http
POST _application/analytics/site/event/search

{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```
"""

from typing import Any

from eventlint.model import Finding

EXAMINES = "run"

MESSAGE = "the suppression does not match any finding"
HINT = "remove it"


def finding(detail: str = "", **where: Any) -> Finding:
    """The finding for a suppression.

    Args:
        detail: What the suppression is for, if its position does not say so.
        **where: ``path`` and ``position`` of the finding.
    """
    message = f"{MESSAGE}: {detail}" if detail else MESSAGE
    return Finding(rule="unused-suppression", tier="lint", message=message, hint=HINT, **where)
