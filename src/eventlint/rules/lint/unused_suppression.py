"""A suppression that suppressions nothing.

## What it does

Finds entries of `suppress` in the configuration, and comments `# eventlint: ignore[…]` in dev-console files, that no
finding needs. An entry is looked at when a file was read that its path fits.

## Why it matters

What was suppressed has been mended, or was never there. Left standing, the entry hides the next mistake of its kind.

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

EXAMINES = "run"

MESSAGE = "the suppression suppressions nothing"
HINT = "remove it"
