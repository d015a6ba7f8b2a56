"""A placeholder in place of a missing value.

## What it does

Checks for strings that consist only of `undefined`, `null`, `NaN`, `[object Object]`, `TODO`, or a similar placeholder,
and for unfilled templates such as `{{ user_id }}` or `${query}`.

## Why is this bad?

A program converted a missing value to a string, and the server accepts any string. All visitors without an ID become
one visitor called `undefined`.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "undefined"}, "search": {"query": "shoes"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes"}}
```

Omit an optional field that has no value.
"""

from collections.abc import Iterator

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic, shown
from eventlint.rules.placeholders import PLACEHOLDERS, TEMPLATE_ENDS, TEMPLATE_STARTS, is_placeholder

EXAMINES = "value"
SCREEN = (
    ("in_set", tuple(sorted(text for text in PLACEHOLDERS if text[0] not in TEMPLATE_STARTS))),
    *(("starts_and_ends_with_any", starts, ends) for starts, ends in TEMPLATE_ENDS),
)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report a placeholder."""
    if is_placeholder(leaf.value):
        yield Diagnostic(
            f"{shown(leaf.value)} looks like a placeholder for a missing value",
            hint="use the actual value, or omit the field if it is optional",
        )


SAMPLES = ("undefined", "null", "NaN", "[object Object]", "{{ a }}", "${a}")
