"""A release in which Behavioral Analytics is deprecated.

## What it does

Reports, once per run, that the server's answers in the selected release contain a deprecation warning.

## Why is this bad?

Behavioral Analytics is deprecated since 9.0 and will be removed in a future major release. After that, the endpoint no
longer accepts events, and the collected data must be kept elsewhere.

## Example

```shell
eventlint check --release 9.1 fixtures/
```

## Use instead

Plan to migrate to another way of collecting events. Then disable the rule:

```toml
ignore = ["deprecated-api"]
```
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from eventlint.spec import release

if TYPE_CHECKING:
    from eventlint.model import Finding

EXAMINES = "run"
TRAIT = "deprecated-api"

MESSAGE = "Behavioral Analytics is deprecated in {release} and will be removed"
HINT = "plan to migrate to another way of collecting events"


def findings(releases: Iterable[str], path: str | None) -> list[Finding]:
    """The finding for those of some releases in which the API is deprecated, if any.

    Args:
        releases: The releases that a run checks for.
        path: The configuration file.
    """
    deprecated = [name for name in releases if TRAIT in release(name).era.traits]
    if not deprecated:
        return []
    from eventlint.model import Finding

    message = MESSAGE.format(release=" and ".join(deprecated))
    return [Finding(rule="deprecated-api", tier="lint", message=message, hint=HINT, path=path)]
