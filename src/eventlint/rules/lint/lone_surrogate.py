r"""Half of a character: an escape such as `\ud83d` without its partner.

## What it does

Finds texts and filters' names with an escape for one half of a surrogate pair.

## Why it matters

It is no character. It comes from cutting a text in the middle of an emoji, mostly by JavaScript's `substring`. The
server takes it and stores a replacement for it; UTF-8 cannot hold it, so other programs fail.

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes \ud83d"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes \ud83d\udc5f"}}
```

Cut texts by characters: `Array.from(text).slice(0, n).join("")`.
"""

import re
from collections.abc import Iterator
from typing import Any

from eventlint.mirror.leaf import Leaf
from eventlint.rules.diagnostic import Diagnostic
from eventlint.spec import Integer

EXAMINES = "value"
EXAMINES_KEYS = True
SCREEN = (("unencodable",), ("key", "unencodable"))


def applies(node: Any) -> bool:
    """Every string."""
    return bool(not isinstance(node, Integer))


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """The first lone surrogate of a text."""
    if not isinstance(leaf.value, str) or b"\\u" not in leaf.raw:
        return
    found = re.search("[\ud800-\udfff]", leaf.value)
    if found:
        yield Diagnostic(
            f"\\u{ord(found[0]):04x} is half of a character",
            offset=leaf.offset,
            pointer=leaf.pointer,
            hint="cut texts by characters, not by UTF-16 units",
        )
