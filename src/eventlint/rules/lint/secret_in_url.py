"""A URL with a secret in its query.

## What it does

Checks for parameters in the query of a URL with names that indicate secrets: `token`, `password`, `api_key`, `session`,
and similar names.

## Why is this bad?

Anyone who can read the events can use the secret, for example to log in as the user. Links for password resets and
logins contain such secrets, and a tracker on those pages sends them.

## Example

```json page_view
{
  "session": {"id": "s-1"},
  "user": {"id": "u-1"},
  "page": {"url": "https://www.example.com/reset?token=8f14e45f"}
}
```

## Use instead

```json page_view
{"session": {"id": "s-1"}, "user": {"id": "u-1"}, "page": {"url": "https://www.example.com/reset"}}
```
"""

import re
from collections.abc import Iterator

from eventlint.mirror.leaf import Leaf
from eventlint.redact import SECRET_NAME, SECRET_NAME_ENDINGS
from eventlint.rules.diagnostic import Diagnostic, shown
from eventlint.rules.placeholders import parameters

EXAMINES = "value"
_ENDINGS = tuple(
    one for one in SECRET_NAME_ENDINGS if not any(one != other and one.endswith(other) for other in SECRET_NAME_ENDINGS)
)
SCREEN = (("query_name", _ENDINGS),)


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report the parameters with names that indicate secrets."""
    pattern = re.compile(f"(?ix){SECRET_NAME}")
    names = dict.fromkeys(name for name, _ in parameters(leaf.value) if pattern.fullmatch(name))
    if names:
        listed = ", ".join(shown(name) for name in names)
        yield Diagnostic(f"the URL has parameters that look secret: {listed}", hint="remove them before sending")


SAMPLES = (
    *("https://example.com/?token=a", "https://example.com/?api_key=a", "https://example.com/?sid=a"),
    *("https://example.com/?password=a", "https://example.com/?%74oken=a"),
)
