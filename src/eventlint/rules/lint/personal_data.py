"""An e-mail address or a telephone number.

## What it does

Checks for e-mail addresses and telephone numbers in IDs, in search queries, and in the query of a URL.

A telephone number has a plus sign, or the North American form with an area code and an exchange that begin with 2 to 9.
Names of packages and files, such as `node@18.0.0` or `logo@2x.png`, are not e-mail addresses.

## Why is this bad?

Events are kept for a long time and read by many people. Personal data in them identifies a person, which privacy law
allows only with a legal basis. A random ID serves the same purpose.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "jane@example.com"}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "5f26f01a-bbee-4202-9298-81261067abbd"}, "search": {"query": "shoes"}}
```
"""

from collections.abc import Iterator
from typing import Any

from eventlint.jsontext.measures import query_of
from eventlint.mirror.leaf import Leaf
from eventlint.redact.expressions import compiled
from eventlint.redact.personal import EMAIL, PHONE
from eventlint.rules.diagnostic import Diagnostic

EXAMINES = "value"
_TERMS = (
    ("contains_any_before", ("@", "%40", "＠"), (".", "[")),
    ("digits_after", 8, ("+", "%2B")),
    ("digit_groups", 3, 3, 4),
)


_PATTERNS = (("an e-mail address", EMAIL), ("a telephone number", f"(?x){PHONE}"))


def screen(node: Any) -> tuple[Any, ...]:
    """For a URL, only the query is examined."""
    return (("in_query", _TERMS),) if _is_url(node) else _TERMS


def _is_url(node: Any) -> bool:
    return bool(node.lint["personal-data"].get("part") == "query")


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a string that identifies a person."""
    text = query_of(leaf.value) if _is_url(leaf.node) else leaf.value
    for what, pattern in _PATTERNS:
        if compiled(pattern).search(text):
            yield Diagnostic(f"looks like {what}", hint="use a random ID, or remove it")
            return


SAMPLES = ("a@example.com", "+4930123456789", "(555) 555-0100")
