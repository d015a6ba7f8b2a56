"""A URL that contains a secret.

## What it does

Checks for parameters of a URL with names that indicate secrets, such as `token`, `password`, `api_key`,
`X-Amz-Signature` or `resetToken`, in camel, kebab or snake case. It looks at the query, at fragments and routes
(`#access_token=`, `#/reset?token=`), at parameters of the path (`;token=`), and at URLs that are encoded in a
parameter. Percent-encoded names are decoded.

Some names indicate a secret only sometimes: `code`, `key`, `state`, `session`, `sid`, `auth`, and similar names. They
count if the value looks random, as in `code=f3Kq9ZtLr2Xw8Vb1`, but not in `code=SUMMER20`, `key=shipping` or
`session=42`.

It also checks for JSON Web Tokens and for keys of well-known services, which begin with a known prefix, in the path and
in the parameters.

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

from collections.abc import Iterator
from typing import Any

from eventlint.mirror.leaf import Leaf
from eventlint.redact.names import name_endings
from eventlint.redact.url import KEY_DELIMITERS, key_prefixes, secret_parameters, services_with_keys
from eventlint.rules.diagnostic import Diagnostic, shown

EXAMINES = "value"
_LISTED = 5


def screen(node: Any) -> tuple[tuple[Any, ...], ...]:
    """The terms that suspect every secret; only the compiler of plans asks for the lists."""
    return ("parameter", name_endings()), ("contains_any_after", KEY_DELIMITERS, key_prefixes())


def check(leaf: Leaf) -> Iterator[Diagnostic]:
    """Report the parameters with secret values, or else the keys of services."""
    names = secret_parameters(leaf.value)
    if names:
        listed = ", ".join(map(shown, names[:_LISTED])) + (", …" if len(names) > _LISTED else "")
        what = f"parameter {listed} looks" if len(names) == 1 else f"parameters {listed} look"
        yield Diagnostic(
            f"the URL {what} secret",
            hint="remove it before sending" if len(names) == 1 else "remove them before sending",
        )
        return
    services = services_with_keys(leaf.value)
    if services:
        listed = ", ".join(services[:_LISTED])
        yield Diagnostic(f"the URL contains a key or token ({listed})", hint="remove it before sending")


SAMPLES = (
    *("https://example.com/?token=a", "https://example.com/?api_key=a", "https://example.com/?resetToken=a"),
    *("https://example.com/?password=a", "https://example.com/?%74oken=a", "https://example.com/#access_token=a"),
    *("https://example.com/#/reset?invite-token=a", "https://example.com/a;token=a", "/?sid=8f14e45fceea167a"),
    *("https://example.com/?next=https%3A%2F%2Fexample.com%2F%3Ftoken%3Da", "https://example.com/?X-Amz-Signature=a"),
)
