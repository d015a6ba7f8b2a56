"""A text that stands for a missing value.

## What it does

Finds texts that are as a whole `undefined`, `null`, `NaN`, `[object Object]`, `TODO` and the like, and templates that
nobody has filled in, such as `{{ user_id }}` or `${query}`.

## Why it matters

A program has turned a missing value into a text, and the server takes any text. All visitors without an ID become one
visitor, called `undefined`.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "undefined"}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

Leave out an optional field that has no value.
"""

from collections.abc import Iterator

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown
from eventlint.rules.placeholders import PLACEHOLDERS, TEMPLATE_STARTS, is_placeholder

EXAMINES = "value"
SCREEN = (
    ("in_set", tuple(sorted(text for text in PLACEHOLDERS if text[0] not in TEMPLATE_STARTS))),
    ("starts_with_any", "".join(sorted(TEMPLATE_STARTS))),
)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """A text that is no value."""
    if is_placeholder(leaf.value):
        yield Diagnostic(
            f"{shown(leaf.value)} is most likely a missing value",
            hint="send the value, or leave the field out where it is optional",
        )
