"""The release that was asked for says that the endpoint is deprecated.

## What it does

Tells, once for a run, that a release was asked for whose answers carry a deprecation warning.

## Why it matters

Behavioral Analytics has been deprecated since 9.0 and will be removed in a later major release. Events that are sent
then get no answer, and what was collected must be kept elsewhere.

## Example

```shell
eventlint check --release 9.1 fixtures/
```

## Use instead

Plan to move to another way of collecting events. Switch the rule off when you have:

```toml
ignore = ["deprecated-api"]
```
"""

EXAMINES = "run"
TRAIT = "deprecated-api"

MESSAGE = "Behavioral Analytics is deprecated in release {release}, and will be removed in a future one"
HINT = "plan to collect events another way"
