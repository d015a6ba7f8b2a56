r"""An escape for one half of a surrogate pair, such as `\ud83d`, without the other half.

## What it does

Checks for strings and filter keys with an escape for one half of a surrogate pair.

## Why is this bad?

A lone surrogate is not a character. It is the result of cutting a string in the middle of an emoji, usually with
JavaScript's `substring`. The server accepts it and stores a replacement character. UTF-8 cannot encode it, so other
programs fail. In the key of a filter, the newest releases reject it (`invalid-json`).

## Example

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes \ud83d"}}
```

## Use instead

```json search
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "search": {"query": "shoes \ud83d\udc5f"}}
```

Truncate strings by character: `Array.from(text).slice(0, n).join("")`.
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
    """Report the first lone surrogate of a string."""
    if not isinstance(leaf.value, str) or b"\\u" not in leaf.raw:
        return
    found = re.search("[\ud800-\udfff]", leaf.value)
    if found:
        yield Diagnostic(
            f"\\u{ord(found[0]):04x} is a lone surrogate",
            offset=leaf.offset,
            pointer=leaf.pointer,
            hint="truncate strings by character, not by UTF-16 code unit",
        )
